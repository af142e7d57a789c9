"""What people see once, when an account has been set up."""

import json

from ostiary.server.setup import SetupResult


def sign_in_url(base_url: str, account_id: str) -> str:
    """Return where the account's users sign in."""
    return f"{base_url}/console/sign-in?account={account_id}"


def as_json(result: SetupResult, base_url: str) -> str:
    """Return the facts as one JSON object."""
    facts = {
        "account_id": result.account_id,
        "root_email": result.root_email,
        **({"root_password": result.root_password} if result.root_password else {}),
        "sign_in_url": sign_in_url(base_url, result.account_id),
        "admin": {
            "user_name": result.admin.user_name,
            "password": result.admin.password,
            "access_key_id": result.admin.access_key_id,
            "secret_access_key": result.admin.secret_access_key,
        },
    }
    return json.dumps(facts, indent=2)


def as_text(result: SetupResult, endpoint: str, public_url: str) -> str:
    """Return the facts for people.

    Args:
        result: the facts.
        endpoint: where programs reach the server.
        public_url: where people do.
    """
    admin = result.admin
    return f"""\
Account {result.account_id} is set up. This is shown once; keep it somewhere safe.

  Root user       {result.root_email}
  Password        {result.root_password or "(as given)"}
                  For setting up other users only. It has no access keys, and should never get any.
  Sign in at      {public_url}/console/sign-in?root

  Administrator   {admin.user_name}
  Password        {admin.password}   (to be changed at first sign-in)
  Sign in at      {sign_in_url(public_url, result.account_id)}

  For the AWS CLI and SDKs, as {admin.user_name}:

    export AWS_ENDPOINT_URL={endpoint}
    export AWS_DEFAULT_REGION=us-east-1
    export AWS_ACCESS_KEY_ID={admin.access_key_id}
    export AWS_SECRET_ACCESS_KEY={admin.secret_access_key}
"""

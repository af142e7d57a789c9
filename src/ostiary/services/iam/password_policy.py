"""IAM's operations on the account's password policy.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import password_policy
from ostiary.directory.directory import Directory
from ostiary.directory.password_policy import PasswordPolicy
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_FIELDS = {
    "MinimumPasswordLength": "minimum_length",
    "RequireSymbols": "require_symbols",
    "RequireNumbers": "require_numbers",
    "RequireUppercaseCharacters": "require_uppercase",
    "RequireLowercaseCharacters": "require_lowercase",
    "AllowUsersToChangePassword": "allow_users_to_change",
    "MaxPasswordAge": "max_age",
    "PasswordReusePrevention": "reuse_prevention",
    "HardExpiry": "hard_expiry",
}


def update_account_password_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Set the whole policy: what the call leaves out goes back to its default."""
    given = {field: call.parameters[name] for name, field in _FIELDS.items() if name in call.parameters}
    password_policy.set_password_policy(directory, call.account, PasswordPolicy(**given))
    return {}


def get_account_password_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the policy; numbers that nobody set are left out."""
    policy = password_policy.get_password_policy(directory, call.account)
    shape = {name: getattr(policy, field) for name, field in _FIELDS.items()}
    return {
        "PasswordPolicy": {
            **{name: value for name, value in shape.items() if value is not None},
            "ExpirePasswords": policy.max_age is not None,
        }
    }


def delete_account_password_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Take the policy away."""
    password_policy.delete_password_policy(directory, call.account)
    return {}


OPERATIONS = (
    Operation(
        "iam",
        "UpdateAccountPasswordPolicy",
        targets.anything("iam:UpdateAccountPasswordPolicy"),
        update_account_password_policy,
        writes=True,
    ),
    Operation(
        "iam",
        "GetAccountPasswordPolicy",
        targets.password_policy,
        get_account_password_policy,
        writes=False,
    ),
    Operation(
        "iam",
        "DeleteAccountPasswordPolicy",
        targets.anything("iam:DeleteAccountPasswordPolicy"),
        delete_account_password_policy,
        writes=True,
    ),
)

"""IAM's operations on access keys."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.keys import AccessKey
from ostiary.directory.users import User
from ostiary.governance.key_age import is_over_age
from ostiary.services.iam import targets
from ostiary.services.iam.owners import USER, name_of, user_or_root
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.statuses import requested_active, status_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_access_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Create an access key; the answer is the only place its secret is ever shown."""
    owner = user_or_root(call, directory)
    key, secret = keys.create_access_key(directory, call.account, owner, now=call.now)
    return {"AccessKey": {**_key_shape(key, owner), "SecretAccessKey": secret.reveal()}}


def list_access_keys(call: AuthorizedCall, directory: Directory) -> Output:
    """List the access keys of a user, without secrets."""
    owner = user_or_root(call, directory)
    page = keys.list_access_keys(directory, call.account, owner, requested_page(call, directory))
    return page_output(call, directory, "AccessKeyMetadata", page, lambda key: _key_shape(key, owner))


def update_access_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Make an access key usable or unusable.

    Raises:
        Fault: `InvalidInput`, the key is to be active and is older than keys of the account may be.
    """
    active = requested_active(call)
    keys.set_key_status(
        directory, call.account, user_or_root(call, directory), call.parameters["AccessKeyId"], active=active
    )
    key = keys.find_access_key(directory, call.parameters["AccessKeyId"])
    if active and key and is_over_age(directory, key, now=call.now):
        raise Fault(
            "InvalidInput",
            f"The Access Key with id {key.access_key_id} is older than access keys of this account may be. "
            "Create another one.",
        )
    return {}


def delete_access_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete an access key."""
    keys.delete_access_key(directory, call.account, user_or_root(call, directory), call.parameters["AccessKeyId"])
    return {}


def get_access_key_last_used(call: AuthorizedCall, directory: Directory) -> Output:
    """Return when and for what a key of this account was last used.

    Raises:
        Fault: `AccessDenied`, there is no such key in this account; IAM does not tell that from a refusal.
    """
    key = keys.find_access_key(directory, call.parameters["AccessKeyId"])
    if key is None or key.account != call.account:
        raise Fault(
            "AccessDenied",
            f"User: {call.caller.arn} is not authorized to perform iam:GetAccessKeyLastUsed on resource: "
            f"access key {call.parameters['AccessKeyId']}",
            status=403,
        )
    owner = users.get_user_by_id(directory, call.account, key.user_id) if key.user_id else None
    last_used = {"Region": key.last_used_region or "N/A", "ServiceName": key.last_used_service or "N/A"}
    if key.last_used_at is not None:
        return {"UserName": name_of(owner), "AccessKeyLastUsed": {"LastUsedDate": key.last_used_at, **last_used}}
    return {"UserName": name_of(owner), "AccessKeyLastUsed": last_used}


def _key_shape(key: AccessKey, owner: User | None) -> dict[str, Any]:
    return {
        "UserName": name_of(owner),
        "AccessKeyId": key.access_key_id,
        "Status": status_of(active=key.active),
        "CreateDate": key.created_at,
    }


OPERATIONS = (
    Operation(
        "iam",
        "CreateAccessKey",
        targets.existing(USER, "iam:CreateAccessKey"),
        create_access_key,
        writes=True,
        changes_access=False,
    ),
    Operation("iam", "ListAccessKeys", targets.existing(USER, "iam:ListAccessKeys"), list_access_keys, writes=False),
    Operation("iam", "UpdateAccessKey", targets.existing(USER, "iam:UpdateAccessKey"), update_access_key, writes=True),
    Operation("iam", "DeleteAccessKey", targets.existing(USER, "iam:DeleteAccessKey"), delete_access_key, writes=True),
    Operation(
        "iam",
        "GetAccessKeyLastUsed",
        targets.key_owner("iam:GetAccessKeyLastUsed"),
        get_access_key_last_used,
        writes=False,
    ),
)

"""IAM's operations on SSH public keys."""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import parse_ssh_public_key
from ostiary.directory import ssh_public_keys
from ostiary.directory.directory import Directory
from ostiary.directory.ssh_public_keys import UploadedKey
from ostiary.directory.users import User
from ostiary.services.iam import targets
from ostiary.services.iam.owners import USER, named_or_own_user
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.statuses import requested_active, status_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def upload_ssh_public_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a user an SSH public key; the answer shows it as it was uploaded."""
    user = named_or_own_user(call, directory)
    body = call.parameters["SSHPublicKeyBody"]
    key = ssh_public_keys.upload_ssh_public_key(directory, user, body, parse_ssh_public_key(body), now=call.now)
    return {"SSHPublicKey": _key_shape(key, user, key.body)}


def get_ssh_public_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Return an SSH public key of a user in the form that the call asks for."""
    user = named_or_own_user(call, directory)
    key = ssh_public_keys.get_ssh_public_key(directory, user, call.parameters["SSHPublicKeyId"])
    parsed = parse_ssh_public_key(key.body)
    return {"SSHPublicKey": _key_shape(key, user, parsed.ssh if call.parameters["Encoding"] == "SSH" else parsed.pem)}


def list_ssh_public_keys(call: AuthorizedCall, directory: Directory) -> Output:
    """List the SSH public keys of a user, without the keys themselves."""
    user = named_or_own_user(call, directory)
    page = ssh_public_keys.list_ssh_public_keys(directory, user, requested_page(call, directory))
    return page_output(call, directory, "SSHPublicKeys", page, lambda key: _listed_shape(key, user))


def update_ssh_public_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Make an SSH public key usable or unusable."""
    ssh_public_keys.set_ssh_public_key_status(
        directory,
        named_or_own_user(call, directory),
        call.parameters["SSHPublicKeyId"],
        active=requested_active(call),
    )
    return {}


def delete_ssh_public_key(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete an SSH public key."""
    ssh_public_keys.delete_ssh_public_key(
        directory, named_or_own_user(call, directory), call.parameters["SSHPublicKeyId"]
    )
    return {}


def _listed_shape(key: UploadedKey, user: User) -> dict[str, Any]:
    return {
        "UserName": user.name,
        "SSHPublicKeyId": key.key_id,
        "Status": status_of(active=key.active),
        "UploadDate": key.uploaded_at,
    }


def _key_shape(key: UploadedKey, user: User, body: str) -> dict[str, Any]:
    return _listed_shape(key, user) | {"Fingerprint": key.fingerprint, "SSHPublicKeyBody": body}


def _on_user(action: str) -> targets.Needs:
    return targets.existing(USER, action)


OPERATIONS = (
    Operation(
        "iam",
        "UploadSSHPublicKey",
        _on_user("iam:UploadSSHPublicKey"),
        upload_ssh_public_key,
        writes=True,
        changes_access=False,
    ),
    Operation("iam", "GetSSHPublicKey", _on_user("iam:GetSSHPublicKey"), get_ssh_public_key, writes=False),
    Operation("iam", "ListSSHPublicKeys", _on_user("iam:ListSSHPublicKeys"), list_ssh_public_keys, writes=False),
    Operation(
        "iam",
        "UpdateSSHPublicKey",
        _on_user("iam:UpdateSSHPublicKey"),
        update_ssh_public_key,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteSSHPublicKey",
        _on_user("iam:DeleteSSHPublicKey"),
        delete_ssh_public_key,
        writes=True,
    ),
)

"""Whom trust policies name, kept in step when users and roles are renamed, moved or deleted.

AWS keeps the unique ID behind each principal that it finds in a trust policy. So the policy follows a user who is
renamed, and does not trust a new user who is given a deleted one's name: there the ID shows in place of the ARN.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import json
import re
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from ostiary.directory.accounts import raise_revision
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_roles = schema.roles
_principals = schema.trust_principals

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_PRINCIPAL = re.compile(r"arn:[^:]*:iam::[0-9]{12}:(?:user|role)/.{1,600}")

# On every creation's way, so built once.
_NOTE = insert(_principals)
_TRUSTING = (
    select(_roles.c.account_id, _roles.c.role_id, _roles.c.trust_policy)
    .join(
        _principals,
        (_principals.c.account_id == _roles.c.account_id) & (_principals.c.role_id == _roles.c.role_id),
    )
    .where(_principals.c.principal == bindparam("principal"))
)


def note_principals(directory: Directory, account: AccountId, role_id: str, document: str) -> None:
    """Note which users and roles a role's trust policy names, so that the role is found when one of them changes.

    An ARN in a condition is noted as well; whether it is a principal is looked at when it comes to that.
    """
    noted = [{"account_id": account, "role_id": role_id, "principal": principal} for principal in _named_in(document)]
    if noted:
        directory.connection.execute(_NOTE, noted)


def forget_principals(directory: Directory, account: AccountId, role_id: str) -> None:
    """Forget whom a role's trust policy names."""
    directory.connection.execute(
        delete(_principals).where(_principals.c.account_id == account, _principals.c.role_id == role_id)
    )


def rename_principal(directory: Directory, name: str, new_name: str) -> None:
    """Write `new_name` wherever a trust policy, of whichever account, names the principal `name`.

    Args:
        directory: the transaction to write in.
        name: the ARN of a user or role.
        new_name: its new ARN, or the unique ID that is left of it.
    """
    if name == new_name:
        return
    for row in directory.connection.execute(_TRUSTING, {"principal": name}).all():
        document = _renamed(row.trust_policy, name, new_name)
        if document is not None:
            directory.connection.execute(
                update(_roles)
                .where(_roles.c.account_id == row.account_id, _roles.c.role_id == row.role_id)
                .values(trust_policy=document)
            )
            forget_principals(directory, row.account_id, row.role_id)
            note_principals(directory, row.account_id, row.role_id, document)
            raise_revision(directory, row.account_id)


def _named_in(document: str) -> set[str]:
    strings = (json.loads(string, strict=False) for string in _STRING.findall(document))
    return {string for string in strings if _PRINCIPAL.fullmatch(string)}


def _renamed(document: str, name: str, new_name: str) -> str | None:
    """Return the document with the principal renamed, or None when it does not name it."""
    # Numbers stay the text they are; policies compare them as text.
    written = json.loads(document, parse_int=str, parse_float=str)
    statements = written["Statement"]
    found = False
    for statement in statements if isinstance(statements, list) else [statements]:
        for element in ("Principal", "NotPrincipal"):
            principals = statement.get(element)
            if isinstance(principals, dict) and name in _listed(principals.get("AWS", [])):
                principals["AWS"] = _swapped(principals["AWS"], name, new_name)
                found = True
    return json.dumps(written) if found else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _swapped(value: Any, name: str, new_name: str) -> Any:
    if isinstance(value, list):
        return [new_name if item == name else item for item in value]
    return new_name

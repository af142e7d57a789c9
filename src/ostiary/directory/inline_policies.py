"""Policies that live within one user, group or role."""

from sqlalchemy import ColumnElement, delete, insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun, Quota
from ostiary.directory.quotas import policy_size, require_room
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_inline = schema.inline_policies


def put_inline_policy(
    directory: Directory, account: AccountId, entity_id: str, name: str, document: str, *, quota: Quota, owner: str
) -> None:
    """Add an inline policy, or replace the one of that name.

    Args:
        directory: the transaction to write in.
        account: the owner's account.
        entity_id: the owner's unique ID.
        name: the policy's name.
        document: its text.
        quota: the size that all inline policies of the owner may have together.
        owner: the owner's name, for the error.

    Raises:
        LimitExceeded: the owner's inline policies would be too long together.
    """
    others = select(_inline.c.document).where(_of(account, entity_id), _inline.c.name != name)
    size = policy_size(document) + sum(map(policy_size, directory.connection.scalars(others)))
    require_room(directory, account, quota, size, owner)
    directory.connection.execute(delete(_inline).where(_of(account, entity_id), _inline.c.name == name))
    directory.connection.execute(
        insert(_inline).values(account_id=account, entity_id=entity_id, name=name, document=document)
    )


def get_inline_policy(directory: Directory, account: AccountId, entity_id: str, name: str, noun: Noun) -> str:
    """Return the document of an inline policy.

    Raises:
        NoSuchEntity: there is none of that name; the error speaks of `noun`.
    """
    document = directory.connection.scalar(
        select(_inline.c.document).where(_of(account, entity_id), _inline.c.name == name)
    )
    if document is None:
        raise NoSuchEntity(noun, name)
    return str(document)


def delete_inline_policy(directory: Directory, account: AccountId, entity_id: str, name: str, noun: Noun) -> None:
    """Delete an inline policy.

    Raises:
        NoSuchEntity: there is none of that name; the error speaks of `noun`.
    """
    where = _of(account, entity_id) & (_inline.c.name == name)
    if directory.connection.execute(delete(_inline).where(where)).rowcount == 0:
        raise NoSuchEntity(noun, name)


def list_inline_policies(directory: Directory, account: AccountId, entity_id: str) -> list[str]:
    """Return the names of an entity's inline policies; the quota of their size keeps them few."""
    query = select(_inline.c.name).where(_of(account, entity_id)).order_by(_inline.c.name)
    return list(directory.connection.scalars(query))


def _of(account: AccountId, entity_id: str) -> ColumnElement[bool]:
    return (_inline.c.account_id == account) & (_inline.c.entity_id == entity_id)

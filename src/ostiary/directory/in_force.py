"""Which policies apply to a principal, gathered in one place for the gate."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Column, select

from ostiary.directory import policies, tags
from ostiary.directory.directory import Directory
from ostiary.directory.policies import get_version
from ostiary.store import schema
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.identifiers import AccountId


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy that applies, and where it comes from."""

    policy_id: str
    """A managed policy's ARN, or `inline:` and the unique ID of the entity it lives in."""
    name: str
    document: str


@dataclass(frozen=True, slots=True)
class InForce:
    """All that an identity brings to a decision; session policies come with the session, not from here."""

    identity: tuple[PolicyText, ...]
    """The principal's own policies, and for a user those of the groups the user is in."""
    boundary: PolicyText | None
    tags: dict[str, str]


NOTHING = InForce((), None, {})


def find_identity(directory: Directory, caller: Caller) -> str | None:
    """Return the unique ID behind a caller (`AIDA…`, `AROA…`), or None when the user or role is gone.

    The root user has no entity of its own; its account's ID stands for it.
    """
    if caller.kind is CallerKind.ROOT:
        return caller.account
    table, column = (
        (schema.roles, schema.roles.c.role_id)
        if caller.kind is CallerKind.ASSUMED_ROLE
        else (schema.users, schema.users.c.user_id)
    )
    unique_id = caller.unique_id.partition(":")[0]
    query = select(column).where(table.c.account_id == caller.account, column == unique_id)
    return directory.connection.scalar(query)


def policies_in_force(directory: Directory, caller: Caller) -> InForce:
    """Return the policies that apply to a caller by who the caller is.

    The root user has none: it is not subject to identity-based policies or boundaries.
    """
    if caller.kind is CallerKind.ROOT:
        return NOTHING
    unique_id = caller.unique_id.partition(":")[0]
    if caller.kind is CallerKind.ASSUMED_ROLE:
        owners, boundary = [unique_id], _boundary(directory, caller.account, schema.roles.c.role_id, unique_id)
    else:
        memberships = schema.memberships
        groups = directory.connection.scalars(
            select(memberships.c.group_id)
            .where(memberships.c.account_id == caller.account, memberships.c.user_id == unique_id)
            .order_by(memberships.c.group_id)
        )
        owners = [unique_id, *groups]
        boundary = _boundary(directory, caller.account, schema.users.c.user_id, unique_id)
    return InForce(
        identity=(*_inline(directory, caller.account, owners), *_managed(directory, caller.account, owners)),
        boundary=_existing(directory, caller.account, boundary) if boundary else None,
        tags=tags.get_tags(directory, caller.account, unique_id),
    )


def managed_text(directory: Directory, account: AccountId, arn: str) -> PolicyText | None:
    """Return the default version of a managed policy, or None when there is no such policy."""
    policy = policies.find_policy(directory, account, arn)
    if policy is None:
        return None
    return PolicyText(arn, policy.name, get_version(directory, policy, policy.default_version).document)


def _boundary(directory: Directory, account: AccountId, column: Column[str], unique_id: str) -> str | None:
    table = column.table
    query = select(table.c.boundary_arn).where(table.c.account_id == account, column == unique_id)
    return directory.connection.scalar(query)


def _inline(directory: Directory, account: AccountId, owners: Iterable[str]) -> Iterable[PolicyText]:
    inline = schema.inline_policies
    query = (
        select(inline)
        .where(inline.c.account_id == account, inline.c.entity_id.in_(owners))
        .order_by(inline.c.entity_id, inline.c.name)
    )
    for row in directory.connection.execute(query):
        yield PolicyText(f"inline:{row.entity_id}", row.name, row.document)


def _managed(directory: Directory, account: AccountId, owners: Iterable[str]) -> Iterable[PolicyText]:
    attachments = schema.attachments
    query = (
        select(attachments.c.policy_arn)
        .where(attachments.c.account_id == account, attachments.c.entity_id.in_(owners))
        .distinct()
        .order_by(attachments.c.policy_arn)
    )
    for arn in directory.connection.scalars(query).all():
        yield _existing(directory, account, arn)


def _existing(directory: Directory, account: AccountId, arn: str) -> PolicyText:
    text = managed_text(directory, account, arn)
    # INVARIANT: a policy in use exists, since delete_policy refuses otherwise; passing over one could lose a Deny.
    if text is None:
        raise LookupError(f"policy in use is missing: {arn}")
    return text

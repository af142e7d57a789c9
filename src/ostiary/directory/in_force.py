"""Which policies apply to a principal, gathered in one place for the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

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


# After every change to an account these run again for whoever calls next, so they are built once.
_USER = select(schema.users.c.user_id.label("unique_id"), schema.users.c.boundary_arn).where(
    schema.users.c.account_id == bindparam("account"), schema.users.c.user_id == bindparam("unique_id")
)
_ROLE = select(schema.roles.c.role_id.label("unique_id"), schema.roles.c.boundary_arn).where(
    schema.roles.c.account_id == bindparam("account"), schema.roles.c.role_id == bindparam("unique_id")
)
_GROUPS = (
    select(schema.memberships.c.group_id)
    .where(schema.memberships.c.account_id == bindparam("account"), schema.memberships.c.user_id == bindparam("user"))
    .order_by(schema.memberships.c.group_id)
)
_INLINE = (
    select(schema.inline_policies)
    .where(
        schema.inline_policies.c.account_id == bindparam("account"),
        schema.inline_policies.c.entity_id.in_(bindparam("owners", expanding=True)),
    )
    .order_by(schema.inline_policies.c.entity_id, schema.inline_policies.c.name)
)
_ATTACHED = (
    select(schema.attachments.c.policy_arn)
    .where(
        schema.attachments.c.account_id == bindparam("account"),
        schema.attachments.c.entity_id.in_(bindparam("owners", expanding=True)),
    )
    .distinct()
    .order_by(schema.attachments.c.policy_arn)
)


def is_root(caller: Caller) -> bool:
    """Tell whether the root user calls, or somebody whom it federated."""
    return caller.identity_id == caller.account


def find_identity(directory: Directory, caller: Caller) -> str | None:
    """Return the unique ID behind a caller (`AIDA…`, `AROA…`), or None when the user or role is gone.

    The root user has no entity of its own; its account's ID stands for it.
    """
    if is_root(caller):
        return caller.account
    row = _entity(directory, caller)
    return row.unique_id if row else None


def policies_in_force(directory: Directory, caller: Caller) -> InForce:
    """Return the policies that apply to a caller by who the caller is.

    The root user has none: it is not subject to identity-based policies or boundaries. Nor has who only carries a
    provider's token.
    """
    if is_root(caller) or caller.federation:
        return NOTHING
    account, unique_id = caller.account, caller.identity_id
    owners = [unique_id]
    if caller.kind is not CallerKind.ASSUMED_ROLE:
        owners += directory.connection.scalars(_GROUPS, {"account": account, "user": unique_id})
    entity = _entity(directory, caller)
    boundary = entity.boundary_arn if entity else None
    return InForce(
        identity=(*_inline(directory, account, owners), *_managed(directory, account, owners)),
        boundary=_existing(directory, account, boundary) if boundary else None,
        tags=tags.get_tags(directory, account, unique_id),
    )


def managed_text(directory: Directory, account: AccountId, arn: str) -> PolicyText | None:
    """Return the default version of a managed policy, or None when there is no such policy."""
    policy = policies.find_policy(directory, account, arn)
    if policy is None:
        return None
    return PolicyText(arn, policy.name, get_version(directory, policy, policy.default_version).document)


def _entity(directory: Directory, caller: Caller) -> Row[Any, Any] | None:
    query = _ROLE if caller.kind is CallerKind.ASSUMED_ROLE else _USER
    parameters = {"account": caller.account, "unique_id": caller.identity_id}
    return directory.connection.execute(query, parameters).first()


def _inline(directory: Directory, account: AccountId, owners: Sequence[str]) -> Iterable[PolicyText]:
    for row in directory.connection.execute(_INLINE, {"account": account, "owners": owners}):
        yield PolicyText(f"inline:{row.entity_id}", row.name, row.document)


def _managed(directory: Directory, account: AccountId, owners: Sequence[str]) -> Iterable[PolicyText]:
    for arn in directory.connection.scalars(_ATTACHED, {"account": account, "owners": owners}).all():
        yield _existing(directory, account, arn)


def _existing(directory: Directory, account: AccountId, arn: str) -> PolicyText:
    text = managed_text(directory, account, arn)
    # INVARIANT: a policy in use exists, since delete_policy refuses otherwise; passing over one could lose a Deny.
    if text is None:
        raise LookupError(f"policy in use is missing: {arn}")
    return text

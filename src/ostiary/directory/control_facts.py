"""What control rules ask of a whole account at once, each in one query however many users and roles there are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from ostiary import catalogue
from ostiary.directory import aws_policies
from ostiary.directory.attachments import PolicyUse
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_AWS_PREFIX = "arn:aws:iam::aws:"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What hangs on whom, by unique ID; who has nothing is in none of the mappings."""

    inline: Mapping[str, tuple[tuple[str, str], ...]]
    """Names and documents of inline policies, by name."""
    attached: Mapping[str, tuple[str, ...]]
    """ARNs of managed policies, sorted."""
    tags: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, tuple[str, ...]]
    """Names of a user's groups, by name without regard to case."""
    virtual_mfa: frozenset[str]
    """Whose enabled MFA devices include one that shows codes; the root user's ID is its account's."""


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A managed policy by its default version."""

    arn: str
    name: str
    document: str
    use: PolicyUse


def read_holdings(directory: Directory, account: AccountId) -> Holdings:
    """Return what hangs on the users, groups and roles of an account, and on all else that bears tags."""
    return Holdings(
        inline=_inline(directory, account),
        attached=_attached(directory, account),
        tags=_tags(directory, account),
        groups=_groups(directory, account),
        virtual_mfa=_with_virtual_mfa(directory, account),
    )


def list_own_policies(directory: Directory, account: AccountId, uses: Mapping[str, PolicyUse]) -> list[ManagedPolicy]:
    """Return the account's own managed policies, by name without regard to case.

    Args:
        directory: the transaction to read in.
        account: whose policies they are.
        uses: what `count_uses` says.
    """
    policies, versions = schema.policies, schema.policy_versions
    is_default = (
        (versions.c.account_id == policies.c.account_id)
        & (versions.c.policy_id == policies.c.policy_id)
        & (versions.c.version == policies.c.default_version)
    )
    query = (
        select(policies.c.arn, policies.c.name, versions.c.document)
        .join(versions, is_default)
        .where(policies.c.account_id == account)
        .order_by(policies.c.name_key)
    )
    return [
        ManagedPolicy(row.arn, row.name, row.document, uses.get(row.arn, PolicyUse()))
        for row in directory.connection.execute(query)
    ]


def list_used_aws_policies(
    directory: Directory, account: AccountId, uses: Mapping[str, PolicyUse]
) -> list[ManagedPolicy]:
    """Return those of AWS's managed policies that the account uses, as it has them, by ARN.

    Args:
        directory: the transaction to read in.
        account: who uses them.
        uses: what `count_uses` says.
    """
    kept = _kept_documents(directory, account)
    found = []
    for arn in sorted(arn for arn in uses if arn.startswith(_AWS_PREFIX)):
        managed = catalogue.find_managed_policy(arn)
        # Where nobody knows the document any more, there is none, which no control reads as a good one.
        document = kept.get(arn) or (managed.document if managed else "")
        found.append(ManagedPolicy(arn, arn.rpartition("/")[2], document, uses[arn]))
    return found


def _kept_documents(directory: Directory, account: AccountId) -> dict[str, str]:
    defaults = {row.arn: row.default_version for row in aws_policies.list_kept(directory, account)}
    versions = schema.aws_policy_versions
    query = select(versions).where(versions.c.account_id == account)
    rows = directory.connection.execute(query) if defaults else ()
    return {row.arn: row.document for row in rows if row.version == defaults.get(row.arn)}


def _inline(directory: Directory, account: AccountId) -> Mapping[str, tuple[tuple[str, str], ...]]:
    inline = schema.inline_policies
    found = defaultdict[str, list[tuple[str, str]]](list)
    for row in directory.connection.execute(
        select(inline).where(inline.c.account_id == account).order_by(inline.c.name)
    ):
        found[row.entity_id].append((row.name, row.document))
    return {owner: tuple(policies) for owner, policies in found.items()}


def _attached(directory: Directory, account: AccountId) -> Mapping[str, tuple[str, ...]]:
    attachments = schema.attachments
    found = defaultdict[str, list[str]](list)
    for row in directory.connection.execute(select(attachments).where(attachments.c.account_id == account)):
        found[row.entity_id].append(row.policy_arn)
    return {owner: tuple(sorted(arns)) for owner, arns in found.items()}


def _tags(directory: Directory, account: AccountId) -> Mapping[str, Mapping[str, str]]:
    tags = schema.tags
    found = defaultdict[str, dict[str, str]](dict)
    for row in directory.connection.execute(select(tags).where(tags.c.account_id == account)):
        found[row.entity_id][row.key] = row.value
    return found


def _groups(directory: Directory, account: AccountId) -> Mapping[str, tuple[str, ...]]:
    groups, memberships = schema.groups, schema.memberships
    query = (
        select(memberships.c.user_id, groups.c.name)
        .join(groups, (groups.c.account_id == memberships.c.account_id) & (groups.c.group_id == memberships.c.group_id))
        .where(memberships.c.account_id == account)
        .order_by(groups.c.name_key)
    )
    found = defaultdict[str, list[str]](list)
    for row in directory.connection.execute(query):
        found[row.user_id].append(row.name)
    return {user_id: tuple(names) for user_id, names in found.items()}


def _with_virtual_mfa(directory: Directory, account: AccountId) -> frozenset[str]:
    devices = schema.mfa_devices
    query = select(devices.c.owner_id).where(
        devices.c.account_id == account, devices.c.enabled_at.is_not(None), devices.c.passkey.is_(None)
    )
    return frozenset(owner for owner in directory.connection.scalars(query) if owner is not None)

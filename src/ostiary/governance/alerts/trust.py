"""Roles that come to let in anybody, or another account, on no condition."""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, parameters_of
from ostiary.governance.controls.documents import allowing, read_policy
from ostiary.governance.controls.trust import is_plain, pins
from ostiary.policy import CompiledStatement, MalformedPolicy, PolicyKind
from ostiary.values.arn import ArnError, parse_arn

_CONFINING = ("aws:principalorgid", "aws:principalaccount", "aws:principalarn", "sts:externalid")
"""Keys that say whom a statement means which names everybody."""


def trust_changed(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a role that whoever wishes may assume, or whoever another account says."""
    role = parameters_of(event)["roleName"]
    document = evidence.trust_document(role)
    if document is None:
        return
    try:
        statements = list(allowing(read_policy(document, PolicyKind.TRUST)))
    except MalformedPolicy:
        # Such a policy lets nobody in.
        return
    arn = evidence.arn_of(EntityKind.ROLE, role)
    if any(map(_lets_in_anybody, statements)):
        yield Raised("role-opened-to-anybody", f"Anybody may assume the role {role}", arn)
        return
    foreign = {account for statement in statements for account in _accounts(statement)} - {evidence.account}
    if foreign:
        named = ", ".join(sorted(foreign))
        yield Raised("role-opened-to-account", f"{named} may assume the role {role} on no condition", arn)


def _lets_in_anybody(statement: CompiledStatement) -> bool:
    principal = statement.written.principal
    if principal is None or not (principal.everyone or principal.negated or "*" in principal.aws):
        return False
    return not any(pins(statement, key, is_plain) for key in _CONFINING)


def _accounts(statement: CompiledStatement) -> Iterator[str]:
    """Yield the accounts whose principals a statement without conditions lets in."""
    principal = statement.written.principal
    if principal is None or principal.negated or statement.written.conditions:
        return
    for name in principal.aws:
        try:
            account = parse_arn(name).account
        except ArnError:
            # An account's ID, or the unique ID that is left of a principal that is gone.
            account = name
        if account.isdigit():
            yield account

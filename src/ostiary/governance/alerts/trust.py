"""Roles that come to let in anybody, or another account that shows no external ID.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from ostiary.audit import AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, parameters_of, text_in
from ostiary.governance.controls.documents import allowing, read_policy
from ostiary.governance.controls.trust import ANYBODY, is_account, is_plain, pins
from ostiary.policy import CompiledStatement, MalformedPolicy, PolicyKind
from ostiary.values.arn import ArnError, parse_arn

_ACCOUNT_PART = 4
"""Of an ARN, whose parts stand between colons; from 0."""
_ORGANISATION = "aws:principalorgid"


def trust_changed(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a role that whoever wishes may assume, or whoever another account says."""
    role = text_in(parameters_of(event), "roleName")
    document = evidence.trust_document(role) if role else None
    if role is None or document is None:
        return
    try:
        statements = list(allowing(read_policy(document, PolicyKind.TRUST)))
    except MalformedPolicy:
        # Such a policy lets nobody in.
        return
    arn = evidence.arn_of(EntityKind.ROLE, role)
    open_to = {account for statement in statements for account in _told_of(statement)} - {evidence.account}
    if ANYBODY in open_to:
        yield Raised("role-opened-to-anybody", f"Anybody may assume the role {role}", arn)
    elif open_to:
        named = ", ".join(sorted(open_to))
        yield Raised("role-opened-to-account", f"{named} may assume the role {role} without an external ID", arn)


def _told_of(statement: CompiledStatement) -> frozenset[str]:
    """Return the accounts whose principals a statement lets in, as far as they are to be told of; or `ANYBODY`.

    An external ID is a word that others know; it says nothing of who they are, and so does not excuse `ANYBODY`.
    """
    accounts = frozenset(_named(statement))
    if not accounts or pins(statement, _ORGANISATION, _is_said):
        return frozenset()
    if ANYBODY in accounts:
        accounts = accounts - {ANYBODY} | (_confined_to(statement) or {ANYBODY})
    if ANYBODY not in accounts and pins(statement, "sts:externalid", _is_said):
        return frozenset()
    return accounts


def _named(statement: CompiledStatement) -> Iterator[str]:
    """Yield the accounts of the principals that a statement names."""
    principal = statement.written.principal
    if principal is None:
        return
    if principal.everyone or principal.negated:
        yield ANYBODY
        return
    for name in principal.aws:
        try:
            account = parse_arn(name).account
        except ArnError:
            # An account's ID, `*`, or the unique ID that is left of a principal that is gone, which lets nobody in.
            account = name
            if name != ANYBODY and not is_account(name):
                continue
        yield account if is_account(account) else ANYBODY


def _confined_to(statement: CompiledStatement) -> frozenset[str]:
    """Return the accounts to which conditions confine a statement that names everybody; none where they do not."""
    for key, account_of in _CONFINING.items():
        if pins(statement, key, _tells_by(account_of)):
            told = (value for each in statement.written.conditions if each.key.lower() == key for value in each.values)
            return frozenset(filter(None, map(account_of, told)))
    return frozenset()


def _tells_by(account_of: Callable[[str], str | None]) -> Callable[[str], bool]:
    return lambda value: account_of(value) is not None


def _account_itself(value: str) -> str | None:
    return value if is_account(value) else None


def _account_of_pattern(value: str) -> str | None:
    """Return the account of whatever principals a pattern takes in; None where it can take in those of several.

    A wildcard before the account's place could swallow colons, and so move it.
    """
    parts = value.split(":", _ACCOUNT_PART + 1)
    if len(parts) <= _ACCOUNT_PART + 1 or not all(map(_is_said, parts[: _ACCOUNT_PART + 1])):
        return None
    account = parts[_ACCOUNT_PART]
    return account if is_account(account) else None


def _is_said(value: str) -> bool:
    """Tell whether a condition's value stands for itself: neither a pattern nor what the request says of itself."""
    return is_plain(value) and "${" not in value


_CONFINING: Mapping[str, Callable[[str], str | None]] = MappingProxyType(
    {"aws:principalaccount": _account_itself, "aws:principalarn": _account_of_pattern}
)
"""Keys that say whose principals are meant, and how to read the one account off a value."""

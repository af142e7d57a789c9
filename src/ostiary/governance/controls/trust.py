"""Whom a role's trust policy lets in, and what it asks of them.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
"""

import re
from collections.abc import Callable, Iterable, Iterator

from ostiary.governance.controls.control import ROLE, Result, judge
from ostiary.governance.controls.documents import allowing, read_policy
from ostiary.governance.controls.facts import AccountFacts, RoleFacts
from ostiary.policy import CompiledStatement, Condition, MalformedPolicy, PolicyKind
from ostiary.policy.match import Operator, find_operator
from ostiary.policy.match.operators import Quantifier
from ostiary.values.arn import ArnError, parse_arn

FindFault = Callable[[list[CompiledStatement]], str | None]
"""Says what is wrong with the statements that let somebody assume a role, or None."""

ANYBODY = "*"
"""In the place of an account: anybody at all."""

_ASSUME = "sts:assumerole"
_ACCOUNT = re.compile(r"[0-9]{12}", re.ASCII)
_ORGANISATION = re.compile(r"o-[a-z0-9]{10,32}", re.ASCII)
_WILD = re.compile(r"[*?]")


def check_trust(roles: Iterable[RoleFacts], find_fault: FindFault, fine: str) -> Iterator[Result]:
    """Yield for each role that the account can change whether its trust policy is without fault."""
    for role in roles:
        if not role.is_service_linked:
            fault = _fault_of(role, find_fault)
            yield judge(role.arn, ROLE, passed=fault is None, reason=fault or fine)


def _fault_of(role: RoleFacts, find_fault: FindFault) -> str | None:
    try:
        policy = read_policy(role.trust_policy, PolicyKind.TRUST)
    except MalformedPolicy as error:
        return f"the trust policy cannot be read: {error}"
    return find_fault([statement for statement in allowing(policy) if statement.action.test(_ASSUME)])


def trusted_services(statement: CompiledStatement) -> tuple[str, ...]:
    """Return the services that a statement lets in; `*` stands for all that there are."""
    principal = statement.written.principal
    if principal is None:
        return ()
    return (ANYBODY,) if principal.negated else principal.service


def foreign_accounts(statement: CompiledStatement, facts: AccountFacts) -> frozenset[str]:
    """Return the other accounts that a statement lets in: their IDs, or `ANYBODY`.

    Where it lets in anybody, conditions on the principal's account or organisation say whom it means; of an
    organisation's accounts none is foreign.
    """
    principal = statement.written.principal
    if principal is None:
        return frozenset()
    accounts = {ANYBODY} if principal.negated else {_account_of(value) for value in principal.aws}
    if pins(statement, "aws:principalorgid", _is_organisation):
        return frozenset()
    if ANYBODY in accounts and pins(statement, "aws:principalaccount", is_account):
        accounts = accounts - {ANYBODY} | _values(statement, "aws:principalaccount")
    return frozenset(accounts - {facts.account, ""})


def pins(statement: CompiledStatement, key: str, is_good: Callable[[str], bool]) -> bool:
    """Tell whether a condition holds a key, in lower case, to good values alone.

    One that is met where the request lacks the key holds it to nothing. All conditions are to be met, so one that pins
    the key is enough; of a condition's values any will do, so all must be good.
    """
    return any(values and all(map(is_good, values)) for values in _compared(statement, key))


def is_account(value: str) -> bool:
    """Tell whether a condition's value is one account's ID."""
    return bool(_ACCOUNT.fullmatch(value))


def is_plain(value: str) -> bool:
    """Tell whether a condition's value stands for itself alone."""
    return not _WILD.search(value)


def confines_source(statement: CompiledStatement) -> bool:
    """Tell whether services may assume the role only on behalf of accounts or an organisation that are named."""
    return (
        pins(statement, "aws:sourceaccount", is_account)
        or pins(statement, "aws:sourcearn", _names_account)
        or pins(statement, "aws:sourceorgid", _is_organisation)
        or pins(statement, "aws:sourceorgpaths", _is_in_organisation)
    )


def _compared(statement: CompiledStatement, key: str) -> Iterator[tuple[str, ...]]:
    for condition in statement.written.conditions:
        operator = find_operator(condition.operator)
        if condition.key.lower() == key and operator is not None and _compares(operator, statement, key):
            yield condition.values


def _compares(operator: Operator, statement: CompiledStatement, key: str) -> bool:
    if operator.family is None or operator.negated:
        return False
    # Both are met when the request lacks the key, which `Null` alone rules out.
    is_open = operator.if_exists or operator.quantifier is Quantifier.ALL
    return not is_open or any(_demands(condition, key) for condition in statement.written.conditions)


def _demands(condition: Condition, key: str) -> bool:
    return (
        condition.operator.lower() == "null"
        and condition.key.lower() == key
        and bool(condition.values)
        and all(value.lower() == "false" for value in condition.values)
    )


def _values(statement: CompiledStatement, key: str) -> set[str]:
    return {value for values in _compared(statement, key) for value in values}


def _account_of(principal: str) -> str:
    """Return a principal's account; the empty text for one that is gone, of which only the unique ID is left."""
    if principal == ANYBODY or is_account(principal):
        return principal
    try:
        account = parse_arn(principal).account
    except ArnError:
        return ""
    return account if is_account(account) else ANYBODY


def _names_account(value: str) -> bool:
    try:
        return is_account(parse_arn(value).account)
    except ArnError:
        return False


def _is_organisation(value: str) -> bool:
    return bool(_ORGANISATION.fullmatch(value))


def _is_in_organisation(value: str) -> bool:
    return _is_organisation(value.partition("/")[0])

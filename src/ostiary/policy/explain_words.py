"""The words of an explanation: how statements, kinds of policy and mismatches are spoken of."""

from collections.abc import Sequence

from ostiary.policy.decision import Decision
from ostiary.policy.document import Condition, Effect, PolicyKind, StatementRef
from ostiary.policy.explain import LayerOutcome, Mismatch, MismatchReason
from ostiary.policy.match import find_operator
from ostiary.values.operation import ContextValue

MOST_VALUES = 4
"""How many values of a list are written out before the rest is only counted."""

_MOST_CHARACTERS = 200
"""The longest value that is written out whole."""

_CONTROLS = {PolicyKind.SERVICE_CONTROL: "service control", PolicyKind.RESOURCE_CONTROL: "resource control"}


def show(value: str) -> str:
    """Return a value from a policy or a request as it can be put on a terminal: of bounded length, no control codes."""
    if not value:
        return '""'
    if len(value) > _MOST_CHARACTERS:
        value = f"{value[:_MOST_CHARACTERS]}..."
    return value if value.isprintable() else value.encode("unicode_escape").decode("ascii")


def show_values(values: Sequence[str], most: int | None = MOST_VALUES, joint: str = "or") -> str:
    """Return several values as a list, the last joined by a word; of a long one only the first and a count."""
    if not values:
        return "nothing"
    shown = [show(value) for value in values]
    if most is not None and len(shown) > most:
        return f"{', '.join(shown[:most])} {joint} {len(shown) - most} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {joint} {shown[-1]}"


def count(number: int, noun: str) -> str:
    """Return such as `1 statement` or `14 statements`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def with_article(noun: str) -> str:
    """Return such as `an identity-based policy`."""
    return f"{'an' if noun[0] in 'aeiouAEI' else 'a'} {noun}"


def layer_name(kind: PolicyKind, level: int | None = None, target: str | None = None) -> str:
    """Return such as `service control, level 1 (workloads)`."""
    if level is None:
        return kind.value
    place = f"level {level}"
    return f"{_CONTROLS[kind]}, {place}" + (f" ({show(target)})" if target and target != place else "")


def statement_name(ref: StatementRef) -> str:
    """Return such as `statement 2 (Uploads) of deploy.json`; statements are counted from 1, as people count."""
    sid = f" ({show(ref.sid)})" if ref.sid else ""
    return f"statement {ref.index + 1}{sid} of {show(ref.source.name)}"


def settled_by(decision: Decision, action: str) -> str:
    """Return in a few words what a decision comes from, such as `Deny statement 1 of guard.json`."""
    if decision.determining:
        granting = [ref for ref in decision.determining if ref.source.kind.grants]
        effect = Effect.DENY if decision.explicit_deny else Effect.ALLOW
        return f"{effect.value} {statement_name((granting or decision.determining)[0])}"
    if decision.layer is None:
        return "the root user needs no policy"
    level = "" if decision.level is None else f" at level {decision.level}"
    return f"no {decision.layer.value}{level} allows {show(action)}"


def mismatch_phrase(mismatch: Mismatch, most: int | None = MOST_VALUES) -> str:
    """Return what parts a statement from a request, as a clause that follows the statement's name and a colon.

    Args:
        mismatch: where they part.
        most: how many values of a list are written out; None for all.
    """
    return _PHRASES[mismatch.reason](mismatch, most)


def layer_statements(layer: LayerOutcome) -> str:
    """Return such as `4 statements`, or `12 statements in 3 policies`."""
    statements, policies = count(len(layer.statements), "statement"), len(layer.policies)
    return statements if policies == 1 else f"{statements} in {policies} policies"


def action_phrase(values: Sequence[str], most: int | None, *, negated: bool) -> str:
    """Return what actions a statement is about, such as `every action but iam:* and sts:*`."""
    return f"every action but {show_values(values, most, 'and')}" if negated else show_values(values, most, "and")


def condition_phrase(condition: Condition, actual: ContextValue | None, most: int | None = MOST_VALUES) -> str:
    """Return a condition and what the request has for it.

    Args:
        condition: as it is written.
        actual: the request's value; None when it has none.
        most: how many values of a list are written out; None for all.
    """
    operator = find_operator(condition.operator)
    if operator is not None and operator.family is None:
        has = "does not have" if actual is None else "has"
        absent = show_values(condition.values, most)
        return f"{show(condition.operator)} {show(condition.key)} expects {absent}, and the request {has} the key"
    but = "anything but " if operator is not None and operator.negated else ""
    has = "does not have it" if actual is None else f"has {_actual(actual, most)}"
    expected = show_values(condition.values, most)
    return f"{show(condition.operator)} {show(condition.key)} expects {but}{expected}, and the request {has}"


def _action(mismatch: Mismatch, most: int | None) -> str:
    about = action_phrase(mismatch.expected, most, negated=mismatch.operator is not None)
    return f"it is about {about}" if mismatch.operator else f"it is about {about}, not {_actual(mismatch.actual, most)}"


def _principal(mismatch: Mismatch, most: int | None) -> str:
    actual = _actual(mismatch.actual, most)
    if mismatch.operator:
        exempt = show_values(mismatch.expected, most, "and")
        return f"its NotPrincipal exempts {exempt}, and the request comes from {actual}"
    return f"its Principal is {show_values(mismatch.expected, most)}, not {actual}"


def _resource(mismatch: Mismatch, most: int | None) -> str:
    values, actual = show_values(mismatch.expected, most), _actual(mismatch.actual, most)
    if mismatch.undecided:
        element = mismatch.operator or "Resource"
        return f"its {element} {values} cannot be compared, as the request has no value for a policy variable in it"
    if mismatch.operator:
        return f"its NotResource exempts {show_values(mismatch.expected, most, 'and')}, and the request is for {actual}"
    return f"its Resource is {values}, not {actual}"


def _condition(mismatch: Mismatch, most: int | None) -> str:
    condition = Condition(mismatch.operator or "", mismatch.key or "", mismatch.expected)
    if mismatch.undecided:
        name = f"the condition {show(condition.operator)} {show(condition.key)}"
        return f"{name} cannot be decided: {_undecided(mismatch, most)}"
    return f"the condition {condition_phrase(condition, mismatch.actual, most)}"


def _undecided(mismatch: Mismatch, most: int | None) -> str:
    operator, actual = find_operator(mismatch.operator or ""), _actual(mismatch.actual, most)
    several = isinstance(mismatch.actual, tuple) and len(mismatch.actual) > 1
    if several and operator is not None and operator.quantifier is None:
        return f"the request has {actual}, and for several values it takes ForAllValues or ForAnyValue"
    return f"the policy has {show_values(mismatch.expected, most)}, the request {actual}, and these cannot be compared"


def _actual(actual: ContextValue | None, most: int | None) -> str:
    if actual is None:
        return "nothing"
    return show(actual) if isinstance(actual, str) else show_values(actual, most, "and")


_PHRASES = {
    MismatchReason.ACTION: _action,
    MismatchReason.PRINCIPAL: _principal,
    MismatchReason.RESOURCE: _resource,
    MismatchReason.CONDITION: _condition,
}

"""How much work it is to hold a request against policies, told beforehand, so that an answer's work can be bounded.

A statement weighs as much as what it lists, and its conditions weigh more the more values the context has to compare
with. The numbers were measured: a comparison that fills in a variable takes some ten times as long as a plain one, and
a decision by a policy that says nothing twenty times.
"""

from collections.abc import Iterable, Mapping

from ostiary.policy import CompiledPolicy, Statement
from ostiary.values.operation import ContextValue

_DECISION = 20
_CHARACTERS_AT_ONCE = 100
_VARIABLE = 10
_CONTEXT_CHARACTERS_AT_ONCE = 1_000


def weigh(policies: Iterable[CompiledPolicy], context: Mapping[str, ContextValue]) -> int:
    """Return what it takes to decide one action on one resource.

    Args:
        policies: all that have a say.
        context: the condition keys, in lower case.
    """
    statements = (statement.written for policy in policies for statement in policy.statements)
    return _DECISION + sum(_statement(each, context) for each in statements)


def _statement(statement: Statement, context: Mapping[str, ContextValue]) -> int:
    named = statement.principal.listed if statement.principal else ()
    resources = statement.resources.values if statement.resources else ()
    conditions = (
        _text(each.key) + _texts(each.values) * _given(context.get(each.key.lower(), ()))
        for each in statement.conditions
    )
    return 1 + _texts((*statement.actions.values, *resources, *named)) + sum(conditions)


def _given(value: ContextValue) -> int:
    """Return how many comparisons a condition's value takes; at least one, since it is looked at in any case."""
    values = (value,) if isinstance(value, str) else value
    return max(1, sum(1 + len(each) // _CONTEXT_CHARACTERS_AT_ONCE for each in values))


def _texts(texts: Iterable[str]) -> int:
    return sum(map(_text, texts))


def _text(text: str) -> int:
    return 1 + len(text) // _CHARACTERS_AT_ONCE + _VARIABLE * text.count("${")

"""How each element of a statement is compared with a request, one module per family of operators."""

from ostiary.policy.match.actions import ActionMatch, compile_actions
from ostiary.policy.match.conditions import ConditionTest, compile_condition
from ostiary.policy.match.dates import is_date
from ostiary.policy.match.operators import Operator, find_operator
from ostiary.policy.match.principals import Grant, PrincipalTest, compile_principal
from ostiary.policy.match.resources import EVERY_RESOURCE, Anchor, ResourceMatch, compile_resources
from ostiary.policy.match.truth import ON_MALFORMED, Context, Truth

__all__ = [
    "EVERY_RESOURCE",
    "ON_MALFORMED",
    "ActionMatch",
    "Anchor",
    "ConditionTest",
    "Context",
    "Grant",
    "Operator",
    "PrincipalTest",
    "ResourceMatch",
    "Truth",
    "compile_actions",
    "compile_condition",
    "compile_principal",
    "compile_resources",
    "find_operator",
    "is_date",
]

"""The evaluator that anybody would write first: a loop over the statements, with the patterns compiled once."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from benches.engines.engine import Call
from benches.engines.predicates import (
    TextTest,
    compile_actions,
    compile_conditions,
    compile_resources,
    prepared_context,
)
from benches.rules import Rule, User, Workload

_Statement = tuple[TextTest, TextTest, Callable[[Mapping[str, Any]], bool] | None]


class _Policies:
    """One user's statements: those that deny, and lists of those that allow, each of which has to."""

    def __init__(self, user: User) -> None:
        self.denies = [_compile(rule) for rule in user.rules if not rule.allows]
        self.gates = [[_compile(rule) for rule in gate if rule.allows] for gate in (user.grants, *user.gates)]


def decide(policies: _Policies, action: str, resource: str, context: Mapping[str, Any]) -> bool:
    """Return whether nothing denies, and something in each list allows."""
    if _any_applies(policies.denies, action, resource, context):
        return False
    return all(_any_applies(gate, action, resource, context) for gate in policies.gates)


class Naive:
    """The plain loop."""

    name = "naive"
    note = "naive: a loop in plain Python, regular expressions compiled once, addresses and dates read beforehand"

    def calls(self, workload: Workload) -> list[Call]:
        policies = {user.name: _Policies(user) for user in workload.users}
        return [
            partial(
                decide,
                policies[request.user.name],
                request.action.lower(),
                request.resource,
                prepared_context(request),
            )
            for request in workload.requests
        ]

    def allowed(self, answer: object) -> bool:
        return answer is True


def _compile(rule: Rule) -> _Statement:
    return (
        compile_actions(rule.actions, negated=rule.not_actions),
        compile_resources(rule.resources),
        compile_conditions(rule.conditions) if rule.conditions else None,
    )


def _any_applies(statements: Sequence[_Statement], action: str, resource: str, context: Mapping[str, Any]) -> bool:
    for is_about, speaks_of, are_met in statements:
        if is_about(action) and speaks_of(resource) and (are_met is None or are_met(context)):
            return True
    return False

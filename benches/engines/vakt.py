"""vakt: policies are objects with rules for actions, resources and context, tried one after the other."""

from collections.abc import Callable
from functools import partial
from typing import Any

from vakt import Guard, Inquiry, MemoryStorage, RulesChecker  # type: ignore[import-untyped] # it ships no types
from vakt import Policy as VaktPolicy
from vakt.effects import ALLOW_ACCESS, DENY_ACCESS  # type: ignore[import-untyped] # it ships no types
from vakt.rules.base import Rule as VaktRule  # type: ignore[import-untyped] # it ships no types
from vakt.rules.list import In  # type: ignore[import-untyped] # it ships no types
from vakt.rules.logic import And  # type: ignore[import-untyped] # it ships no types
from vakt.rules.logic import Any as Anything

from benches.engines.engine import Call
from benches.engines.predicates import (
    MISSING,
    compile_actions,
    compile_condition,
    compile_resources,
    prepared_context,
)
from benches.rules import Condition, Request, Rule, User, Workload, allows_everything


class _Test(VaktRule):  # type: ignore[misc] # vakt ships no types
    """A rule that a Python function decides."""

    def __init__(self, test: Callable[[Any], bool]) -> None:
        self._test = test

    def satisfied(self, what: Any, inquiry: Inquiry | None = None) -> bool:  # noqa: ARG002 - vakt's signature
        return self._test(what)


class Vakt:
    """One guard for all that a user's own policies say, and one for each layer that must allow as well."""

    name = "vakt"
    note = (
        "vakt: patterns and conditions are rules of our own, compiled once (its CIDR rule parses on each call); "
        "one guard for each user and layer"
    )

    def calls(self, workload: Workload) -> list[Call]:
        guards = {user.name: _guards(user) for user in workload.users}
        return [partial(_decide, guards[request.user.name], _inquiry(request)) for request in workload.requests]

    def allowed(self, answer: object) -> bool:
        return answer is True


def _decide(guards: list[Guard], inquiry: Inquiry) -> bool:
    return all(guard.is_allowed(inquiry) for guard in guards)


def _guards(user: User) -> list[Guard]:
    denies = [rule for rule in user.rules if not rule.allows]
    layers = [[*denies, *(rule for rule in user.grants if rule.allows)]]
    layers += [[rule for rule in gate if rule.allows] for gate in user.gates if not allows_everything(gate)]
    guards = []
    for rules in layers:
        storage = MemoryStorage()
        for uid, rule in enumerate(rules):
            storage.add(_policy(uid, rule))
        guards.append(Guard(storage, RulesChecker()))
    return guards


def _policy(uid: int, rule: Rule) -> VaktPolicy:
    plain_actions = not rule.not_actions and not any("*" in action for action in rule.actions)
    plain_resources = not any("*" in resource for resource in rule.resources)
    return VaktPolicy(
        uid,
        effect=ALLOW_ACCESS if rule.allows else DENY_ACCESS,
        actions=[
            In(*(action.lower() for action in rule.actions))
            if plain_actions
            else _Test(compile_actions(rule.actions, negated=rule.not_actions))
        ],
        subjects=[Anything()],
        resources=[In(*rule.resources) if plain_resources else _Test(compile_resources(rule.resources))],
        context=_context_rules(rule.conditions),
    )


def _context_rules(conditions: tuple[Condition, ...]) -> dict[str, VaktRule]:
    by_key: dict[str, list[VaktRule]] = {}
    for condition in conditions:
        by_key.setdefault(condition.key, []).append(_Test(compile_condition(condition)))
    return {key: rules[0] if len(rules) == 1 else And(*rules) for key, rules in by_key.items()}


def _inquiry(request: Request) -> Inquiry:
    """Return the request; a key that it lacks is there with a mark, as vakt takes an absent one for a mismatch."""
    keys = {condition.key for rule in request.user.rules for condition in rule.conditions}
    return Inquiry(
        action=request.action.lower(),
        resource=request.resource,
        subject=request.user.name,
        context={**dict.fromkeys(keys, MISSING), **prepared_context(request)},
    )

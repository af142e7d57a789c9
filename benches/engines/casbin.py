"""pycasbin: its matcher is an expression that is interpreted for each row.

Its fast enforcer keeps rows in a dict by subject and action, so a rule becomes a row for each action that it is about.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from casbin import FastEnforcer  # type: ignore[import-untyped] # it ships no types
from casbin.model import FastModel  # type: ignore[import-untyped] # it ships no types

from benches.engines.engine import Call
from benches.engines.predicates import (
    TextTest,
    compile_actions,
    compile_conditions,
    compile_resources,
    prepared_context,
)
from benches.rules import Rule, Workload, allows_everything

_MODEL = """
[request_definition]
r = sub, act, obj, ctx

[policy_definition]
p = sub, act, obj, cond, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = {matcher}
"""
_KEYS = (0, 1)
_MATCHER = "arnMatch(r.obj, p.obj)"
_MATCHER_WITH_CONDITIONS = "arnMatch(r.obj, p.obj) && holds(r.ctx, p.cond)"


class Casbin:
    """One enforcer for all that a user's own policies say, and one for each layer that must allow as well."""

    name = "casbin"
    note = (
        "casbin: the fast enforcer, rows keyed by user and action (wildcards in actions written out beforehand), "
        "resources and conditions tested by Python functions as it has no dates; one enforcer for each layer"
    )

    def calls(self, workload: Workload) -> list[Call]:
        layers = max(len(user.gates) for user in workload.users) + 1
        enforcers = [_Enforcer() for _ in range(layers)]
        asked: dict[str, dict[str, None]] = {}
        for request in workload.requests:
            asked.setdefault(request.user.name, {})[request.action] = None
        open_layers: set[int] = set()
        for user in workload.users:
            denies = [rule for rule in user.rules if not rule.allows]
            for layer, rules in enumerate((user.grants, *user.gates)):
                if layer and allows_everything(rules):
                    open_layers.add(layer)
                    continue
                own = [rule for rule in rules if rule.allows]
                enforcers[layer].add(user.name, asked.get(user.name, {}), own if layer else [*denies, *own])
        enforcing = [enforcer.make() for layer, enforcer in enumerate(enforcers) if layer not in open_layers]
        return [
            partial(
                _decide, enforcing, (request.user.name, request.action, request.resource, prepared_context(request))
            )
            for request in workload.requests
        ]

    def allowed(self, answer: object) -> bool:
        return answer is True


def _decide(enforcing: list[Callable[..., bool]], request: tuple[str, str, str, dict[str, Any]]) -> bool:
    return all(enforce(*request) for enforce in enforcing)


class _Enforcer:
    """Rows and the functions that their texts stand for."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._resources: dict[str, TextTest] = {}
        self._conditions: dict[str, Callable[[Mapping[str, Any]], bool]] = {}

    def add(self, user: str, actions: Mapping[str, None], rules: list[Rule]) -> None:
        for rule in rules:
            is_about = compile_actions(rule.actions, negated=rule.not_actions)
            resources = " ".join(rule.resources)
            self._resources[resources] = compile_resources(rule.resources)
            conditions = repr(rule.conditions) if rule.conditions else ""
            self._conditions[conditions] = compile_conditions(rule.conditions)
            effect = "allow" if rule.allows else "deny"
            self._rows += [
                [user, action, resources, conditions, effect] for action in actions if is_about(action.lower())
            ]

    def make(self) -> Callable[..., bool]:
        has_conditions = any(row[3] for row in self._rows)
        model = FastModel(_KEYS)
        model.load_model_from_text(_MODEL.format(matcher=_MATCHER_WITH_CONDITIONS if has_conditions else _MATCHER))
        rows = model["p"]["p"].policy
        for row in self._rows:
            # Beside the model's own `add_policy`, which first looks through all rows for the same one.
            rows.append(row)
        enforcer = FastEnforcer(model, cache_key_order=_KEYS)
        # Where there is no row for user and action, casbin asks the matcher once with empty texts.
        resources, conditions = {"": _never, **self._resources}, self._conditions
        enforcer.add_function("arnMatch", lambda arn, patterns: resources[patterns](arn))
        enforcer.add_function("holds", lambda context, named: conditions[named](context))
        enforce: Callable[..., bool] = enforcer.enforce
        return enforce


def _never(_: str) -> bool:
    return False

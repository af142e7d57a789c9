"""Cedar, through cedarpy: its engine is compiled Rust, its policies and entities are parsed beforehand.

A request carries only the attributes that some rule reads, as making it costs cedarpy more than deciding it. Layers
that must each allow, which Cedar does not have, are one `forbid … unless` each.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from fnmatch import fnmatchcase
from functools import partial
from ipaddress import IPv4Address
from typing import Any

from cedarpy import AuthzResult, Entities, PolicySet, is_authorized

from benches.engines.engine import Call
from benches.rules import Condition, Relation, Request, Rule, User, Workload, allows_everything

_ARN = "arn"


class Cedar:
    """All of a user's policies are handed over with each request."""

    name = "cedar"
    note = (
        "cedar: several actions are an action group, addresses and dates are numbers (the extension types cost more), "
        "boundary and control policies are `forbid … unless`"
    )

    def calls(self, workload: Workload) -> list[Call]:
        entities = _entities(workload)
        policies = {user.name: _policy_set(user) for user in workload.users}
        return [
            partial(is_authorized, _request(request), policies[request.user.name], entities)
            for request in workload.requests
        ]

    def allowed(self, answer: object) -> bool:
        if not isinstance(answer, AuthzResult) or answer.diagnostics.errors:
            raise TypeError(f"cedar could not decide: {answer!r}")
        return answer.allowed


class IndexedCedar(Cedar):
    """A dict by action stands in front, so that only those policies are handed over that are about the action."""

    name = "cedar, indexed"
    note = (
        "cedar, indexed: behind a dict by user and action; the policies found need not look at the action any more, "
        "and a request carries only what they read"
    )

    def calls(self, workload: Workload) -> list[Call]:
        entities = _entities(workload)
        users = {user.name: user for user in workload.users}
        asked = dict.fromkeys((request.user.name, request.action) for request in workload.requests)
        index = {key: _policy_set(users[key[0]], key[1]) for key in asked}
        return [
            partial(
                _decide_by_index,
                index,
                entities,
                (request.user.name, request.action),
                _request(request, request.action),
            )
            for request in workload.requests
        ]


def _decide_by_index(
    index: dict[tuple[str, str], PolicySet], entities: Entities, key: tuple[str, str], request: dict[str, Any]
) -> AuthzResult:
    return is_authorized(request, index[key], entities)


def _entities(workload: Workload) -> Entities:
    """Return the actions, each a member of the groups that the rules speak of."""
    groups = {
        _group(rule.actions): rule.actions for user in workload.users for rule in user.rules if _needs_group(rule)
    }
    entities: list[dict[str, Any]] = [{"uid": _entity("Action", group), "attrs": {}, "parents": []} for group in groups]
    for action in dict.fromkeys(request.action for request in workload.requests):
        parents = [_entity("Action", group) for group, patterns in groups.items() if _matches(action, patterns)]
        entities.append({"uid": _entity("Action", action), "attrs": {}, "parents": parents})
    return Entities.from_json_str(json.dumps(entities))


def _group(patterns: tuple[str, ...]) -> str:
    return " ".join(patterns)


def _needs_group(rule: Rule) -> bool:
    return rule.actions != ("*",) and (len(rule.actions) > 1 or "*" in rule.actions[0])


def _matches(action: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(action, pattern) for pattern in patterns)


def _request(request: Request, action: str | None = None) -> dict[str, Any]:
    rules = [rule for rule in request.user.rules if _is_about(rule, action)]
    keys = {condition.key for rule in rules for condition in rule.conditions}
    context = {key: _value(value) for key, value in request.context.items() if key in keys}
    if any("*" in resource for rule in rules for resource in rule.resources):
        context[_ARN] = request.resource
    return {
        "principal": _entity("User", request.user.name),
        "action": _entity("Action", request.action),
        "resource": _entity("Resource", request.resource),
        "context": json.dumps(context),
    }


def _entity(kind: str, name: str) -> dict[str, str]:
    return {"type": kind, "id": name}


def _policy_set(user: User, action: str | None = None) -> PolicySet:
    """Return the user's policies; with `action` those that are about it, which then do not mention it."""
    rules = [*user.grants, *(rule for gate in user.gates for rule in gate if not rule.allows)]
    policies = [_policy(rule, action) for rule in rules if _is_about(rule, action)]
    for gate in user.gates:
        if not allows_everything(gate):
            clauses = [_clause(rule, action) for rule in gate if rule.allows and _is_about(rule, action)]
            policies.append(f"forbid(principal, action, resource) unless {{ {_any(clauses)} }};")
    return PolicySet.from_str("\n".join(policies))


def _is_about(rule: Rule, action: str | None) -> bool:
    return action is None or _matches(action, rule.actions) is not rule.not_actions


def _policy(rule: Rule, action: str | None) -> str:
    effect = "permit" if rule.allows else "forbid"
    tests = [_condition(condition) for condition in rule.conditions]
    action_scope = "action"
    if action is None and rule.not_actions:
        tests = [f"!({_actions(rule)})", *tests]
    elif action is None:
        action_scope = _actions(rule) or "action"
    resource_scope = "resource"
    if len(rule.resources) == 1 and "*" not in rule.resources[0]:
        resource_scope = f"resource == {_literal('Resource', rule.resources[0])}"
    elif rule.resources != ("*",):
        tests = [*tests[:1], _resources(rule), *tests[1:]] if rule.not_actions else [_resources(rule), *tests]
    body = f" when {{ {_all(tests)} }}" if tests else ""
    return f"{effect}(principal, {action_scope}, {resource_scope}){body};"


def _clause(rule: Rule, action: str | None) -> str:
    tests = [_condition(condition) for condition in rule.conditions]
    if rule.resources != ("*",):
        tests.insert(0, _resources(rule))
    actions = _actions(rule) if action is None else ""
    if actions:
        tests.insert(0, f"!({actions})" if rule.not_actions else actions)
    return _all(tests)


def _actions(rule: Rule) -> str:
    if rule.actions == ("*",):
        return ""
    if _needs_group(rule):
        return f"action in {_literal('Action', _group(rule.actions))}"
    return f"action == {_literal('Action', rule.actions[0])}"


def _resources(rule: Rule) -> str:
    return _any(
        f"context.{_ARN} like {json.dumps(resource)}"
        if "*" in resource
        else f"resource == {_literal('Resource', resource)}"
        for resource in rule.resources
    )


def _literal(kind: str, name: str) -> str:
    return f"{kind}::{json.dumps(name)}"


def _all(tests: Iterable[str]) -> str:
    return " && ".join(f"({test})" for test in tests) or "true"


def _any(tests: Iterable[str]) -> str:
    return " || ".join(f"({test})" for test in tests) or "false"


def _condition(condition: Condition) -> str:
    key, operator = json.dumps(condition.key), condition.meaning
    if operator.relation is Relation.ABSENT:
        return f"!(context has {key})" if condition.values[0] else f"context has {key}"
    value = f"context[{key}]"
    if operator.every is None:
        test = _any(_RELATIONS[operator.relation](value, expected) for expected in condition.values)
    else:
        listed = f"[{', '.join(json.dumps(expected) for expected in condition.values)}]"
        test = f"{listed}.containsAll({value})" if operator.every else f"{value}.containsAny({listed})"
    if operator.negated:
        test = f"!({test})"
    return f"!(context has {key}) || ({test})" if operator.when_missing else f"context has {key} && ({test})"


_RELATIONS: dict[Relation, Callable[[str, Any], str]] = {
    Relation.EQUALS: lambda value, expected: f"{value} == {json.dumps(expected)}",
    Relation.LIKE: lambda value, expected: f"{value} like {json.dumps(expected)}",
    Relation.INSIDE: lambda value, expected: f"{value} >= {int(expected[0])} && {value} <= {int(expected[-1])}",
    Relation.BELOW: lambda value, expected: f"{value} < {_value(expected)}",
    Relation.ABOVE: lambda value, expected: f"{value} > {_value(expected)}",
}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return int(value) if isinstance(value, IPv4Address) else value

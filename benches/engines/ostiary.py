"""Ostiary's own engine."""

from functools import partial

from benches.engines.engine import Call
from benches.rules import ACCOUNT, Policy, Request, User, Workload
from ostiary.policy import (
    AccessRequest,
    CompiledPolicy,
    ControlLevel,
    Decision,
    PolicyKind,
    PolicySet,
    PolicySource,
    Principal,
    PrincipalKind,
    compile_policy,
    decide,
    explain,
    parse_policy,
)


class PolicySets:
    """Makes users' policy sets; with `shared`, a policy that several of them have is compiled once."""

    def __init__(self, *, shared: bool = True) -> None:
        self._shared = shared
        self._compiled: dict[tuple[str, PolicyKind], CompiledPolicy] = {}

    def make(self, user: User) -> PolicySet:
        return PolicySet(
            identity=tuple(self._compile(policy, PolicyKind.IDENTITY) for policy in user.policies),
            boundary=(self._compile(user.boundary, PolicyKind.BOUNDARY),) if user.boundary else None,
            service_control=tuple(
                ControlLevel(
                    f"level {number}", tuple(self._compile(policy, PolicyKind.SERVICE_CONTROL) for policy in level)
                )
                for number, level in enumerate(user.levels)
            ),
        )

    def _compile(self, policy: Policy, kind: PolicyKind) -> CompiledPolicy:
        found = self._compiled.get((policy.name, kind)) if self._shared else None
        if found is None:
            source = PolicySource(kind, policy.name, policy.name)
            found = compile_policy(parse_policy(policy.document, kind), source)
            self._compiled[policy.name, kind] = found
        return found


def access_request(request: Request) -> AccessRequest:
    """Return the request in the engine's form."""
    user = request.user
    principal = Principal(PrincipalKind.USER, user.arn, ACCOUNT)
    return AccessRequest(principal, request.action, request.resource, request.texts)


class Ostiary:
    """Policies and requests are made beforehand."""

    name = "ostiary"
    note = "ostiary: policies compiled and requests made beforehand; variables are filled in for each request"

    def calls(self, workload: Workload) -> list[Call]:
        sets = _policy_sets(workload)
        return [partial(decide, access_request(request), sets[request.user.name]) for request in workload.requests]

    def allowed(self, answer: object) -> bool:
        return self.decision(answer).allowed

    def decision(self, answer: object) -> Decision:
        if not isinstance(answer, Decision):
            raise TypeError(f"not a decision: {answer!r}")
        return answer


class OstiaryFromValues(Ostiary):
    """Principal and request are made anew from strings and a dict with each call."""

    name = "from values"
    note = "from values: ostiary, with principal and request made of strings and a dict within the call"

    def calls(self, workload: Workload) -> list[Call]:
        sets = _policy_sets(workload)
        return [
            partial(
                _decide_values,
                sets[request.user.name],
                request.user.arn,
                request.action,
                request.resource,
                request.texts,
            )
            for request in workload.requests
        ]


def explaining_calls(workload: Workload) -> list[Call]:
    """Return calls that explain each request's decision."""
    sets = _policy_sets(workload)
    return [partial(explain, access_request(request), sets[request.user.name]) for request in workload.requests]


def _policy_sets(workload: Workload) -> dict[str, PolicySet]:
    make = PolicySets().make
    return {user.name: make(user) for user in workload.users}


def _decide_values(
    policies: PolicySet, user_arn: str, action: str, resource: str, context: dict[str, str | tuple[str, ...]]
) -> Decision:
    principal = Principal(PrincipalKind.USER, user_arn, ACCOUNT)
    return decide(AccessRequest(principal, action, resource, context), policies)

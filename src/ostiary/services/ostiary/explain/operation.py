"""The operation: gathers what the gate would decide with, decides, and tells statement by statement why."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory import in_force
from ostiary.directory.deciding import binding, guarding, principal_of, request_of, session_policies
from ostiary.directory.directory import Directory
from ostiary.policy import CompiledPolicy, PolicySet, PolicySource, ResourcePolicies, explain, request_json
from ostiary.policy.certificate import decision_name
from ostiary.questions import Answer, answer_as_json, document_as_json
from ostiary.services.iam.simulate.weight import weigh
from ostiary.services.iam.targets.entities import tags_of
from ostiary.services.ostiary.explain.asked import Asked, find_named, looked_up_resource, need_of, read_asked
from ostiary.services.ostiary.explain.context import context_for
from ostiary.services.ostiary.explain.origins import name_policies
from ostiary.services.ostiary.explain.principal import explained_principal, identity_arn, parse_principal_arn
from ostiary.services.ostiary.explain.withheld import without_session_policies
from ostiary.values.arn import root_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.operation import ContextValue, Need, Operation

_ACTION = "iam:SimulatePrincipalPolicy"
_MOST_WEIGHT = 300_000
_MOST_ECHOED = 1_000_000
"""How many characters of context an explanation may repeat: each condition on a key tells what the request has."""

_DECISIONS = {"allow": "allowed", "explicit_deny": "explicitDeny", "implicit_deny": "implicitDeny"}


def explain_decision(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return what a principal's call would come to, decided as the gate decides, and how each statement came out.

    Of the policies of the caller's own session nothing is told but whether they allow: whoever passed them may not
    mean the session to read them.

    Raises:
        Fault: `ValidationError`, action, resource, principal or context are none; `InvalidInput`, it takes a trust
            policy of another account, or is too much work.
        NoSuchEntity: the account has no such principal, or not the role that is to be taken on.
    """
    asked = read_asked(call.parameters)
    principal = explained_principal(call, directory)
    caller = principal.caller
    found, origins = name_policies(directory, principal.entity, in_force.policies_in_force(directory, caller))
    need = need_of(asked, caller, directory)
    context = context_for(call, principal, need, found.tags)
    policies, guards = binding(found, session_policies(directory, caller)), guarding(need)
    _require_bounded(policies, guards, context)
    explanation = explain(request_of(need, principal_of(caller), context), policies, guards)
    written = {
        "identity": [document_as_json(text.document) for text in found.identity],
        **({"boundary": [document_as_json(found.boundary.document)]} if found.boundary else {}),
        **_own_policy(need),
    }
    answer = Answer(explanation, {"request": request_json(explanation.request), "policies": written}, asked.notes)
    shape = answer_as_json(answer, origins | _own_origin(guards))
    if caller.session and (caller.session.policies or caller.session.policy_arns):
        shape = without_session_policies(shape, explanation)
    return {
        "Decision": _DECISIONS[decision_name(explanation)],
        "Explanation": json.dumps(shape, separators=(",", ":")),
    }


def _own_policy(need: Need) -> dict[str, Any]:
    if need.resource_policy is None:
        return {}
    name = "trust" if need.resource_policy_must_allow else "resource"
    return {name: document_as_json(need.resource_policy)}


def _own_origin(guards: ResourcePolicies) -> dict[PolicySource, Any]:
    if guards.policy is None:
        return {}
    source = guards.policy.source
    return {source: {"type": "trust" if guards.must_allow else "resource", "arn": source.policy_id}}


def _require_bounded(policies: PolicySet, guards: ResourcePolicies, context: Mapping[str, ContextValue]) -> None:
    """Return when the explanation is not too much work, nor too long.

    Raises:
        Fault: `InvalidInput`, it is.
    """
    folded = {key.lower(): value for key, value in context.items()}
    every = _every_policy(policies, guards)
    conditions = (
        condition for policy in every for statement in policy.statements for condition in statement.written.conditions
    )
    echoed = sum(_length(folded.get(condition.key.lower(), "")) for condition in conditions)
    if weigh(every, folded) > _MOST_WEIGHT or echoed > _MOST_ECHOED:
        raise Fault("InvalidInput", "There is too much context for policies of this size: leave out some of it.")


def _every_policy(policies: PolicySet, guards: ResourcePolicies) -> tuple[CompiledPolicy, ...]:
    own = (guards.policy,) if guards.policy else ()
    return (*policies.identity, *(policies.boundary or ()), *(policies.session or ()), *own)


def _length(value: ContextValue) -> int:
    return len(value) if isinstance(value, str) else sum(map(len, value))


def _needs(directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    """Yield the permission to ask about the principal, and to read what tags and trust policies the answer shows."""
    arn = parameters.get("PrincipalArn") or identity_arn(caller)
    named = parse_principal_arn(arn, caller.account)
    if named is None:
        yield Need(_ACTION, root_arn(caller.account))
    else:
        found = find_named(directory, named) if named.account == caller.account else None
        tags = tags_of(directory, found)
        yield Need(_ACTION, found.arn if found else arn, tags, shown_as=arn)
        if found and tags and arn != identity_arn(caller):
            yield Need(f"iam:Get{named.kind.value}", found.arn, tags, shown_as=arn)
    yield from _resource_needs(directory, caller, read_asked(parameters))


def _resource_needs(directory: Directory, caller: Caller, asked: Asked) -> Iterable[Need]:
    named = looked_up_resource(asked, caller.account)
    if named is not None:
        found = find_named(directory, named)
        arn = found.arn if found else named.text
        yield Need(f"iam:Get{named.kind.value}", arn, tags_of(directory, found), shown_as=named.text)


OPERATIONS = (Operation("ostiary", "ExplainDecision", _needs, explain_decision, writes=False),)

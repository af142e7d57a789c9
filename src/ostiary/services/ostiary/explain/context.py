"""The condition keys that a call is explained with: the principal's own, and over them those that are given.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from collections.abc import Mapping, Sequence

from ostiary.directory.context import moment_context, principal_context, region_of, request_context
from ostiary.directory.deciding import context_of
from ostiary.services.ostiary.explain.principal import ExplainedPrincipal
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import ContextValue, Need

_GLOBAL_SERVICE = "iam"


def context_for(
    call: AuthorizedCall, principal: ExplainedPrincipal, need: Need, tags: Mapping[str, str]
) -> dict[str, ContextValue]:
    """Return all that is known of a principal's call at this moment.

    Where the call would come from is known of the caller of ExplainDecision alone: of others no key is made up.

    Args:
        call: the call of ExplainDecision.
        principal: who makes the call that is explained.
        need: what that takes.
        tags: of the user or role behind the principal.

    Raises:
        Fault: `ValidationError`, a key is given twice or without a value.
    """
    known = moment_context(call.now) | principal_context(principal.caller, tags, call.now)
    service = need.action.partition(":")[0].lower()
    if principal.is_asking:
        known |= {**request_context(call.call), "aws:RequestedRegion": region_of(service, call.region)}
    elif service == _GLOBAL_SERVICE:
        known["aws:RequestedRegion"] = region_of(service, call.region)
    given = _given(call.parameters.get("Context", {}))
    replaced = {key.lower() for key in given}
    whole = context_of(need, principal.caller, known)
    return {key: value for key, value in whole.items() if key.lower() not in replaced} | given


def _given(context: Mapping[str, Sequence[str]]) -> dict[str, ContextValue]:
    seen: set[str] = set()
    for key, values in context.items():
        if key.lower() in seen:
            raise Fault("ValidationError", f"The context key {key} is given twice.")
        if not values:
            raise Fault("ValidationError", f"The context key {key} has no value: leave it out.")
        seen.add(key.lower())
    return {key: values[0] if len(values) == 1 else tuple(values) for key, values in context.items()}

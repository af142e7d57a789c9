"""What the policies in force now say of a call that was refused before.

A message on a refusal holds only what its caller knew, so everything that was looked up to decide the call is looked up
again: what the call acts on, its tags and its own policy, and the caller's policies and tags.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ostiary.credentials import RefusedCall
from ostiary.directory import in_force
from ostiary.directory.deciding import (
    binding,
    context_of,
    guarding,
    principal_of,
    principal_tags,
    request_of,
    session_policies,
)
from ostiary.directory.directory import Directory
from ostiary.policy import Explanation, explain
from ostiary.values.operation import ContextValue, Need


@dataclass(frozen=True, slots=True)
class LookedInto:
    """A refused call as it would be decided now."""

    resource: str
    context: Mapping[str, ContextValue]
    explanation: Explanation | None
    """None when it cannot be told: the caller is gone, or the operation needs something else now. Where the caller's
    session has policies, as it would be without them."""


def look_into(refused: RefusedCall, directory: Directory) -> LookedInto:
    """Return what the policies in force say of a refused call."""
    caller = refused.caller
    found = in_force.policies_in_force(directory, caller)
    context = {**refused.context, **principal_tags(caller, found.tags)}
    need = _find_need(refused, directory)
    if need is None or in_force.find_identity(directory, caller) is None:
        return LookedInto(refused.resource, context, None)
    context = context_of(need, caller, context)
    # The policies of the caller's session are not in the message.
    session = None if refused.has_session_policies else session_policies(directory, caller)
    request = request_of(need, principal_of(caller), context)
    return LookedInto(need.resource, context, explain(request, binding(found, session), guarding(need)))


def _find_need(refused: RefusedCall, directory: Directory) -> Need | None:
    """Return the need that was not met, as it is now; None when the operation does not have it any more."""
    from ostiary.services.served import find_operation  # noqa: PLC0415 - what is served includes who asks here

    operation = find_operation(refused.service, refused.operation)
    if operation is None or operation.needs is None:
        return None
    needs = tuple(operation.needs(directory, refused.caller, refused.parameters))
    need = needs[refused.need] if refused.need < len(needs) else None
    return need if need is not None and need.action == refused.action else None

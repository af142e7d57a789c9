"""Whether a statement applies to a request: the one answer that every kind of policy is decided by."""

from ostiary.policy.compile import CompiledStatement
from ostiary.policy.match import ON_MALFORMED, Grant
from ostiary.policy.request import AccessRequest


def match_statement(statement: CompiledStatement, request: AccessRequest) -> Grant:
    """Return how the statement reaches the caller if it applies to the request, else `Grant.NONE`.

    It applies when action, principal, resource and every condition match.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """
    if not statement.speaks_of_action(request.action_key):
        return Grant.NONE
    grant = statement.reaches(request.principal)
    if not grant:
        return Grant.NONE
    decided = statement.speaks_of_resource(request.resource_parts, request.context)
    if decided is False:
        return Grant.NONE
    for condition in statement.conditions:
        met = condition.test(request.context)
        if met is False:
            return Grant.NONE
        if met is None:
            decided = None
    return grant if ON_MALFORMED.settle(decided, denies=statement.denies) else Grant.NONE

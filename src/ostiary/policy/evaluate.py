"""Whether a statement applies to a request: the one answer that every kind of policy is decided by."""

from ostiary.policy.compile import CompiledStatement
from ostiary.policy.match import Grant
from ostiary.policy.request import AccessRequest


def match_statement(statement: CompiledStatement, request: AccessRequest) -> Grant:
    """Return how the statement reaches the caller if it applies to the request, else `Grant.NONE`.

    It applies when action, principal, resource and every condition match.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """
    fits, meets = statement.fits_resource, statement.meets_conditions
    if not statement.action.test(request.action_key) or (fits and not fits(request)):
        return Grant.NONE
    if meets and not meets(request.context):
        return Grant.NONE
    # Without a Principal element the statement is about whoever the policy is attached to.
    return Grant.DIRECT if statement.reaches is None else statement.reaches(request.principal)

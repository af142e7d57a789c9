"""What AWS Organizations asks of a control policy, beyond what IAM asks of every policy.

Sources: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
and https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
"""

from ostiary.policy.document import Effect, Patterns, PolicyDocument, PolicyKind, PrincipalElement, Statement
from ostiary.policy.errors import MalformedPolicy

NOT_OF_ITS_TYPE = "The provided policy document does not meet the requirements of the specified policy type."

_EVERYTHING = Patterns(("*",))


def check_control_policy(document: PolicyDocument) -> None:
    """Return when a service control or resource control policy is as Organizations wants it.

    Raises:
        MalformedPolicy: it is not; Organizations has one sentence for everything.
    """
    fits = _fits_resource_control if document.kind is PolicyKind.RESOURCE_CONTROL else _fits_service_control
    if document.version != "2012-10-17" or not all(map(fits, document.statements)):
        raise MalformedPolicy(NOT_OF_ITS_TYPE)


def _fits_service_control(statement: Statement) -> bool:
    return statement.principal is None and statement.resources is not None


def _fits_resource_control(statement: Statement) -> bool:
    """Return whether a statement denies to everybody, or is the one of RCPFullAWSAccess, which alone may allow."""
    if statement.principal != PrincipalElement(everyone=True) or statement.resources is None:
        return False
    if statement.effect is Effect.ALLOW:
        return (statement.actions, statement.resources, statement.conditions) == (_EVERYTHING, _EVERYTHING, ())
    return not statement.actions.negated and "*" not in statement.actions.values

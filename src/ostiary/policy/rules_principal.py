"""What IAM asks of Principal and NotPrincipal.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re

from ostiary.policy.document import PolicyKind, PrincipalElement
from ostiary.policy.errors import MalformedPolicy

_AWS = re.compile(
    r"\*|[0-9]{12}"
    r"|arn:aws[a-z-]*:iam::[0-9]{12}:(root|(user|role)/[^*?:]+)"
    r"|arn:aws[a-z-]*:sts::[0-9]{12}:(assumed-role/[^*?:/]+/[^*?:/]+|federated-user/[^*?:/]+)"
    r"|A[A-Z0-9]{15,127}",
    re.ASCII,
)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_PROVIDER = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:(saml|oidc)-provider/[^*?]+", re.ASCII)
_CANONICAL = re.compile(r"[0-9a-f]{64}", re.ASCII)


def check_principal(element: PrincipalElement | None, kind: PolicyKind) -> None:
    """Return when the element is as the kind of policy wants it; whether the principals exist is not looked at.

    Raises:
        MalformedPolicy: it is missing, it is there and must not be, or it names what is no principal.
    """
    if not kind.names_principals:
        if element is not None:
            raise MalformedPolicy("Policy document should not specify a principal.")
        return
    if element is None and kind is PolicyKind.RESOURCE:
        raise MalformedPolicy("Missing required field Principal")
    if element is None or not _names_anyone(element):
        raise MalformedPolicy(
            "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: "
            "The passed in policy has a statement with no principals!"
        )
    # IAM takes {"AWS": "*"} in a trust policy, but not the bare form.
    if element.everyone and kind is PolicyKind.TRUST:
        raise MalformedPolicy('AssumeRolepolicy contained an invalid principal: "STAR":"*".')
    _check_values(element)


def _names_anyone(element: PrincipalElement) -> bool:
    return element.everyone or bool(element.listed)


def _check_values(element: PrincipalElement) -> None:
    for value in element.federated:
        if not _DOMAIN.fullmatch(value) and not _PROVIDER.fullmatch(value):
            raise MalformedPolicy("Federated principals must be valid domain names or SAML metadata ARNs")
    forms = (
        ("AWS", element.aws, _AWS),
        ("SERVICE", element.service, _DOMAIN),
        ("CANONICALUSER", element.canonical_user, _CANONICAL),
    )
    for label, values, form in forms:
        for value in values:
            if not form.fullmatch(value):
                raise MalformedPolicy(f'Invalid principal in policy: "{label}":"{value}"')

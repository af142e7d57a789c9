"""Examples of what is asked of organisations, which this server's accounts are in none of."""

from tests.services.examples.stage import Example, RightlyRefused

_NO_ORGANIZATION = RightlyRefused(lambda _: {}, "OrganizationNotFoundException")

EXAMPLES: dict[str, Example] = {
    "iam:ListOrganizationsFeatures": _NO_ORGANIZATION,
    "iam:EnableOrganizationsRootCredentialsManagement": _NO_ORGANIZATION,
    "iam:DisableOrganizationsRootCredentialsManagement": _NO_ORGANIZATION,
    "iam:EnableOrganizationsRootSessions": _NO_ORGANIZATION,
    "iam:DisableOrganizationsRootSessions": _NO_ORGANIZATION,
    "sts:AssumeRoot": RightlyRefused(
        lambda stage: {
            "TargetPrincipal": stage.account_id,
            "TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"},
        },
        "AccessDenied",
    ),
}

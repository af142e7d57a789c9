"""Examples of reports on credentials and on what was last accessed."""

from typing import Any

from tests.services.examples.stage import Example, RightlyRefused, Stage
from tests.services.iam.asking import READ_ONLY

_NO_JOB = "11111111-2222-4333-8444-555555555555"


def _credential_report(stage: Stage) -> dict[str, Any]:
    stage.iam.generate_credential_report()
    return {}


def _user_arn(stage: Stage) -> str:
    arn: str = stage.iam.get_user(UserName=stage.user())["User"]["Arn"]
    return arn


def _job(stage: Stage) -> dict[str, Any]:
    return {"JobId": stage.iam.generate_service_last_accessed_details(Arn=READ_ONLY)["JobId"]}


EXAMPLES: dict[str, Example] = {
    "iam:GenerateCredentialReport": lambda _: {},
    "iam:GetCredentialReport": _credential_report,
    "iam:GenerateServiceLastAccessedDetails": lambda stage: {"Arn": _user_arn(stage), "Granularity": "ACTION_LEVEL"},
    "iam:GetServiceLastAccessedDetails": _job,
    "iam:GetServiceLastAccessedDetailsWithEntities": lambda stage: {**_job(stage), "ServiceNamespace": "iam"},
    "iam:ListPoliciesGrantingServiceAccess": lambda stage: {"Arn": _user_arn(stage), "ServiceNamespaces": ["iam"]},
    "iam:GenerateOrganizationsAccessReport": RightlyRefused(
        lambda _: {"EntityPath": "o-a1b2c3d4e5/r-f6g7h8i9j0"}, "OrganizationNotFoundException"
    ),
    "iam:GetOrganizationsAccessReport": RightlyRefused(lambda _: {"JobId": _NO_JOB}, "NoSuchEntity"),
}

"""Examples of service-specific credentials."""

from typing import Any

from tests.services.examples.stage import Example, Stage


def _wanted(stage: Stage) -> dict[str, Any]:
    return {"UserName": stage.user(), "ServiceName": "bedrock.amazonaws.com", "CredentialAgeDays": 30}


def _credential(stage: Stage) -> dict[str, Any]:
    made = stage.iam.create_service_specific_credential(**_wanted(stage))["ServiceSpecificCredential"]
    return {"UserName": made["UserName"], "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}


EXAMPLES: dict[str, Example] = {
    "iam:CreateServiceSpecificCredential": _wanted,
    "iam:ListServiceSpecificCredentials": lambda _: {"AllUsers": True, "ServiceName": "bedrock.amazonaws.com"},
    "iam:UpdateServiceSpecificCredential": lambda stage: {**_credential(stage), "Status": "Inactive"},
    "iam:ResetServiceSpecificCredential": _credential,
    "iam:DeleteServiceSpecificCredential": _credential,
}

"""Examples of service-linked roles, and of asking for the whole account."""

from typing import Any

from tests.services.examples.stage import Example, Stage


def _new(stage: Stage) -> dict[str, Any]:
    return {"AWSServiceName": "autoscaling.amazonaws.com", "CustomSuffix": stage.fresh("s"), "Description": "scales"}


def _named(stage: Stage) -> dict[str, Any]:
    return {"RoleName": stage.iam.create_service_linked_role(**_new(stage))["Role"]["RoleName"]}


def _deleted(stage: Stage) -> dict[str, Any]:
    return {"DeletionTaskId": stage.iam.delete_service_linked_role(**_named(stage))["DeletionTaskId"]}


EXAMPLES: dict[str, Example] = {
    "iam:CreateServiceLinkedRole": _new,
    "iam:DeleteServiceLinkedRole": _named,
    "iam:GetServiceLinkedRoleDeletionStatus": _deleted,
    "iam:GetAccountAuthorizationDetails": lambda _: {"Filter": ["User", "Role"]},
}

"""Delegation requests as what is acted on."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def new_delegation_request(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """CreateDelegationRequest: on any request of the account, since IAM gives the request its ID."""
    yield Need(
        "iam:CreateDelegationRequest",
        _arn(caller, "*"),
        {
            "iam:DelegationDuration": str(parameters["SessionDuration"]),
            "iam:NotificationChannel": parameters["NotificationChannel"],
            **_template(parameters),
        },
    )


def existing_delegation_request(action: str) -> Needs:
    """The request named by `DelegationRequestId`, as one of the caller's account."""

    def needs(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        yield Need(action, _arn(caller, parameters["DelegationRequestId"]))

    return needs


def listed_delegation_requests(_directory: Directory, _caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """ListDelegationRequests: decided on `*`, with the owner whose requests are asked for."""
    owner = parameters.get("OwnerId")
    yield Need("iam:ListDelegationRequests", "*", {"iam:DelegationRequestOwner": owner} if owner else {})


def _template(parameters: Parameters) -> dict[str, str]:
    arn = parameters["Permissions"].get("PolicyTemplateArn")
    return {"iam:TemplateArn": arn} if arn else {}


def _arn(caller: Caller, request_id: str) -> str:
    return iam_arn(caller.account, "delegation-request", "/", request_id)

"""IAM's operations on delegation requests: partners ask for temporary access, and an account's owner grants it.

Only partners whom AWS took on may make requests. Nobody can take a partner on here, so there are no requests: none can
be made, the list is empty, and each one that is named does not exist.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html
"""

from collections.abc import Mapping
from typing import Any, NoReturn

from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.services.iam import targets
from ostiary.services.iam.pages import requested_page
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_CHANGES = (
    "UpdateDelegationRequest",
    "AssociateDelegationRequest",
    "AcceptDelegationRequest",
    "RejectDelegationRequest",
    "SendDelegationToken",
)
_KIND = "delegation-request/"


def create_delegation_request(call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the account is no partner of AWS.

    Raises:
        Fault: `AccessDenied`, always.
    """
    raise Fault(
        "AccessDenied", f"User: {call.caller.arn} is not authorized to perform: iam:CreateDelegationRequest", status=403
    )


def list_delegation_requests(call: AuthorizedCall, directory: Directory) -> Output:
    """List none; a marker is one that this operation handed out, and it handed out none."""
    requested_page(call, directory)
    # The model writes this one member with a small letter.
    return {"DelegationRequests": [], "isTruncated": False}


def find_no_delegation_request(call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the request does not exist, whatever was to be done with it.

    Raises:
        NoSuchEntity: always.
    """
    raise NoSuchEntity(Noun.DELEGATION_REQUEST, call.parameters["DelegationRequestId"])


def get_human_readable_summary(call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the delegation request to be summarised does not exist.

    Raises:
        Fault: `InvalidInput`, what is named is no delegation request.
        NoSuchEntity: otherwise.
    """
    entity_arn: str = call.parameters["EntityArn"]
    try:
        arn = parse_arn(entity_arn)
    except ArnError as error:
        raise Fault("InvalidInput", f"ARN {entity_arn} is not valid.") from error
    if arn.service != "iam" or not arn.resource.startswith(_KIND):
        raise Fault("InvalidInput", f"ARN {entity_arn} is not of a supported entity type: delegation-request.")
    raise NoSuchEntity(Noun.DELEGATION_REQUEST, arn.resource.removeprefix(_KIND))


def _on_request(name: str, *, writes: bool) -> Operation:
    needs = targets.existing_delegation_request(f"iam:{name}")
    return Operation("iam", name, needs, find_no_delegation_request, writes=writes)


OPERATIONS = (
    Operation("iam", "CreateDelegationRequest", targets.new_delegation_request, create_delegation_request, writes=True),
    _on_request("GetDelegationRequest", writes=False),
    Operation(
        "iam",
        "ListDelegationRequests",
        targets.listed_delegation_requests,
        list_delegation_requests,
        writes=False,
    ),
    *(_on_request(name, writes=True) for name in _CHANGES),
    Operation(
        "iam",
        "GetHumanReadableSummary",
        targets.named_by("iam:GetHumanReadableSummary", "EntityArn"),
        get_human_readable_summary,
        writes=False,
    ),
)

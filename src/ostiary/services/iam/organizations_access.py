"""IAM's operations on what an organisation's accounts last accessed.

This server's accounts are in no organisation, so no such report can be asked for and none is there to be fetched.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html
"""

from typing import NoReturn

from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.services.iam import targets
from ostiary.services.iam.organizations import refuse_without_organization
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation


def get_organizations_access_report(call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that there is no report of that ID.

    Raises:
        NoSuchEntity: always.
    """
    raise NoSuchEntity(Noun.ACCESS_REPORT, call.parameters["JobId"])


OPERATIONS = (
    Operation(
        "iam",
        "GenerateOrganizationsAccessReport",
        targets.organizations_report,
        refuse_without_organization,
        writes=False,
    ),
    Operation(
        "iam",
        "GetOrganizationsAccessReport",
        targets.anything("iam:GetOrganizationsAccessReport"),
        get_organizations_access_report,
        writes=False,
    ),
)

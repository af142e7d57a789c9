"""IAM's operations on the root access features of an organisation.

This server's accounts are in no organisation, so each operation answers what AWS answers such an account.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html
"""

from typing import NoReturn

from ostiary.directory.directory import Directory
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

_CHANGES = (
    "EnableOrganizationsRootCredentialsManagement",
    "DisableOrganizationsRootCredentialsManagement",
    "EnableOrganizationsRootSessions",
    "DisableOrganizationsRootSessions",
)


def refuse_without_organization(_call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the account is in no organisation.

    Raises:
        Fault: `OrganizationNotFoundException`, always.
    """
    # The model gives this error no code of its own, so its name is its code.
    raise Fault("OrganizationNotFoundException", "No organization is associated with your account.")


OPERATIONS = (
    Operation(
        "iam",
        "ListOrganizationsFeatures",
        targets.anything("iam:ListOrganizationsFeatures"),
        refuse_without_organization,
        writes=False,
    ),
    *(
        Operation("iam", name, targets.anything(f"iam:{name}"), refuse_without_organization, writes=True)
        for name in _CHANGES
    ),
)

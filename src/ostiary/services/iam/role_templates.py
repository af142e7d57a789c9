"""IAM's operations on role templates: AWS's services publish them, and accounts make roles from them.

No service publishes templates here, so each one that is named does not exist.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AcquireRole.html
"""

from typing import NoReturn

from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation


def find_no_role_template(call: AuthorizedCall, _directory: Directory) -> NoReturn:
    """Say that the template does not exist, whatever was to be done with it.

    Raises:
        NoSuchEntity: always.
    """
    raise NoSuchEntity(Noun.ROLE_TEMPLATE, call.parameters["TemplateArn"])


OPERATIONS = (
    Operation(
        "iam", "AcquireRole", targets.named_by("iam:AcquireRole", "TemplateArn"), find_no_role_template, writes=True
    ),
    Operation(
        "iam",
        "GetRoleTemplateVersion",
        targets.named_by("iam:GetRoleTemplateVersion", "TemplateArn"),
        find_no_role_template,
        writes=False,
    ),
)

"""The tasks in which service-linked roles are deleted.

At AWS the service is asked whether it still needs its role. There are no resources here that could, so that a task has
succeeded as soon as there is one.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html
"""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.roles import Role
from ostiary.directory.service_linked_roles import delete_service_linked_role
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_deletions = schema.role_deletions

_SUCCEEDED = "SUCCEEDED"


def start_deletion(directory: Directory, role: Role, *, now: datetime) -> str:
    """Delete a service-linked role, and return the ID of the task: `task/aws-service-role/<service>/<role>/<UUID>`."""
    delete_service_linked_role(directory, role)
    task_id = f"task{role.path}{role.name}/{uuid4()}"
    directory.connection.execute(
        insert(_deletions).values(account_id=role.account, task_id=task_id, status=_SUCCEEDED, created_at=now)
    )
    return task_id


def get_deletion_status(directory: Directory, account: AccountId, task_id: str) -> str:
    """Return how far a task has come, in AWS's words.

    Raises:
        NoSuchEntity: the account has no such task.
    """
    status = directory.connection.scalar(
        select(_deletions.c.status).where(_deletions.c.account_id == account, _deletions.c.task_id == task_id)
    )
    if status is None:
        raise NoSuchEntity(Noun.ROLE_DELETION, task_id)
    return str(status)

"""What service-linked roles, and the tasks that delete them, are called."""

import re
from dataclasses import dataclass

from ostiary.catalogue import ServiceLinkedRole

_TASK_ID = re.compile(
    r"task(?P<path>/aws-service-role/[\w+=,.@-]{1,128}/)(?P<name>[\w+=,.@-]{1,64})/"
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class DeletionTask:
    """What the ID of a task says of the role that it deletes."""

    path: str
    role_name: str

    @staticmethod
    def parse(task_id: str) -> "DeletionTask | None":
        """Return what an ID says, or None when it is no ID of a task."""
        match = _TASK_ID.fullmatch(task_id)
        return DeletionTask(match["path"], match["name"]) if match else None


def role_name(template: ServiceLinkedRole, suffix: str | None) -> str:
    """Return what a service's role is called, with the suffix that a call gives if it gives one."""
    return f"{template.name}_{suffix}" if suffix else template.name

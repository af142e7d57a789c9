"""Roles that are linked to a service, which alone decides what they may do.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

import json
from datetime import datetime

from sqlalchemy import insert

from ostiary.catalogue import ServiceLinkedRole
from ostiary.directory import roles, rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.roles import Role
from ostiary.store import schema
from ostiary.values.identifiers import AccountId


def create_service_linked_role(
    directory: Directory,
    account: AccountId,
    name: str,
    template: ServiceLinkedRole,
    *,
    description: str | None = None,
    now: datetime,
) -> Role:
    """Create the role of a service, with its policy and trust; there may be more of them than the quota of roles.

    Args:
        directory: the transaction to write in.
        account: whose role it is.
        name: the template's name, or that with a suffix.
        template: what the service's role looks like.
        description: what it is for.
        now: the present.

    Raises:
        EntityAlreadyExists: a role of that name exists, without regard to case.
    """
    role = roles.create_role(
        directory,
        account,
        name,
        trust_policy=_trusting(template.service),
        path=template.path,
        description=description,
        service=template.service,
        now=now,
    )
    directory.connection.execute(
        insert(schema.attachments).values(account_id=account, entity_id=role.role_id, policy_arn=template.policy_arn)
    )
    return role


def get_service_linked_role(directory: Directory, account: AccountId, name: str) -> Role:
    """Return the service-linked role called `name`, without regard to case.

    Raises:
        NoSuchEntity: there is none; a role that is linked to no service does not count.
    """
    role = roles.get_role(directory, account, name)
    if role.service is None:
        raise NoSuchEntity(Noun.ROLE, name)
    return role


def delete_service_linked_role(directory: Directory, role: Role) -> None:
    """Delete a service-linked role with its policies and tags."""
    for column in (schema.attachments.c.entity_id, schema.inline_policies.c.entity_id):
        rows.delete_row(directory, column, role.account, role.role_id)
    roles.delete_role(directory, role)


def _trusting(service: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))

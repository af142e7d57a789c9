"""What a rule may look at beside the event: the account as it is by now, and what its trail said before."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from ostiary.audit.succeeded import succeeded_calls
from ostiary.directory import in_force
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind, find_entity
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.inline_policies import get_inline_policy
from ostiary.directory.roles import find_role
from ostiary.values.arn import iam_arn
from ostiary.values.identifiers import AccountId


class Evidence(Protocol):
    """What rules read, in the transaction of the event and after what it is about was done."""

    account: AccountId

    def arn_of(self, kind: EntityKind, name: str) -> str:
        """Return the ARN of a user, group or role."""

    def managed_document(self, arn: str) -> str | None:
        """Return the document in force of a managed policy."""

    def inline_document(self, kind: EntityKind, name: str, policy: str) -> str | None:
        """Return the document of a policy in a user, group or role."""

    def trust_document(self, role: str) -> str | None:
        """Return a role's trust policy."""

    def earlier(self, name: str, source: str) -> Iterator[Mapping[str, Any]]:
        """Yield what was asked in earlier calls of an operation that succeeded, the latest first."""


class DirectoryEvidence:
    """Reads it from the directory and the trail.

    Documents are read from here and not from the event, which cuts long ones.
    """

    def __init__(self, directory: Directory, account: AccountId, before: str) -> None:
        """Take note of whom it is about.

        Args:
            directory: the event's own transaction.
            account: whose event it is.
            before: the event's ID; what is earlier has a lesser one.
        """
        self.account = account
        self._directory = directory
        self._before = before

    def arn_of(self, kind: EntityKind, name: str) -> str:
        """Return the ARN of a user, group or role; of one that is gone by now, without its path."""
        entity = find_entity(self._directory, self.account, kind, name)
        return entity.arn if entity else iam_arn(self.account, kind.value.lower(), "/", name)

    def managed_document(self, arn: str) -> str | None:
        """Return the document in force of a managed policy, or None when there is none."""
        found = in_force.managed_text(self._directory, self.account, arn)
        return found.document if found else None

    def inline_document(self, kind: EntityKind, name: str, policy: str) -> str | None:
        """Return the document of a policy in a user, group or role, or None when there is none."""
        entity = find_entity(self._directory, self.account, kind, name)
        if entity is None:
            return None
        try:
            return get_inline_policy(self._directory, self.account, entity.unique_id, policy, Noun.POLICY)
        except NoSuchEntity:
            return None

    def trust_document(self, role: str) -> str | None:
        """Return a role's trust policy, or None when there is no such role."""
        found = find_role(self._directory, self.account, role)
        return found.trust_policy if found else None

    def earlier(self, name: str, source: str) -> Iterator[Mapping[str, Any]]:
        """Yield what was asked in the earlier calls of an operation that succeeded, the latest first."""
        for body in succeeded_calls(self._directory.connection, self.account, name, source, before=self._before):
            asked = json.loads(body).get("requestParameters")
            yield asked if isinstance(asked, Mapping) else {}

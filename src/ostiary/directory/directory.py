"""The state of the accounts, as one transaction sees it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

from ostiary.credentials import Sealer, SessionTokenCodec
from ostiary.directory.errors import Quota
from ostiary.directory.quotas import AWS_DEFAULTS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Directory:
    """One transaction on the state, with what is needed to keep its secrets and rules.

    The functions of this package take one as their first argument; services hand it on and look into it no further.
    """

    connection: Connection
    sealer: Sealer
    tokens: SessionTokenCodec
    quotas: Mapping[Quota, int] = field(default_factory=lambda: AWS_DEFAULTS)
    snapshot: dict[Hashable, Any] | None = None
    """Answers to what was asked already, in a transaction that only reads; None in one that writes."""

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return the answer to a question; a reading transaction sees one snapshot and asks for it once."""
        if self.snapshot is None:
            return ask()
        if question not in self.snapshot:
            self.snapshot[question] = ask()
        answer: T = self.snapshot[question]
        return answer

"""What the examples of operations are made with: the administrator's clients, and names nobody used yet."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.conftest import RunningServer

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Stage:
    """Where an example is set up, by the administrator."""

    server: RunningServer
    iam: Any
    sts: Any

    @property
    def account_id(self) -> str:
        return self.server.account_id

    def fresh(self, start: str = "Example") -> str:
        """Return a name that no example has used yet."""
        return f"{start}{next(_numbers)}"

    def user(self) -> str:
        """Create a user and return its name."""
        name: str = self.iam.create_user(UserName=self.fresh("User"))["User"]["UserName"]
        return name


Example = Callable[[Stage], dict[str, Any]]
"""Makes what one call of an operation needs, and returns the parameters of that call."""


@dataclass(frozen=True)
class ByRootAtConsole:
    """An example of an operation that only the root user may call, signed in to the console."""

    make: Example

    def __call__(self, stage: Stage) -> dict[str, Any]:
        return self.make(stage)


@dataclass(frozen=True)
class RightlyRefused:
    """An example of an operation that outside AWS can only be answered with AWS's own error for that state.

    Whoever may not call it still gets AccessDenied for want of permission; docs/behaviour.md says why it is refused.
    """

    make: Example
    code: str
    """The error's code, to who may call it."""

    def __call__(self, stage: Stage) -> dict[str, Any]:
        return self.make(stage)

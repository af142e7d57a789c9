"""Policies that allow some actions on some resources and nothing else, each of a size that can be attached.

Statements are for one service and one set of resources each, so that no action is allowed on what another one is for.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ostiary.governance.least_privilege.patterns import EVERYTHING

MOST_CHARACTERS = 6_144
"""Of a managed policy, white space not counted; the texts made here have none."""

_LONGEST_NUMBER = 9_999
"""Stands for the number of a statement while sizes are reckoned."""


@dataclass(frozen=True, slots=True, order=True)
class _Statement:
    service: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]

    def shape(self, number: int) -> dict[str, object]:
        """Return the statement as a policy has it, with the Sid of its number."""
        name = "".join(word.capitalize() for word in self.service.split("-"))
        return {
            "Sid": f"{name}{number}",
            "Effect": "Allow",
            "Action": list(self.actions),
            "Resource": EVERYTHING if self.resources == (EVERYTHING,) else list(self.resources),
        }

    @property
    def size(self) -> int:
        return len(_write(self.shape(_LONGEST_NUMBER))) + len(",")

    def halves(self) -> tuple["_Statement", "_Statement"]:
        """Return two statements that together allow the same."""
        if len(self.resources) > 1:
            middle = len(self.resources) // 2
            return (
                _Statement(self.service, self.actions, self.resources[:middle]),
                _Statement(self.service, self.actions, self.resources[middle:]),
            )
        middle = len(self.actions) // 2
        return (
            _Statement(self.service, self.actions[:middle], self.resources),
            _Statement(self.service, self.actions[middle:], self.resources),
        )


def write_policies(patterns: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return policies that allow each action on what its patterns match; the same patterns give the same texts.

    Args:
        patterns: resources as policies write them, by action.
    """
    actions_on: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for action, resources in patterns.items():
        actions_on[action.partition(":")[0], resources].append(action)
    statements = sorted(
        _Statement(service, tuple(sorted(actions)), tuple(sorted(resources)))
        for (service, resources), actions in actions_on.items()
    )
    numbers: dict[str, int] = defaultdict(int)
    return tuple(_document(portion, numbers) for portion in _portions(statements))


def _portions(statements: Sequence[_Statement]) -> Iterator[list[_Statement]]:
    """Yield the statements of each policy."""
    room = MOST_CHARACTERS - len(_write(_policy([])))
    portion: list[_Statement] = []
    left = room
    for statement in (small for each in statements for small in _small_enough(each, room)):
        if statement.size > left:
            yield portion
            portion, left = [], room
        portion.append(statement)
        left -= statement.size
    if portion:
        yield portion


def _small_enough(statement: _Statement, room: int) -> Iterator[_Statement]:
    if statement.size <= room:
        yield statement
        return
    # An action and a resource are far shorter than a policy may be, so that this ends.
    for half in statement.halves():
        yield from _small_enough(half, room)


def _document(statements: Sequence[_Statement], numbers: dict[str, int]) -> str:
    shapes = []
    for statement in statements:
        numbers[statement.service] += 1
        shapes.append(statement.shape(numbers[statement.service]))
    return _write(_policy(shapes))


def _policy(statements: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {"Version": "2012-10-17", "Statement": statements}


def _write(shape: Mapping[str, object]) -> str:
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":"))

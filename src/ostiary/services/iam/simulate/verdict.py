"""What is decided about an action on a resource, and how decisions on several come to one.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from ostiary.policy import StatementRef
from ostiary.services.iam.context_keys_used import unique_keys


class Ruling(Enum):
    """A decision, or what one kind of policy alone says; the values are IAM's."""

    ALLOWED = "allowed"
    IMPLICIT_DENY = "implicitDeny"
    EXPLICIT_DENY = "explicitDeny"


_BY_RESTRICTION = (Ruling.ALLOWED, Ruling.IMPLICIT_DENY, Ruling.EXPLICIT_DENY)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is decided about an action on one resource, or on several."""

    ruling: Ruling
    matched: tuple[StatementRef, ...] = ()
    """The statements that settled it."""
    missing: tuple[str, ...] = ()
    """Condition keys that might have allowed what is not allowed, and have no value."""
    by_organization: bool | None = None
    """None without service control policies."""
    by_boundary: bool | None = None
    """None without a permissions boundary."""
    details: Mapping[str, Ruling] | None = None
    """What each kind of policy says, across accounts; empty within one, None when service control policies end it."""


def most_restrictive(rulings: Iterable[Ruling]) -> Ruling:
    """Return the ruling that prevails over the others: explicit over implicit denial, and both over none."""
    return max(rulings, key=_BY_RESTRICTION.index, default=Ruling.ALLOWED)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """Return one verdict over several resources: of everything the most restrictive.

    Of the statements only those count that contributed to the decision.
    """
    every = tuple(verdicts)
    ruling = most_restrictive(verdict.ruling for verdict in every)
    details = [verdict.details for verdict in every if verdict.details is not None]
    return Verdict(
        ruling,
        matched=_once(ref for verdict in every if verdict.ruling is ruling for ref in verdict.matched),
        missing=tuple(unique_keys(key for verdict in every for key in verdict.missing)),
        by_organization=_all(verdict.by_organization for verdict in every),
        by_boundary=_all(verdict.by_boundary for verdict in every),
        details=_combine_details(details) if details else None,
    )


def _combine_details(details: Iterable[Mapping[str, Ruling]]) -> dict[str, Ruling]:
    combined: dict[str, Ruling] = {}
    for each in details:
        for kind, ruling in each.items():
            combined[kind] = most_restrictive((ruling, combined.get(kind, ruling)))
    return combined


def _all(truths: Iterable[bool | None]) -> bool | None:
    known = [truth for truth in truths if truth is not None]
    return all(known) if known else None


def _once(refs: Iterable[StatementRef]) -> tuple[StatementRef, ...]:
    return tuple(dict.fromkeys(refs))

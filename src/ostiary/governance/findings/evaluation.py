"""All controls asked of one account; one that breaks does not take the others with it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ostiary.directory.findings import finding_id
from ostiary.governance.controls import AccountFacts, Control, Finding, Status, evaluate

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What controls said of an account."""

    said: Mapping[str, Finding]
    """By the ID of the finding."""
    failures: Mapping[str, str]
    """By the key of each control that broke, the kind of error: what it said before stands."""


def evaluate_account(facts: AccountFacts, controls: Sequence[Control]) -> Evaluation:
    """Ask controls of an account."""
    said: dict[str, Finding] = {}
    failures: dict[str, str] = {}
    for control in controls:
        try:
            found = evaluate(facts, (control,))
        except Exception as error:  # noqa: BLE001 - logged and shown with the control; the others must be asked all the same
            _log.exception("control %s could not be asked of account %s", control.key, facts.account)
            failures[control.key] = type(error).__name__
            continue
        said |= {finding_id(control.key, each.resource_arn): each for each in found}
    return Evaluation(said, failures)


def list_failing(evaluation: Evaluation) -> tuple[Control, ...]:
    """Return the control of each finding that fails."""
    return tuple(each.control for each in evaluation.said.values() if each.status is Status.FAILED)

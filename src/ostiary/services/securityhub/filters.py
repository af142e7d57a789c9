"""What a GetFindings call asks for: each attribute that is given must be as it says.

An attribute that our findings never have is like one that a finding of AWS's lacks: nothing equals it, and all differ.

Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFindingFilters.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ostiary.directory.finding_search import Sought
from ostiary.directory.findings import KeptFinding, Workflow, finding_id, is_finding_id
from ostiary.governance.controls import Control, Status
from ostiary.governance.findings import list_controls
from ostiary.services.securityhub.comparisons import (
    Given,
    Test,
    date_test,
    equal_texts,
    number_test,
    text_test,
)
from ostiary.services.securityhub.errors import invalid_input
from ostiary.services.securityhub.fields import DATES, NUMBERS, TEXTS, Attribute, On
from ostiary.services.securityhub.naming import ACCOUNT_TYPE
from ostiary.services.securityhub.view import View
from ostiary.values.arn import root_arn
from ostiary.values.identifiers import AccountId

_MOST_ATTRIBUTES = 10
_MOST_VALUES = 20
_NEVER_HAD = Attribute(On.CONTROL, lambda _: ())
_OF_TEXTS = frozenset({"Value", "Comparison"})
_OF_DATES = frozenset({"Start", "End", "DateRange"})


@dataclass(frozen=True, slots=True)
class Filter:
    """What must hold of one attribute."""

    name: str
    attribute: Attribute
    test: Test

    def matches(self, view: View) -> bool:
        """Tell whether it holds of a finding."""
        return self.test(self.attribute.values(view))


def requested_filters(parameters: Mapping[str, Any], *, now: datetime) -> tuple[Filter, ...]:
    """Return what a call asks for.

    Raises:
        Fault: `InvalidInputException`, there are too many attributes or values, or one that cannot be filtered by.
    """
    asked = {name: given for name, given in parameters.get("Filters", {}).items() if given}
    if len(asked) > _MOST_ATTRIBUTES:
        raise invalid_input(f"Filters can have at most {_MOST_ATTRIBUTES} attributes.")
    return tuple(_filter(name, given, now) for name, given in asked.items())


def narrow(
    account: AccountId, filters: Iterable[Filter], parameters: Mapping[str, Any], *, now: datetime
) -> Sought | None:
    """Return what the findings that match are among, as the database can tell it; None when none can match.

    Args:
        account: whose findings they are.
        filters: what must hold.
        parameters: of the call that asks for it.
        now: the present moment.
    """

    def allow(on: On, control: Control, **told: Any) -> bool:
        view = View(account, control, _sample(control, now, **told), now)
        return all(each.matches(view) for each in filters if each.attribute.on is on)

    controls = [each for each in list_controls().values() if allow(On.CONTROL, each)]
    verdicts = [(each, status) for each in controls for status in Status if allow(On.VERDICT, each, status=status)]
    if not verdicts:
        return None
    some = controls[0]
    return Sought(
        controls={each.key for each, _ in verdicts},
        statuses={status.value for _, status in verdicts},
        workflows={each for each in Workflow if allow(On.WORKFLOW, some, workflow=each)},
        archived={each for each in (False, True) if allow(On.ARCHIVED, some, archived=each)},
        ids=_possible_ids(account, parameters.get("Filters", {}), controls),
    )


def _filter(name: str, given: Given, now: datetime) -> Filter:
    if len(given) > _MOST_VALUES:
        raise invalid_input(f"Filters.{name} can have at most {_MOST_VALUES} values.")
    if name in TEXTS:
        return Filter(name, TEXTS[name], text_test(name, given))
    if name in DATES:
        return Filter(name, DATES[name], date_test(name, given, now=now))
    if name in NUMBERS:
        return Filter(name, NUMBERS[name], number_test(name, given))
    members = {member for item in given for member in item}
    if members == _OF_TEXTS:
        return Filter(name, _NEVER_HAD, text_test(name, given))
    if members and members <= _OF_DATES:
        return Filter(name, _NEVER_HAD, date_test(name, given, now=now))
    raise invalid_input(f"Filters.{name} is not supported: no finding here has it.")


def _possible_ids(account: AccountId, asked: Mapping[str, Given], controls: Iterable[Control]) -> set[str] | None:
    """Return the IDs of the findings that are asked for by their own IDs or their resources'; None for any.

    A finding's ID follows from its control and its resource, so that those of a resource need not be looked for.
    """
    ids: set[str] | None = None
    if (names := equal_texts(asked.get("Id", ()))) is not None:
        ids = {each for name in names if is_finding_id(each := name.rpartition("/")[2])}
    if (resources := equal_texts(asked.get("ResourceId", ()))) is not None:
        whole = f"{ACCOUNT_TYPE}:{account}"
        arns = {root_arn(account) if resource == whole else resource for resource in resources}
        of_resources = {finding_id(control.key, arn) for control in controls for arn in arns}
        ids = of_resources if ids is None else ids & of_resources
    return ids


def _sample(
    control: Control,
    now: datetime,
    *,
    status: Status = Status.PASSED,
    workflow: Workflow = Workflow.NEW,
    archived: bool = False,
) -> KeptFinding:
    """Return a finding that has what some attributes hang on, and else nothing."""
    return KeptFinding(
        finding_id="",
        control=control.key,
        resource_arn="",
        resource_type="",
        status=status.value,
        reason="",
        workflow=workflow,
        note=None,
        note_by=None,
        noted_at=None,
        archived=archived,
        first_observed_at=now,
        updated_at=now,
    )

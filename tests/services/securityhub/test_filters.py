"""What the database is asked for never leaves out what matches: filters narrowed and not give the same."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostiary.directory.directory import Directory
from ostiary.directory.finding_search import Sought, search_findings
from ostiary.directory.findings import KeptFinding, Step, Workflow, finding_id, keep_steps
from ostiary.governance.controls import CONTROLS, Control, Status
from ostiary.governance.findings import list_controls
from ostiary.services.securityhub.asff import finding_shape
from ostiary.services.securityhub.fields import DATES, NUMBERS, TEXTS
from ostiary.services.securityhub.filters import Filter, narrow, requested_filters
from ostiary.services.securityhub.sorting import SORTABLE
from ostiary.services.securityhub.view import View
from ostiary.values.fault import Fault
from tests.directory.conftest import directory, store
from tests.directory.facts import ACCOUNT, NOW

__all__ = ["directory", "store"]

LATER = NOW + timedelta(days=10)
OTHER_TYPES = ["AWS::IAM::User", "AWS::IAM::Role", "AWS::IAM::ServerCertificate"]


def make(number: int, control: Control) -> KeptFinding:
    kind = "AWS::::Account" if number % 4 == 0 else OTHER_TYPES[number % 3]
    arn = f"arn:aws:iam::{ACCOUNT}:root" if number % 4 == 0 else f"arn:aws:iam::{ACCOUNT}:thing/{number}"
    return KeptFinding(
        finding_id=finding_id(control.key, arn),
        control=control.key,
        resource_arn=arn,
        resource_type=kind,
        status=list(Status)[number % 3].value,
        reason="so",
        workflow=list(Workflow)[number % 4],
        note="noted" if number % 2 else None,
        note_by="me" if number % 2 else None,
        noted_at=NOW if number % 2 else None,
        archived=number % 5 == 0,
        first_observed_at=NOW,
        updated_at=NOW + timedelta(days=number % 9),
    )


FINDINGS = [make(number, control) for number, control in enumerate(CONTROLS)]
VIEWS = [View(ACCOUNT, list_controls()[each.control], each, LATER) for each in FINDINGS]


@pytest.fixture
def kept(directory: Directory) -> Directory:
    keep_steps(directory, ACCOUNT, [Step(None, each) for each in FINDINGS], by="test", now=NOW)
    return directory


@st.composite
def text_filters(draw: st.DrawFn) -> dict[str, Any]:
    """Filters on some attributes, most of them on what some finding has."""
    names = draw(st.lists(st.sampled_from(sorted(TEXTS)), max_size=3, unique=True))
    filters = {}
    for name in names:
        had = sorted({str(value) for view in VIEWS for value in TEXTS[name].values(view) if value is not None})
        value = st.sampled_from(had) | st.sampled_from(had).map(lambda text: text[:4]) | st.just("nothing")
        comparison = st.sampled_from(
            ["EQUALS", "EQUALS", "PREFIX", "CONTAINS", "NOT_EQUALS", "PREFIX_NOT_EQUALS", "NOT_CONTAINS"]
        )
        item = st.fixed_dictionaries({"Comparison": comparison, "Value": value})
        filters[name] = draw(st.lists(item, min_size=1, max_size=3))
    return filters


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text_filters())
def test_narrowing_leaves_out_nothing_that_matches(kept: Directory, asked: dict[str, Any]) -> None:
    filters = requested_filters({"Filters": asked}, now=LATER)
    expected = {view.finding.finding_id for view in VIEWS if all(each.matches(view) for each in filters)}
    sought = narrow(ACCOUNT, filters, {"Filters": asked}, now=LATER)
    found = [] if sought is None else list(search_findings(kept, ACCOUNT, sought))
    by_id = {view.finding.finding_id: view for view in VIEWS}
    matching = {
        each.finding.finding_id for each in found if all(one.matches(by_id[each.finding.finding_id]) for one in filters)
    }
    assert matching == expected


@pytest.mark.parametrize(
    ("asked", "sought"),
    [
        ({"SeverityLabel": [{"Comparison": "EQUALS", "Value": "NO SUCH"}]}, None),
        ({"ComplianceSecurityControlId": [{"Comparison": "EQUALS", "Value": "IAM.999"}]}, None),
        ({"AwsAccountId": [{"Comparison": "EQUALS", "Value": "444455556666"}]}, None),
        ({"MalwareName": [{"Comparison": "EQUALS", "Value": "x"}]}, None),
        ({"ProcessLaunchedAt": [{"Start": "2026-01-01T00:00:00Z"}]}, None),
    ],
)
def test_what_can_match_nothing_is_not_looked_for(asked: dict[str, Any], sought: Sought | None) -> None:
    filters = requested_filters({"Filters": asked}, now=LATER)
    assert narrow(ACCOUNT, filters, {"Filters": asked}, now=LATER) == sought


def test_a_filter_on_a_control_a_status_and_a_resource_is_asked_of_the_database() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:user/alice"
    asked = {
        "ComplianceSecurityControlId": [{"Comparison": "EQUALS", "Value": "IAM.3"}],
        "ComplianceStatus": [{"Comparison": "NOT_EQUALS", "Value": "PASSED"}],
        "WorkflowStatus": [{"Comparison": "EQUALS", "Value": "NEW"}],
        "RecordState": [{"Comparison": "EQUALS", "Value": "ACTIVE"}],
        "ResourceId": [{"Comparison": "EQUALS", "Value": arn}],
    }
    sought = narrow(ACCOUNT, requested_filters({"Filters": asked}, now=LATER), {"Filters": asked}, now=LATER)
    assert sought == Sought(
        controls={"access-keys-rotated"},
        statuses={"FAILED", "NOT_AVAILABLE"},
        workflows={Workflow.NEW},
        archived={False},
        ids={finding_id("access-keys-rotated", arn)},
    )


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"ResourceTags": [{"Key": "a", "Value": "b", "Comparison": "EQUALS"}]}, "Filters.ResourceTags is not"),
        ({"NetworkSourceIpV4": [{"Cidr": "10.0.0.0/8"}]}, "Filters.NetworkSourceIpV4 is not supported"),
        ({"Confidence": [{"Gte": 1}]}, "Filters.Confidence is not supported"),
        ({"Keyword": [{"Value": "a"}]}, "Filters.Keyword is not supported"),
        ({"Sample": [{"Value": True}]}, "Filters.Sample is not supported"),
        ({"Title": [{"Value": "a", "Comparison": "EQUALS"}] * 21}, "Filters.Title can have at most 20 values"),
        (
            {name: [{"Value": "a", "Comparison": "EQUALS"}] for name in sorted(TEXTS)[:11]},
            "Filters can have at most 10 attributes",
        ),
    ],
)
def test_what_is_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(Fault) as caught:
        requested_filters({"Filters": asked}, now=LATER)
    assert caught.value.code == "InvalidInputException"
    assert caught.value.message.startswith(message)


def test_no_filter_and_an_empty_one_let_all_through() -> None:
    for asked in ({}, {"Title": []}):
        assert requested_filters({"Filters": asked}, now=LATER) == ()


PLACES = {
    "ComplianceStatus": lambda shape: [shape["Compliance"]["Status"]],
    "ComplianceSecurityControlId": lambda shape: [shape["Compliance"]["SecurityControlId"]],
    "ComplianceAssociatedStandardsId": lambda shape: [
        each["StandardsId"] for each in shape["Compliance"]["AssociatedStandards"] or ()
    ],
    "FindingProviderFieldsSeverityLabel": lambda shape: [shape["FindingProviderFields"]["Severity"]["Label"]],
    "FindingProviderFieldsSeverityOriginal": lambda shape: [shape["FindingProviderFields"]["Severity"]["Original"]],
    "FindingProviderFieldsTypes": lambda shape: list(shape["FindingProviderFields"]["Types"]),
    "NoteText": lambda shape: [shape["Note"] and shape["Note"]["Text"]],
    "NoteUpdatedBy": lambda shape: [shape["Note"] and shape["Note"]["UpdatedBy"]],
    "RecommendationText": lambda shape: [shape["Remediation"]["Recommendation"]["Text"]],
    "ResourceId": lambda shape: [shape["Resources"][0]["Id"]],
    "ResourcePartition": lambda shape: [shape["Resources"][0]["Partition"]],
    "ResourceRegion": lambda shape: [shape["Resources"][0]["Region"]],
    "ResourceType": lambda shape: [shape["Resources"][0]["Type"]],
    "SeverityLabel": lambda shape: [shape["Severity"]["Label"]],
    "SeverityNormalized": lambda shape: [shape["Severity"]["Normalized"]],
    "Type": lambda shape: list(shape["Types"]),
    "WorkflowStatus": lambda shape: [shape["Workflow"]["Status"]],
}
"""Where the format has an attribute that it does not have under the attribute's name."""


@pytest.mark.parametrize("name", [*TEXTS, *NUMBERS])
def test_an_attribute_is_what_the_finding_shows(name: str) -> None:
    attribute = {**TEXTS, **NUMBERS}[name]
    for view in VIEWS:
        shape = finding_shape(view)
        shown = PLACES[name](shape) if name in PLACES else [shape[name]]
        assert list(attribute.values(view)) == shown


@pytest.mark.parametrize("name", [each for each in DATES if each != "NoteUpdatedAt"])
def test_a_date_is_what_the_finding_shows(name: str) -> None:
    for view in VIEWS:
        (moment,) = DATES[name].values(view)
        assert moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") == finding_shape(view)[name]  # type: ignore[union-attr] # it is one


def test_a_filter_by_the_date_of_a_note_leaves_out_what_has_none() -> None:
    (each,) = requested_filters({"Filters": {"NoteUpdatedAt": [{"Start": "2000-01-01T00:00:00Z"}]}}, now=LATER)
    assert isinstance(each, Filter)
    assert [view for view in VIEWS if each.matches(view)] == [view for view in VIEWS if view.finding.note]


def test_the_page_on_findings_names_all_that_can_be_asked() -> None:
    page = Path(__file__).parents[3] / "docs" / "findings.md"
    named = set(re.findall(r"`(\w+)`", page.read_text()))
    assert {*TEXTS, *DATES, *NUMBERS, *SORTABLE} <= named

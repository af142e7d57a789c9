"""No rule breaks on an event, whatever stands in it: anybody can have a call refused that is called as they like."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.audit import AuditEvent
from ostiary.credentials import MasterKey
from ostiary.directory.directory import Directory
from ostiary.governance.alerts import KINDS, raise_alerts
from ostiary.governance.alerts.evidence import DirectoryEvidence
from ostiary.governance.alerts.root import used
from ostiary.governance.alerts.rules import DONE, REFUSED, find_rule
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store
from ostiary.values.clock import system_clock
from ostiary.values.fault import Fault
from tests.governance.alerts.happening import ACCOUNT, NOON, Known, at_the_page, call
from tests.governance.alerts.test_rules import POLICY, aws, policy, trust

RULES = [(None, *key) for key in DONE] + [("AccessDenied", *key) for key in REFUSED]
WIDE = Known(managed={POLICY: policy()}, inline=policy(), trust=trust(aws("*")), asked=({"mfaRequired": True},))

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.sampled_from(["", "HIGH", "x\0", "\ud800", POLICY, "x" * 3_000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
ASKED = (
    "userName",
    "groupName",
    "roleName",
    "policyArn",
    "policyName",
    "setAsDefault",
    "serialNumber",
    "accessKeyId",
    "severity",
    "resource",
    "title",
    "mfaRequired",
    "trailRetentionDays",
    "accessKeyMaximumDays",
    "minimumPasswordLength",
    "maxPasswordAge",
    "passwordReusePrevention",
    "requireSymbols",
)


def members(*names: str) -> st.SearchStrategy[Any]:
    return VALUES | st.dictionaries(st.sampled_from(names), VALUES)


BODIES = st.fixed_dictionaries(
    {},
    optional={
        "eventType": st.sampled_from(["AwsConsoleSignIn", "AwsApiCall", "AwsServiceEvent"]) | VALUES,
        "requestParameters": members(*ASKED),
        "responseElements": members("policy") | st.fixed_dictionaries({"policy": members("arn")}),
        "userIdentity": members("arn", "invokedBy")
        | st.just({"type": "AWSService", "invokedBy": "ostiary.amazonaws.com"}),
        "additionalEventData": members("LockedOutForSeconds")
        | st.fixed_dictionaries({"LockedOutForSeconds": st.integers()}),
        "sourceIPAddress": VALUES,
        "userAgent": VALUES,
        "eventID": VALUES,
        "errorCode": VALUES,
    },
)


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Directory]:
    """A transaction with an empty account."""
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    with State(store, open_vault(MasterKey.generate()), system_clock).writing() as writing:
        yield writing
    store.close()


def event(error: str | None, source: str, name: str, principal: str | None, body: dict[str, Any]) -> AuditEvent:
    return AuditEvent(
        account=ACCOUNT,
        event_id="01a20d6d-0000-7000-8000-000000000000",
        time=NOON,
        source=source,
        name=name,
        user_name=None,
        principal_id=principal,
        access_key_id=None,
        error_code=error,
        read_only=False,
        body=body,
    )


def test_no_event_breaks_a_rule(directory: Directory) -> None:
    @settings(max_examples=60)
    @given(body=BODIES, principal=st.sampled_from([None, str(ACCOUNT)]))
    def holds(body: dict[str, Any], principal: str | None) -> None:
        events = [event(*rule, principal, body) for rule in RULES]
        for each in events:
            for evidence in (DirectoryEvidence(directory, ACCOUNT, each.event_id), WIDE):
                found = find_rule(each)
                raised = [*(found(each, evidence) if found else ()), *used(each)]
                assert {one.kind for one in raised} <= KINDS.keys()
        raise_alerts(directory, events)

    holds()


@pytest.mark.parametrize("name", sorted({name for _, name in REFUSED} | {"ConsoleLogout", "Whatever"}))
def test_a_call_of_a_service_called_like_the_page_is_no_sign_in(name: str) -> None:
    fault = Fault("SignatureDoesNotMatch", "no", status=403)
    assert find_rule(call(name, service="signin", caller=None, fault=fault)) is None


@pytest.mark.parametrize(("error", "name"), [("no", "CheckMfa"), (None, "ConsoleLogin")])
def test_the_page_itself_is_heard(error: str | None, name: str) -> None:
    assert find_rule(at_the_page(name, error=error)) is not None

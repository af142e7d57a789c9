"""Alerts stand or fall with their events, and the same is not told again and again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from ostiary.audit import AuditEvent, find_events
from ostiary.credentials import MasterKey
from ostiary.directory.alerts import Alert, list_alerts
from ostiary.directory.pages import PageRequest
from ostiary.governance import record_events
from ostiary.governance.alerts import raising
from ostiary.governance.alerts.raised import Raised
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import open_store, schema
from ostiary.values.clock import system_clock
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from tests.governance.alerts.happening import ACCOUNT, NOON, ROOT_CALLER, call, deed

OTHER = AccountId("444455556666")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    yield State(store, open_vault(MasterKey.generate()), system_clock)
    store.close()


def record(state: State, *events: AuditEvent) -> None:
    with state.writing() as directory:
        record_events(directory, events)


def kept(state: State, account: AccountId = ACCOUNT) -> list[Alert]:
    """Return the alerts, the oldest first."""
    with state.reading() as directory:
        return list(reversed(list_alerts(directory, account, PageRequest()).items))


def by_root(after: timedelta = timedelta(), account: AccountId = ACCOUNT) -> AuditEvent:
    caller = replace(ROOT_CALLER, account=account, unique_id=account, arn=f"arn:aws:iam::{account}:root")
    return call("ListUsers", caller=caller, after=after, account=account)


def test_a_rule_that_breaks_costs_no_event_and_is_told_of(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object) -> Iterator[Raised]:
        yield Raised("test", "never comes", None)
        raise KeyError("as it may happen")

    monkeypatch.setattr(raising, "find_rule", lambda _event: breaks)
    record(state, call("GetUser"))
    with state.reading() as directory:
        assert [event["eventName"] for event in find_events(directory.connection, ACCOUNT)] == ["GetUser"]
    assert [alert.kind for alert in kept(state)] == ["rule-failed"]
    assert "the alert rule of GetUser was broken" in caplog.text


def test_a_trail_that_is_begun_anew_is_told_of(state: State) -> None:
    record(state, call("GetUser"))
    with state.writing() as directory:
        directory.connection.execute(delete(schema.trails))
        directory.connection.execute(update(schema.events).values(sequence=None, chain_hash=None))
    record(state, call("GetUser"))
    assert [(alert.kind, alert.severity) for alert in kept(state)] == [("trail-changed", "CRITICAL")]


def test_an_alert_tells_of_its_event(state: State) -> None:
    event = call("SendTestAlert", service="ostiary")
    record(state, event)
    (alert,) = kept(state)
    assert (alert.kind, alert.severity, alert.event_id) == ("test", "INFORMATIONAL", event.event_id)
    assert alert.created_at == NOON
    assert alert.content["event"]["eventName"] == "SendTestAlert"
    assert alert.content["event"]["sourceIPAddress"] == "192.0.2.7"
    assert alert.content["actor"] == event.body["userIdentity"]["arn"]


def test_what_is_undone_is_not_told(state: State) -> None:
    def undone() -> None:
        with state.writing() as directory:
            record_events(directory, [call("SendTestAlert", service="ostiary")])
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        undone()
    assert kept(state) == []
    with state.reading() as directory:
        assert directory.connection.scalar(select(func.count()).select_from(schema.events)) == 0


def test_the_root_user_is_told_of_once_an_hour_and_counted(state: State) -> None:
    record(state, by_root(), by_root())
    record(state, by_root(timedelta(minutes=1)))
    record(state, by_root(timedelta(minutes=59)), by_root(timedelta(minutes=59)))
    record(state, by_root(timedelta(minutes=61)))
    first, second = kept(state)
    assert (first.repeated, second.repeated) == (4, 0)
    assert (first.created_at, second.created_at) == (NOON, NOON + timedelta(minutes=61))


def test_each_account_is_told_of_its_own(state: State) -> None:
    record(state, by_root(), by_root(account=OTHER), by_root(account=OTHER))
    assert [alert.repeated for alert in kept(state)] == [0]
    assert [alert.repeated for alert in kept(state, OTHER)] == [1]


def test_what_is_not_to_be_missed_is_told_each_time(state: State) -> None:
    record(state, *(deed("TrailBroken", {"Sequence": number}) for number in range(3)))
    assert [alert.kind for alert in kept(state)] == ["trail-broken"] * 3


def test_a_name_that_somebody_made_up_is_kept(state: State) -> None:
    record(state, call("\0\ud800" + "x" * 5_000, caller=ROOT_CALLER))
    (alert,) = kept(state)
    assert alert.title.startswith("The root user called \ufffd\ufffdxxx")
    assert len(alert.title) == 500


def test_other_events_cost_nothing_but_looking_their_names_up(state: State) -> None:
    record(state, call("ListUsers"), call("CreateUser", {"UserName": "x"}))
    assert kept(state) == []


def failed(severity: str, title: str = "MFA should be on", resource: str = "user/x", minute: int = 0) -> AuditEvent:
    parameters = {"Resource": f"arn:aws:iam::{ACCOUNT}:{resource}", "Title": title, "Severity": severity}
    return deed("FindingFailed", parameters, after=timedelta(minutes=minute))


def test_the_same_is_counted_and_something_graver_is_told(state: State) -> None:
    record(state, failed("HIGH"), failed("HIGH"))
    record(state, failed("HIGH", minute=1))
    assert [(alert.severity, alert.repeated) for alert in kept(state)] == [("HIGH", 2)]
    record(state, failed("CRITICAL", minute=2))
    assert [(alert.severity, alert.repeated) for alert in kept(state)] == [("HIGH", 2), ("CRITICAL", 0)]
    # Something less grave than what was told last is counted in that.
    record(state, failed("HIGH", minute=3))
    assert [(alert.severity, alert.repeated) for alert in kept(state)] == [("HIGH", 2), ("CRITICAL", 1)]


def test_something_else_about_the_same_is_told(state: State) -> None:
    record(state, failed("HIGH"), failed("HIGH", "Keys should be rotated"), failed("HIGH", resource="user/y"))
    assert [alert.repeated for alert in kept(state)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("name", "asked", "service", "quiet"),
    [
        ("DeleteVirtualMFADevice", {"SerialNumber": "s"}, "iam", timedelta(hours=1)),
        ("SendTestAlert", {}, "ostiary", timedelta(minutes=1)),
    ],
)
def test_what_anybody_can_repeat_is_told_once_in_a_while(
    state: State, name: str, asked: dict[str, str], service: str, quiet: timedelta
) -> None:
    for after in (timedelta(), quiet - timedelta(seconds=1), quiet + timedelta(seconds=1)):
        record(state, call(name, asked, service=service, after=after))
    assert [alert.repeated for alert in kept(state)] == [1, 0]


def test_look_alikes_do_not_hide_that_passwords_may_be_weaker(state: State) -> None:
    refused = Fault("SignatureDoesNotMatch", "no", status=403)
    name, second = "UpdateAccountPasswordPolicy", timedelta(seconds=1)
    record(state, call(name, {"MinimumPasswordLength": 20}))
    record(
        state,
        *(call(name, service="ec2", caller=None, fault=refused, after=second) for _ in range(60)),
        *(call(name, {"MinimumPasswordLength": 1}, caller=None, fault=refused, after=second) for _ in range(60)),
    )
    record(state, call(name, {"MinimumPasswordLength": 12}, after=2 * second))
    assert [alert.kind for alert in kept(state)] == ["password-policy-weakened"]

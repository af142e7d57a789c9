"""ListAlerts and SendTestAlert."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from ostiary.audit import find_events
from ostiary.audit.event_ids import new_event_id
from ostiary.directory.alert_deliveries import Attempt, note_failure
from ostiary.directory.alerts import Alert, add_alert, dispatch_alert
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.services.ostiary.calling import User, document, refusal


def test_alerts_come_in_pages_the_newest_first(server: RunningServer, ostiary: Any, iam: Any) -> None:
    for name in ("one", "two", "three"):
        device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)["VirtualMFADevice"]
        iam.delete_virtual_mfa_device(SerialNumber=device["SerialNumber"])
    iam.create_user(UserName="wide")
    iam.put_user_policy(UserName="wide", PolicyName="All", PolicyDocument=document({"Action": "*"}))

    (alert,) = ostiary.list_alerts(Kind="policy-opened-wide", MaxItems=1)["Alerts"]
    assert (alert["Kind"], alert["Severity"]) == ("policy-opened-wide", "HIGH")
    assert alert["Title"] == "The inline policy All of the user wide allows everything"
    assert alert["Subject"] == f"arn:aws:iam::{server.account_id}:user/wide"
    assert (alert["Repeated"], alert["Deliveries"]) == (0, [])
    with server.reading() as directory:
        events = find_events(directory.connection, server.account_id)
    assert alert["EventId"] in {event["eventID"] for event in events if event["eventName"] == "PutUserPolicy"}

    deleted, marker = [], {}
    while True:
        page = ostiary.list_alerts(Kind="mfa-device-deleted", MaxItems=2, **marker)
        deleted += page["Alerts"]
        if not page["IsTruncated"]:
            break
        marker = {"Marker": page["Marker"]}
    assert len(deleted) == 3
    assert [each["AlertId"] for each in deleted] == sorted((each["AlertId"] for each in deleted), reverse=True)
    grave = ostiary.list_alerts(Severity="HIGH")["Alerts"]
    assert {each["Severity"] for each in grave} == {"HIGH"}
    assert alert in grave
    assert ostiary.list_alerts(Kind="trail-broken")["Alerts"] == []


def test_bad_input(ostiary: Any) -> None:
    for asked in ({"Marker": "x"}, {"MaxItems": 0}, {"Severity": "BAD"}):
        assert refusal(ostiary.list_alerts, **asked)[0] == "ValidationException"


def test_each_takes_its_permission(server: RunningServer, new_user: Callable[..., User]) -> None:
    client = server.client("ostiary", new_user({"Action": "ostiary:ListAlerts"}).key)
    count = len(client.list_alerts(Kind="test")["Alerts"])
    assert refusal(client.send_test_alert)[0] == "AccessDeniedException"
    assert len(client.list_alerts(Kind="test")["Alerts"]) == count


def test_accounts_do_not_see_each_others(start_server: Callable[..., RunningServer], ostiary: Any) -> None:
    ostiary.send_test_alert()
    other = start_server("444455556666")
    assert other.client("ostiary", other.admin).list_alerts(Kind="test")["Alerts"] == []


def test_what_is_done_at_a_server_is_told(server: RunningServer, ostiary: Any, iam: Any) -> None:
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    account = server.account_id
    foreign = {"Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sts:AssumeRole"}
    iam.create_group(GroupName="told")
    iam.attach_group_policy(GroupName="told", PolicyArn=administrator)
    iam.create_policy(PolicyName="told", PolicyDocument=document({"Action": "s3:Get*"}))
    policy = f"arn:aws:iam::{account}:policy/told"
    iam.create_policy_version(PolicyArn=policy, PolicyDocument=document({"Action": "*"}))
    iam.set_default_policy_version(PolicyArn=policy, VersionId="v2")
    trusting = json.dumps({"Version": "2012-10-17", "Statement": [foreign]})
    iam.create_role(RoleName="told", AssumeRolePolicyDocument=trusting)
    iam.update_account_password_policy(MinimumPasswordLength=14)
    iam.update_account_password_policy(MinimumPasswordLength=14, RequireNumbers=True)
    iam.update_account_password_policy(MinimumPasswordLength=12, RequireNumbers=True)
    for required in (True, True, False, False):
        ostiary.update_account_settings(MfaRequired=required)
    root_key = server.create_root_key()
    server.client("sts", root_key).get_caller_identity()
    server.client("iam", root_key).create_access_key()

    told = [(alert["Kind"], alert.get("Subject")) for alert in ostiary.list_alerts()["Alerts"]]
    root = f"arn:aws:iam::{account}:root"
    assert Counter(one for one in told if one[1] == root and one[0] != "control-failed") == {
        ("password-policy-weakened", root): 1,
        ("mfa-no-longer-required", root): 1,
        ("root-activity", root): 1,
        ("root-access-key-created", root): 1,
    }
    assert told.count(("policy-opened-wide", policy)) == 1
    assert told.count(("policy-opened-wide", f"arn:aws:iam::{account}:group/told")) == 1
    assert told.count(("role-opened-to-account", f"arn:aws:iam::{account}:role/told")) == 1


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("the receiver takes too long", "timed out"),
        ("the mail server takes too long", "timed out"),
        ("the receiver answers 503", "HTTP 503"),
        ("the mail server answers 550", "SMTP 550"),
        (
            "the receiver does not prove itself: Hostname mismatch, not valid for 'hooks.internal'",
            "certificate not trusted",
        ),
        ("the mail server takes nothing for the recipients", "recipients refused"),
        ("the receiver cannot be asked: ConnectionRefusedError: [Errno 111] Connection refused", "refused"),
        ("the mail server cannot be used: gaierror: [Errno -2] Name or service not known", "name not found"),
        ("the mail server cannot be used: OSError: mail.internal has no address", "failed"),
        ("there is no channel of this name any more", "no such channel"),
        ("unforeseen: KeyError", "failed"),
    ],
)
def test_what_failed_is_told_without_operators_hosts(server: RunningServer, ostiary: Any, kept: str, told: str) -> None:
    now = system_clock()
    alert = Alert(server.account_id, new_event_id(now), "trail-broken", "CRITICAL", "t", None, None, {}, now)
    with server.changing() as directory:
        add_alert(directory, alert)
        dispatch_alert(directory, alert, ["pager"], now=now)
        attempt = Attempt(alert, "pager", 0, 0, 0)
        note_failure(directory, attempt, kept, next_attempt_at=None)
    latest = next(each for each in ostiary.list_alerts()["Alerts"] if each["AlertId"] == alert.alert_id)
    assert [each["LastError"] for each in latest["Deliveries"]] == [told]

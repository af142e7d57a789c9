"""Events looked up through boto3: by each attribute, in time, in pages, and by who may not."""

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as SigningCredentials

from tests.conftest import Credentials, RunningServer
from tests.e2e.raw_http import send
from tests.e2e.refusals import refused

POLICY = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}})
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
    }
)


@pytest.fixture(scope="module")
def trail(server: RunningServer) -> Any:
    return server.client("cloudtrail", server.admin)


@pytest.fixture(scope="module")
def alice(server: RunningServer, iam: Any, sts: Any) -> Credentials:
    """A user who may look at herself, and the calls that made her and are looked for below."""
    iam.create_user(UserName="alice")
    policy = iam.create_policy(PolicyName="Reader", PolicyDocument=POLICY)["Policy"]["Arn"]
    iam.attach_user_policy(UserName="alice", PolicyArn=policy)
    iam.create_role(RoleName="Deploy", AssumeRolePolicyDocument=TRUST)
    sts.assume_role(RoleArn=f"arn:aws:iam::{server.account_id}:role/Deploy", RoleSessionName="night-shift")
    key = Credentials.of(iam.create_access_key(UserName="alice")["AccessKey"])
    refused(server.client("iam", key).list_users)
    return key


def found(trail: Any, key: str | None = None, value: str = "", **parameters: Any) -> list[dict[str, Any]]:
    """Return the events of all pages."""
    attributes = [{"AttributeKey": key, "AttributeValue": value}] if key else []
    pages = trail.get_paginator("lookup_events").paginate(LookupAttributes=attributes, **parameters)
    return [event for page in pages for event in page["Events"]]


def names(events: list[dict[str, Any]]) -> list[str]:
    return [event["EventName"] for event in events]


def test_an_event_as_cloudtrail_tells_it(server: RunningServer, trail: Any, alice: Credentials) -> None:
    (event,) = found(trail, "EventName", "CreateAccessKey")
    body = json.loads(event.pop("CloudTrailEvent"))
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", event["EventId"])
    assert datetime.now(UTC) - event["EventTime"] < timedelta(minutes=5)
    assert event == {
        "EventId": body["eventID"],
        "EventName": "CreateAccessKey",
        "ReadOnly": "false",
        "AccessKeyId": server.admin.access_key_id,
        "EventTime": event["EventTime"],
        "EventSource": "iam.amazonaws.com",
        "Username": "admin",
        "Resources": [
            {"ResourceType": "AWS::IAM::AccessKey", "ResourceName": alice.access_key_id},
            {"ResourceType": "AWS::IAM::User", "ResourceName": "alice"},
        ],
    }
    assert body["requestParameters"] == {"userName": "alice"}
    assert body["eventTime"] == event["EventTime"].astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_newest_come_first(trail: Any, alice: Credentials) -> None:
    assert alice
    events = found(trail)
    ids = [event["EventId"] for event in events]
    assert ids == sorted(ids, reverse=True)
    assert {"CreateUser", "CreatePolicy", "AssumeRole", "ListUsers"} <= set(names(events))


def test_each_attribute(server: RunningServer, trail: Any, alice: Credentials) -> None:
    account = server.account_id
    assert names(found(trail, "EventName", "CreateUser")) == ["CreateUser"]
    assert found(trail, "EventName", "createuser") == []
    (refusal,) = found(trail, "Username", "alice")
    assert (refusal["EventName"], refusal["AccessKeyId"]) == ("ListUsers", alice.access_key_id)
    assert json.loads(refusal["CloudTrailEvent"])["errorCode"] == "AccessDenied"
    assert found(trail, "AccessKeyId", alice.access_key_id) == [refusal]
    assert found(trail, "EventId", refusal["EventId"]) == [refusal]
    assert names(found(trail, "EventSource", "sts.amazonaws.com")) == ["AssumeRole"]
    changes = ["CreateAccessKey", "CreateRole", "AttachUserPolicy", "CreatePolicy", "CreateUser"]
    assert names(found(trail, "ReadOnly", "false")) == changes
    reads = found(trail, "ReadOnly", "true")
    assert {"ListUsers", "AssumeRole"} <= set(names(reads))
    assert {event["ReadOnly"] for event in reads} == {"true"}
    assert names(found(trail, "ResourceName", "alice")) == ["CreateAccessKey", "AttachUserPolicy", "CreateUser"]
    assert names(found(trail, "ResourceName", f"arn:aws:iam::{account}:policy/Reader")) == [
        "AttachUserPolicy",
        "CreatePolicy",
    ]
    assert names(found(trail, "ResourceName", f"arn:aws:iam::{account}:role/Deploy")) == ["AssumeRole", "CreateRole"]
    assert names(found(trail, "ResourceType", "AWS::IAM::Role")) == ["AssumeRole", "CreateRole"]
    assert found(trail, "ResourceType", "AWS::S3::Bucket") == []


@pytest.mark.parametrize("value", ["ali", "%", "a_ice", 'ali"ce', "ALICE", "a\\lice", "\N{GRINNING FACE}", "\x00"])
def test_a_resource_is_meant_by_its_whole_name(trail: Any, alice: Credentials, value: str) -> None:
    assert alice
    assert found(trail, "ResourceName", value) == []


def test_in_time(trail: Any, alice: Credentials) -> None:
    assert alice
    (event,) = found(trail, "EventName", "CreateUser")
    at = event["EventTime"]
    second, instant = timedelta(seconds=1), timedelta(milliseconds=1)
    for start, end, is_within in (
        (at, at, True),
        (at - second, None, True),
        (None, at, True),
        (at + instant, None, False),
        (None, at - instant, False),
        (at - timedelta(days=90), at - second, False),
        (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC), True),
    ):
        times = {name: moment for name, moment in (("StartTime", start), ("EndTime", end)) if moment}
        assert bool(found(trail, "EventName", "CreateUser", **times)) is is_within, times


def test_a_token_goes_on_where_the_page_ended_whatever_happened_since(trail: Any, iam: Any) -> None:
    for _ in range(5):
        iam.list_groups()
    wanted = {"LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": "ListGroups"}], "MaxResults": 2}
    while len(found(trail, "EventName", "ListGroups")) < 5:  # Reads are written down a moment later.
        time.sleep(0.01)
    everything = found(trail, "EventName", "ListGroups")
    first = trail.lookup_events(**wanted)
    iam.list_groups()
    second = trail.lookup_events(**wanted, NextToken=first["NextToken"])
    third = trail.lookup_events(**wanted, NextToken=second["NextToken"])
    assert first["Events"] + second["Events"] + third["Events"] == everything
    assert "NextToken" not in third


def test_a_token_is_good_for_its_own_look_up_only(trail: Any, alice: Credentials) -> None:
    assert alice
    token = trail.lookup_events(MaxResults=1)["NextToken"]
    trail.lookup_events(MaxResults=2, NextToken=token)
    forged = f"{token[:-5]}{'A' if token[-5] != 'A' else 'B'}{token[-4:]}"
    for parameters in (
        {"NextToken": forged},
        {"NextToken": ""},
        {"NextToken": "é"},
        {"NextToken": token, "EndTime": datetime.now(UTC)},
        {"NextToken": token, "LookupAttributes": [{"AttributeKey": "EventName", "AttributeValue": "CreateUser"}]},
    ):
        code, _, status = refused(partial(trail.lookup_events, **parameters))
        assert (code, status) == ("InvalidNextTokenException", 400)


def test_there_are_no_insights(trail: Any) -> None:
    answer = trail.lookup_events(EventCategory="insight")
    assert answer["Events"] == []
    assert "NextToken" not in answer


def attribute(key: str, value: str) -> dict[str, str]:
    return {"AttributeKey": key, "AttributeValue": value}


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "two attributes": (
        {"LookupAttributes": [attribute("EventName", "a"), attribute("Username", "b")]},
        "InvalidLookupAttributesException",
    ),
    "no such attribute": ({"LookupAttributes": [attribute("Colour", "a")]}, "InvalidLookupAttributesException"),
    "neither true nor false": (
        {"LookupAttributes": [attribute("ReadOnly", "False")]},
        "InvalidLookupAttributesException",
    ),
    "not of insights": (
        {"LookupAttributes": [attribute("Username", "a")], "EventCategory": "insight"},
        "InvalidLookupAttributesException",
    ),
    "no such category": ({"EventCategory": "Management"}, "InvalidEventCategoryException"),
    "too many": ({"MaxResults": 51}, "InvalidMaxResultsException"),
    "none": ({"MaxResults": 0}, "InvalidMaxResultsException"),
    "ends before it starts": (
        {"StartTime": datetime(2026, 2, 2, tzinfo=UTC), "EndTime": datetime(2026, 2, 1, tzinfo=UTC)},
        "InvalidTimeRangeException",
    ),
    "a value that is too long": ({"LookupAttributes": [attribute("Username", "a" * 2001)]}, "ValidationException"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(server: RunningServer, name: str) -> None:
    trail = server.client("cloudtrail", server.admin, parameter_validation=False)
    parameters, expected = REFUSED[name]
    code, message, status = refused(lambda: trail.lookup_events(**parameters))
    assert (code, status) == (expected, 400)
    assert message


def test_whoever_may_not_sees_nothing(server: RunningServer, iam: Any, alice: Credentials) -> None:
    client = server.client("cloudtrail", alice)
    code, message, status = refused(client.lookup_events)
    assert (code, status) == ("AccessDeniedException", 403)
    assert message == (
        f"User: arn:aws:iam::{server.account_id}:user/alice is not authorized to perform: cloudtrail:LookupEvents "
        "on resource: * because no identity-based policy allows the cloudtrail:LookupEvents action"
    )
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "cloudtrail:*", "Resource": "*"}}
    iam.put_user_policy(UserName="alice", PolicyName="Auditor", PolicyDocument=json.dumps(document))
    assert client.lookup_events(MaxResults=1)["Events"]


def test_nobody_sees_another_accounts_trail(start_server: Callable[..., RunningServer], alice: Credentials) -> None:
    assert alice
    other = start_server("222233334444")
    trail = other.client("cloudtrail", other.admin)
    other.client("iam", other.admin).list_roles()
    assert found(trail, "EventName", "CreateUser") == []
    assert found(trail, "Username", "alice") == []


def raw(server: RunningServer, target: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """Send a call as the SDKs do, signed."""
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target}
    request = AWSRequest("POST", f"{server.endpoint}/", headers, body)
    credentials = SigningCredentials(server.admin.access_key_id, server.admin.secret_access_key)
    SigV4Auth(credentials, "cloudtrail", "us-east-1").add_auth(request)
    answer = send(server, body, headers=list(request.headers.items()))
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize("prefix", ["com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "CloudTrail_20131101"])
def test_sdks_name_the_target_in_two_ways(server: RunningServer, prefix: str) -> None:
    status, answer = raw(server, f"{prefix}.LookupEvents", b'{"MaxResults": 1}')
    assert status == 200
    assert len(answer["Events"]) == 1
    status, answer = raw(server, f"{prefix}.DescribeTrails", b"{}")
    assert (status, answer["__type"]) == (403, "AccessDeniedException")


@pytest.mark.parametrize("prefix", ["v20131101.CloudTrail_20131101", "cloudtrail", "CloudTrail_20131102"])
def test_no_other_target_is_meant(server: RunningServer, prefix: str) -> None:
    status, answer = raw(server, f"{prefix}.LookupEvents", b"{}")
    assert (status, answer["__type"]) == (400, "UnknownOperationException")


def test_half_a_character_is_found_nowhere(server: RunningServer) -> None:
    body = rb'{"LookupAttributes": [{"AttributeKey": "%s", "AttributeValue": "\ud800"}]}'
    for key in (b"EventId", b"EventName", b"Username", b"AccessKeyId", b"EventSource", b"ResourceName"):
        status, answer = raw(server, "CloudTrail_20131101.LookupEvents", body % key)
        assert (status, answer) == (200, {"Events": []})

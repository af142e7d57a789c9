"""An access key that grows old, seen from outside: warned of, deactivated on its date, and recorded at each step."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from sqlalchemy import select, update

from ostiary.server.data_directory import DataDirectory
from ostiary.server.jobs import key_age
from ostiary.server.state import State
from ostiary.server.vault import open_vault
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused

INACTIVE = ("InvalidClientTokenId", "The security token included in the request is invalid.", 403)


@contextmanager
def state_of(server: RunningServer) -> Iterator[State]:
    """Open the state as another process on the same database does."""
    home = DataDirectory(server.data)
    with closing(home.open_store()) as store:
        yield State(store, open_vault(home.master_key()), system_clock)


def grow_old(server: RunningServer, key: Credentials, *, days: int) -> None:
    """Make a key as if it had been made so many days ago, and do what is due about that."""
    keys = schema.access_keys
    made = system_clock() - timedelta(days=days)
    with server.changing() as directory:
        of_key = keys.c.access_key_id == key.access_key_id
        directory.connection.execute(update(keys).where(of_key).values(created_at=made))
    with state_of(server) as state:
        key_age.JOB.run(state, system_clock())


def events_about(trail: Any, key: Credentials, name: str) -> list[dict[str, Any]]:
    """Return the events of a name that concern a key, as LookupEvents shows them."""
    pages = trail.get_paginator("lookup_events").paginate(
        LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}]
    )
    bodies = [json.loads(event["CloudTrailEvent"]) for page in pages for event in page["Events"]]
    return [body for body in bodies if (body["requestParameters"] or {}).get("accessKeyId") == key.access_key_id]


def alerts_of(server: RunningServer, event: dict[str, Any]) -> list[str]:
    """Return the kinds of the alerts that an event gave rise to."""
    alerts = schema.alerts
    with server.reading() as directory:
        return list(directory.connection.scalars(select(alerts.c.kind).where(alerts.c.event_id == event["eventID"])))


def test_a_key_of_a_hundred_days_is_warned_of_then_deactivated_then_refused(server: RunningServer, iam: Any) -> None:
    ostiary, trail = server.client("ostiary", server.admin), server.client("cloudtrail", server.admin)
    ostiary.update_account_settings(AccessKeyWarningDays=90, AccessKeyMaximumDays=101)
    iam.create_user(UserName="alice")
    old, young = (Credentials.of(iam.create_access_key(UserName="alice")["AccessKey"]) for _ in range(2))
    sts = server.client("sts", old)

    grow_old(server, old, days=100)
    (warning,) = events_about(trail, old, "AccessKeyAgeWarning")
    assert warning["userIdentity"] == {"type": "AWSService", "invokedBy": "ostiary.amazonaws.com"}
    assert (warning["requestParameters"]["userName"], warning["requestParameters"]["ageInDays"]) == ("alice", 100)
    assert alerts_of(server, warning) == ["access-key-aged"]
    assert sts.get_caller_identity()["Arn"].endswith("user/alice")

    grow_old(server, old, days=101)
    (change,) = events_about(trail, old, "UpdateAccessKey")
    assert change["userIdentity"]["invokedBy"] == "ostiary.amazonaws.com"
    assert change["requestParameters"]["status"] == "Inactive"
    assert alerts_of(server, change) == ["access-key-deactivated"]
    assert refused(sts.get_caller_identity) == INACTIVE
    listed = {key["AccessKeyId"]: key["Status"] for key in iam.list_access_keys(UserName="alice")["AccessKeyMetadata"]}
    assert listed == {old.access_key_id: "Inactive", young.access_key_id: "Active"}
    (refusal,) = [
        event
        for event in trail.lookup_events(
            LookupAttributes=[{"AttributeKey": "AccessKeyId", "AttributeValue": old.access_key_id}]
        )["Events"]
        if json.loads(event["CloudTrailEvent"]).get("errorCode")
    ]
    assert refusal["EventName"] == "GetCallerIdentity"
    # By the key's ID the deactivation is found as any other change to the key is.
    about = trail.lookup_events(
        LookupAttributes=[{"AttributeKey": "ResourceName", "AttributeValue": old.access_key_id}]
    )["Events"]
    assert [event["EventName"] for event in about] == ["UpdateAccessKey", "CreateAccessKey"]
    assert events_about(trail, young, "AccessKeyAgeWarning") == []


def test_nobody_makes_such_a_key_active_again(server: RunningServer, iam: Any) -> None:
    server.client("ostiary", server.admin).update_account_settings(AccessKeyWarningDays=0, AccessKeyMaximumDays=30)
    iam.create_user(UserName="bob")
    key = Credentials.of(iam.create_access_key(UserName="bob")["AccessKey"])
    grow_old(server, key, days=31)
    with pytest.raises(ClientError, match="is older than access keys of this account may be") as refusal:
        iam.update_access_key(UserName="bob", AccessKeyId=key.access_key_id, Status="Active")
    assert refusal.value.response["Error"]["Code"] == "InvalidInput"
    iam.update_access_key(UserName="bob", AccessKeyId=key.access_key_id, Status="Inactive")
    assert refused(server.client("sts", key).get_caller_identity) == INACTIVE


def test_the_root_users_key_grows_old_too(server: RunningServer) -> None:
    server.client("ostiary", server.admin).update_account_settings(AccessKeyWarningDays=0, AccessKeyMaximumDays=30)
    key = server.create_root_key()
    grow_old(server, key, days=31)
    assert refused(server.client("sts", key).get_caller_identity) == INACTIVE

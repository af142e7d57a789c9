"""The credential report, through boto3."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from ostiary.store import schema
from tests.conftest import Credentials, RunningServer
from tests.credentials.making import make_certificate, rsa_key
from tests.services.iam.asking import answer, fresh, refusal

HEADER = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
    "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
    "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
    "cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info"
)
NO_KEY = ["false", "N/A", "N/A", "N/A", "N/A"]
NO_CERTIFICATE = ["false", "N/A"]


@pytest.fixture
def asked(start_server: Callable[..., RunningServer]) -> tuple[RunningServer, Any]:
    """A server of the test's own, since an account keeps one report; and IAM."""
    server = start_server()
    return server, server.client("iam", server.admin)


def age(server: RunningServer, by: timedelta) -> None:
    """Make the report as if it had been made so long ago."""
    reports = schema.credential_reports
    with server.changing() as directory:
        directory.connection.execute(update(reports).values(generated_at=datetime.now(UTC) - by))


def rows(iam: Any) -> dict[str, list[str]]:
    """Return a new report's rows without name, ARN and time of creation, by name."""
    iam.generate_credential_report()
    text = iam.get_credential_report()["Content"].decode()
    return {row[0]: row[3:] for row in csv.reader(io.StringIO(text))}


def test_a_report_is_started_then_complete_then_given_for_four_hours(asked: tuple[RunningServer, Any]) -> None:
    server, iam = asked
    assert refusal(iam.get_credential_report) == ("ReportNotPresent", None, 410)
    started = {"State": "STARTED", "Description": "No report exists. Starting a new report generation task"}
    assert answer(iam.generate_credential_report) == started
    first = answer(iam.get_credential_report)
    assert first.keys() == {"Content", "ReportFormat", "GeneratedTime"}
    assert first["ReportFormat"] == "text/csv"
    iam.create_user(UserName="later")
    assert answer(iam.generate_credential_report) == {"State": "COMPLETE"}
    assert answer(iam.get_credential_report) == first
    age(server, timedelta(hours=3, minutes=59))
    assert answer(iam.generate_credential_report) == {"State": "COMPLETE"}
    age(server, timedelta(hours=4, minutes=1))
    assert refusal(iam.get_credential_report) == ("ReportExpired", None, 410)
    assert answer(iam.generate_credential_report) == started
    assert "later" in iam.get_credential_report()["Content"].decode()


def test_the_root_user_comes_first_and_users_by_name(asked: tuple[RunningServer, Any]) -> None:
    server, iam = asked
    for name in ("zoe", "Bob"):
        iam.create_user(UserName=name, Path="/a/")
    iam.generate_credential_report()
    lines = iam.get_credential_report()["Content"].decode().split("\n")
    assert lines[0] == HEADER
    assert [line.split(",")[0] for line in lines[1:]] == ["<root_account>", "admin", "Bob", "zoe"]
    created = iam.get_user(UserName="Bob")["User"]["CreateDate"].strftime("%Y-%m-%dT%H:%M:%S+00:00")
    nothing = ",".join(["false", *NO_KEY[1:4], "false", *NO_KEY * 2, *NO_CERTIFICATE * 2, "N/A"])
    assert lines[3] == f"Bob,arn:aws:iam::{server.account_id}:user/a/Bob,{created},{nothing}"
    root = lines[1].split(",")
    assert root[1] == f"arn:aws:iam::{server.account_id}:root"
    assert root[3:] == [
        *("true", "no_information", root[2], "not_supported", "false"),
        *(*NO_KEY, *NO_KEY, *NO_CERTIFICATE, *NO_CERTIFICATE, "N/A"),
    ]


def test_keys_and_certificates_are_told(asked: tuple[RunningServer, Any]) -> None:
    server, iam = asked
    name = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    made = sorted((iam.create_access_key(UserName=name)["AccessKey"] for _ in range(2)), key=lambda k: k["AccessKeyId"])
    server.client("sts", Credentials.of(made[0])).get_caller_identity()
    iam.update_access_key(UserName=name, AccessKeyId=made[1]["AccessKeyId"], Status="Inactive")
    certificate = iam.upload_signing_certificate(UserName=name, CertificateBody=make_certificate(rsa_key()))[
        "Certificate"
    ]
    # A refusal is answered when all that was recorded before it is written.
    assert refusal(iam.get_user, UserName="nobody")[0] == "NoSuchEntity"
    used = iam.get_access_key_last_used(AccessKeyId=made[0]["AccessKeyId"])["AccessKeyLastUsed"]
    times = [
        moment.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        for moment in (*(key["CreateDate"] for key in made), certificate["UploadDate"], used["LastUsedDate"])
    ]
    assert rows(iam)[name][5:] == [
        *("true", times[0], times[3], "us-east-1", "sts"),
        *("false", times[1], "N/A", "N/A", "N/A"),
        *("true", times[2]),
        *NO_CERTIFICATE,
        "N/A",
    ]


def test_a_password_policy_says_when_passwords_end(asked: tuple[RunningServer, Any]) -> None:
    _, iam = asked
    iam.update_account_password_policy(MaxPasswordAge=90)
    row = rows(iam)["admin"]
    changed, next_rotation = (datetime.fromisoformat(row[number]) for number in (2, 3))
    assert row[:2] == ["true", "no_information"]
    assert next_rotation - changed == timedelta(days=90)

"""The credential report of a directory, whatever state its credentials are in."""

import csv
import io
import time
from datetime import timedelta

from sqlalchemy import insert, update

from ostiary.directory import keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.keys import KeyUse
from ostiary.directory.last_used import record_uses
from ostiary.governance import credential_report
from ostiary.store import schema
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

STAMP = "2026-01-02T03:04:05+00:00"
LATER = NOW + timedelta(days=1)


def rows(directory: Directory) -> dict[str, dict[str, str]]:
    return {row["user"]: row for row in csv.DictReader(io.StringIO(credential_report(directory, ACCOUNT)))}


def test_the_root_users_credentials_are_told(directory: Directory) -> None:
    key, _ = keys.create_access_key(directory, ACCOUNT, None, now=NOW)
    record_uses(directory, [KeyUse(key.access_key_id, ACCOUNT, LATER, "sts", "eu-west-1")])
    directory.connection.execute(
        insert(schema.mfa_devices).values(
            account_id=ACCOUNT,
            device_id="device",
            serial_number="arn",
            serial_key="arn",
            name="root",
            path="/",
            owner_id=ACCOUNT,
            enabled_at=NOW,
            created_at=NOW,
        )
    )
    directory.connection.execute(
        update(schema.accounts)
        .where(schema.accounts.c.account_id == ACCOUNT)
        .values(root_password_changed_at=LATER, root_password_last_used_at=LATER)
    )
    root = rows(directory)["<root_account>"]
    later = "2026-01-03T03:04:05+00:00"
    assert (root["password_last_changed"], root["password_last_used"], root["mfa_active"]) == (later, later, "true")
    assert [root[f"access_key_1_{fact}"] for fact in ("active", "last_rotated", "last_used_date")] == [
        "true",
        STAMP,
        later,
    ]
    assert (root["access_key_1_last_used_region"], root["access_key_1_last_used_service"]) == ("eu-west-1", "sts")
    assert root["access_key_2_active"] == "false"


def test_a_device_that_is_not_enabled_protects_nobody(directory: Directory) -> None:
    user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
    device = {
        "account_id": ACCOUNT,
        "device_id": "device",
        "serial_number": "arn",
        "serial_key": "arn",
        "name": "alice",
        "path": "/",
        "created_at": NOW,
    }
    directory.connection.execute(insert(schema.mfa_devices).values(**device))
    assert rows(directory)["alice"]["mfa_active"] == "false"
    directory.connection.execute(update(schema.mfa_devices).values(owner_id=user.user_id, enabled_at=NOW))
    assert rows(directory)["alice"]["mfa_active"] == "true"


def test_certificates_that_are_inactive_come_first_and_keep_their_time(directory: Directory) -> None:
    user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
    for digest, active, at in (("1", True, NOW), ("2", False, LATER)):
        directory.connection.execute(
            insert(schema.signing_certificates).values(
                account_id=ACCOUNT,
                certificate_id=digest,
                owner_id=user.user_id,
                digest=digest,
                body="-",
                active=active,
                uploaded_at=at,
            )
        )
    alice = rows(directory)["alice"]
    assert [alice[f"cert_1_{fact}"] for fact in ("active", "last_rotated")] == ["false", "2026-01-03T03:04:05+00:00"]
    assert [alice[f"cert_2_{fact}"] for fact in ("active", "last_rotated")] == ["true", STAMP]


def test_other_accounts_are_left_out_and_commas_are_quoted(directory: Directory) -> None:
    users.create_user(directory, OTHER_ACCOUNT, "other", now=NOW)
    users.create_user(directory, ACCOUNT, "a,b", now=NOW)
    assert rows(directory).keys() == {"<root_account>", "a,b"}
    assert '"a,b",' in credential_report(directory, ACCOUNT)


def test_ten_thousand_users_are_told_in_little_time(directory: Directory) -> None:
    numbers = range(10_000)
    common = {"account_id": ACCOUNT, "created_at": NOW}
    directory.connection.execute(
        insert(schema.users),
        [{**common, "user_id": f"U{n}", "name": f"u{n}", "name_key": f"u{n}", "path": "/"} for n in numbers],
    )
    directory.connection.execute(
        insert(schema.access_keys),
        [
            {**common, "access_key_id": f"K{n}", "user_id": f"U{n}", "sealed_secret": b"", "active": True}
            for n in numbers
        ],
    )
    start = time.perf_counter()
    report = credential_report(directory, ACCOUNT)
    assert time.perf_counter() - start < 5
    assert report.count("\n") == 10_001


def test_what_has_no_columns_is_counted(directory: Directory) -> None:
    """No quota lets a user have it; a report says all there is, whoever put it there."""
    user = users.create_user(directory, ACCOUNT, "alice", now=NOW)
    common = {"account_id": ACCOUNT, "user_id": user.user_id, "sealed_secret": b"", "active": True, "created_at": NOW}
    directory.connection.execute(
        insert(schema.access_keys), [{**common, "access_key_id": f"K{number}"} for number in range(3)]
    )
    told = rows(directory)
    assert told["alice"]["additional_credentials_info"] == "1 additional access key(s): ListAccessKeys"
    assert told["<root_account>"]["additional_credentials_info"] == "N/A"

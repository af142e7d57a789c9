"""Reports as they are kept: the account's one credential report, and a week's reports on what was last accessed."""

from datetime import timedelta

import pytest

from ostiary.directory import keys, roles
from ostiary.directory.access_reports import AccessReport, create_access_report, get_access_report
from ostiary.directory.credential_reports import find_credential_report, note_announced, put_credential_report
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity
from ostiary.directory.keys import KeyUse
from ostiary.directory.last_used import RoleUse, find_role_use, record_uses
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

OWNER = "AROAEXAMPLE:ci"
WEEK = timedelta(days=7)


def keep(directory: Directory, content: str, *, owner: str = OWNER, after: timedelta = timedelta()) -> AccessReport:
    return create_access_report(
        directory, ACCOUNT, owner, arn="arn", granularity="SERVICE_LEVEL", content=content, now=NOW + after
    )


def test_an_account_keeps_its_latest_credential_report(directory: Directory) -> None:
    assert find_credential_report(directory, ACCOUNT) is None
    put_credential_report(directory, ACCOUNT, "first", now=NOW)
    note_announced(directory, ACCOUNT)
    first = find_credential_report(directory, ACCOUNT)
    assert first is not None
    assert (first.content, first.generated_at, first.announced) == ("first", NOW, True)
    put_credential_report(directory, ACCOUNT, "second", now=NOW + WEEK)
    second = find_credential_report(directory, ACCOUNT)
    assert second is not None
    assert (second.content, second.generated_at, second.announced) == ("second", NOW + WEEK, False)
    assert find_credential_report(directory, OTHER_ACCOUNT) is None


def test_a_report_is_kept_for_a_week(directory: Directory) -> None:
    job_id = keep(directory, "{}").job_id
    almost = NOW + WEEK - timedelta(seconds=1)
    assert get_access_report(directory, ACCOUNT, OWNER, job_id, now=almost).content == "{}"
    with pytest.raises(NoSuchEntity):
        get_access_report(directory, ACCOUNT, OWNER, job_id, now=NOW + WEEK)
    keep(directory, "new", after=WEEK)
    with pytest.raises(NoSuchEntity):
        get_access_report(directory, ACCOUNT, OWNER, job_id, now=almost)


@pytest.mark.parametrize(("account", "owner"), [(ACCOUNT, "AROAEXAMPLE:other"), (OTHER_ACCOUNT, OWNER)])
def test_a_report_is_its_owners(directory: Directory, account: str, owner: str) -> None:
    job_id = keep(directory, "{}").job_id
    with pytest.raises(NoSuchEntity):
        get_access_report(directory, type(ACCOUNT)(account), owner, job_id, now=NOW)


def test_what_says_the_same_is_one_report_for_one_owner(directory: Directory) -> None:
    first = keep(directory, "{}")
    assert keep(directory, "{}", after=timedelta(hours=1)) == first
    assert keep(directory, "other").job_id != first.job_id
    assert keep(directory, "{}", owner="AIDAEXAMPLE").job_id != first.job_id


def test_a_role_has_a_hundred_reports_and_the_oldest_go(directory: Directory) -> None:
    spared = keep(directory, "0", owner="AIDAEXAMPLE").job_id
    owners = [f"AROAEXAMPLE:session-{number}" for number in range(101)]
    job_ids = [
        keep(directory, "{}", owner=owner, after=timedelta(seconds=number)).job_id
        for number, owner in enumerate(owners)
    ]
    with pytest.raises(NoSuchEntity):
        get_access_report(directory, ACCOUNT, owners[0], job_ids[0], now=NOW)
    for number in (1, 100):
        assert get_access_report(directory, ACCOUNT, owners[number], job_ids[number], now=NOW)
    assert get_access_report(directory, ACCOUNT, "AIDAEXAMPLE", spared, now=NOW)


def test_of_several_uses_the_last_counts(directory: Directory) -> None:
    role = roles.create_role(directory, ACCOUNT, "deploy", trust_policy="{}", now=NOW)
    key, _ = keys.create_access_key(directory, ACCOUNT, None, now=NOW)
    assert find_role_use(directory, ACCOUNT, role.role_id) is None
    last = RoleUse(role.role_id, ACCOUNT, NOW + WEEK, "eu-west-1")
    record_uses(
        directory,
        [
            RoleUse(role.role_id, ACCOUNT, NOW, "us-east-1"),
            last,
            KeyUse(key.access_key_id, ACCOUNT, NOW, "iam", "us-east-1"),
            KeyUse(key.access_key_id, ACCOUNT, NOW + WEEK, "sts", "eu-west-1"),
            RoleUse("AROAGONE", ACCOUNT, NOW, "us-east-1"),
        ],
    )
    assert find_role_use(directory, ACCOUNT, role.role_id) == last
    used = keys.find_access_key(directory, key.access_key_id)
    assert used is not None
    assert (used.last_used_at, used.last_used_service, used.last_used_region) == (NOW + WEEK, "sts", "eu-west-1")

"""Access keys are warned of and deactivated when they come to the account's ages, once, and to the second."""

from datetime import datetime, timedelta

import pytest

from ostiary.audit import find_events
from ostiary.directory import accounts, keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.users import User
from ostiary.governance import enforce_key_limits, find_accounts_with_aged_keys, set_key_limits
from ostiary.values.identifiers import AccessKeyId
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def alice(directory: Directory) -> User:
    return users.create_user(directory, ACCOUNT, "alice", now=NOW)


def make_key(directory: Directory, user: User | None, now: datetime = NOW) -> AccessKeyId:
    return keys.create_access_key(directory, ACCOUNT, user, now=now)[0].access_key_id


def limit(directory: Directory, warning: int | None, maximum: int | None, now: datetime = NOW) -> None:
    set_key_limits(directory, ACCOUNT, warning_days=warning, maximum_days=maximum, now=now)


def enforce(directory: Directory, now: datetime, most: int = 100) -> list[tuple[str, str]]:
    """Return what is done at a moment: the name and the key of each event that comes of it."""
    before = find_events(directory.connection, ACCOUNT, limit=1_000)
    done = enforce_key_limits(directory, ACCOUNT, now=now, most=most)
    after = find_events(directory.connection, ACCOUNT, limit=1_000)
    # That the account's trail begins with it is an event of its own.
    new = [event for event in after if event not in before and event["eventName"] != "TrailBegan"]
    assert done == len(new)
    return sorted((event["eventName"], event["requestParameters"]["accessKeyId"]) for event in new)


def is_active(directory: Directory, key: AccessKeyId) -> bool:
    kept = keys.find_access_key(directory, key)
    assert kept is not None
    return kept.active


@pytest.mark.parametrize(
    ("warning", "maximum", "age", "done"),
    [
        (None, None, 4_000 * DAY, None),
        (90, None, 90 * DAY - SECOND, None),
        (90, None, 90 * DAY, "AccessKeyAgeWarning"),
        (90, None, 4_000 * DAY, "AccessKeyAgeWarning"),
        (None, 100, 100 * DAY - SECOND, None),
        (None, 100, 100 * DAY, "UpdateAccessKey"),
        (90, 100, 100 * DAY - SECOND, "AccessKeyAgeWarning"),
        # What is deactivated is not warned of as well.
        (90, 100, 100 * DAY, "UpdateAccessKey"),
        (1, 2, 2 * DAY, "UpdateAccessKey"),
    ],
)
@pytest.mark.parametrize("of_root", [False, True])
def test_what_is_done_at_which_age(
    directory: Directory,
    alice: User,
    *,
    warning: int | None,
    maximum: int | None,
    age: timedelta,
    done: str | None,
    of_root: bool,
) -> None:
    key = make_key(directory, None if of_root else alice)
    limit(directory, warning, maximum)
    now = NOW + age
    assert find_accounts_with_aged_keys(directory, now) == ([ACCOUNT] if done else [])
    assert enforce(directory, now) == ([(done, key)] if done else [])
    assert is_active(directory, key) is (done != "UpdateAccessKey")
    # Once is enough.
    assert find_accounts_with_aged_keys(directory, now) == []
    assert enforce(directory, now) == []


def test_the_events_say_what_was_done_by_nobody(directory: Directory, alice: User) -> None:
    key = make_key(directory, alice)
    limit(directory, 10, 20)
    enforce(directory, NOW + 11 * DAY)
    enforce(directory, NOW + 20 * DAY)
    events = find_events(directory.connection, ACCOUNT)
    deactivated, warned = (event for event in events if event["eventName"] != "TrailBegan")
    assert warned["eventSource"] == "ostiary.amazonaws.com"
    assert warned["requestParameters"] == {
        "userName": "alice",
        "accessKeyId": key,
        "createDate": "2026-01-02T03:04:05Z",
        "ageInDays": 11,
    }
    assert deactivated["eventSource"] == "iam.amazonaws.com"
    assert deactivated["requestParameters"] == {"userName": "alice", "accessKeyId": key, "status": "Inactive"}
    for event in (warned, deactivated):
        assert event["userIdentity"] == {"type": "AWSService", "invokedBy": "ostiary.amazonaws.com"}


def test_a_key_of_the_root_user_names_no_user(directory: Directory) -> None:
    key = make_key(directory, None)
    limit(directory, None, 1)
    enforce(directory, NOW + DAY)
    (event,) = find_events(directory.connection, ACCOUNT)
    assert event["requestParameters"] == {"accessKeyId": key, "status": "Inactive"}


def test_what_may_be_done_with_a_key_is_out_of_date_once_it_is_deactivated(directory: Directory, alice: User) -> None:
    make_key(directory, alice)
    limit(directory, 1, 2)
    before = accounts.get_access_revision(directory, ACCOUNT)
    enforce(directory, NOW + DAY)
    assert accounts.get_access_revision(directory, ACCOUNT) == before
    enforce(directory, NOW + 2 * DAY)
    assert accounts.get_access_revision(directory, ACCOUNT) == before + 1


def test_an_inactive_key_is_left_alone_and_one_made_active_again_is_not(directory: Directory, alice: User) -> None:
    key = make_key(directory, alice)
    limit(directory, 1, 2)
    keys.set_key_status(directory, ACCOUNT, alice, key, active=False)
    assert enforce(directory, NOW + 3 * DAY) == []
    keys.set_key_status(directory, ACCOUNT, alice, key, active=True)
    assert enforce(directory, NOW + 3 * DAY) == [("UpdateAccessKey", key)]


def test_other_accounts_keep_their_own_ages(directory: Directory) -> None:
    key, _ = keys.create_access_key(directory, OTHER_ACCOUNT, None, now=NOW)
    limit(directory, 1, 2)
    assert find_accounts_with_aged_keys(directory, NOW + 9 * DAY) == []
    set_key_limits(directory, OTHER_ACCOUNT, warning_days=None, maximum_days=5, now=NOW)
    assert find_accounts_with_aged_keys(directory, NOW + 9 * DAY) == [OTHER_ACCOUNT]
    assert enforce(directory, NOW + 9 * DAY) == []
    assert is_active(directory, key.access_key_id)


@pytest.mark.parametrize(
    ("then", "warned_again_on_day"),
    [
        # Later, while the key is younger: it is warned of when it comes to the new age.
        (30, 30),
        # Sooner, or the same: it is warned of already.
        (5, None),
        (10, None),
        # A later age that the key came to meanwhile.
        (12, None),
    ],
)
def test_a_later_age_warns_anew(directory: Directory, alice: User, then: int, warned_again_on_day: int | None) -> None:
    key = make_key(directory, alice)
    limit(directory, 10, None)
    assert enforce(directory, NOW + 10 * DAY) == [("AccessKeyAgeWarning", key)]
    limit(directory, then, None, now=NOW + 15 * DAY)
    days = [day for day in range(15, 40) if enforce(directory, NOW + day * DAY)]
    assert days == ([warned_again_on_day] if warned_again_on_day else [])


def test_an_age_that_is_taken_away_holds_no_longer(directory: Directory, alice: User) -> None:
    key = make_key(directory, alice)
    limit(directory, 1, 2)
    limit(directory, None, None)
    assert find_accounts_with_aged_keys(directory, NOW + 9 * DAY) == []
    assert enforce(directory, NOW + 9 * DAY) == []
    assert is_active(directory, key)


def test_it_is_done_in_portions_the_oldest_first(directory: Directory, alice: User) -> None:
    made = [make_key(directory, owner, NOW + number * SECOND) for number, owner in enumerate((alice, None, alice))]
    limit(directory, 1, 2)
    now = NOW + 2 * DAY + SECOND
    assert enforce(directory, now, most=1) == [("UpdateAccessKey", made[0])]
    assert enforce(directory, now, most=2) == [("AccessKeyAgeWarning", made[2]), ("UpdateAccessKey", made[1])]
    assert enforce(directory, now, most=2) == []

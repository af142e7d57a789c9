"""Nothing is lost: what becomes of each alert, whatever its channels and processes do."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.directory.alerts import Alert, Delivery, add_alert, list_alerts, retry_deliveries
from ostiary.directory.pages import PageRequest
from ostiary.server.alerting.delivery import deliver_next, dispatch_new, settle_unknown_channels
from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.plan import Channel, Plan, Retries, spread
from ostiary.server.jobs.forget_alerts import JOB
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId
from tests.server.alerting.telling import ACCOUNT, NOON, Clock, Told, alert, down

RETRIES = Retries()
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def keep(state: State, *alerts: Alert) -> None:
    with state.writing() as directory:
        for each in alerts or (alert(),):
            add_alert(directory, each)


def kept(state: State) -> list[Alert]:
    with state.reading() as directory:
        return list(list_alerts(directory, ACCOUNT, PageRequest(1000)).items)


def delivery(state: State, channel: str = "pager") -> Delivery:
    (one,) = (each for alert in kept(state) for each in alert.deliveries if each.channel == channel)
    return one


def deliver(state: State, channel: Channel, retries: Retries = RETRIES) -> int:
    """Deliver whatever is due, and return how many attempts that were."""
    count = 0
    while deliver_next(state, channel, retries):
        count += 1
    return count


def test_an_alert_goes_once_to_each_channel_that_takes_it(state: State) -> None:
    pager, mail, other = Told(), Told(), Told()
    channels = (pager.channel(), mail.channel("mail"), other.channel("other", accounts=frozenset({"444455556666"})))
    keep(state, alert("one"), alert("two"))
    for _ in range(2):
        dispatch_new(state, Plan(channels))
        for channel in channels:
            deliver(state, channel)
    for told in (pager, mail):
        assert sorted((each.alert.title, each.attempt) for each in told.messages) == [("one", 1), ("two", 1)]
    assert other.messages == []
    assert all(each.status == "delivered" and each.delivered_at == NOON for a in kept(state) for each in a.deliveries)


def test_what_fails_is_tried_again_ever_later_and_given_up_after_a_day(state: State, clock: Clock) -> None:
    pager = Told(failure=down)
    keep(state)
    dispatch_new(state, Plan((pager.channel(),)))
    tried_at: list[datetime] = []
    while delivery(state).status == "pending":
        due = delivery(state).next_attempt_at
        assert due is not None
        clock.now = due - SECOND
        assert deliver(state, pager.channel()) == 0
        clock.now = due
        assert deliver(state, pager.channel()) == 1
        tried_at.append(due)
    waits = [after - before for before, after in pairwise(tried_at)]
    assert all(10 <= wait.total_seconds() <= 13 for wait in waits[:1])
    assert all(3600 <= wait.total_seconds() <= 4321 for wait in waits[-5:])
    assert timedelta(hours=22) < tried_at[-1] - NOON < timedelta(hours=30)
    assert [each.attempt for each in pager.messages] == list(range(1, len(tried_at) + 1))
    assert len({each.alert.alert_id for each in pager.messages}) == 1
    failed = delivery(state)
    assert (failed.status, failed.next_attempt_at, failed.last_error) == ("failed", None, "it is down")
    clock.now += DAY
    assert deliver(state, pager.channel()) == 0


def test_what_was_given_up_is_sent_again_when_somebody_says_so(state: State, clock: Clock) -> None:
    pager = Told(failure=lambda: NotDelivered("gone", is_final=True))
    keep(state)
    dispatch_new(state, Plan((pager.channel(),)))
    deliver(state, pager.channel())
    assert (delivery(state).status, delivery(state).attempts) == ("failed", 1)
    pager.failure = down
    with state.writing() as directory:
        assert retry_deliveries(directory, ACCOUNT, None, now=clock.now) == 1
    # With all its attempts before it again.
    assert deliver(state, pager.channel()) == 1
    first_wait = delivery(state).next_attempt_at
    assert first_wait is not None
    assert first_wait - clock.now <= 13 * SECOND
    pager.failure, clock.now = None, first_wait
    deliver(state, pager.channel())
    assert [each.attempt for each in pager.messages] == [1, 2, 3]
    assert delivery(state).status == "delivered"


@pytest.mark.parametrize(
    ("asked", "least"), [(None, 10), (timedelta(seconds=5), 10), (timedelta(minutes=30), 1800), (DAY, 86_400)]
)
def test_a_channel_gets_the_time_it_asks_for(state: State, asked: timedelta | None, least: int) -> None:
    pager = Told(failure=lambda: NotDelivered("busy", retry_after=asked))
    keep(state)
    dispatch_new(state, Plan((pager.channel(),)))
    deliver(state, pager.channel())
    due = delivery(state).next_attempt_at
    assert due is not None
    assert least <= (due - NOON).total_seconds() <= max(least, 13)


class Killed(BaseException):
    """As a process that is killed leaves things."""


def test_an_attempt_that_nobody_hears_of_is_made_again_and_says_so(state: State, clock: Clock) -> None:
    pager = Told(failure=Killed)  # type: ignore[arg-type] # worse than an exception
    channel = pager.channel()
    keep(state)
    dispatch_new(state, Plan((channel,)))
    with pytest.raises(Killed):
        deliver(state, channel)
    # Meanwhile it is nobody else's, for as long as it can take.
    clock.now += 19 * SECOND
    assert deliver(state, channel) == 0
    pager.failure, clock.now = None, clock.now + 2 * SECOND
    assert deliver(state, channel) == 1
    first, second = pager.messages
    assert (first.alert.alert_id, first.attempt, second.attempt) == (second.alert.alert_id, 1, 2)


def test_a_late_failure_takes_back_nothing(state: State, clock: Clock) -> None:
    channel = Told().channel()

    def slow(_: object) -> None:
        # It takes too long, so that somebody else takes it, and succeeds.
        clock.now += MINUTE
        assert deliver(state, channel) == 1
        raise NotDelivered("late")

    keep(state)
    dispatch_new(state, Plan((channel,)))
    deliver_next(state, Channel("pager", slow), RETRIES)
    assert (delivery(state).status, delivery(state).last_error) == ("delivered", None)


def test_one_that_fails_in_a_way_nobody_foresaw_is_tried_again(state: State, caplog: pytest.LogCaptureFixture) -> None:
    pager = Told(failure=lambda: KeyError("x"))
    keep(state)
    dispatch_new(state, Plan((pager.channel(),)))
    assert deliver(state, pager.channel()) == 1
    assert (delivery(state).status, delivery(state).last_error) == ("pending", "unforeseen: KeyError")
    assert "the channel pager failed in a way that nobody foresaw" in caplog.text


def test_what_a_receiver_says_cannot_forge_a_line(state: State, caplog: pytest.LogCaptureFixture) -> None:
    pager = Told(failure=lambda: NotDelivered("no\nforged \x1b[2J\0"))
    keep(state)
    dispatch_new(state, Plan((pager.channel(),)))
    deliver(state, pager.channel())
    assert delivery(state).last_error == r"no\nforged \x1b[2J\x00"
    assert "\nforged" not in caplog.text


def test_lesser_alerts_cannot_hold_back_graver_ones(state: State, clock: Clock) -> None:
    pager = Told()
    channel = pager.channel(per_hour=16)
    plan = Plan((channel,))

    def come(severity: str, count: int) -> list[str]:
        for _ in range(count):
            keep(state, alert(severity, severity=severity))
        dispatch_new(state, plan)
        pager.messages.clear()
        deliver(state, channel)
        return [each.alert.severity for each in pager.messages]

    # A quarter is kept for what is grave, and half of that for what is gravest.
    assert come("LOW", 40) == ["LOW"] * 12
    assert come("MEDIUM", 1) == []
    assert come("HIGH", 5) == ["HIGH"] * 2
    assert come("CRITICAL", 3) == ["CRITICAL"] * 2
    # Nothing is dropped, and the gravest of what waits comes first.
    clock.now += timedelta(hours=1)
    assert come("HIGH", 0) == ["CRITICAL", *["HIGH"] * 3, "MEDIUM", *["LOW"] * 7]
    clock.now += timedelta(hours=2)
    assert come("HIGH", 0) == ["LOW"] * 12


def test_one_account_cannot_hold_back_anothers(state: State) -> None:
    pager = Told()
    channel = pager.channel(per_hour=2)
    other = AccountId("444455556666")
    keep(state, *(alert() for _ in range(5)), alert("theirs", account=other))
    dispatch_new(state, Plan((channel,)))
    assert deliver(state, channel) == 3
    assert [each.alert.account for each in pager.messages].count(other) == 1


def test_no_more_than_so_many_an_hour_and_the_rest_waits(state: State, clock: Clock) -> None:
    pager = Told()
    channel = pager.channel(per_hour=3)
    keep(state, *(alert(str(number)) for number in range(8)))
    dispatch_new(state, Plan((channel,)))
    assert deliver(state, channel) == 3
    # Each says how much waits behind it.
    assert [each.waiting for each in pager.messages] == [7, 6, 5]
    waiting = {each.next_attempt_at for a in kept(state) for each in a.deliveries if each.status == "pending"}
    assert waiting == {NOON + timedelta(hours=1)}
    clock.now += timedelta(minutes=59)
    assert deliver(state, channel) == 0
    clock.now += MINUTE
    assert deliver(state, channel) == 3
    clock.now += timedelta(hours=1)
    assert deliver(state, channel) == 2
    assert sorted(each.alert.title for each in pager.messages) == sorted(map(str, range(8)))
    assert {each.attempt for each in pager.messages} == {1}


def test_without_channels_alerts_are_kept_and_not_sent_later(state: State) -> None:
    pager = Told()
    keep(state)
    dispatch_new(state, Plan())
    dispatch_new(state, Plan((pager.channel(),)))
    assert deliver(state, pager.channel()) == 0
    assert kept(state)[0].deliveries == ()


def test_what_waits_for_a_channel_that_is_gone_is_given_up_visibly(state: State) -> None:
    pager, mail = Told(failure=down), Told(failure=down)
    keep(state)
    dispatch_new(state, Plan((pager.channel(), mail.channel("mail"))))
    settle_unknown_channels(state, Plan())
    assert delivery(state).status == "pending"
    settle_unknown_channels(state, Plan((mail.channel("mail"),)))
    assert (delivery(state).status, delivery(state, "mail").status) == ("failed", "pending")
    assert delivery(state).last_error == "there is no channel of this name any more"


def test_what_is_old_and_delivered_is_forgotten(state: State, clock: Clock) -> None:
    pager = Told()
    channel = pager.channel()

    def sent(title: str, made_at: datetime, failure: Any = None) -> None:
        pager.failure = failure
        keep(state, alert(title, created_at=made_at))
        dispatch_new(state, Plan((channel,)))
        deliver_next(state, channel, RETRIES)

    old = NOON - timedelta(days=90, seconds=1)
    sent("old", old)
    sent("given up", old, lambda: NotDelivered("gone", is_final=True))
    sent("waiting", old, down)
    sent("new", NOON - timedelta(days=90))
    keep(state, alert("not dispatched", created_at=old))
    assert JOB.is_needed is not None
    with state.reading() as directory:
        assert JOB.is_needed(directory, clock.now)
    JOB.run(state, clock.now)
    assert {each.title for each in kept(state)} == {"given up", "waiting", "new", "not dispatched"}
    with state.reading() as directory:
        assert not JOB.is_needed(directory, clock.now)


@given(
    st.integers(1, 3_600).map(lambda seconds: timedelta(seconds=seconds)),
    st.integers(1, 86_400).map(lambda seconds: timedelta(seconds=seconds)),
)
def test_waits_grow_to_the_longest_and_end_in_time(first: timedelta, longest: timedelta) -> None:
    retries = Retries(first, longest, DAY)
    waits: list[timedelta] = []
    while (wait := retries.wait_after(len(waits) + 1)) is not None and len(waits) < 100:
        waits.append(wait)
    assert waits == sorted(waits)
    assert all(wait <= longest for wait in waits)
    assert sum(waits, timedelta()) <= DAY
    assert all(wait <= spread(wait) <= 1.2 * wait for wait in waits[:5])


def test_a_channel_that_never_comes_back_is_given_up_however_long_it_asks() -> None:
    assert RETRIES.wait_after(10_000) is None

"""One step of sending alerts: settling where new ones go, and making one attempt."""

import logging

from ostiary.directory import alert_deliveries as deliveries
from ostiary.directory.alert_deliveries import Attempt
from ostiary.directory.alerts import dispatch_alert, give_up_unknown_channels, list_undispatched
from ostiary.governance.controls.control import Severity
from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.message import Message
from ostiary.server.alerting.plan import WINDOW, Channel, Plan, Retries, spread, whole_second
from ostiary.server.state import State
from ostiary.server.telemetry import metrics
from ostiary.server.telemetry.one_line import one_line

_log = logging.getLogger(__name__)

_MOST_AT_ONCE = 100
_GRAVEST_FIRST = tuple(severity.value for severity in Severity)
_NO_CHANNEL = "there is no channel of this name any more"


def settle_unknown_channels(state: State, plan: Plan) -> None:
    """Give up what waits for channels that the settings know no longer; without any channels nothing is given up."""
    if plan.channels:
        with state.writing() as directory:
            give_up_unknown_channels(directory, [channel.name for channel in plan.channels], reason=_NO_CHANNEL)


def dispatch_new(state: State, plan: Plan) -> None:
    """Settle for each new alert which channels it goes to."""
    while True:
        with state.reading() as directory:
            if not list_undispatched(directory, most=1):
                return
        with state.writing() as directory:
            # Read anew: another process may have been quicker.
            alerts = list_undispatched(directory, most=_MOST_AT_ONCE)
            for alert in alerts:
                channels = [channel.name for channel in plan.channels if channel.takes(alert)]
                dispatch_alert(directory, alert, channels, now=state.clock())
        for alert in alerts:
            metrics.alert_raised(alert.kind)


def deliver_next(state: State, channel: Channel, retries: Retries) -> bool:
    """Make the next attempt that is due for a channel, and note what came of it; False when none is due.

    The attempt is made in no transaction. Who takes it has it for as long as it can take, so that of several processes
    one makes it; it is made again when nothing is heard of it by then.
    """
    attempt = _take(state, channel)
    if attempt is None:
        return False
    try:
        channel.send(Message(attempt.alert, attempt.number, state.clock(), attempt.waiting))
    except NotDelivered as failure:
        _note_failure(state, attempt, failure, retries)
        return True
    except Exception as error:  # noqa: BLE001 - logged; or it would be tried again at once, and for ever
        _log.exception("the channel %s failed in a way that nobody foresaw", channel.name)
        _note_failure(state, attempt, NotDelivered(f"unforeseen: {type(error).__name__}"), retries)
        return True
    with state.writing() as directory:
        deliveries.note_delivered(directory, attempt, now=state.clock())
    metrics.alert_delivered("ok")
    return True


def _take(state: State, channel: Channel) -> Attempt | None:
    with state.writing() as directory:
        now = state.clock()
        while due := deliveries.find_due(directory, channel.name, _GRAVEST_FIRST, now=now):
            account, severity = due.alert.account, due.alert.severity
            limit = channel.most_per_hour(Severity(severity))
            opens_at = deliveries.room_opens_at(directory, channel.name, account, limit=limit, window=WINDOW, now=now)
            if opens_at is None:
                # Finding the receiver's address has no end of its own, hence twice the time.
                return deliveries.take_delivery(directory, due, until=whole_second(now + 2 * channel.timeout))
            deliveries.hold_back(directory, channel.name, account, severity, until=opens_at, now=now)
    return None


def _note_failure(state: State, attempt: Attempt, failure: NotDelivered, retries: Retries) -> None:
    wait = None if failure.is_final else retries.wait_after(attempt.since_begun)
    if wait is not None:
        wait = max(spread(wait), failure.retry_after or wait)
    next_attempt_at = None if wait is None else whole_second(state.clock() + wait)
    # A receiver chose some of the words.
    reason = one_line(str(failure))
    with state.writing() as directory:
        deliveries.note_failure(directory, attempt, reason, next_attempt_at=next_attempt_at)
    metrics.alert_delivered("given_up" if next_attempt_at is None else "failed")
    level = logging.ERROR if next_attempt_at is None else logging.WARNING
    given_up = "; it is not tried again" if next_attempt_at is None else ""
    _log.log(
        level,
        "the channel %s did not get the alert %s: %s%s",
        attempt.channel,
        attempt.alert.alert_id,
        reason,
        given_up,
    )

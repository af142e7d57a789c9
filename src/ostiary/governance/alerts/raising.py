"""Raising alerts, in the transaction of the events that give rise to them."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ostiary.audit import AuditEvent
from ostiary.audit.event_ids import first_event_id, new_event_id
from ostiary.audit.write import as_kept
from ostiary.directory.alerts import Alert, add_alert, count_repeats, find_latest_alert
from ostiary.directory.directory import Directory
from ostiary.governance.alerts import root
from ostiary.governance.alerts.evidence import DirectoryEvidence
from ostiary.governance.alerts.kinds import KINDS, RULE_FAILED, Kind
from ostiary.governance.alerts.raised import Raised, actor_of
from ostiary.governance.alerts.rules import find_rule
from ostiary.governance.controls.control import Severity
from ostiary.values.identifiers import AccountId

_TOLD = (
    "eventID",
    "eventTime",
    "eventSource",
    "eventName",
    "errorCode",
    "sourceIPAddress",
    "userAgent",
    "requestID",
)
"""What an alert tells of its event; the rest stands in the trail."""

_log = logging.getLogger(__name__)

_LONGEST_TITLE = 500
"""Names can be made up, as of operations that there are none of."""
_LONGEST_SUBJECT = 2048
"""What the column takes."""


@dataclass(slots=True)
class _Happened:
    """The same thing, once or several times."""

    first: AuditEvent
    raised: Raised
    times: int = 1

    @property
    def kind(self) -> Kind:
        return KINDS[self.raised.kind]

    @property
    def severity(self) -> Severity:
        return self.raised.severity or self.kind.severity

    @property
    def title(self) -> str:
        return as_kept(self.raised.title)[:_LONGEST_TITLE]

    @property
    def subject(self) -> str | None:
        return None if self.raised.subject is None else as_kept(self.raised.subject)[:_LONGEST_SUBJECT]

    @property
    def same(self) -> tuple[str | Severity | None, ...]:
        """What it has in common with what it would only be counted in."""
        title = self.title if self.kind.by_title else None
        return self.first.account, self.raised.kind, self.subject, self.severity, title


def raise_alerts(directory: Directory, events: Sequence[AuditEvent]) -> None:
    """Keep an alert of each event that people are to know of.

    Args:
        directory: the writing transaction that the events are written in.
        events: of one account or several, in the order in which they happened.
    """
    happened: list[_Happened] = []
    quiet: dict[tuple[str | Severity | None, ...], _Happened] = {}
    for event in events:
        for raised in _raised_by(directory, event):
            one = _Happened(event, raised)
            if one.kind.quiet is None:
                happened.append(one)
            elif one.same in quiet:
                quiet[one.same].times += 1
            else:
                quiet[one.same] = one
                happened.append(one)
    for one in happened:
        _keep(directory, one)


def _raised_by(directory: Directory, event: AuditEvent) -> Iterator[Raised]:
    rule = find_rule(event)
    if rule is not None:
        try:
            yield from list(rule(event, DirectoryEvidence(directory, AccountId(event.account), event.event_id)))
        except Exception:  # noqa: BLE001 - logged and told of; see below
            # An alert too few is better than a record too few: the event stays, and so does what it is about.
            _log.exception("the alert rule of %s was broken by event %s", event.name, event.event_id)
            yield Raised(RULE_FAILED, f"An alert rule broke on an event {event.name}; look at that event", None)
    if root.is_by_root(event):
        yield from root.used(event)


def _keep(directory: Directory, one: _Happened) -> None:
    account, event, raised = AccountId(one.first.account), one.first, one.raised
    kind = one.kind
    if kind.quiet is not None:
        latest = find_latest_alert(
            directory,
            account,
            raised.kind,
            one.subject,
            since_id=first_event_id(int((event.time - kind.quiet).timestamp())),
            severities=[each.value for each in Severity if each.rank <= one.severity.rank],
            title=one.title if kind.by_title else None,
        )
        if latest is not None:
            count_repeats(directory, latest, one.times)
            return
    told = {name: event.body[name] for name in _TOLD if name in event.body}
    actor = actor_of(event)
    content = {"event": told, **({"actor": actor} if actor else {}), "repeated": one.times - 1}
    add_alert(
        directory,
        Alert(
            account,
            new_event_id(event.time),
            raised.kind,
            one.severity.value,
            one.title,
            one.subject,
            event.event_id,
            content,
            event.time,
        ),
    )

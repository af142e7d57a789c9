"""Settings of an account that let somebody in, let a record go, or take people's keys."""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, number_in, parameters_of
from ostiary.values.arn import root_arn

_REQUIRED = "mfaRequired"
_RETENTION = "trailRetentionDays"
_KEY_AGE = "accessKeyMaximumDays"


def changed(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell when people need no second factor any more, and when events or access keys are to last less long.

    What was so before is what the trail says; where it says nothing, the setting is new.
    """
    about = root_arn(evidence.account)
    if _needs_no_second_factor(event, evidence):
        title = "People can sign in to the console without a second factor from now on"
        yield Raised("mfa-no-longer-required", title, about)
    if days := _shortened(event, evidence, _RETENTION):
        yield Raised("trail-retention-shortened", f"Events are deleted after {_in_words(days)} from now on", about)
    if days := _shortened(event, evidence, _KEY_AGE):
        title = f"Access keys are deactivated after {_in_words(days)} from now on"
        yield Raised("access-key-limit-shortened", title, about)


def _needs_no_second_factor(event: AuditEvent, evidence: Evidence) -> bool:
    if parameters_of(event).get(_REQUIRED) is not False:
        return False
    before = (asked[_REQUIRED] for asked in evidence.earlier(event.name, event.source) if _REQUIRED in asked)
    return bool(next(before, True))


def _shortened(event: AuditEvent, evidence: Evidence, setting: str) -> int | None:
    """Return a number of days that was set where there was none, or is less than before; 0 takes a setting away."""
    days = number_in(parameters_of(event), setting)
    if not days:
        return None
    earlier = (number_in(asked, setting) for asked in evidence.earlier(event.name, event.source) if setting in asked)
    before = next(earlier, None)
    return days if not before or days < before else None


def _in_words(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"

"""The kinds of alerts: how grave each is, and what whoever gets one should do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from ostiary.governance.controls.control import Severity

TEST = "test"
RULE_FAILED = "rule-failed"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of alert."""

    name: str
    severity: Severity
    """Of each, unless the event says otherwise."""
    advice: str
    quiet: timedelta | None = None
    """For so long one alert of the kind about the same subject is enough; what happens meanwhile is counted in it,
    unless it is graver."""
    by_title: bool = False
    """Only what is told in the same words is the same."""


_HOUR = timedelta(hours=1)
_TEN_MINUTES = timedelta(minutes=10)
_MINUTE = timedelta(minutes=1)

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind(
                "root-sign-in",
                Severity.HIGH,
                "If nobody was meant to use the root user, run `ostiary root reset`, which lets you choose another "
                "password, and look through the trail for what the root user did.",
            ),
            Kind(
                "root-activity",
                Severity.HIGH,
                "If nobody was meant to use the root user, delete its access keys, choose another password, and look "
                "through the trail for what it did. Daily work is for users and roles.",
                quiet=_HOUR,
            ),
            Kind(
                "root-access-key-created",
                Severity.CRITICAL,
                "Delete the key, unless you made it for a task that takes it: no policy limits it. Use a role instead.",
            ),
            Kind(
                "root-password-recovery",
                Severity.CRITICAL,
                "If no operator started it, find out who has access to the machine that Ostiary runs on.",
            ),
            Kind(
                "mfa-removed",
                Severity.HIGH,
                "If the device was not lost or replaced, sign out whose it was, and have another registered.",
            ),
            Kind(
                "mfa-device-deleted",
                Severity.LOW,
                "Nothing, if the device was replaced: one that is deleted was nobody's any more.",
                quiet=_HOUR,
            ),
            Kind(
                "mfa-no-longer-required",
                Severity.HIGH,
                "Require a second factor again in the account's settings, unless this was agreed on.",
            ),
            Kind(
                "policy-opened-wide",
                Severity.HIGH,
                "Check that whoever the policy is attached to is to be an administrator; if not, detach it or set the "
                "version before as its default.",
                # Whoever mends it and is not heeded is to hear of it soon.
                quiet=_TEN_MINUTES,
                by_title=True,
            ),
            Kind(
                "role-opened-to-anybody",
                Severity.CRITICAL,
                "Name in the role's trust policy who may assume it, at once: as it is, anybody can who has an account.",
            ),
            Kind(
                "role-opened-to-account",
                Severity.HIGH,
                "Check that the account is meant, and ask it for an external ID (sts:ExternalId) in the trust policy.",
            ),
            Kind(
                "access-key-aged",
                Severity.MEDIUM,
                "Replace the key: `ostiary keys rotate` leads through it.",
            ),
            Kind(
                "access-key-deactivated",
                Severity.MEDIUM,
                "What still works with the key is refused from now on: give it a new key, or better a role.",
            ),
            Kind(
                "sign-in-lockout",
                Severity.MEDIUM,
                "Ask whose name it is. If they did not mistype it, somebody is guessing: see to a second factor, and "
                "look in the trail where the attempts come from.",
                quiet=_HOUR,
            ),
            Kind(
                "trail-broken",
                Severity.CRITICAL,
                "Somebody or something changed the record. Keep a copy of the database as it is, and find the place "
                "with `ostiary trail verify`.",
            ),
            Kind(
                "trail-changed",
                Severity.HIGH,
                "If no operator meant to, find out who has access to the machine that Ostiary runs on and to its "
                "database, and verify the trail against what was exported of it (`ostiary trail verify --against`).",
                quiet=_HOUR,
                by_title=True,
            ),
            Kind(
                "trail-retention-shortened",
                Severity.HIGH,
                "Set the number of days back (0 keeps events for ever), unless this was agreed on: what is older is "
                "deleted within a day.",
            ),
            Kind(
                "access-key-limit-shortened",
                Severity.MEDIUM,
                "Set the limit back, unless this was agreed on: keys that are older stop working.",
            ),
            Kind(
                "password-policy-weakened",
                Severity.MEDIUM,
                "Set the password policy back, unless this was agreed on.",
            ),
            Kind(
                "control-failed",
                Severity.HIGH,
                "Open the finding in the console: it says how to mend it.",
                quiet=_HOUR,
                by_title=True,
            ),
            Kind(
                RULE_FAILED,
                Severity.HIGH,
                "Look at the event: it may be one that should have made an alert. The server's log has the fault.",
                quiet=_HOUR,
            ),
            Kind(TEST, Severity.INFORMATIONAL, "Nothing: this is how alerts arrive here.", quiet=_MINUTE),
        )
    }
)
"""All of them, by name."""

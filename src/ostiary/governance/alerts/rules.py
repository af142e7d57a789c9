"""Which events give rise to alerts: by their source and name, so that every other costs one look-up."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.audit import BACKGROUND, AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts import background, mfa, passwords, policies, root, settings, sign_in, trail, trust
from ostiary.governance.alerts.raised import Rule

_IAM = "iam.amazonaws.com"
_SIGN_IN = root.SIGN_IN_PAGE

DONE: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        (_SIGN_IN, "ConsoleLogin"): root.signed_in,
        (_SIGN_IN, "PasswordRecoveryRequested"): root.recovery_requested,
        (_SIGN_IN, "PasswordRecoveryCompleted"): root.recovery_completed,
        (_IAM, "CreateAccessKey"): root.key_created,
        (_IAM, "DeactivateMFADevice"): mfa.deactivated,
        (_IAM, "DeleteVirtualMFADevice"): mfa.deleted,
        (BACKGROUND, "UpdateAccountSettings"): settings.changed,
        (_IAM, "CreatePolicy"): policies.created,
        (_IAM, "CreatePolicyVersion"): policies.version_created,
        (_IAM, "SetDefaultPolicyVersion"): policies.default_set,
        **{(_IAM, f"Attach{kind.value}Policy"): policies.attached(kind) for kind in EntityKind},
        **{(_IAM, f"Put{kind.value}Policy"): policies.put(kind) for kind in EntityKind},
        (_IAM, "CreateRole"): trust.trust_changed,
        (_IAM, "UpdateAssumeRolePolicy"): trust.trust_changed,
        (_IAM, "UpdateAccountPasswordPolicy"): passwords.updated,
        (_IAM, "DeleteAccountPasswordPolicy"): passwords.deleted,
        (_IAM, "AccessKeyAgeWarning"): background.key_aged,
        (BACKGROUND, "AccessKeyAgeWarning"): background.key_aged,
        (_IAM, "UpdateAccessKey"): background.key_updated,
        (BACKGROUND, "UpdateAccessKey"): background.key_updated,
        (BACKGROUND, "TrailBroken"): trail.broken,
        (BACKGROUND, "TrailBegan"): trail.begun_anew,
        (BACKGROUND, "ResumeTrail"): trail.resumed,
        (BACKGROUND, "PruneTrail"): trail.pruned,
        (BACKGROUND, "FindingFailed"): background.control_failed,
        (BACKGROUND, "SendTestAlert"): background.trial_asked_for,
    }
)
"""Of what was done."""

REFUSED: Mapping[tuple[str, str], Rule] = MappingProxyType(
    {
        (_SIGN_IN, name): sign_in.held_back
        for name in ("ConsoleLogin", "CheckMfa", "EnableMFADevice", "PasswordRecoveryCompleted")
    }
)
"""Of what was tried and did not succeed."""


def find_rule(event: AuditEvent) -> Rule | None:
    """Return the rule that an event is held to, or None."""
    if event.source == _SIGN_IN and not root.is_of_the_page(event):
        return None
    return (DONE if event.error_code is None else REFUSED).get((event.source, event.name))

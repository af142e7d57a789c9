"""What is done as the root user, whom no policy limits.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
"""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, parameters_of
from ostiary.values.arn import root_arn
from ostiary.values.identifiers import AccountId

SIGN_IN_PAGE = "signin.amazonaws.com"


def is_of_the_page(event: AuditEvent) -> bool:
    """Tell whether an event is of the sign-in page, and not of a call whose service somebody named like it."""
    return event.source == SIGN_IN_PAGE and event.body.get("eventType") == "AwsConsoleSignIn"


def is_by_root(event: AuditEvent) -> bool:
    """Tell whether the root user did it, or somebody whom it federated."""
    return event.principal_id == event.account


def used(event: AuditEvent) -> Iterator[Raised]:
    """Tell of calls that the root user makes, whatever comes of them."""
    if is_by_root(event) and not is_of_the_page(event):
        yield _about("root-activity", event, f"The root user called {event.name}")


def signed_in(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of the root user signing in."""
    if is_by_root(event):
        yield _about("root-sign-in", event, "The root user signed in to the console")


def key_created(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of an access key of the root user's own, which nobody else can make."""
    if is_by_root(event) and "userName" not in parameters_of(event):
        yield _about("root-access-key-created", event, "An access key was made for the root user")


def recovery_requested(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of a code with which the root user's password can be set."""
    yield _about("root-password-recovery", event, "A code to set a new root password was made at the server")


def recovery_completed(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of the root user's password having been set with it."""
    yield _about("root-password-recovery", event, "A new root password was set with a recovery code")


def _about(kind: str, event: AuditEvent, title: str) -> Raised:
    return Raised(kind, title, root_arn(AccountId(event.account)))

"""Recording what happened, with all that follows from it: the one way that events are written."""

from collections.abc import Sequence

from ostiary.audit import AuditEvent, write_events
from ostiary.directory.directory import Directory
from ostiary.governance.alerts import raise_alerts


def record_events(directory: Directory, events: Sequence[AuditEvent]) -> None:
    """Write events and raise the alerts they give rise to, in the transaction of what they are about.

    Args:
        directory: a writing transaction.
        events: of one account or several, in the order in which they happened.
    """
    raise_alerts(directory, write_events(directory.connection, directory.sealer, events))

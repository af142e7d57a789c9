"""Pruning an account's trail, some events at a time, and on the record."""

from collections.abc import Iterator
from datetime import datetime

from ostiary.audit import describe_deed, prune_portion
from ostiary.governance import record_events
from ostiary.server.state import State
from ostiary.values.identifiers import AccountId


def prune_trail(
    state: State,
    account: AccountId,
    before: datetime,
    *,
    now: datetime,
    retention_days: int | None = None,
    breaks_too: bool = False,
) -> Iterator[int]:
    """Delete what is older than a moment; yield how many events went, a transaction at a time, each with its event.

    Args:
        state: the installation.
        account: whose trail it is.
        before: events from this moment on stay, and the last one stays.
        now: the present moment.
        retention_days: the setting by which it is done; None when the operator does it.
        breaks_too: prune what is not what was recorded too.

    Raises:
        TrailDamaged: the trail is not what was recorded where it would have to be pruned.
    """
    done = False
    while not done:
        with state.writing() as directory:
            pruned = prune_portion(directory.connection, directory.sealer, account, before, breaks_too=breaks_too)
            if pruned is not None:
                facts = {"Before": before, "TrailRetentionDays": retention_days}
                parameters = {name: fact for name, fact in facts.items() if fact is not None}
                output = {"Events": pruned.events, "LastSequence": pruned.last_sequence}
                record_events(
                    directory, [describe_deed("PruneTrail", account, now=now, parameters=parameters, output=output)]
                )
        if pruned is None:
            done = True
        else:
            yield pruned.events

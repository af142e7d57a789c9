"""Keeps outside of the database where the trails end, and tells of those that do not hold what was kept of them."""

from datetime import datetime, timedelta

from ostiary.server.jobs.broken_trail import tell_of_breaks
from ostiary.server.jobs.job import Job
from ostiary.server.state import State
from ostiary.server.trail_heads import compare_heads


def keep_heads(state: State, now: datetime) -> None:
    """Compare all trails with what is kept of their ends, then keep the ends they have now.

    A trail that was set back is not kept further, so that it is told of whenever it is verified.

    Raises:
        TrailHeadsBroken: what is kept is not what the server wrote.
    """
    if state.heads is None:
        return
    # Read before the transaction begins, so that no trail can have come less far in it.
    kept = state.heads.read()
    with state.reading() as directory:
        ends, breaks = compare_heads(directory, kept)
    state.heads.keep(ends)
    for account, broken in breaks.items():
        tell_of_breaks(state, account, [broken], now)


JOB = Job("keep-heads", timedelta(minutes=1), keep_heads)

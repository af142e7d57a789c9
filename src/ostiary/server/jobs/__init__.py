"""Work that is done without anybody's call, each kind in a file of its own."""

from ostiary.server.jobs import evaluate_controls, forget_alerts, keep_heads, key_age, prune_trail, verify_trail
from ostiary.server.jobs.job import Job
from ostiary.server.jobs.schedule import Schedule

JOBS: tuple[Job, ...] = (
    key_age.JOB,
    forget_alerts.JOB,
    evaluate_controls.JOB,
    prune_trail.JOB,
    keep_heads.JOB,
    verify_trail.JOB,
)
"""All of them, in the order in which they are looked at."""

__all__ = ["JOBS", "Job", "Schedule"]

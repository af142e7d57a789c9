"""Findings: what controls say of an account, kept with how it came to be so and what people made of it."""

from ostiary.governance.findings.evaluation import Evaluation, evaluate_account, list_failing
from ostiary.governance.findings.events import describe_breakage, describe_first_evaluation
from ostiary.governance.findings.keeping import find_outdated, keep_findings
from ostiary.governance.findings.lifecycle import looked_into
from ostiary.governance.findings.naming import control_id, find_control, list_controls
from ostiary.governance.findings.standing import (
    Standing,
    begin_evaluation,
    end_evaluation,
    find_standing,
    list_accounts_due,
)

__all__ = [
    "Evaluation",
    "Standing",
    "begin_evaluation",
    "control_id",
    "describe_breakage",
    "describe_first_evaluation",
    "end_evaluation",
    "evaluate_account",
    "find_control",
    "find_outdated",
    "find_standing",
    "keep_findings",
    "list_accounts_due",
    "list_controls",
    "list_failing",
    "looked_into",
]

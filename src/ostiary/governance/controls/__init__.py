"""Control rules: what an account is held to, asked of facts alone."""

from ostiary.governance.controls.control import Control, Finding, Result, Severity, Status
from ostiary.governance.controls.errors import FactsFileError
from ostiary.governance.controls.evaluate import evaluate
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.from_directory import account_facts
from ostiary.governance.controls.from_files import FactsFile, facts_from_files
from ostiary.governance.controls.registry import CONTROLS

__all__ = [
    "CONTROLS",
    "AccountFacts",
    "Control",
    "FactsFile",
    "FactsFileError",
    "Finding",
    "Result",
    "Severity",
    "Status",
    "account_facts",
    "evaluate",
    "facts_from_files",
]

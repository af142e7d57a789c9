"""ScoutSuite's rules about IAM. What it needs takes four minutes and 0.6 GB, so it is tried by hand.

Set up and run, in the repository's folder:

    python3 -m venv .venv-clients-scoutsuite
    .venv-clients-scoutsuite/bin/pip install scoutsuite
    .venv/bin/pytest tests/clients/manual/scoutsuite.py
"""

import json
from pathlib import Path
from typing import Any

from tests.clients.accounts import careless
from tests.clients.tools import installed
from tests.conftest import RunningServer

FLAGGED = {
    "iam-managed-policy-allows-full-privileges": 2,  # AdministratorAccess and `everything`.
    "iam-role-with-inline-policies": 1,
    "iam-root-account-no-mfa": 1,
    "iam-user-with-password-and-key": 2,
    "iam-user-without-mfa": 2,
    "iam-password-policy-minimum-length": 1,
}


def test_scoutsuite_flags_what_is_careless(server: RunningServer, iam: Any, tmp_path: Path) -> None:
    careless(iam)
    words = ["aws", "--services", "iam", "--no-browser", "--report-dir", str(tmp_path)]
    installed("scoutsuite", "scout").run(server, server.admin, *words)
    (exceptions,) = tmp_path.glob("scoutsuite-results/scoutsuite_exceptions_*.js")
    assert read(exceptions) == {}
    (results,) = tmp_path.glob("scoutsuite-results/scoutsuite_results_*.js")
    report = read(results)
    assert report["account_id"] == server.account_id
    found = report["services"]["iam"]["findings"]
    assert {rule: found[rule]["flagged_items"] for rule in FLAGGED} == FLAGGED


def read(file: Path) -> Any:
    """Read a report: one line of JavaScript, then JSON."""
    return json.loads(file.read_text().partition("\n")[2])

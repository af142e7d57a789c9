"""The pytest plugin: the `policies` fixture, files named `*.policytest.yaml`, and the reason beside a failed assertion.

pytest loads this module in every run of whoever has Ostiary installed, so it imports nothing of weight until a test
asks for it.
"""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ostiary.testing.case_files import CaseFile
    from ostiary.testing.under_test import Policies, Result

_SUFFIXES = (".policytest.json", ".policytest.yaml", ".policytest.yml")
_ASKED = pytest.StashKey[list["Result"]]()


@pytest.fixture
def policies(request: pytest.FixtureRequest) -> "Policies":
    """Puts policies under test: called with policy files and a principal, returns what can be asked.

    Paths are relative to the test's file. See docs/testing-policies.md.
    """
    from ostiary.testing.under_test import Policies  # noqa: PLC0415 - see the module

    asked: list[Result] = []
    request.node.stash[_ASKED] = asked
    return Policies(request.path.parent, asked.append)


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> "CaseFile | None":
    """Collect files of policy tests."""
    if not file_path.name.endswith(_SUFFIXES):
        return None
    from ostiary.testing.case_files import CaseFile  # noqa: PLC0415 - see the module

    return CaseFile.from_parent(parent, path=file_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failed assertion why the last answer came out as it did."""
    report = yield
    asked = item.stash.get(_ASKED, [])
    if call.when == "call" and asked and call.excinfo is not None and call.excinfo.errisinstance(AssertionError):
        report.sections.append(("what the policies say", str(asked[-1])))
    return report

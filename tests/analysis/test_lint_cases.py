"""Each check with what makes it speak, in these words and at this place, and with what leaves it silent."""

from typing import Any

import pytest

from ostiary.analysis.lint import CHECKS, lint_policy
from tests.analysis.lint_cases import KINDS, cases, cut, policy_text

CASES = list(cases())
IDS = [f"{name}-{case['code']}{'-' if 'note' in case else ''}{case.get('note', '')}" for name, case in CASES]


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_speaks(case: dict[str, Any]) -> None:
    kind = case.get("kind", "identity")
    text = policy_text(kind, case["fires"])
    (finding,) = [each for each in lint_policy(text, KINDS[kind]) if each.code == case["code"]]
    said = {"message": finding.message, "help": finding.help, "marked": cut(text, finding.span)}
    assert said == {key: case[key] for key in said}
    assert finding.severity is CHECKS[case["code"]].severity


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=IDS)
def test_is_silent(case: dict[str, Any]) -> None:
    kind = case.get("kind", "identity")
    assert case["code"] not in {each.code for each in lint_policy(policy_text(kind, case["silent"]), KINDS[kind])}


def test_every_check_has_a_case() -> None:
    # A case of the one that is left out would fill a file; tests/analysis/test_lint_any_text.py has it.
    assert {case["code"] for _, case in CASES} == set(CHECKS) - {"POLICY_NOT_CHECKED_WHOLE"}

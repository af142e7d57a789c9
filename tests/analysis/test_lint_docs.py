"""docs/lint.md tells of every check."""

import re
from pathlib import Path

from ostiary.analysis.lint import CHECKS

PAGE = Path(__file__).parents[2] / "docs" / "lint.md"
OWN = {"ACTION_NEVER_MATCHES_RESOURCE", "MALFORMED_POLICY", "POLICY_NOT_CHECKED_WHOLE"}
DOCUMENTED_BY_AWS = 151


def rows() -> dict[str, tuple[str, str]]:
    found = re.findall(r"^\| ([A-Z_0-9]+) \| ([a-z ]+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {code: (severity, remark) for code, severity, remark in found}


def test_every_check_is_told_of_with_its_severity() -> None:
    told = {code: severity for code, (severity, remark) in rows().items() if not remark.startswith("not checked: ")}
    assert told == {code: check.severity.label for code, check in CHECKS.items()}


def test_every_check_that_aws_documents_is_told_of() -> None:
    assert len(rows().keys() - OWN) == DOCUMENTED_BY_AWS
    assert all(
        remark.startswith(("checked", "not checked: ")) for code, (_, remark) in rows().items() if code not in OWN
    )


def test_links_are_those_of_the_page() -> None:
    page = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"
    anchor = f"{page}#access-analyzer-reference-policy-checks"
    assert (
        CHECKS["PASS_ROLE_WITH_STAR_IN_RESOURCE"].link == f"{anchor}-security-warning-pass-role-with-star-in-resource"
    )
    assert CHECKS["MISSING_VERSION"].link == f"{anchor}-general-warning-missing-version"
    assert all(check.link.startswith(anchor) for code, check in CHECKS.items() if code not in OWN)

"""Findings for programs of one's own, as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from ostiary.analysis.lint.finding import Finding
from ostiary.analysis.lint.report.linted_file import LintedFile, count_findings
from ostiary.policy.spans import Position


def json_report(files: Sequence[LintedFile]) -> str:
    """Return the findings by file and policy; lines and columns are counted from 1, an end is just after the last."""
    counts = {severity.value: count for severity, count in count_findings(files).items()}
    listed = [
        {
            "file": file.name,
            "policies": [
                {
                    "path": list(policy.path),
                    "kind": policy.kind.value,
                    "findings": [_finding(finding) for finding in policy.findings],
                }
                for policy in file.policies
            ],
        }
        for file in files
    ]
    return json.dumps({"files": listed, "counts": counts}, indent=2)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "path": list(finding.path),
        "span": {"start": _position(finding.span.start), "end": _position(finding.span.end)},
        "link": finding.link,
    }


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}

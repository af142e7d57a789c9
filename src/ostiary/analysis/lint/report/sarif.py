"""Findings in SARIF, which code scanners and editors read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from ostiary.analysis.lint.codes import CHECKS
from ostiary.analysis.lint.finding import Finding, Severity
from ostiary.analysis.lint.report.linted_file import LintedFile
from ostiary.values.version import VERSION

_LEVELS = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "warning",
    Severity.WARNING: "warning",
    Severity.SUGGESTION: "note",
}


def sarif_report(files: Sequence[LintedFile]) -> str:
    """Return a SARIF 2.1.0 log with one run: its rules are the checks that found something."""
    codes = sorted({finding.code for file in files for finding in file.findings})
    places = {code: place for place, code in enumerate(codes)}
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Ostiary",
                        "semanticVersion": VERSION,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(file, finding, places) for file in files for finding in file.findings],
            }
        ],
    }
    return json.dumps(log, indent=2)


def _rule(code: str) -> dict[str, Any]:
    check = CHECKS[code]
    rule: dict[str, Any] = {
        "id": code,
        "name": "".join(word.capitalize() for word in code.split("_")),
        "shortDescription": {"text": check.title},
        "helpUri": check.link,
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }
    if check.severity is Severity.SECURITY_WARNING:
        rule["properties"] = {"tags": ["security"]}
    return rule


def _result(file: LintedFile, finding: Finding, places: Mapping[str, int]) -> dict[str, Any]:
    start, end = finding.span.start, finding.span.end
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    location = {"artifactLocation": {"uri": quote(file.name.replace("\\", "/"))}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}; {finding.help}"},
        "locations": [{"physicalLocation": location}],
    }

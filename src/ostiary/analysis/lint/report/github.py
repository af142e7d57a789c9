"""Findings as annotations on GitHub, by the commands that its runners read from the output of a step.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Sequence

from ostiary.analysis.lint.finding import Finding, Severity
from ostiary.analysis.lint.report.linted_file import LintedFile

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "warning",
    Severity.WARNING: "warning",
    Severity.SUGGESTION: "notice",
}


def github_report(files: Sequence[LintedFile]) -> str:
    """Return a line for each finding; nothing when there are none."""
    return "\n".join(_command(file, finding) for file in files for finding in file.findings)


def _command(file: LintedFile, finding: Finding) -> str:
    start, end = finding.span.start, finding.span.end
    place = {"file": file.name, "line": start.line, "endLine": end.line, "col": start.column}
    # GitHub has columns only within a line, and the last one counts.
    if end.line == start.line:
        place["endColumn"] = max(end.column - 1, start.column)
    properties = {**place, "title": finding.code}
    written = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = _message(f"{finding.message}\n{finding.help}")
    return f"::{_COMMANDS[finding.severity]} {written}::{message}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")

"""What controls found, for people and for programs."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from ostiary.governance.controls.control import Control, Finding, Severity, Status
from ostiary.governance.controls.facts import AccountFacts

_COLOURS = {
    Severity.CRITICAL: "1;31",
    Severity.HIGH: "1;35",
    Severity.MEDIUM: "1;33",
    Severity.LOW: "1;36",
    Severity.INFORMATIONAL: "1;34",
}
_LABELS = {Severity.INFORMATIONAL: "INFO"}
_BOLD, _DIM, _RED, _GREEN = "1", "2", "31", "32"

_NARROWEST, _WIDEST = 60, 120
_SEVERITY_WIDTH, _ID_WIDTH, _COUNT_WIDTH = 8, 6, 6
_INDENT = "  "
_MARKS = {Status.FAILED: "-", Status.PASSED: "+", Status.NOT_AVAILABLE: "?"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A control with what it said."""

    control: Control
    findings: tuple[Finding, ...]

    def count(self, status: Status) -> int:
        """Return of how many resources it said so."""
        return sum(finding.status is status for finding in self.findings)


def text_report(
    facts: AccountFacts,
    controls: Sequence[Control],
    findings: Sequence[Finding],
    *,
    width: int,
    verbose: bool = False,
    colour: bool = False,
) -> str:
    """Return a table of the controls that something failed, then what failed and why, then how to mend it.

    Args:
        facts: what was looked at.
        controls: those that were asked, in their order.
        findings: what they said.
        width: columns; between 60 and 120 of them are used.
        verbose: tell of what passed too.
        colour: use the escape sequences of terminals.
    """
    page = _Page(min(max(width, _NARROWEST), _WIDEST), colour=colour)
    asked = [_Asked(each, tuple(f for f in findings if f.control is each)) for each in controls]
    asked.sort(key=lambda each: each.control.severity.rank)
    failed = [each for each in asked if each.count(Status.FAILED)]
    untold = [each for each in asked if each.count(Status.NOT_AVAILABLE)]
    lines: list[str] = []
    if shown := asked if verbose else failed:
        lines += [*page.table(shown), ""]
    for each in shown:
        lines += page.details(each, facts, verbose=verbose)
    if untold and not verbose:
        lines += page.untold(untold)
    return "\n".join([*lines, page.summary(facts, asked, failed, untold)])


def json_report(facts: AccountFacts, controls: Sequence[Control], findings: Sequence[Finding]) -> str:
    """Return all findings and the controls that they are of, as JSON."""
    content = {
        "account_id": facts.account,
        "evaluated_at": facts.now.isoformat(),
        "controls": [_as_json(control) for control in controls],
        "findings": [
            {
                "control": finding.control.key,
                "resource_arn": finding.resource_arn,
                "resource_type": finding.resource_type,
                "status": finding.status.value,
                "reason": finding.reason,
            }
            for finding in findings
        ],
    }
    return json.dumps(content, indent=2)


def _as_json(control: Control) -> Mapping[str, object]:
    return {
        "key": control.key,
        "title": control.title,
        "severity": control.severity.value,
        "security_hub": control.security_hub,
        "config_rule": control.config_rule,
        "requirements": control.requirements,
        "description": control.description,
        "remediation": control.remediation,
    }


class _Page:
    """Lines of a width, with colour or without."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self._width = width
        self._colour = colour

    def table(self, shown: Sequence[_Asked]) -> Iterator[str]:
        """Yield a line for each control, under a head."""
        title_width = self._width - _SEVERITY_WIDTH - _ID_WIDTH - 2 * _COUNT_WIDTH - 4
        head = f"{'SEVERITY':<{_SEVERITY_WIDTH}} {'ID':<{_ID_WIDTH}} {'CONTROL':<{title_width}}"
        yield self._paint(f"{head} {'FAILED':>{_COUNT_WIDTH}} {'PASSED':>{_COUNT_WIDTH}}", _DIM)
        for each in shown:
            severity = self._severity(each.control.severity)
            title, *more = wrap(each.control.title, title_width)
            named = f"{each.control.security_hub or '-':<{_ID_WIDTH}} {title:<{title_width}}"
            counts = f"{each.count(Status.FAILED):>{_COUNT_WIDTH}} {each.count(Status.PASSED):>{_COUNT_WIDTH}}"
            yield f"{severity} {named} {counts}"
            yield from (f"{'':<{_SEVERITY_WIDTH + _ID_WIDTH + 2}}{line}" for line in more)

    def details(self, asked: _Asked, facts: AccountFacts, *, verbose: bool) -> Iterator[str]:
        """Yield what a control said, resource by resource, and how to mend what failed."""
        told = [finding for finding in asked.findings if verbose or finding.status is Status.FAILED]
        if not told:
            return
        control = asked.control
        name = f"{control.key} ({control.security_hub})" if control.security_hub else control.key
        yield self._paint(name, f"{_COLOURS[control.severity]}")
        for finding in told:
            mark = self._paint(_MARKS[finding.status], _RED if finding.status is Status.FAILED else _GREEN)
            first, *more = self._wrapped(f"{_short(finding.resource_arn, facts)}: {finding.reason}", 4)
            yield f"{_INDENT}{mark} {first}"
            yield from (f"{_INDENT * 2}{line}" for line in more)
        if asked.count(Status.FAILED):
            first, *more = self._wrapped(control.remediation, 8)
            yield f"{_INDENT}{self._paint('mend:', _GREEN)} {first}"
            yield from (f"{' ' * 8}{line}" for line in more)
        yield ""

    def untold(self, asked: Sequence[_Asked]) -> Iterator[str]:
        """Yield what could not be said, reason by reason."""
        by_reason: dict[str, list[str]] = {}
        for each in asked:
            for finding in each.findings:
                if finding.status is Status.NOT_AVAILABLE:
                    by_reason.setdefault(finding.reason, []).append(each.control.security_hub or each.control.key)
        yield self._paint("Not known", _BOLD)
        for reason, names in by_reason.items():
            first, *more = self._wrapped(f"{reason}; it keeps back {', '.join(names)}", 4)
            yield f"{_INDENT}{_MARKS[Status.NOT_AVAILABLE]} {first}"
            yield from (f"{_INDENT * 2}{line}" for line in more)
        yield ""

    def summary(
        self, facts: AccountFacts, asked: Sequence[_Asked], failed: Sequence[_Asked], untold: Sequence[_Asked]
    ) -> str:
        """Return how many controls failed, by severity, and how many did not."""
        passed = len(asked) - len(failed) - len(untold)
        rest = f"{passed} passed" + (f", {len(untold)} not known" if untold else "")
        if not failed:
            return f"Account {facts.account}: {self._paint('no control failed', _GREEN)}, {rest}."
        counts = Counter(each.control.severity for each in failed)
        graded = ", ".join(f"{counts[severity]} {severity.value.lower()}" for severity in Severity if counts[severity])
        told = f"{len(failed)} of {len(asked)} controls failed"
        return f"Account {facts.account}: {self._paint(told, _RED)}, {rest}.\nFailed: {graded}."

    def _severity(self, severity: Severity) -> str:
        return self._paint(f"{_LABELS.get(severity, severity.value):<{_SEVERITY_WIDTH}}", _COLOURS[severity])

    def _wrapped(self, text: str, indent: int) -> list[str]:
        # ARNs and commands are to be copied whole.
        lines = wrap(text, self._width - indent, break_long_words=False, break_on_hyphens=False)
        return [_printable(line) for line in lines]

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._colour else text


def _short(arn: str, facts: AccountFacts) -> str:
    """Return an ARN without what is the same for all of the account's."""
    if arn == facts.arn:
        return "the account"
    return arn.removeprefix(f"arn:aws:iam::{facts.account}:").removeprefix("arn:aws:iam::")


def _printable(text: str) -> str:
    """Return a text with a box for whatever a terminal would act on: names in files may be anybody's."""
    return "".join(character if character.isprintable() else "▯" for character in text)

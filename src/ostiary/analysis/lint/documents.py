"""Texts that hold a policy, or several: as a list, by name, or within what some API answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ostiary.analysis.lint.finding import Finding
from ostiary.analysis.lint.kind import guess_kind
from ostiary.analysis.lint.lint import lint_policy
from ostiary.policy import MalformedPolicy, PolicyKind
from ostiary.policy.json_text import read_json
from ostiary.policy.spans import Path, Position, Span, find_spans


@dataclass(frozen=True, slots=True)
class LintedPolicy:
    """A policy within a text, and what is to be said about it."""

    path: Path
    """Where the policy stands in the text; empty when it is all of it."""
    kind: PolicyKind
    findings: tuple[Finding, ...]
    """Their spans are places in the whole text, their paths begin at the policy."""


def lint_text(text: str, kind: PolicyKind | None = None) -> list[LintedPolicy]:
    """Return the policies in a text with what is to be said about them.

    A policy is an object with the element `Statement`. A text that has none is taken for one policy, with what is
    missing.

    Args:
        text: JSON.
        kind: what kind of policy each is; guessed for each when None.
    """
    try:
        written = read_json(text)
    except MalformedPolicy:
        written = None
    paths = list(_find_policies(written, ()))
    if not paths or paths == [()]:
        chosen = kind or guess_kind(text)
        return [LintedPolicy((), chosen, tuple(lint_policy(text, chosen)))]
    spans = find_spans(text)
    linted = []
    for path in paths:
        start, end = spans.stretch(path)
        part = text[start:end]
        chosen = kind or guess_kind(part)
        findings = tuple(_moved(finding, spans.at(start)) for finding in lint_policy(part, chosen))
        linted.append(LintedPolicy(path, chosen, findings))
    return linted


def _find_policies(written: Any, path: Path) -> Iterator[Path]:
    if isinstance(written, dict):
        if "Statement" in written:
            yield path
        else:
            for name, member in written.items():
                yield from _find_policies(member, (*path, name))
    elif isinstance(written, list):
        for place, member in enumerate(written):
            yield from _find_policies(member, (*path, place))


def _moved(finding: Finding, start: Position) -> Finding:
    span = Span(_place(finding.span.start, start), _place(finding.span.end, start))
    return Finding(
        finding.code,
        finding.severity,
        finding.message,
        finding.help,
        finding.path,
        span=span,
        link=finding.link,
        mark=finding.mark,
    )


def _place(position: Position, start: Position) -> Position:
    column = position.column + start.column - 1 if position.line == 1 else position.column
    return Position(position.line + start.line - 1, column)

"""All checks over one policy."""

from collections.abc import Sequence

from ostiary.analysis.lint import (
    actions,
    condition_keys,
    condition_values,
    conditions,
    control_policies,
    emptiness,
    json_types,
    known_values,
    matching,
    powers,
    principals,
    redundancy,
    resources,
    sids,
    sizes,
    structure,
    trust,
    variables,
)
from ostiary.analysis.lint.codes import CHECKS
from ostiary.analysis.lint.draft import Draft
from ostiary.analysis.lint.finding import Finding
from ostiary.analysis.lint.issue import Family, Issue, Mark
from ostiary.analysis.lint.refusal import check_refusal
from ostiary.analysis.lint.syntax import find_syntax_fault
from ostiary.policy import MalformedPolicy, PolicyKind
from ostiary.policy.json_text import read_json
from ostiary.policy.spans import Position, Span, Spans, find_spans

FAMILIES: Sequence[Family] = (
    structure.check_version,
    structure.check_elements,
    structure.check_statements,
    structure.check_effects,
    structure.check_no_misplaced_elements,
    json_types.check_types,
    emptiness.check_empty_elements,
    emptiness.check_empty_conditions,
    sids.check_sids,
    sizes.check_size,
    sizes.check_all_is_read,
    actions.check_actions,
    resources.check_resources,
    matching.check_actions_match_resources,
    redundancy.check_redundant_actions,
    redundancy.check_redundant_resources,
    redundancy.check_redundant_statements,
    variables.check_variables,
    conditions.check_operators,
    conditions.check_operator_fits_key,
    conditions.check_audiences,
    condition_keys.check_condition_keys,
    condition_keys.check_keys_of_actions,
    condition_keys.check_tags_of_services,
    condition_keys.check_use_of_keys,
    condition_values.check_values,
    condition_values.check_wildcards,
    known_values.check_known_values,
    known_values.check_sensitive_keys,
    principals.check_principals,
    principals.check_breadth,
    trust.check_trust,
    powers.check_powers,
    control_policies.check_resource_control,
)
"""All checks, in the order in which their findings stand where they are about the same place."""


def lint_policy(text: str, kind: PolicyKind) -> list[Finding]:
    """Return what is to be said about a policy, in the order of the text.

    Any text is taken: of one that is no JSON, the first fault is found. The time grows with the length of the
    text, up to a bound: of a policy far larger than any that AWS takes, the rest is left, and a finding says so.

    Args:
        text: the policy as it is written.
        kind: where it is to stand; some checks are only for some kinds.
    """
    spans = _find_spans(text)
    try:
        written = read_json(text)
    except MalformedPolicy:
        return [_syntax_finding(text, spans)]
    if spans is None:
        return [_syntax_finding(text, spans)]
    draft = Draft(text, kind, written)
    issues = [issue for family in FAMILIES for issue in family(draft)]
    issues.extend(check_refusal(draft, issues))
    findings = [_finding(issue, spans, text) for issue in issues]
    # Sorting is stable, so the order of the checks decides where places are the same.
    return sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))


def _find_spans(text: str) -> Spans | None:
    try:
        return find_spans(text)
    except MalformedPolicy:
        return None


def _syntax_finding(text: str, spans: Spans | None) -> Finding:
    message, help_, place = find_syntax_fault(text, spans)
    if isinstance(place, int):
        place = spans.span(place, place + 1) if spans else Span(Position(1, 1), Position(1, 2))
    check = CHECKS["JSON_SYNTAX_ERROR"]
    return Finding(check.code, check.severity, message, help_, (), place, check.link)


def _finding(issue: Issue, spans: Spans, text: str) -> Finding:
    check = CHECKS[issue.code]
    span, mark = _span(issue, spans, text)
    return Finding(check.code, check.severity, issue.message, issue.help, issue.path, span, check.link, mark)


def _span(issue: Issue, spans: Spans, text: str) -> tuple[Span, Mark | tuple[int, int]]:
    """Return the stretch to look at, and which part of the value that is."""
    if issue.mark is Mark.KEY:
        return spans.key(issue.path), Mark.KEY
    start, end = spans.stretch(issue.path)
    if issue.mark is Mark.OPENING:
        return spans.span(start, start + 1), Mark.OPENING
    # A string with escapes is longer in the text than what it stands for; then all of it is shown.
    if isinstance(issue.mark, tuple) and "\\" not in text[start:end]:
        first, after = issue.mark
        return spans.span(start + 1 + first, start + 1 + after), issue.mark
    return spans.span(start, end), Mark.VALUE

"""Checks policies as IAM Access Analyzer's ValidatePolicy does: faults, risks, and what could be better."""

from ostiary.analysis.lint.codes import CHECKS, Check
from ostiary.analysis.lint.documents import LintedPolicy, lint_text
from ostiary.analysis.lint.finding import Finding, Severity
from ostiary.analysis.lint.issue import Mark
from ostiary.analysis.lint.kind import guess_kind
from ostiary.analysis.lint.lint import lint_policy

__all__ = ["CHECKS", "Check", "Finding", "LintedPolicy", "Mark", "Severity", "guess_kind", "lint_policy", "lint_text"]

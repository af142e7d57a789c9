"""Findings as people and programs want them: on a terminal, as JSON, as SARIF, and as GitHub's annotations."""

from ostiary.analysis.lint.report.github import github_report
from ostiary.analysis.lint.report.json_form import json_report
from ostiary.analysis.lint.report.linted_file import LintedFile
from ostiary.analysis.lint.report.sarif import sarif_report
from ostiary.analysis.lint.report.text import text_report

__all__ = ["LintedFile", "github_report", "json_report", "sarif_report", "text_report"]

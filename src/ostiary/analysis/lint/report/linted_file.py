"""What the reports are made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ostiary.analysis.lint.documents import LintedPolicy
from ostiary.analysis.lint.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class LintedFile:
    """A file, and the policies in it."""

    name: str
    """As the user gave it."""
    text: str
    policies: tuple[LintedPolicy, ...]

    @property
    def findings(self) -> Iterator[Finding]:
        """All findings, in the order of the text."""
        return (finding for policy in self.policies for finding in policy.findings)


def count_findings(files: Iterable[LintedFile]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, the gravest first."""
    counts = dict.fromkeys(Severity, 0)
    for file in files:
        for finding in file.findings:
            counts[finding.severity] += 1
    return counts

"""What the checks find, and how grave it is."""

from dataclasses import dataclass
from enum import Enum
from functools import total_ordering

from ostiary.analysis.lint.issue import Mark
from ostiary.policy.spans import Path, Span


@total_ordering
class Severity(Enum):
    """How grave a finding is, the gravest first; the values are what IAM Access Analyzer calls a `findingType`.

    Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html
    """

    ERROR = "ERROR"
    """A part of the policy does not work, or AWS does not take it at all."""
    SECURITY_WARNING = "SECURITY_WARNING"
    """It allows more than is likely to be meant."""
    WARNING = "WARNING"
    """It does not keep to good practice, though nobody gets more access by it."""
    SUGGESTION = "SUGGESTION"
    """It could be better, and does no harm."""

    @property
    def label(self) -> str:
        """The name in plain words: `security warning`."""
        return self.value.lower().replace("_", " ")

    def __lt__(self, other: object) -> bool:
        """Return whether this one is less grave."""
        if not isinstance(other, Severity):
            return NotImplemented
        order = list(Severity)
        return order.index(self) > order.index(other)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said about a policy."""

    code: str
    """IAM Access Analyzer's `issueCode`, such as `INVALID_ACTION`."""
    severity: Severity
    message: str
    """What is wrong, with what stands in the policy in backticks; no capital, no full stop."""
    help: str
    """What to do about it."""
    path: Path
    """The value it is about, such as `("Statement", 0, "Action", 1)`; empty for the policy itself."""
    span: Span
    """The stretch of the text to look at."""
    link: str
    """The page that explains the check."""
    mark: Mark | tuple[int, int] = Mark.VALUE
    """Which part of the value `span` is; two numbers are the first character, and the one after the last."""

"""What validation found, and how AWS says it."""

from typing import Any

from ostiary.wire.errors import ValidationError
from ostiary.wire.peculiarities import own_sentence, repeats_values

MAX_FINDINGS = 50
"""AWS lists all; beyond this number nobody reads on, and an answer must not outgrow its request without bound."""

MAX_SHOWN = 1024
"""AWS repeats a value in full; here the rest of a longer one gives way to an ellipsis."""


class Findings:
    """The constraints that a call's parameters break, in the order in which the service names them."""

    def __init__(self, service: str) -> None:
        self._repeats_values = repeats_values(service)
        self._failures: list[str] = []
        self._own_sentences: list[str] = []

    @property
    def full(self) -> bool:
        """No more are taken up, so there is no use in looking for any."""
        return len(self._failures) >= MAX_FINDINGS

    def missing(self, path: str) -> None:
        """Note a required member that is absent."""
        self._add(" null" if self._repeats_values else "", path, "Member must not be null")

    def broken(self, value: Any, path: str, constraint: str, *, sensitive: bool) -> None:
        """Note a value that breaks `constraint`; a sensitive one is not repeated, nor is any by IAM."""
        self._add(_shown(value) if self._repeats_values and not sensitive else "", path, constraint)

    def own(self, path: str, rule: str) -> None:
        """Note a value that breaks a rule that the service states in a sentence of its own."""
        self._own_sentences.append(own_sentence(path, rule))

    def raise_any(self) -> None:
        """Raise what was found, if anything was; a sentence of the service's own stands alone and comes last.

        Raises:
            ValidationError: a constraint is broken.
        """
        if self._failures:
            count = len(self._failures)
            errors = "error" if count == 1 else "errors"
            raise ValidationError(f"{count} validation {errors} detected: {'; '.join(self._failures)}")
        if self._own_sentences:
            raise ValidationError(self._own_sentences[0])

    def _add(self, shown: str, path: str, constraint: str) -> None:
        if not self.full:
            self._failures.append(f"Value{shown} at '{_cut(path)}' failed to satisfy constraint: {constraint}")


def _shown(value: Any) -> str:
    """Return the value in quotes, lists and maps in Java's way; of what holds more than text, nothing."""
    match value:
        case list() if all(isinstance(item, str) for item in value):
            return f" '[{_cut(', '.join(value))}]'"
        case dict() if all(isinstance(item, str) for item in value.values()):
            return f" '{{{_cut(', '.join(f'{key}={item}' for key, item in value.items()))}}}'"
        case str() | int():
            return f" '{_cut(str(value))}'"
        case _:
            return ""


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."

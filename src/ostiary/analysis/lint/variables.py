"""Policy variables: how they are written, and where they count as such.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.analysis.lint.draft import Clause, Draft, Word, WrittenCondition
from ostiary.analysis.lint.issue import Issue, quote
from ostiary.analysis.lint.operators import Comparison
from ostiary.policy.match.variables import ESCAPES

_TAKES_NONE = frozenset(
    {Comparison.NUMERIC, Comparison.DATE, Comparison.BOOL, Comparison.BINARY, Comparison.IP_ADDRESS, Comparison.NULL}
)
_SHORTEST_QUOTED = 2


@dataclass(frozen=True, slots=True)
class _Found:
    """A variable in a text."""

    start: int
    end: int
    inside: str
    closed: bool


def find_variables(text: str) -> list[_Found]:
    """Return the variables in a text, in their order; the last may lack its closing brace."""
    found = []
    position = text.find("${")
    while position >= 0:
        closing = text.find("}", position)
        end = len(text) if closing < 0 else closing + 1
        found.append(_Found(position, end, text[position + 2 : end if closing < 0 else closing], closing >= 0))
        position = text.find("${", end)
    return found


def check_variables(draft: Draft) -> Iterator[Issue]:
    """Check that variables are well written, and stand where the policy's version and element know them."""
    for clause in draft.clauses:
        for word in _words_without_variables(clause):
            for found in find_variables(word.text):
                message = f"{quote(word.text[found.start : found.end])} is no variable here"
                help_ = "write it out; variables count in `Resource` and in the values of a `Condition`"
                yield Issue("VARIABLE_UNSUPPORTED_IN_ELEMENT", word.path, message, help_, (found.start, found.end))
        for word in _words_with_variables(clause):
            for found in find_variables(word.text):
                yield from _check(draft, word, found)
        for condition in clause.conditions:
            if condition.operator.comparison in _TAKES_NONE:
                yield from _check_operator(condition)


def _words_without_variables(clause: Clause) -> Iterator[Word]:
    for name in ("Sid", "Effect"):
        if isinstance(clause.written.get(name), str):
            yield Word(clause.written[name], (*clause.path, name))
    for element in clause.elements:
        if element.name.endswith("Action"):
            yield from element.words
    for principal in clause.principals:
        yield from principal.words


def _words_with_variables(clause: Clause) -> Iterator[Word]:
    for element in clause.elements:
        if element.name.endswith("Resource"):
            yield from element.words
    for condition in clause.conditions:
        if condition.operator.comparison not in _TAKES_NONE:
            yield from condition.values


def _check(draft: Draft, word: Word, found: _Found) -> Iterator[Issue]:
    place = (found.start, found.end)
    shown = quote(word.text[found.start : found.end])
    name, comma, default = found.inside.partition(",")
    default = default.strip()
    if not draft.has_variables:
        message = f"{shown} is plain text in this version of the policy language"
        help_ = 'set `"Version": "2012-10-17"`'
        yield Issue("VARIABLE_UNSUPPORTED_IN_VERSION", word.path, message, help_, place)
    elif not found.closed:
        yield Issue("MISSING_BRACE_IN_VARIABLE", word.path, f"{shown} is not closed", "add a `}` after its name", place)
    elif found.inside in ESCAPES:
        return
    elif not name.strip():
        message = f"{shown} names no variable, so nothing ever fills it in"
        yield Issue("EMPTY_VARIABLE", word.path, message, "name a condition key, such as `${aws:username}`", place)
    elif " " in name:
        message = f"the name in {shown} has a space, so nothing ever fills it in"
        better = _written(name.replace(" ", "") + found.inside[len(name) :])
        help_ = f"write {quote(better)}"
        yield Issue("UNSUPPORTED_SPACE_IN_VARIABLE", word.path, message, help_, place)
    elif comma and not (len(default) >= _SHORTEST_QUOTED and default[0] == default[-1] == "'"):
        message = f"the default in {shown} is not in single quotes"
        quoted = default.strip("'")
        better = _written(f"{name}, '{quoted}'")
        help_ = f"write {quote(better)}"
        yield Issue("MISSING_QUOTE_IN_VARIABLE", word.path, message, help_, place)


def _written(inside: str) -> str:
    return f"${{{inside}}}"


def _check_operator(condition: WrittenCondition) -> Iterator[Issue]:
    for value in condition.values:
        for found in find_variables(value.text):
            message = f"`{condition.operator.base}` takes {quote(value.text[found.start : found.end])} for plain text"
            help_ = "use a String or Arn operator, or write the value out"
            yield Issue("INVALID_VARIABLE_FOR_OPERATOR", value.path, message, help_, (found.start, found.end))

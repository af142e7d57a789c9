"""The constraints that a model puts on a value by itself, each with the words in which AWS states it.

Where AWS is silent: lengths of text are counted as Java counts them, in UTF-16 units, and text that is far too long is
not matched against its pattern.

Source: https://smithy.io/2.0/spec/constraint-traits.html
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ostiary.wire.patterns import compile_pattern
from ostiary.wire.shapes import ListOf, MapOf, Scalar

_LAST_OF_ONE_UNIT = "\uffff"

_MOST_MATCHED = 1024
"""Text longer than this and than it may be is not looked into: its length alone is told."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What must hold of a value."""

    sentence: str
    """Such as `Member must have length less than or equal to 64`."""
    holds: Callable[[Any], bool]


def size_constraints(shape: Scalar | ListOf | MapOf) -> list[Constraint]:
    """Return the upper and the lower bound of a shape, as far as it has them."""
    noun, size = _measure(shape)
    constraints = []
    if (most := shape.maximum) is not None:
        sentence = f"Member must have {noun} less than or equal to {most}"
        constraints.append(Constraint(sentence, lambda value: size(value) <= most))
    if (least := shape.minimum) is not None:
        sentence = f"Member must have {noun} greater than or equal to {least}"
        constraints.append(Constraint(sentence, lambda value: size(value) >= least))
    return constraints


def text_constraint(shape: Scalar) -> Constraint | None:
    """Return the constraint on what a text says, rather than on its length, if there is one."""
    if shape.enum:
        listed = f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"
        return Constraint(listed, frozenset(shape.enum).__contains__)
    if shape.pattern is None:
        return None
    matches, most = compile_pattern(shape.pattern), shape.maximum
    sentence = f"Member must satisfy regular expression pattern: {shape.pattern}"
    if most is None:
        return Constraint(sentence, matches)
    looked_into = max(most, _MOST_MATCHED)
    return Constraint(sentence, lambda text: len(text) > looked_into or matches(text))


def _measure(shape: Scalar | ListOf | MapOf) -> tuple[str, Callable[[Any], int]]:
    match shape:
        case Scalar(kind="string"):
            return "length", _utf16_length
        case Scalar(kind="integer" | "long"):
            return "value", int
        case _:
            return "length", len


def _utf16_length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(character > _LAST_OF_ONE_UNIT for character in text)

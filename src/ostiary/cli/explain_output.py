"""How answers are shown: as text with a little colour on a terminal, or as JSON."""

import os
import re
import sys
from collections.abc import Iterable
from typing import Any

import click

from ostiary.policy import LAYER_NAMES, LayerOutcome, MismatchReason, StatementOutcome, certify
from ostiary.policy.certificate import decision_name
from ostiary.policy.explain_text import ASCII_MARKS, MARKS, Marks
from ostiary.questions import Answer, printable

_COLOURS = {"ALLOWED": "green", "DENIED": "red", MARKS.allows: "green", MARKS.blocks: "red"}
_COLOURED = re.compile(rf"^(?:(ALLOWED|DENIED)(?=:)|  ([{MARKS.allows}{MARKS.blocks}])(?= ))")


def terminal_marks() -> Marks:
    """Return the marks that standard output can write."""
    try:
        "".join(MARKS).encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return ASCII_MARKS
    return MARKS


def echo_lines(lines: Iterable[str]) -> None:
    """Print lines: verdict and marks in colour on a terminal that wants it, and what it cannot write escaped.

    What a terminal would obey is escaped too: names and values in a line may be anybody's, such as those of a refused
    call.

    Source: https://no-color.org
    """
    coloured = "NO_COLOR" not in os.environ
    encoding = sys.stdout.encoding or "ascii"
    for line in lines:
        writable = printable(line).encode(encoding, "backslashreplace").decode(encoding)
        click.echo(_COLOURED.sub(_colour, writable) if coloured else writable)


def note_lines(notes: Iterable[str]) -> list[str]:
    """Return notes as lines that follow an answer, each once; none for none."""
    lines = [f"Note: {note}" for note in dict.fromkeys(notes)]
    return ["", *lines] if lines else []


def answer_as_json(answer: Answer) -> dict[str, Any]:
    """Return an answer in full: what was asked and of which policies, why it came out so, and the certificate."""
    explanation = answer.explanation
    certificate = certify(explanation)
    return {
        "decision": decision_name(explanation),
        "allowed": explanation.decision.allowed,
        "layer": certificate["layer"],
        "level": certificate["level"],
        **({"notes": list(answer.notes)} if answer.notes else {}),
        **{name: answer.question[name] for name in ("request", "policies")},
        "explanation": {"lines": answer.lines(), "layers": [_layer(each) for each in explanation.layers]},
        "certificate": certificate,
    }


def _colour(match: re.Match[str]) -> str:
    word = match[1] or match[2]
    return match[0].replace(word, click.style(word, fg=_COLOURS[word], bold=True))


def _layer(layer: LayerOutcome) -> dict[str, Any]:
    return {
        "layer": LAYER_NAMES[layer.kind],
        **({} if layer.level is None else {"level": layer.level, "target": layer.target}),
        "policies": [
            {"name": policy.source.name, "statements": [_statement(each) for each in policy.statements]}
            for policy in layer.policies
        ],
    }


def _statement(outcome: StatementOutcome) -> dict[str, Any]:
    return {
        "statement": outcome.ref.index,
        "sid": outcome.ref.sid,
        "effect": outcome.effect.value,
        "applies": outcome.applies,
        "reaches": outcome.grant.name.lower() if outcome.applies else None,
        "mismatches": [
            {
                "reason": mismatch.reason.value,
                **(
                    {"operator": mismatch.operator, "key": mismatch.key}
                    if mismatch.reason is MismatchReason.CONDITION
                    else {"element": mismatch.operator or mismatch.reason.value.capitalize()}
                ),
                "expected": list(mismatch.expected),
                "actual": mismatch.actual,
                "undecided": mismatch.undecided,
            }
            for mismatch in outcome.mismatches
        ],
    }

"""`ostiary simulate`."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from ostiary.catalogue import PatternError, match_actions
from ostiary.cli.explain_options import FORMATS, BadInput, Given, open_inquiry, question_options
from ostiary.cli.explain_output import echo_lines, note_lines, terminal_marks
from ostiary.cli.options import ENVIRONMENT
from ostiary.policy.certificate import decision_json, decision_name
from ostiary.policy.explain_text import Marks
from ostiary.policy.explain_words import settled_by, show
from ostiary.questions import Answer, QuestionsError, UnusableQuestion, fit_resource

_MOST_QUESTIONS = 10_000
_SAID = {"allow": "allowed", "implicit_deny": "denied", "explicit_deny": "explicitly denied"}


@click.command(context_settings=ENVIRONMENT)
@question_options
@click.option("--action", multiple=True, required=True, help="Such as s3:GetObject or s3:Get*; may be repeated.")
@click.option("--resource", multiple=True, default=("*",), show_default=True, help="An ARN; may be repeated.")
@click.option("--format", "output_format", type=FORMATS, default="text", show_default=True)
def simulate(*, action: Sequence[str], resource: Sequence[str], output_format: str, **options: Any) -> None:
    """Decide many actions on many resources, as a table.

    The policies come from files or from a server, as for `ostiary explain`, which says why a single one comes out as
    it does. Actions with wildcards stand for all that AWS has of the name.

    Exit status: 0 when all are allowed, 1 when any is denied, 2 when it cannot be asked.
    """
    try:
        asked = _questions(action, resource)
        inquiry = open_inquiry(Given(**options), resource)
        answers = [inquiry.ask(*each) for each in asked]
    except QuestionsError as error:
        raise BadInput(str(error)) from error
    if output_format == "json":
        click.echo(json.dumps([_as_json(answer) for answer in answers], indent=2))
    else:
        echo_lines([*_table(answers, terminal_marks()), *note_lines(_notes(answers))])
    sys.exit(0 if all(answers) else 1)


def _questions(patterns: Sequence[str], resources: Sequence[str]) -> list[tuple[str, str]]:
    """Return each action with each resource that it is decided on, in the order given and each once."""
    actions = [action for pattern in patterns for action in _expand(pattern)]
    if len(actions) * len(resources) > _MOST_QUESTIONS:
        raise UnusableQuestion(
            f"more than {_MOST_QUESTIONS} questions: {len(actions)} actions, {len(resources)} resources"
        )
    pairs = ((action, fit_resource(action, resource)) for action in actions for resource in resources)
    return list(dict.fromkeys(pairs))


def _expand(pattern: str) -> Sequence[str]:
    if "*" not in pattern and "?" not in pattern:
        return (pattern,)
    try:
        actions = match_actions(pattern)
    except PatternError as error:
        raise UnusableQuestion(str(error)) from error
    if not actions:
        raise UnusableQuestion(f"no action that is known fits `{pattern}`")
    return actions


def _notes(answers: Iterable[Answer]) -> Iterator[str]:
    return (note for answer in answers for note in answer.notes)


def _table(answers: Sequence[Answer], marks: Marks) -> list[str]:
    rows = [_row(answer) for answer in answers]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = [
        f"  {marks.allows if answer else marks.blocks} "
        + "  ".join([*(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)), row[-1]])
        for answer, row in zip(answers, rows, strict=True)
    ]
    denied = sum(not answer for answer in answers)
    return [*lines, "", f"{len(answers) - denied} allowed, {denied} denied."]


def _row(answer: Answer) -> tuple[str, str, str, str]:
    explanation = answer.explanation
    request = explanation.request
    said = _SAID[decision_name(explanation)]
    return show(request.action), show(request.resource), said, settled_by(explanation.decision, request.action)


def _as_json(answer: Answer) -> dict[str, Any]:
    explanation = answer.explanation
    return {
        "action": explanation.request.action,
        "resource": explanation.request.resource,
        **decision_json(explanation),
        **({"notes": list(answer.notes)} if answer.notes else {}),
        "by": [
            {"policy": ref.source.name, "statement": ref.index, "sid": ref.sid}
            for ref in explanation.decision.determining
        ],
    }

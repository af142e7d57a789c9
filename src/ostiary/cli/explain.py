"""`ostiary explain`."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ostiary.cli.client import Server
from ostiary.cli.explain_options import FORMATS, BadInput, Given, open_inquiry, question_options
from ostiary.cli.explain_output import echo_lines, note_lines, terminal_marks
from ostiary.cli.options import ENVIRONMENT
from ostiary.policy import certify, request_json
from ostiary.policy.explain_words import show, show_values
from ostiary.questions import (
    Answer,
    QuestionsError,
    UnusableQuestion,
    answer_as_json,
    answer_question,
    read_json_file,
)


@click.command(context_settings=ENVIRONMENT)
@question_options
@click.option("--action", help="Such as s3:GetObject.")
@click.option("--resource", default="*", show_default=True, help="The ARN of what is acted on.")
@click.option("--question", type=click.Path(path_type=Path), help="A question in JSON, or a list of them.")
@click.option("--message", help="Decode an encoded authorization message at the server instead.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Write the question with its certificate here.")
@click.option("--verbose", is_flag=True, help="List every statement, and every value.")
@click.option("--format", "output_format", type=FORMATS, default="text", show_default=True)
def explain(
    *,
    action: str | None,
    resource: str,
    question: Path | None,
    message: str | None,
    certificate: Path | None,
    output_format: str,
    verbose: bool,
    **options: Any,
) -> None:
    """Say whether policies allow a request, and why.

    With policy files, they decide. Without, the policies of --principal (of the caller, when it is not given) are
    looked up at the server that AWS_ENDPOINT_URL names, with the AWS credentials in the environment.

    Exit status: 0 when the request is allowed, 1 when it is denied, 2 when it cannot be asked.
    """
    given = Given(**options)
    _require_one_way(action=action, question=question, message=message, given=given)
    try:
        if message is not None:
            sys.exit(_show_message(message, output_format))
        answers = _read_answers(question) if question else [("", _ask(given, action or "", resource))]
        if certificate is not None:
            _write_certificate(certificate, answers)
    except QuestionsError as error:
        raise BadInput(str(error)) from error
    _show(answers, output_format, several=len(answers) != 1, verbose=verbose)
    sys.exit(0 if all(answer for _, answer in answers) else 1)


def _require_one_way(*, action: str | None, question: Path | None, message: str | None, given: Given) -> None:
    ways = {"--action": action, "--question": question, "--message": message}
    chosen = [name for name, value in ways.items() if value is not None]
    if len(chosen) != 1:
        raise BadInput(f"one of --action, --question and --message is needed, not {' and '.join(chosen) or 'none'}")
    if action is None and (given.has_files or given.principal):
        raise BadInput(f"{chosen[0]} brings its own policies and principal; leave out the other options")


def _ask(given: Given, action: str, resource: str) -> Answer:
    return open_inquiry(given, [resource]).ask(action, resource)


def _read_answers(path: Path) -> list[tuple[str, Answer]]:
    """Return the answers to a file's questions, each with its name."""
    written = read_json_file(path)
    if isinstance(written, Mapping) and isinstance(written.get("vectors"), list):
        written = written["vectors"]
    questions = written if isinstance(written, list) else [written]
    if not questions:
        raise UnusableQuestion(f"{path}: no question")
    return [_answer(path, number, each) for number, each in enumerate(questions, 1)]


def _answer(path: Path, number: int, written: Any) -> tuple[str, Answer]:
    if not isinstance(written, Mapping):
        raise UnusableQuestion(f"{path}: question {number}: expected an object")
    given = written.get("id")
    name = given if isinstance(given, str) else f"question {number}"
    try:
        return name, answer_question(written)
    except UnusableQuestion as error:
        raise UnusableQuestion(f"{path}: {show(name)}: {error}") from error


def _show(answers: list[tuple[str, Answer]], output_format: str, *, several: bool, verbose: bool) -> None:
    if output_format == "json":
        objects = [({"id": name} if several else {}) | answer_as_json(answer) for name, answer in answers]
        click.echo(json.dumps(objects if several else objects[0], indent=2))
        return
    marks = terminal_marks()
    for name, answer in answers:
        if several:
            echo_lines([f"== {show(name)}"])
        echo_lines(answer.lines(verbose=verbose, marks=marks))
        echo_lines(note_lines(answer.notes))
        if several:
            click.echo()


def _write_certificate(path: Path, answers: list[tuple[str, Answer]]) -> None:
    """Write a question with its certificate in one file, as `conformance/check_certificate.py` takes it."""
    if len(answers) != 1:
        raise UnusableQuestion("--certificate takes one question")
    ((_, answer),) = answers
    whole = {
        "request": request_json(answer.explanation.request),
        "policies": {name: each for name, each in answer.question["policies"].items() if each is not None},
        "certificate": certify(answer.explanation),
    }
    try:
        path.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UnusableQuestion(f"{path}: {(error.strerror or str(error)).lower()}") from error


def _show_message(message: str, output_format: str) -> int:
    """Print what an encoded authorization message says, and return the exit status."""
    decoded = Server().decode_message(message)
    if not isinstance(decoded, dict):
        raise UnusableQuestion("the server's answer is no decoded message")
    if output_format == "json":
        click.echo(json.dumps(decoded, indent=2))
    else:
        lines = decoded.get("explanation")
        echo_lines(map(str, lines) if isinstance(lines, list) else _message_lines(decoded))
    return 0 if decoded.get("allowed") is True else 1


def _message_lines(decoded: Mapping[str, Any]) -> list[str]:
    """Return a message of AWS's, which says what was asked and not why, as text.

    Much of it was chosen by whoever made the call, who may be out for the terminal of whoever reads it.

    Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
    """
    context = _object(decoded, "context")
    asked = f"{_text(context, 'action')} on {_text(context, 'resource')}"
    how = "with an explicit deny" if decoded.get("explicitDeny") else "as no policy allows it"
    return [
        f"ALLOWED: {asked}" if decoded.get("allowed") else f"DENIED: {asked} {how}",
        f"  principal  {_text(_object(context, 'principal'), 'arn')}",
        *(f"  {_text(item, 'key')}  {_values(item)}" for item in _items(context, "conditions")),
    ]


def _values(item: Mapping[str, Any]) -> str:
    return show_values([str(each.get("value")) for each in _items(item, "values")], None, "and")


def _items(written: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = _object(written, name).get("items")
    return [each for each in items if isinstance(each, Mapping)] if isinstance(items, list) else []


def _object(written: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = written.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(written: Mapping[str, Any], name: str) -> str:
    return show(str(written.get(name)))

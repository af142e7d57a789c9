#!/usr/bin/env python3
"""Put the conformance vectors to any engine, and say which it passes.

    python conformance/run.py [--topic NAME]… [--ignore-layer] [--skip-choices] -- COMMAND [ARGUMENT]…

COMMAND reads questions, one JSON object a line (`{"id": …, "request": …, "policies": …}`), until its input ends, and
writes answers, one a line and in any order (`{"id": …, "decision": …, "layer": …}`). A question without an answer, or
with more than one, is failed. Exits with 0 when every vector passes, 1 when one fails, 2 when nothing could be asked.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "vectors"
CHOICES = "choices-"
"""What the names of topics begin with whose answers AWS's documentation leaves open."""
TIMEOUT_SECONDS = 600

Vector = Mapping[str, Any]


class EngineError(Exception):
    """The engine could not be run, or writes something else than answers."""


@dataclass(frozen=True)
class Failure:
    """One vector that the engine answers otherwise."""

    vector: Vector
    answer: str

    def __str__(self) -> str:
        wanted = self.vector["expected"]
        return (
            f"{self.vector['id']}: {self.vector['rule']}\n"
            f"    expected {_words(wanted['decision'], wanted['layer'])}, got {self.answer}\n"
            f"    {self.vector['source']}"
        )


def read_vectors(topics: Sequence[str] = (), *, skip_choices: bool = False) -> dict[str, list[Vector]]:
    """Return the vectors of the topics named, or of all, by topic.

    Raises:
        EngineError: there is no such topic.
    """
    known = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}
    unknown = [topic for topic in topics if topic not in known]
    if unknown:
        raise EngineError(f"no topic is called {unknown[0]!r}; there are {', '.join(known)}")
    chosen = topics or [topic for topic in known if not (skip_choices and topic.startswith(CHOICES))]
    return {topic: json.loads(known[topic].read_text(encoding="utf-8")) for topic in chosen}


def ask(command: Sequence[str], vectors: Sequence[Vector]) -> dict[str, list[Any]]:
    """Return the answers that the engine gives, by vector id.

    Raises:
        EngineError: it does not start, does not end in time, fails, or writes what is no answer.
    """
    questions = "".join(
        json.dumps({name: vector[name] for name in ("id", "request", "policies")}) + "\n" for vector in vectors
    )
    try:
        done = subprocess.run(  # noqa: S603 - to run the engine that was named is what this is for
            command,
            input=questions,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        raise EngineError(f"the engine gives no answers: {error}") from error
    if done.returncode:
        raise EngineError(f"the engine ended with status {done.returncode}")
    answers: dict[str, list[Any]] = {}
    for number, line in enumerate(filter(str.strip, done.stdout.splitlines()), 1):
        try:
            answer = json.loads(line)
            answers.setdefault(answer["id"], []).append(answer)
        except (ValueError, KeyError, TypeError) as error:
            raise EngineError(f"line {number} of the engine's output is no answer: {line[:200]}") from error
    return answers


def judge(vector: Vector, answers: Sequence[Any], *, ignore_layer: bool = False) -> Failure | None:
    """Return what is wrong with the answers to a vector's question, or None when there is one and it is right."""
    if len(answers) != 1:
        return Failure(vector, f"{len(answers)} answers")
    decision, layer = answers[0].get("decision"), answers[0].get("layer")
    wanted = vector["expected"]
    if decision == wanted["decision"] and (ignore_layer or layer == wanted["layer"]):
        return None
    return Failure(vector, _words(decision, layer))


def report(vectors: Mapping[str, Sequence[Vector]], failures: Mapping[str, Sequence[Failure]]) -> str:
    """Return a table of what passes in each topic, and each failure."""
    width = max(map(len, vectors))
    lines = [f"{'topic':{width}}  passed      of"]
    counts = [(topic, len(asked) - len(failures[topic]), len(asked)) for topic, asked in vectors.items()]
    total = ("all", sum(passed for _, passed, _ in counts), sum(asked for *_, asked in counts))
    lines += [f"{topic:{width}}  {passed:6}  {asked:6}" for topic, passed, asked in (*counts, total)]
    for topic, failed in failures.items():
        lines += [f"\n{topic} {failure}" for failure in failed]
    return "\n".join(lines)


def _words(decision: object, layer: object) -> str:
    return f"{decision} by {layer}" if layer else str(decision)


def main(arguments: Sequence[str]) -> int:
    """Ask the engine that the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description="Put the conformance vectors to an engine.")
    parser.add_argument("--topic", action="append", default=[], help="ask only the vectors of this topic")
    parser.add_argument("--ignore-layer", action="store_true", help="compare the decision alone")
    parser.add_argument("--skip-choices", action="store_true", help="leave out what AWS's documentation leaves open")
    parser.add_argument("command", nargs="+", help="the engine's command line, after --")
    options = parser.parse_args(arguments)
    try:
        vectors = read_vectors(options.topic, skip_choices=options.skip_choices)
        answers = ask(options.command, [vector for asked in vectors.values() for vector in asked])
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    failures: dict[str, list[Failure]] = {}
    for topic, asked in vectors.items():
        judged = (judge(each, answers.get(each["id"], []), ignore_layer=options.ignore_layer) for each in asked)
        failures[topic] = [failure for failure in judged if failure is not None]
    sys.stdout.write(report(vectors, failures) + "\n")
    return 1 if any(failures.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The runner, with engines that are right, wrong, silent or broken."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.vectors import FOLDER, TOPICS, VECTORS

REFERENCE = """
import json, sys
sys.path.insert(0, ROOT)
from tests.model.iam_model import is_authorized
for line in sys.stdin:
    question = json.loads(line)
    decision, layer = is_authorized(question)
    print(json.dumps({"id": question["id"], "decision": decision, "layer": layer}))
"""
ALLOWS_ALL = """
import json, sys
for line in sys.stdin:
    print(json.dumps({"id": json.loads(line)["id"], "decision": "allow", "layer": None}))
"""
NAMES_NO_LAYER = REFERENCE.replace('"layer": layer', '"layer": None')
REPEATS_ITSELF = ALLOWS_ALL.replace("    print(", "    for _ in range(2): print(")


def run(engine: str, *options: str) -> tuple[int, str, str]:
    command = [sys.executable, str(FOLDER / "run.py"), *options, "--", sys.executable, "-c"]
    source = engine.replace("ROOT", repr(str(Path(__file__).parents[2])))
    done = subprocess.run([*command, source], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout, done.stderr


def row(output: str, topic: str) -> list[str]:
    return next(line.split()[1:] for line in output.splitlines() if line.split()[:1] == [topic])


def test_an_engine_that_is_right_passes() -> None:
    status, output, _ = run(REFERENCE, "--topic", "strings", "--topic", "root")
    assert status == 0
    assert row(output, "strings") == [str(len(TOPICS["strings"]))] * 2
    assert row(output, "all") == [str(len(TOPICS["strings"]) + len(TOPICS["root"]))] * 2


def test_an_engine_that_is_wrong_is_told_where() -> None:
    status, output, _ = run(ALLOWS_ALL)
    allowed = [vector for vector in VECTORS if vector["expected"]["decision"] == "allow"]
    assert status == 1
    assert row(output, "all") == [str(len(allowed)), str(len(VECTORS))]
    failed = next(vector for vector in TOPICS["root"] if vector["expected"]["decision"] == "explicit_deny")
    assert f"root {failed['id']}: {failed['rule']}" in output
    assert f"expected explicit_deny by {failed['expected']['layer']}, got allow" in output
    assert failed["source"] in output


def test_an_engine_need_not_name_layers() -> None:
    assert run(NAMES_NO_LAYER, "--topic", "boundaries")[0] == 1
    assert run(NAMES_NO_LAYER, "--topic", "boundaries", "--ignore-layer")[0] == 0


def test_choices_can_be_skipped() -> None:
    _, output, _ = run(ALLOWS_ALL, "--skip-choices")
    assert row(output, "strings")
    assert "choices-" not in output


@pytest.mark.parametrize(("engine", "words"), [("", "0 answers"), (REPEATS_ITSELF, "2 answers")])
def test_each_question_wants_one_answer(engine: str, words: str) -> None:
    status, output, _ = run(engine, "--topic", "root")
    assert status == 1
    assert row(output, "all")[0] == "0"
    assert output.count(words) == len(TOPICS["root"])


@pytest.mark.parametrize(
    ("engine", "options", "words"),
    [
        ("raise SystemExit(3)", (), "status 3"),
        ("print('good morning')", (), "line 1 of the engine's output is no answer: good morning"),
        ("print('[]')", (), "is no answer"),
        (ALLOWS_ALL, ("--topic", "astrology"), "no topic is called 'astrology'"),
    ],
)
def test_what_cannot_be_judged_is_said(engine: str, options: tuple[str, ...], words: str) -> None:
    status, output, complaint = run(engine, *options)
    assert (status, output) == (2, "")
    assert words in complaint


def test_a_command_that_does_not_exist_is_said() -> None:
    command = [sys.executable, str(FOLDER / "run.py"), "--", "/does/not/exist"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "the engine gives no answers" in done.stderr

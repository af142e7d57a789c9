"""Every vector, put to the engine, to the reference evaluator and, with the engine's certificate, to the checker."""

from collections.abc import Callable

import pytest

from ostiary.policy import LAYER_NAMES, certify, decide, explain, parse_question, request_json
from tests.conformance.vectors import TOPICS, Vector, load_script
from tests.model.iam_model import is_authorized

Answer = tuple[str, str | None]

each_topic = pytest.mark.parametrize("topic", TOPICS)
check = load_script("check_certificate").check


def ask_engine(vector: Vector) -> Answer:
    question = parse_question(vector)
    decision = decide(question.request, question.policies, question.resource_policies)
    if decision.allowed:
        return "allow", None
    assert decision.layer is not None
    return "explicit_deny" if decision.explicit_deny else "implicit_deny", LAYER_NAMES[decision.layer]


def ask_certificate(vector: Vector) -> Answer:
    """Return what the engine's certificate says, once the checker has confirmed it."""
    question = parse_question(vector)
    certificate = certify(explain(question.request, question.policies, question.resource_policies))
    check({"request": request_json(question.request), "policies": vector["policies"]}, certificate)
    return certificate["decision"], certificate["layer"]


EVALUATORS = {"engine": ask_engine, "reference": is_authorized, "certificate": ask_certificate}


@pytest.mark.parametrize("ask", EVALUATORS.values(), ids=EVALUATORS)
@each_topic
def test_all_answers_are_as_expected(topic: str, ask: Callable[[Vector], Answer]) -> None:
    wrong = {}
    for vector in TOPICS[topic]:
        expected = vector["expected"]["decision"], vector["expected"]["layer"]
        answer = ask(vector)
        if answer != expected:
            wrong[vector["id"]] = (vector["rule"], answer, expected)
    assert wrong == {}

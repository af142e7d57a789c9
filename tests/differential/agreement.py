"""Three opinions on one question: the engine's, the reference evaluator's and the certificate checker's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from conformance.check_certificate import CertificateRefused, check

from ostiary.policy import (
    LAYER_NAMES,
    PolicySet,
    ResourcePolicies,
    certify,
    decide,
    explain,
    parse_policies,
    parse_request,
    request_json,
)
from tests.differential.generator import generate_questions
from tests.model.iam_model import is_authorized

Json = Mapping[str, Any]
Answer = tuple[str, str | None]
"""The decision, and the kind of policy in the way."""


class Disagreement(AssertionError):  # noqa: N818 - said of the three
    """The three do not agree."""


class Unsettled(Exception):  # noqa: N818 - said of the question
    """The question that has no agreed answer, and why."""

    def __init__(self, question: Json, why: str) -> None:
        super().__init__(question, why)
        self.question, self.why = question, why


@dataclass(frozen=True)
class Engine:
    """The product with one set of policies, compiled once."""

    policies: PolicySet
    resource_policies: ResourcePolicies

    def answer(self, request: Json) -> Answer:
        """Return what `decide` says, in the words of the conformance vectors."""
        decision = decide(parse_request(request), self.policies, self.resource_policies)
        if decision.allowed:
            return "allow", None
        assert decision.layer is not None
        return "explicit_deny" if decision.explicit_deny else "implicit_deny", LAYER_NAMES[decision.layer]

    def certificate(self, request: Json) -> dict[str, Any]:
        return certify(explain(parse_request(request), self.policies, self.resource_policies))


def engine_for(policies: Json) -> Engine:
    return Engine(*parse_policies(policies))


def written_out(question: Json) -> Json:
    """Return the question as the checker takes it, with nothing left to infer."""
    return {"request": request_json(parse_request(question["request"])), "policies": question["policies"]}


def ask_engine(question: Json) -> Answer:
    return engine_for(question["policies"]).answer(question["request"])


def agree_on(question: Json, engine: Engine | None = None) -> Answer:
    """Return the answer that all give.

    Raises:
        Disagreement: they give different ones, or the checker refuses the engine's certificate.
    """
    engine = engine or engine_for(question["policies"])
    answer, certificate = engine.answer(question["request"]), engine.certificate(question["request"])
    reference = is_authorized(question)
    if answer != reference:
        raise Disagreement(f"the engine says {answer}, the reference {reference}")
    if answer != (certificate["decision"], certificate["layer"]):
        raise Disagreement(f"the engine says {answer}, its certificate {certificate}")
    try:
        check(written_out(question), certificate)
    except CertificateRefused as refusal:
        raise Disagreement(f"{answer}, but the certificate {certificate} is refused: {refusal}") from refusal
    return answer


def agreed_answers(random: Random, cases: int, requests_each: int = 16) -> Iterator[Answer]:
    """Yield the agreed answers to so many generated questions.

    Raises:
        Unsettled: a question is not agreed on, or somebody cannot answer it at all.
    """
    for done in range(0, cases, requests_each):
        engine = None
        for question in generate_questions(random, min(requests_each, cases - done)):
            engine = engine or engine_for(question["policies"])
            try:
                answer = agree_on(question, engine)
            except Exception as error:
                raise Unsettled(question, repr(error)) from error
            yield answer

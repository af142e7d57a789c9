"""What holds of every decision: agreement with the reference evaluator, and the theorems of the language."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy import PolicyKind, PolicySet, ResourcePolicies, decide
from tests.examples import examples
from tests.policy.cases import CALLERS, Question, ask_engine, ask_model, compiled, document
from tests.policy.generated import documents, layers, questions, statements

few = examples(20)
ALLOW_ALL = document({"Effect": "Allow", "Action": "*", "Resource": "*"})
DENY_ALL = document({"Effect": "Deny", "Action": "*", "Resource": "*"})


@examples(100)
@given(questions())
def test_engine_and_model_agree(question: Question) -> None:
    assert ask_engine(question) == ask_model(question)


@few
@given(questions())
def test_forbid_trumps_permit(question: Question) -> None:
    denied = replace(question, identity=(*question.identity, ALLOW_ALL), session=(*(question.session or ()), DENY_ALL))
    assert ask_engine(denied)[0] == "explicit deny"


@few
@given(questions())
def test_default_deny(question: Question) -> None:
    answer = ask_engine(replace(question, caller=CALLERS["alice"], identity=(), attached=None))
    assert answer[0] != "allow"


@few
@given(questions(), st.randoms(use_true_random=False))
def test_order_and_duplicates_do_not_matter(question: Question, randomness: Any) -> None:
    def shuffled(documents: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
        again = [*documents, *documents[:1]]
        randomness.shuffle(again)
        return tuple(
            {**each, "Statement": randomness.sample(each["Statement"], len(each["Statement"]))} for each in again
        )

    other = replace(
        question,
        identity=shuffled(question.identity),  # type: ignore[arg-type] # generated documents are plain dicts
        boundary=None if question.boundary is None else shuffled(question.boundary),  # type: ignore[arg-type] # likewise
        session=None if question.session is None else shuffled(question.session),  # type: ignore[arg-type] # likewise
    )
    assert ask_engine(other) == ask_engine(question)


@few
@given(questions(), statements(effects="Deny"), st.sampled_from(["identity", "boundary", "session"]))
def test_adding_a_deny_never_allows(question: Question, deny: dict[str, Any], layer: str) -> None:
    changed: dict[str, Any] = {layer: (*(getattr(question, layer) or ()), document(deny))}
    more = replace(question, **changed)
    if ask_engine(question)[0] != "allow":
        assert ask_engine(more)[0] != "allow"


@few
@given(questions(), statements(effects="Deny", names_principals=True))
def test_adding_a_deny_to_the_resource_never_allows(question: Question, deny: dict[str, Any]) -> None:
    attached = question.attached or {"Version": "2012-10-17", "Statement": []}
    more = replace(question, attached={**attached, "Statement": [*attached["Statement"], deny]})
    if ask_engine(question)[0] != "allow":
        assert ask_engine(more)[0] != "allow"


@few
@given(questions(), statements(effects="Allow"))
def test_adding_an_allow_never_denies(question: Question, allow: dict[str, Any]) -> None:
    more = replace(question, identity=(*question.identity, document(allow)))
    if ask_engine(question)[0] == "allow":
        assert ask_engine(more)[0] == "allow"


@few
@given(questions(), layers())
def test_a_boundary_never_widens(question: Question, boundary: tuple[dict[str, Any], ...]) -> None:
    without = replace(question, boundary=None)
    if ask_engine(without)[0] != "allow":
        assert ask_engine(replace(question, boundary=boundary))[0] != "allow"


@few
@given(questions(), layers())
def test_a_session_policy_never_widens(question: Question, session: tuple[dict[str, Any], ...]) -> None:
    without = replace(question, session=None)
    if ask_engine(without)[0] != "allow":
        assert ask_engine(replace(question, session=session))[0] != "allow"


@few
@given(questions(), documents(names_principals=True))
def test_a_trust_policy_must_allow(question: Question, attached: dict[str, Any]) -> None:
    trusting = replace(question, attached=attached, trust=True)
    if ask_engine(trusting)[0] == "allow":
        assert ask_engine(replace(trusting, trust=False))[0] == "allow"
    allowing_nobody = {**attached, "Statement": [{**each, "Effect": "Deny"} for each in attached["Statement"]]}
    assert ask_engine(replace(trusting, attached=allowing_nobody))[0] != "allow"
    assert ask_engine(replace(trusting, attached=None))[0] != "allow"


def test_a_decision_names_what_settled_it() -> None:
    question = Question(CALLERS["alice"], identity=(DENY_ALL, ALLOW_ALL))
    decision = decide(question.request, question.policies, question.resource_policies)
    assert [(ref.source.kind, ref.index) for ref in decision.determining] == [(PolicyKind.IDENTITY, 0)]
    question = Question(CALLERS["session"], identity=(ALLOW_ALL,), boundary=(ALLOW_ALL,), session=(ALLOW_ALL,))
    decision = decide(question.request, question.policies, question.resource_policies)
    assert [ref.source.kind for ref in decision.determining] == [
        PolicyKind.IDENTITY,
        PolicyKind.BOUNDARY,
        PolicyKind.SESSION,
    ]


def test_a_policy_counts_by_its_place_not_by_its_source() -> None:
    managed = compiled(ALLOW_ALL)
    question = Question(CALLERS["alice"])
    decision = decide(question.request, PolicySet(identity=(managed,), boundary=()))
    assert decision.layer is PolicyKind.BOUNDARY
    assert decide(question.request, PolicySet(identity=(managed,), boundary=(managed,))).allowed
    trust = compiled(document({"Effect": "Allow", "Action": "s3:*", "Principal": "*"}), PolicyKind.RESOURCE)
    decision = decide(question.request, PolicySet((managed,)), ResourcePolicies(trust, must_allow=True))
    assert decision.layer is PolicyKind.RESOURCE

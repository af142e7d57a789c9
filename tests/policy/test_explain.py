"""Explanations: they agree with the decision and say what is written and what was asked."""

import pytest
from hypothesis import given

from ostiary.policy import (
    Decision,
    Effect,
    Mismatch,
    MismatchReason,
    PolicyKind,
    decide,
    denial_phrase,
    explain,
)
from tests.examples import examples
from tests.policy.cases import ALICE, CALLERS, Question, document
from tests.policy.generated import questions


@examples(30)
@given(questions())
def test_an_explanation_agrees_with_the_decision(question: Question) -> None:
    asked = (question.request, question.policies, question.resource_policies)
    explanation = explain(*asked)
    assert explanation.decision == decide(*asked)
    outcomes = [outcome for layer in explanation.layers for outcome in layer.statements]
    applying = {outcome.ref for outcome in outcomes if outcome.applies}
    assert applying >= set(explanation.decision.determining)
    assert any(o.applies and o.effect is Effect.DENY for o in outcomes) == explanation.decision.explicit_deny
    for outcome in outcomes:
        # A statement applies when nothing speaks against it; what is undecided does so only against an Allow.
        against = [m for m in outcome.mismatches if not (m.undecided and outcome.effect is Effect.DENY)]
        assert outcome.applies == (not against)


def test_every_reason_is_named() -> None:
    statement = {
        "Effect": "Allow",
        "Action": "s3:*",
        "Resource": "arn:aws:s3:::bucket",
        "Principal": {"AWS": "444455556666"},
        "Condition": {"StringEquals": {"aws:PrincipalTag/Team": ["red", "blue"]}, "Bool": {"aws:SecureTransport": "?"}},
    }
    context = {"aws:principaltag/team": "green", "aws:SecureTransport": "true"}
    question = Question(CALLERS["alice"], context=context, attached=document(statement))
    (outcome,) = explain(question.request, question.policies, question.resource_policies).layers[1].statements
    assert not outcome.applies
    assert outcome.mismatches == (
        Mismatch(MismatchReason.ACTION, ("s3:*",), "iam:GetUser"),
        Mismatch(MismatchReason.PRINCIPAL, ("444455556666",), ALICE),
        Mismatch(MismatchReason.RESOURCE, ("arn:aws:s3:::bucket",), ALICE),
        Mismatch(
            MismatchReason.CONDITION, ("red", "blue"), "green", key="aws:PrincipalTag/Team", operator="StringEquals"
        ),
        Mismatch(MismatchReason.CONDITION, ("?",), "true", key="aws:SecureTransport", operator="Bool", undecided=True),
    )


@pytest.mark.parametrize(
    ("kind", "explicit", "phrase"),
    [
        (PolicyKind.IDENTITY, False, "because no identity-based policy allows the iam:GetUser action"),
        (PolicyKind.BOUNDARY, False, "because no permissions boundary allows the iam:GetUser action"),
        (PolicyKind.SESSION, False, "because no session policy allows the iam:GetUser action"),
        (PolicyKind.RESOURCE, False, "because no resource-based policy allows the iam:GetUser action"),
        (PolicyKind.TRUST, False, "because no role trust policy allows the iam:GetUser action"),
        (PolicyKind.IDENTITY, True, "with an explicit deny in an identity-based policy"),
        (PolicyKind.BOUNDARY, True, "with an explicit deny in a permissions boundary"),
        (PolicyKind.SESSION, True, "with an explicit deny in a session policy"),
        (PolicyKind.RESOURCE, True, "with an explicit deny in a resource-based policy"),
        (PolicyKind.TRUST, True, "with an explicit deny in the role trust policy"),
    ],
)
def test_denial_phrase(kind: PolicyKind, explicit: bool, phrase: str) -> None:  # noqa: FBT001 - a table's column
    decision = Decision(allowed=False, explicit_deny=explicit, layer=kind, determining=())
    assert denial_phrase(decision, "iam:GetUser") == phrase


def test_what_is_allowed_has_no_denial() -> None:
    with pytest.raises(ValueError, match="no denial"):
        denial_phrase(Decision(allowed=True, explicit_deny=False, layer=None, determining=()), "iam:GetUser")

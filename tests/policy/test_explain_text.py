"""Explanations as text: what is said is so, in few lines that fit a terminal."""

from typing import Any

import pytest
from hypothesis import given

from ostiary.policy import PolicyKind, PolicySet, ResourcePolicies, decide, explain, explanation_lines
from ostiary.policy.explain_text import ASCII_MARKS, WIDTH, verdict
from ostiary.policy.explain_words import settled_by
from ostiary.policy.near_misses import find_near_misses
from ostiary.policy.shortfall import find_shortfall
from tests.examples import examples
from tests.policy.cases import ALICE, CALLERS, Question, compiled, document
from tests.policy.generated import questions

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
UPLOADS = {
    "Sid": "Uploads",
    "Effect": "Allow",
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::site/*",
    "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
}
MFA = {
    "Sid": "Mfa",
    "Effect": "Deny",
    "NotAction": "iam:*",
    "Resource": "*",
    "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
}
PAGE = {"action": "s3:PutObject", "resource": "arn:aws:s3:::site/index.html"}


def lines(question: Question, **options: Any) -> list[str]:
    return explanation_lines(explain(question.request, question.policies, question.resource_policies), **options)


def text(question: Question, **options: Any) -> str:
    return "\n".join(lines(question, **options))


@examples(30)
@given(questions())
def test_the_text_fits_a_terminal(question: Question) -> None:
    for verbose in (False, True):
        for line in lines(question, verbose=verbose):
            assert line == line.rstrip()
            assert len(line) <= WIDTH or len(line.split()) <= 2, line
    assert len(lines(question)) <= 45
    assert "\n".join(lines(question, marks=ASCII_MARKS)).isascii()


@examples(60)
@given(questions())
def test_the_shortfall_begins_with_what_the_decision_names(question: Question) -> None:
    explanation = explain(question.request, question.policies, question.resource_policies)
    shortfall, decision = find_shortfall(explanation), explanation.decision
    if decision.allowed:
        assert shortfall == ()
    elif not decision.explicit_deny:
        assert shortfall[0] == (decision.layer, decision.level)


@examples(60)
@given(questions())
def test_what_is_said_to_be_all_that_is_missing_is(question: Question) -> None:
    """Whoever adds the one Allow that the text speaks of is allowed."""
    explanation = explain(question.request, question.policies, question.resource_policies)
    # That a role without any trust policy needs one shows only in the action, and these questions are not about that.
    no_trust_policy = question.trust and not question.attached
    if no_trust_policy or "All that is missing" not in " ".join(explanation_lines(explanation)):
        return
    (place,) = find_shortfall(explanation)
    policies, own = question.policies, question.resource_policies
    more = compiled(document(ALL))
    if place.kind in (PolicyKind.RESOURCE, PolicyKind.TRUST):
        statements = [ALL | {"Principal": "*"}]
        if question.attached:
            statements += question.attached["Statement"]
        own = ResourcePolicies(
            compiled(document(*statements), PolicyKind.RESOURCE, place.kind), must_allow=own.must_allow
        )
    else:
        added = {
            PolicyKind.IDENTITY: PolicySet((*policies.identity, more), policies.boundary, policies.session),
            PolicyKind.BOUNDARY: PolicySet(policies.identity, (*(policies.boundary or ()), more), policies.session),
            PolicyKind.SESSION: PolicySet(policies.identity, policies.boundary, (*(policies.session or ()), more)),
        }
        policies = added[place.kind]
    assert decide(question.request, policies, own)


def test_a_near_miss_is_told_by_its_condition() -> None:
    other = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    drafts = {"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::drafts", "arn:aws:s3:::drafts/*"]}
    question = Question(
        CALLERS["alice"],
        **PAGE,
        context={"aws:RequestedRegion": "us-east-1"},
        identity=(document(other, drafts, UPLOADS),),
        boundary=(document(ALL),),
    )
    assert lines(question) == [
        "DENIED: s3:PutObject on arn:aws:s3:::site/index.html because no identity-based policy allows the",
        "    s3:PutObject action",
        "",
        "The closest is Allow statement 3 (Uploads) of test identity-based policy, but the condition",
        "StringEquals aws:RequestedRegion expects eu-west-1, and the request has us-east-1.",
        "",
        "Also close:",
        "  Allow statement 2 of test identity-based policy:",
        "    its Resource is arn:aws:s3:::drafts or arn:aws:s3:::drafts/*, not arn:aws:s3:::site/index.html",
        "  and 1 about other actions.",
        "",
        "  ✗ identity-based policy  silent  none of its 3 statements allows it",
        "  ✓ permissions boundary   allows  statement 1 of test permissions boundary",
        "",
        "All that is missing is an Allow in an identity-based policy.",
    ]


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({"aws:MultiFactorAuthPresent": "false"}, "expects false, and the request has false."),
        ({}, "expects false, and the request does not have it."),
        ({"aws:MultiFactorAuthPresent": "perhaps"}, "It applies because what cannot be decided denies: the condition"),
    ],
)
def test_a_deny_that_applies_says_what_it_denies(context: dict[str, str], said: str) -> None:
    question = Question(CALLERS["alice"], **PAGE, context=context, identity=(document(ALL, MFA),))
    told = " ".join(lines(question))
    assert "Deny statement 2 (Mfa) of test identity-based policy applies, and no Allow outweighs a Deny." in told
    assert "It denies every action but iam:*" in told
    assert said in told
    assert "  ✗ identity-based policy  denies  statement 2 (Mfa) of test identity-based policy" in lines(question)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            Question(CALLERS["alice"], identity=(document(ALL),)),
            "Allow statement 1 of test identity-based policy allows it. There is no Deny statement.",
        ),
        (Question(CALLERS["root"]), "The root user of an account needs no policy within it."),
        (Question(CALLERS["alice"]), "There is no identity-based policy."),
        (
            Question(CALLERS["alice"], identity=(document(ALL),), boundary=()),
            "the most that identity-based policies can grant. There is no permissions boundary.",
        ),
        (
            Question(CALLERS["session"], identity=(document(ALL),), session=(document(UPLOADS),)),
            "A session can do no more than its session policies allow.",
        ),
        (
            Question(CALLERS["alice"], owner="444455556666", identity=(document(ALL),)),
            "The resource belongs to account 444455556666, so the policies of both accounts have to allow. There is",
        ),
        (Question(CALLERS["service"]), "An AWS service has no policies of its own, so the resource's has to allow."),
        (
            Question(CALLERS["alice"], identity=(document(ALL),), trust=True),
            "A role can be assumed only by whom its trust policy allows.",
        ),
        (
            Question(CALLERS["alice"], attached=document(ALL | {"Principal": {"AWS": "111122223333"}})),
            "The resource-based policy allows the account, which leaves the matter to the account's own policies.",
        ),
        (
            Question(
                CALLERS["session"],
                identity=(document(ALL, MFA | {"NotAction": "s3:*"}),),
                context={"aws:MultiFactorAuthPresent": "true"},
            ),
            "The one Deny statement about this action does not apply.",
        ),
    ],
)
def test_reasons(question: Question, sentence: str) -> None:
    assert sentence in " ".join(lines(question))


@pytest.mark.parametrize(
    ("statement", "context", "phrase"),
    [
        (
            {"Condition": {"StringNotEquals": {"aws:x": ["a", "b"]}}},
            {"aws:x": "a"},
            "expects anything but a or b, and the request has a",
        ),
        (
            {"Condition": {"Null": {"aws:x": "true"}}},
            {"aws:x": "a"},
            "Null aws:x expects true, and the request has the key",
        ),
        (
            {"Condition": {"StringEquals": {"aws:x": "a"}}},
            {"aws:x": ["a", "b"]},
            "cannot be decided: the request has a and b, and for several values it takes ForAllValues or ForAnyValue",
        ),
        (
            {"Condition": {"NumericEquals": {"aws:x": "1"}}},
            {"aws:x": "one"},
            "cannot be decided: the policy has 1, the request one",
        ),
        (
            {"Condition": {"StringEquals": {"aws:x": list("abcdefg")}}},
            {"aws:x": ""},
            'expects a, b, c, d or 3 more, and the request has ""',
        ),
        ({"Condition": {"StringEquals": {"aws:x": "a"}}}, {"aws:x": "\x1b[31m"}, r"the request has \x1b[31m"),
        (
            {"Resource": "arn:aws:iam::*:user/${aws:x}"},
            {},
            f"its Resource is arn:aws:iam::*:user/${{aws:x}}, not {ALICE}",
        ),
    ],
)
def test_phrases(statement: dict[str, Any], context: dict[str, Any], phrase: str) -> None:
    question = Question(CALLERS["alice"], context=context, identity=(document(ALL | statement),))
    assert phrase in " ".join(each.strip() for each in lines(question))


def test_circumstances_are_closer_than_resources_and_those_than_principals() -> None:
    mine = {"Effect": "Allow", "Principal": {"AWS": ALICE}, "Action": "*", "Resource": "*"}
    statements = [
        {**mine, "Sid": "Other", "Principal": {"AWS": "444455556666"}},
        {**mine, "Sid": "Both", "Resource": "arn:aws:s3:::x", "Condition": {"Bool": {"aws:x": "true"}}},
        {**mine, "Sid": "Elsewhere", "Resource": "arn:aws:s3:::x"},
        {**mine, "Sid": "Later", "Condition": {"Bool": {"aws:x": "true", "aws:y": "true"}}},
    ]
    question = Question(
        CALLERS["alice"], owner="444455556666", identity=(document(ALL),), attached=document(*statements)
    )
    near = find_near_misses(explain(question.request, question.policies, question.resource_policies))
    assert [each.ref.sid for each in near] == ["Later", "Elsewhere", "Other", "Both"]


def test_negated_elements_name_what_they_exempt() -> None:
    spared = {"Effect": "Deny", "NotPrincipal": {"AWS": [ALICE, "111122223333"]}, "Action": "*", "Resource": "*"}
    question = Question(CALLERS["alice"], identity=(document(ALL),), attached=document(spared))
    told = " ".join(each.strip() for each in lines(question))
    assert f"its NotPrincipal exempts {ALICE} and 111122223333, and the request comes from {ALICE}" in told


def test_a_key_that_the_request_lacks_is_pointed_out() -> None:
    needs_mfa = ALL | {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    told = " ".join(lines(Question(CALLERS["alice"], identity=(document(needs_mfa),))))
    assert "The request has no aws:MultiFactorAuthPresent; with it the answer may differ." in told


def test_verbose_lists_what_is_about_other_actions() -> None:
    question = Question(CALLERS["alice"], identity=(document(UPLOADS),))
    assert "it is about s3:PutObject, not iam:GetUser" not in text(question)
    assert "it is about s3:PutObject, not iam:GetUser" in text(question, verbose=True)


def test_the_short_forms() -> None:
    allowed = Question(CALLERS["alice"], identity=(document(ALL),), boundary=(document(ALL),))
    decision = decide(allowed.request, allowed.policies)
    assert settled_by(decision, "iam:GetUser") == "Allow statement 1 of test identity-based policy"
    assert verdict(explain(allowed.request, allowed.policies)) == f"ALLOWED: iam:GetUser on {ALICE}"
    denied = Question(CALLERS["alice"])
    decision = decide(denied.request, denied.policies)
    assert settled_by(decision, "iam:GetUser") == "no identity-based policy allows iam:GetUser"

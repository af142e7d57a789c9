"""Whatever the text, lint answers, in time, and with places in it."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.analysis.lint import Severity, lint_policy, lint_text
from ostiary.analysis.lint.draft import Draft
from ostiary.analysis.lint.operators import FOR_ALL, FOR_ANY, IF_EXISTS, OPERATOR_NAMES, Comparison, read_operator
from ostiary.catalogue import list_managed_policies
from ostiary.policy import MalformedPolicy, PolicyKind, parse_policy
from ostiary.policy.json_text import read_json
from ostiary.policy.match import find_operator
from tests.examples import examples

KINDS = st.sampled_from(PolicyKind)
WORDS = st.sampled_from(
    [
        *("*", "", "Allow", "Deny", "2012-10-17", "2008-10-17", "s3:GetObject", "s3:*", "iam:PassRole", "x:y:z", "*:*"),
        *("arn:aws:s3:::b/${aws:username", "arn:aws:iam::111122223333:role/a", "arn:::::", "arn:aws:*", "${", "${}"),
        *("111122223333", "ec2.amazonaws.com", "true", "10.0.0.0/8", "1893456000", "\ud800", "AROAEXAMPLEEXAMPLE00"),
    ]
)
KEYS = st.sampled_from(
    [
        *("Version", "Statement", "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource"),
        *("NotResource", "Condition", "AWS", "Service", "Federated", "StringEquals", "ForAllValues:StringLike"),
        *("Null", "IpAddress", "BoolIfExists", "aws:SourceIp", "aws:TagKeys", "s3:prefix", "sts:SourceIdentity"),
        *("aws:userid", "", ":", "a:b"),
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
STATEMENTS = st.fixed_dictionaries(
    {},
    optional={
        "Sid": WORDS,
        "Effect": st.sampled_from(["Allow", "Deny", "allow"]) | VALUES,
        "Principal": st.dictionaries(KEYS, WORDS | st.lists(WORDS, max_size=3), max_size=2) | VALUES,
        "NotPrincipal": VALUES,
        "Action": WORDS | st.lists(WORDS, max_size=4) | VALUES,
        "NotAction": WORDS,
        "Resource": WORDS | st.lists(WORDS, max_size=4) | VALUES,
        "NotResource": WORDS,
        "Condition": st.dictionaries(
            KEYS, st.dictionaries(KEYS, WORDS | st.lists(WORDS, max_size=3), max_size=2), max_size=3
        )
        | VALUES,
    },
)
POLICIES = st.fixed_dictionaries({"Statement": st.lists(STATEMENTS, max_size=3) | VALUES}, optional={"Version": WORDS})


def check(text: str, kind: PolicyKind) -> None:
    lines = text.split("\n")
    for finding in lint_policy(text, kind):
        start, end = finding.span.start, finding.span.end
        assert start < end
        assert 1 <= start.line <= end.line <= len(lines)
        assert 1 <= start.column <= len(lines[start.line - 1]) + 1
        assert finding.message.isprintable()
        assert finding.help.isprintable()


@given(POLICIES, KINDS)
def test_takes_what_is_much_like_a_policy(policy: Any, kind: PolicyKind) -> None:
    check(json.dumps(policy), kind)


@given(VALUES, KINDS)
def test_takes_any_json(value: Any, kind: PolicyKind) -> None:
    check(json.dumps(value, ensure_ascii=False, indent=1), kind)


@given(st.text(alphabet="{}[]:,\"\\ \nab01-/#'", max_size=30) | st.text(max_size=30), KINDS)
def test_takes_any_text(text: str, kind: PolicyKind) -> None:
    check(text, kind)
    assert len(lint_text(text)) == 1


@given(POLICIES, KINDS)
@examples(80)
def test_what_is_refused_has_an_error(policy: Any, kind: PolicyKind) -> None:
    """Whatever IAM or Organizations would not take, lint finds at least one fault in."""
    text = json.dumps(policy)
    try:
        parse_policy(text, kind)
    except MalformedPolicy:
        assert lint_policy(text, kind)


def statement(**elements: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **elements}]})


LONG = 80_000
HOSTILE = {
    "brackets": "[" * LONG,
    "quotes": '"' * LONG,
    "unknown actions": statement(Action=[f"s3:Got{n}" for n in range(4_000)], Resource="*"),
    "wildcard actions": statement(Action=[f"s3:a*{n}b" for n in range(4_000)], Resource="*"),
    "one wildcard action": statement(Action=["s3:" + "a*" * 20_000, "s3:" + "a" * 20_000], Resource="*"),
    "wildcard resources": statement(Action="s3:*", Resource=[f"arn:aws:s3:::a*{n}" for n in range(3_000)]),
    "strange resources": statement(Action="ec2:*", Resource=[f"arn:aws:ec2:q:1:{n}" for n in range(2_500)]),
    "resources much alike": statement(
        Action="s3:GetObject",
        Resource=[f"arn:aws:s3:::*{'a' * 240}{f'b{n}' if n % 2 else '?'}{'a' * 200}" for n in range(150)],
    ),
    "question marks": statement(Action=["?" * (n % 5) + "*?" for n in range(10_000)], Resource="*"),
    "one long ARN": statement(Action="*", Resource="arn:aws:s3:::" + "${" * 30_000),
    "variables": statement(Action="*", Resource=["arn:aws:s3:::${a b}${"] * 2_500),
    "conditions": statement(
        Action="*", Resource="*", Condition={"StringEqual": {f"aws:x{n}": "${" for n in range(3_000)}}
    ),
    "statements": json.dumps({"Statement": [{"Effect": "Allow"}] * 3_000}),
    "principals": statement(Principal={f"AWS{n}": "*" for n in range(3_000)}, Action="sts:AssumeRole"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_no_longer_than_honest_ones(name: str) -> None:
    began = time.perf_counter()
    lint_policy(HOSTILE[name], PolicyKind.TRUST if name == "principals" else PolicyKind.IDENTITY)
    # Some 80,000 characters take well under a second; what grows with the square would take minutes.
    assert time.perf_counter() - began < 10


def test_what_is_far_too_much_is_left_and_said_to_be() -> None:
    honest = {"Effect": "Allow", "Action": [f"s3:Got{n}" for n in range(1_000)], "Resource": "*"}
    text = json.dumps({"Version": "2012-10-17", "Statement": [honest] * 10})
    findings = lint_policy(text, PolicyKind.IDENTITY)
    (left,) = (finding for finding in findings if finding.code == "POLICY_NOT_CHECKED_WHOLE")
    assert (left.severity, left.path, left.message) == (
        Severity.WARNING,
        ("Statement", 7),
        "the policy lists so much that this statement, and what follows it, was not looked at",
    )
    assert {each.path[1] for each in findings if each.code == "INVALID_ACTION"} == set(range(7))


def test_no_policy_of_aws_is_too_much() -> None:
    for policy in list_managed_policies():
        draft = Draft(policy.document, PolicyKind.IDENTITY, read_json(policy.document))
        assert draft.unread is None, policy.name


def test_is_quick_enough_to_run_while_somebody_types() -> None:
    policy = next(each for each in list_managed_policies() if 5_800 < len(each.document) < 6_300)
    lint_policy(policy.document, PolicyKind.IDENTITY)
    took = []
    for _ in range(5):
        began = time.perf_counter()
        lint_policy(policy.document, PolicyKind.IDENTITY)
        took.append(time.perf_counter() - began)
    # Some milliseconds where nobody else is busy; an editor that waits longer than this would be felt anywhere.
    assert min(took) < 1


# What AWS's own policies are found to have in error: what is newer than the catalogue, and real misspellings.
FOUND_IN_AWS_POLICIES = {
    *("INVALID_ACTION", "INVALID_SERVICE_IN_ACTION", "INVALID_SERVICE", "INVALID_ARN_RESOURCE"),
    *("INVALID_SERVICE_CONDITION_KEY", "INVALID_GLOBAL_CONDITION_KEY", "UNSUPPORTED_ACTION_FOR_CONDITION_KEY"),
    *("MISSING_QUALIFIER", "MISSING_ARN_ACCOUNT"),
}


def test_finds_little_wrong_with_the_policies_of_aws() -> None:
    """Every twelfth of them, to be quick."""
    policies = list_managed_policies()[::12]
    faulty = 0
    for policy in policies:
        errors = {
            finding.code
            for finding in lint_policy(policy.document, PolicyKind.IDENTITY)
            if finding.severity is Severity.ERROR
        }
        assert errors <= FOUND_IN_AWS_POLICIES, policy.name
        faulty += bool(errors)
    assert faulty < len(policies) / 6


def test_knows_the_operators_that_the_engine_knows() -> None:
    names = [
        f"{prefix}{base}{suffix}"
        for prefix in ("", f"{FOR_ALL}:", f"{FOR_ANY}:", "ForSome:")
        for base in (*OPERATOR_NAMES, "StringIs")
        for suffix in ("", IF_EXISTS)
    ]
    for name in names:
        operator = read_operator(name)
        known = operator.comparison is not None and not operator.odd_prefix
        null_if_exists = operator.comparison is Comparison.NULL and operator.if_exists
        found = find_operator(name)
        assert (found is not None) == (known and not null_if_exists)
        assert found is None or found.negated == operator.negated

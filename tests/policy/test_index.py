"""Looking statements up finds just those that trying one after the other does, in their order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy import (
    AccessRequest,
    CompiledStatement,
    Condition,
    Effect,
    Patterns,
    PolicyDocument,
    PolicyKind,
    PolicySource,
    Principal,
    PrincipalKind,
    Statement,
    compile_policy,
    match_statement,
)
from ostiary.policy.index import StatementIndex
from tests.examples import examples

ALICE = Principal(PrincipalKind.USER, "arn:aws:iam::111122223333:user/alice", "111122223333")
SOURCE = PolicySource(PolicyKind.IDENTITY, "test", "test")
ACTION = "x:Do"

_texts = st.text("ab:/", max_size=4)
_plain_arns = st.builds("arn:aws:x:{}:{}:{}".format, st.sampled_from(["", "eu"]), st.sampled_from(["", "1"]), _texts)
_pieces = st.sampled_from(["a", "b", ":", "/", "*", "?", "ab", "${*}", "${aws:username}", "${aws:none}"])
_patterns = st.one_of(
    st.just("*"),
    _plain_arns,
    st.builds("{}*".format, _plain_arns),
    st.builds(
        "arn:aws:x:{}:{}{}".format,
        st.sampled_from(["", "eu", "*", "e*", "?u", "e*u"]),
        st.sampled_from(["", "1", "*", "1:", "*:", ":"]),
        st.lists(_pieces, max_size=4).map("".join),
    ),
)


def _statement(effect: Effect, patterns: list[str], *, negated: bool = False, conditional: bool = False) -> Statement:
    conditions = (Condition("StringEquals", "aws:username", ("alice",)),) if conditional else ()
    return Statement(effect, Patterns((ACTION,)), Patterns(tuple(patterns), negated), conditions=conditions)


def _compiled(statements: list[Statement]) -> tuple[CompiledStatement, ...]:
    # Made without parsing, so that patterns come in which IAM would not take.
    return compile_policy(PolicyDocument(PolicyKind.IDENTITY, "2012-10-17", tuple(statements)), SOURCE).statements


_statements = st.builds(
    _statement,
    st.sampled_from(Effect),
    st.lists(_patterns, min_size=1, max_size=3),
    negated=st.sampled_from([False, False, False, True]),
    conditional=st.booleans(),
)


@examples(150)
@given(st.lists(_statements, min_size=1, max_size=14), st.lists(_plain_arns, min_size=1, max_size=4), st.booleans())
def test_finds_what_a_walk_finds(written: list[Statement], resources: list[str], named: bool) -> None:  # noqa: FBT001 - drawn
    statements = _compiled(written)
    index = StatementIndex((each, each.ref.index) for each in statements)
    for resource in resources:
        request = AccessRequest(ALICE, ACTION, resource, {"aws:username": "alice"} if named else {})
        walked = [each.ref.index for each in statements if match_statement(each, request)]
        assert index.first(request) == (walked[0] if walked else None)
        assert sorted(set(index.applying(request))) == walked


@pytest.mark.parametrize(
    "pattern", ["arn:aws:s3:::${{a:b}}{}*?x", "arn:*:s3:::*{}?", "arn:aws:s3:::*{}", "arn:aws:s3:::{0:a<600}*"]
)
def test_a_statement_is_tried_once_however_many_of_its_patterns_may_fit(pattern: str) -> None:
    tried = []
    (statement,) = _compiled([_statement(Effect.DENY, [pattern.format(number) for number in range(300)])])
    fits = statement.fits_resource
    assert fits is not None
    counted = replace(statement, fits_resource=lambda request: tried.append(request) or fits(request))  # type: ignore[func-returns-value] # counts and goes on
    StatementIndex([(counted, 0)]).first(AccessRequest(ALICE, ACTION, f"arn:aws:s3:::{'a' * 600}y"))
    assert len(tried) <= 1


def test_a_long_chain_of_beginnings_is_walked_once() -> None:
    beginnings = [f"arn:aws:x:::{'a' * length}" for length in range(1, 400)]
    statements = _compiled([_statement(Effect.ALLOW, [f"{each}*"]) for each in beginnings])
    index = StatementIndex((each, each.ref.index) for each in statements)
    assert list(index.applying(AccessRequest(ALICE, ACTION, f"{beginnings[249]}b"))) == list(range(250))
    assert index.first(AccessRequest(ALICE, ACTION, "arn:aws:x:::b")) is None

"""A small, fixed part of what `make fuzz` does with hostile texts, and with patterns made to be slow."""

import pytest

from tests.differential.fuzz import seeded, smallest
from tests.differential.generator import generate_questions
from tests.differential.hostile import GROWTH, bombs, examine_texts, growth


def test_mutated_policies_are_refused_or_understood() -> None:
    parsed = examine_texts(seeded("7"), 3_000)
    assert 300 < parsed < 2_700


@pytest.mark.parametrize("operator", [None, "StringLike", "ArnLike"])
def test_no_pattern_takes_more_than_its_share(operator: str | None) -> None:
    assert {pattern for pattern, character in bombs() if growth(pattern, character, operator) > GROWTH} == set()


def test_a_failing_question_is_made_small() -> None:
    question = next(generate_questions(seeded("3"), 1))
    assert smallest(question, lambda each: "Allow" in str(each.get("policies"))).keys() == {"policies"}
    needless = {"request": 1, "policies": [{"Effect": "Deny"}, {"Effect": "Allow", "Action": ["*", "s3:*"]}]}
    assert smallest(needless, lambda each: "s3:*" in str(each)) == {"policies": [{"Action": ["s3:*"]}]}

"""The engine, the reference evaluator and the certificate checker agree; and what holds of every decision."""

import copy
import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from conformance.check_certificate import CertificateRefused, check
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy import parse_request, request_json
from tests.differential.agreement import agree_on, agreed_answers, ask_engine, engine_for, written_out
from tests.differential.fuzz import seeded
from tests.differential.generator import generate_questions
from tests.examples import examples
from tests.model.iam_model import is_authorized

FOUND = Path(__file__).parents[1] / "cases" / "found"
SEED = 1
CASES = 8_000
KINDS = ["resource_control", "service_control", "identity", "boundary", "session", "resource", "trust"]
LISTS = ["identity", "boundary", "session", "service_control"]
ALL: dict[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}
RARE = 0.015

few = examples(30)
randoms = st.randoms(use_true_random=False)


def one_question(random: Random) -> dict[str, Any]:
    return copy.deepcopy(next(generate_questions(random, 1)))


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def test_all_agree_on_eight_thousand_questions() -> None:
    counts = Counter(agreed_answers(seeded(str(SEED)), CASES))
    assert sum(counts.values()) == CASES
    answers = [
        ("allow", None),
        *((decision, kind) for decision in ("explicit_deny", "implicit_deny") for kind in KINDS),
    ]
    assert {answer for answer in answers if counts[answer] < CASES * RARE} == set()


@examples(100)
@given(randoms)
def test_all_agree(random: Random) -> None:
    agree_on(one_question(random))


@pytest.mark.parametrize("path", sorted(FOUND.glob("*.json")), ids=lambda path: path.stem)
def test_what_was_found_stays_agreed(path: Path) -> None:
    agree_on(json.loads(path.read_text(encoding="utf-8")))


@few
@given(randoms)
def test_a_request_written_out_is_the_same_request(random: Random) -> None:
    request = parse_request(one_question(random)["request"])
    assert parse_request(request_json(request)) == request


@few
@given(randoms)
def test_forged_certificates_are_refused(random: Random) -> None:
    question = one_question(random)
    certificate = engine_for(question["policies"]).certificate(question["request"])
    for forged in forgeries(question, certificate):
        with pytest.raises(CertificateRefused):
            check(written_out(question), forged)


def is_needed(question: dict[str, Any], address: str) -> bool:
    """Return whether a statement must be named: the resource's Allow need not, where all is well without."""
    policies = question["policies"]
    if not address.startswith("resource/"):
        return True
    denies = [each for each in as_list(policies["resource"]["Statement"]) if each["Effect"] == "Deny"]
    without = {**policies, "resource": {**policies["resource"], "Statement": denies}}
    return is_authorized({**question, "policies": without})[0] != "allow"


def forgeries(question: dict[str, Any], certificate: dict[str, Any]) -> list[dict[str, Any]]:
    """Return certificates that say something else than the true one: none of them proves anything."""
    decisions = {"allow", "explicit_deny", "implicit_deny"} - {certificate["decision"]}
    applies, fails = certificate["applies"], certificate["fails"]
    changes: list[dict[str, Any]] = [{"decision": decision} for decision in sorted(decisions)]
    changes += [{"layer": layer} for layer in [*KINDS, None] if layer != certificate["layer"]]
    changes += [{"level": 7}, {"version": 2}, {"remark": "trust me"}, {"applies": [*applies, "identity/99/0"]}]
    # What applies does not fail, and what fails does not apply.
    changes += [
        {"fails": {**fails, address: part}} for address in applies for part in ("action", "resource", "principal")
    ]
    changes += [{"applies": [*applies, address]} for address in fails]
    # Each statement that is named is needed.
    changes += [
        {"applies": [each for each in applies if each != address]}
        for address in applies
        if is_needed(question, address)
    ]
    changes += [{"fails": {each: part for each, part in fails.items() if each != address}} for address in fails]
    untrue = ["action", "sid", ["condition", "StringEquals", "x:nowhere"]]
    changes += [{"fails": {**fails, address: part}} for address in fails for part in untrue]
    return [{**certificate, **change} for change in changes]


@few
@given(randoms, st.sampled_from(KINDS[1:5]))
def test_adding_a_deny_never_allows(random: Random, kind: str) -> None:
    question = one_question(random)
    before = ask_engine(question)
    donor = [each for each in statements(one_question(random), kind) if each["Effect"] == "Deny"]
    for deny in donor:
        changed = copy.deepcopy(question)
        policies = changed["policies"].setdefault(kind, [])
        (policies[-1] if kind == "service_control" and policies else policies).append(
            [document(deny)] if kind == "service_control" and not policies else document(deny)
        )
        if before[0] != "allow":
            assert ask_engine(changed)[0] != "allow"


def statements(question: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    levels = question["policies"].get(kind, [])
    documents = [each for level in levels for each in level] if kind == "service_control" else levels
    return [each for one in documents for each in as_list(one["Statement"])]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@few
@given(randoms)
def test_order_and_duplicates_do_not_matter(random: Random) -> None:
    question = one_question(random)
    shuffled = copy.deepcopy(question)
    policies = shuffled["policies"]
    levels = [policies[kind] for kind in LISTS[:3] if kind in policies]
    levels += [level for kind in ("service_control", "resource_control") for level in policies.get(kind, [])]
    for level in levels:
        level.extend(level[:1])
        random.shuffle(level)
    own = [policies[kind] for kind in ("resource", "trust") if kind in policies]
    for one in [*own, *(each for level in levels for each in level)]:
        written = as_list(one["Statement"])
        one["Statement"] = random.sample(written, len(written))
    assert ask_engine(shuffled) == ask_engine(question)


@few
@given(randoms, st.sampled_from(["boundary", "session", "service_control", "resource_control"]))
def test_another_limit_never_widens(random: Random, kind: str) -> None:
    limited, donor = one_question(random), one_question(random)
    unlimited = copy.deepcopy(limited)
    policies = unlimited["policies"]
    if kind in ("boundary", "session"):
        policies.pop(kind, None)
        limited["policies"].setdefault(kind, donor["policies"].get(kind, []))
    else:
        limited["policies"][kind] = [*policies.get(kind, []), *donor["policies"].get(kind, [[]])]
    if ask_engine(unlimited)[0] != "allow":
        assert ask_engine(limited)[0] != "allow"


@few
@given(randoms)
def test_the_case_of_context_keys_does_not_matter(random: Random) -> None:
    question = one_question(random)
    question["request"]["context"].pop("AWS:UserName", None)
    renamed = copy.deepcopy(question)
    renamed["request"]["context"] = {key.upper(): value for key, value in question["request"]["context"].items()}
    assert ask_engine(renamed) == ask_engine(question)


@few
@given(randoms)
def test_the_names_of_statements_do_not_matter(random: Random) -> None:
    question = one_question(random)
    renamed = copy.deepcopy(question)
    for number, statement in enumerate(statements(renamed, "identity")):
        statement["Sid"] = f"Statement{number}"
    assert ask_engine(renamed) == ask_engine(question)

"""What holds for the vectors themselves, whatever an engine makes of them."""

import copy
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.conformance.schema import faults
from tests.conformance.vectors import FOLDER, PATHS, TOPICS, VECTORS, Vector, load_script

SCHEMA = json.loads((FOLDER / "vector.schema.json").read_text(encoding="utf-8"))
README = (FOLDER / "README.md").read_text(encoding="utf-8")

# The rules that issue 3 lists in its points 1 (layers) and 2 (language), and where each is shown.
RULES = {
    "explicit deny anywhere": ["layers-explicit-deny"],
    "what nothing allows is denied": ["layers-default-deny"],
    "resource control policies, every level": ["resource-control"],
    "service control policies, every level": ["service-control"],
    "resource-based policies": ["resource-based-grants"],
    "identity-based policies": ["layers-default-deny", "layers-explicit-deny"],
    "permissions boundaries": ["boundaries"],
    "session policies": ["sessions"],
    "same-account rules": ["resource-based-grants"],
    "cross-account rules": ["cross-account"],
    "what a resource policy that names somebody bypasses": ["resource-based-grants", "principals"],
    "trust policies": ["trust"],
    "service principals": ["service-principals"],
    "federated principals": ["federated"],
    "anonymous principals": ["anonymous"],
    "NotPrincipal": ["not-principal", "choices-not-principal"],
    "root": ["root"],
    "service-linked roles outside control policies": ["service-linked-roles"],
    "action names and their case": ["actions", "not-action"],
    "ARNs part by part": ["resources", "not-resource"],
    "ArnLike and ArnEquals": ["arns"],
    "wildcards and colons": ["resources", "arns"],
    "strings": ["strings", "choices-texts"],
    "numbers": ["numbers", "choices-numbers"],
    "dates, ISO and epoch": ["dates", "choices-dates"],
    "booleans": ["booleans"],
    "binary": ["binary"],
    "IP v4 and v6 ranges": ["addresses", "choices-addresses"],
    "Null": ["null"],
    "IfExists": ["if-exists", "missing-keys"],
    "set operators with missing and empty keys": ["set-operators"],
    "single- and multi-valued keys": ["condition-logic", "choices-multivalued"],
    "negated operators with several values": ["negated"],
    "policy variables": ["variables", "choices-variables"],
    "the version of 2008": ["version-2008"],
    "action and resource must fit": ["action-resource-fit"],
}


def test_there_are_enough() -> None:
    assert len(VECTORS) >= 650
    assert sum(vector["source"] != "docs/behaviour.md" for vector in VECTORS) >= 600


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_files_keep_to_the_schema(path: Any) -> None:
    assert list(faults(json.loads(path.read_text(encoding="utf-8")), SCHEMA, SCHEMA)) == []


BREAKAGES: dict[str, Callable[[Vector], object]] = {
    "no rule": lambda vector: vector.pop("rule"),
    "no sentence": lambda vector: vector.update(rule="no sentence"),
    "a source from elsewhere": lambda vector: vector.update(source="https://example.com/"),
    "a member nobody knows": lambda vector: vector.update(note="?"),
    "no answer": lambda vector: vector["expected"].update(decision="perhaps"),
    "a deny by nobody": lambda vector: vector.update(expected={"decision": "explicit_deny", "layer": None}),
    "an allow in the way": lambda vector: vector.update(expected={"decision": "allow", "layer": "identity"}),
    "a layer nobody knows": lambda vector: vector["policies"].update(group=[]),
    "a policy without statements": lambda vector: vector["policies"].update(identity=[{"Statement": []}]),
    "a number in the context": lambda vector: vector["request"].update(context={"s3:max-keys": 10}),
    "an effect in lower case": lambda vector: vector["policies"].update(trust={"Statement": {"Effect": "allow"}}),
    "a resource that is no ARN": lambda vector: vector["request"].update(resource="bucket"),
}


@pytest.mark.parametrize("breakage", BREAKAGES.values(), ids=BREAKAGES)
def test_the_schema_tells(breakage: Callable[[Vector], object]) -> None:
    vector = copy.deepcopy(VECTORS[0])
    assert list(faults([vector], SCHEMA, SCHEMA)) == []
    breakage(vector)
    assert list(faults([vector], SCHEMA, SCHEMA)) != []


def test_ids_are_unique() -> None:
    assert [each for each, count in Counter(vector["id"] for vector in VECTORS).items() if count > 1] == []


def test_no_two_vectors_are_the_same_question() -> None:
    asked: dict[str, str] = {}
    for vector in VECTORS:
        question = json.dumps([vector["request"], vector["policies"]], sort_keys=True)
        assert asked.setdefault(question, vector["id"]) == vector["id"]


def test_files_are_formatted() -> None:
    format_vectors = load_script("format_vectors").format_vectors
    assert [path.name for path in PATHS if path.read_text(encoding="utf-8") != format_vectors(TOPICS[path.stem])] == []


def test_formatting_breaks_what_is_long_and_keeps_what_is_short() -> None:
    lay_out = load_script("format_vectors").lay_out
    assert lay_out({"a": [1, {"ü": True}]}) == '{"a": [1, {"ü": true}]}'
    assert lay_out({"a": ["x" * 100, "y" * 10], "b": []}) == (
        '{\n  "a": [\n    "' + "x" * 100 + '",\n    "' + "y" * 10 + '"\n  ],\n  "b": []\n}'
    )


def test_choices_stand_apart() -> None:
    for topic, vectors in TOPICS.items():
        for vector in vectors:
            is_choice = vector["source"] == "docs/behaviour.md"
            assert is_choice == topic.startswith("choices-"), vector["id"]
            assert is_choice == vector["rule"].startswith("Ostiary's choice: "), vector["id"]


def test_every_rule_has_its_file_and_every_file_its_rule() -> None:
    shown = {topic for topics in RULES.values() for topic in topics}
    assert shown - TOPICS.keys() == set()
    assert TOPICS.keys() - shown == {"choices-malformed", "choices-federated-users", "choices-layer-named"}


def test_every_decision_and_every_layer_is_expected_somewhere() -> None:
    expected = Counter((vector["expected"]["decision"], vector["expected"]["layer"]) for vector in VECTORS)
    layers = ["resource_control", "service_control", "identity", "boundary", "session", "resource", "trust"]
    wanted = [("allow", None), *((denied, layer) for denied in ("explicit_deny", "implicit_deny") for layer in layers)]
    assert {answer: expected[answer] for answer in wanted if expected[answer] < 3} == {}


def test_every_operator_is_asked_for() -> None:
    text = json.dumps(VECTORS).lower()
    families = "StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike"
    families += " NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan"
    families += " NumericGreaterThanEquals DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan"
    families += (
        " DateGreaterThanEquals Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike"
    )
    assert [name for name in [*families.split(), "Null"] if f'"{name.lower()}": {{' not in text] == []


def test_the_readme_counts_right() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| ([0-9]+) \|", README, re.MULTILINE)
    assert {topic: int(count) for topic, count in rows} == {topic: len(each) for topic, each in TOPICS.items()}
    assert f"Here are {len(VECTORS):,} questions" in README

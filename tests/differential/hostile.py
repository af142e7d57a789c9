"""Texts that mean harm: mutated policies for the parser, and patterns made to be slow for the matcher."""

import json
import time
from random import Random

from ostiary.policy import (
    AccessRequest,
    MalformedPolicy,
    PolicyKind,
    PolicySet,
    PolicySource,
    compile_policy,
    decide,
    parse_policy,
    parse_request,
)
from ostiary.policy.spans import find_spans
from tests.differential import vocabulary as words
from tests.differential.generator import generate_policies, generate_request

PIECES = [
    *("[", "]", "{", "}", ",", ":", '"', "\\", "*", "?", "${", "${aws:username", "}", "\\u0000", "\\ud800", "\u2028"),
    *(
        "\ud800",
        "\udfff\ud800",
        "💥",
        "\u202e",
        "\u0130",
        "ß",
        "\ufeff",
        "\x00",
        "\r",
        "\u0661",
        "null",
        "true",
        "NaN",
        "-Infinity",
    ),
    *(
        "1e999999",
        "-0",
        "9" * 5_000,
        "0." + "1" * 400,
        "[" * 12,
        '{"a":' * 12,
        "[" * 50_000,
        "]" * 9,
        "*" * 300,
        "?*" * 90,
    ),
    *(
        '"Effect":"Deny",',
        '"Statement":[],',
        '"Version":"2012-10-17",',
        '"Action":"*",',
        '{"Bool":{"a":"b"}}',
        "arn:",
        ":" * 40,
    ),
    *(
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "-292275054",
        "::ffff:1.2.3.4/129",
        "${,'x'}",
        "${a,'" + "'" * 50,
    ),
]
SIZES = (20_000, 80_000)
GROWTH = 3.0
"""How many times more than in proportion to its size a text may take; what is quadratic takes four times more."""


def examine_texts(random: Random, count: int) -> int:
    """Put so many mutated policies to the parser; return how many of them are policies still.

    Nothing but MalformedPolicy may be raised for a text, and nothing at all for what parses.
    """
    parsed = 0
    while count > 0:
        policies = generate_policies(random)
        documents = [*policies["identity"], policies.get("resource") or policies.get("trust") or {}]
        request = parse_request(generate_request(random, policies))
        for document in documents:
            kind = random.choice(list(PolicyKind))
            parsed += survives(mutated(random, json.dumps(document, ensure_ascii=random.random() < 0.5)), kind, request)
            count -= 1
    return parsed


def mutated(random: Random, text: str) -> str:
    """Return a text with a few stretches of it taken out, doubled, moved or replaced."""
    for _ in range(random.choice([0, 1, 1, 2, 4])):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice([0, 0, 1, 1, 5, 40]))
        stretch = text[start:end]
        elsewhere = random.randint(0, len(text))
        middle = random.choice(
            ["", stretch * 2, text[elsewhere : elsewhere + 20], random.choice(PIECES), random.choice(PIECES)]
        )
        text = text[:start] + middle + text[end:]
    return text


def survives(text: str, kind: PolicyKind, request: AccessRequest) -> bool:
    """Return whether a text is a policy; if it is, it has spans, compiles and decides."""
    try:
        document = parse_policy(text, kind)
    except MalformedPolicy:
        return False
    find_spans(text)
    policy = compile_policy(document, PolicySource(kind, "hostile", "hostile"))
    decide(request, PolicySet(identity=(policy,), boundary=(policy,)))
    return True


def bombs() -> list[tuple[str, str]]:
    """Return patterns with the character that texts to be slow on are made of."""
    long = ["a*" * 500, "*" * 2_000, "?*" * 500, "*a?" * 400, "*" + "a" * 1_000, "*a" * 300 + "?" * 300, "${*}*" * 300]
    return [(pattern + "b", "a") for pattern in long] + [("*a" * 200 + "*:" * 50 + "b", ":"), ("*.*" * 300 + "b", ".")]


def growth(pattern: str, character: str, operator: str | None) -> float:
    """Return by how much more than in proportion the time grows with the size of what is matched."""
    statement = {"Effect": "Allow", "Action": "*", "Resource": f"arn:aws:s3:::{pattern}"}
    if operator is not None:
        statement |= {"Resource": "*", "Condition": {operator: {"x:text": f"arn:aws:s3:::{pattern}"}}}  # type: ignore[dict-item] # a condition is no text
    text = json.dumps({"Version": "2012-10-17", "Statement": statement})
    policies = PolicySet(
        identity=(compile_policy(parse_policy(text, PolicyKind.IDENTITY), PolicySource(PolicyKind.IDENTITY, "b", "b")),)
    )
    small, large = (_seconds(policies, f"arn:aws:s3:::{character * size}") for size in SIZES)
    return large / small / (SIZES[1] / SIZES[0])


def _seconds(policies: PolicySet, text: str) -> float:
    """Return the least of several measurements; a millisecond is too little to tell anything by."""
    request = parse_request(
        {"principal": words.ALICE, "action": "s3:GetObject", "resource": text, "context": {"x:text": text}}
    )
    taken = []
    for _ in range(3):
        start = time.process_time()
        decide(request, policies)
        taken.append(time.process_time() - start)
    return max(min(taken), 0.001)

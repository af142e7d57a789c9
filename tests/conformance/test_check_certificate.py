"""The certificate checker by itself: what it takes for a question, what it believes, and how long it takes."""

import ast
import copy
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.vectors import FOLDER, load_script

CHECKER = FOLDER / "check_certificate.py"
checker = load_script("check_certificate")

Json = dict[str, Any]
ACCOUNT = "111122223333"
PHOTO = "arn:aws:s3:::photos/cat"
ALL: Json = {"Effect": "Allow", "Action": "*", "Resource": "*"}
EVERYBODY: Json = {"Effect": "Allow", "Principal": "*", "Action": "*"}
ALLOWED: Json = {
    "version": 1,
    "decision": "allow",
    "layer": None,
    "level": None,
    "applies": ["identity/0/0"],
    "fails": {},
}


def policy(*statements: Json, version: str = "2012-10-17") -> Json:
    return {"Version": version, "Statement": list(statements)}


def question(*statements: Json, context: Json | None = None, **policies: Any) -> Json:
    principal = {"kind": "user", "arn": f"arn:aws:iam::{ACCOUNT}:user/alice", "account": ACCOUNT}
    request = {"principal": principal, "action": "s3:GetObject", "resource": PHOTO, "context": context or {}}
    return {"request": request, "policies": {"identity": [policy(*statements or (ALL,))], **policies}}


def proves(asked: Json, certificate: Any) -> bool:
    try:
        checker.check(asked, certificate)
    except checker.CertificateRefused:
        return False
    return True


def change(statement: Json) -> Callable[[Json], object]:
    return lambda asked: asked["policies"]["identity"][0]["Statement"].append(statement)


BROKEN: dict[str, Callable[[Json], object]] = {
    "a number in the context": lambda asked: asked["request"]["context"].update({"x:n": 5}),
    "a boolean in a list": lambda asked: asked["request"]["context"].update({"x:n": ["a", True]}),
    "a key in capitals": lambda asked: asked["request"]["context"].update({"x:N": "5"}),
    "a principal by name": lambda asked: asked["request"].update(principal=f"arn:aws:iam::{ACCOUNT}:user/alice"),
    "an unknown kind of principal": lambda asked: asked["request"]["principal"].update(kind="robot"),
    "a user of no account": lambda asked: asked["request"]["principal"].pop("account"),
    "an issuer without a name": lambda asked: asked["request"]["principal"].update(issuer_arn=""),
    "a fact that is no text": lambda asked: asked["request"]["principal"].update(unique_id=None),
    "an unknown kind of policy": lambda asked: asked["policies"].update(group=[]),
    "a resource and a trust policy": lambda asked: asked["policies"].update(
        resource=policy(EVERYBODY), trust=policy(EVERYBODY)
    ),
    "a policy as a text": lambda asked: asked["policies"].update(session=[json.dumps(policy(ALL))]),
    "an unknown version": lambda asked: asked["policies"]["identity"][0].update(Version="2020-01-01"),
    "no action": change({"Effect": "Deny", "Resource": "*"}),
    "an action and what it is not": change({**ALL, "NotAction": "s3:*"}),
    "an empty list of actions": change({**ALL, "Action": []}),
    "no resource": change({"Effect": "Deny", "Action": "s3:Put*"}),
    "a principal where none can be": change({**ALL, "Principal": "*"}),
    "no principal where one must be": lambda asked: asked["policies"].update(resource=policy(ALL)),
    "an effect in lower case": change({**ALL, "Effect": "deny"}),
    "an unknown element": change({**ALL, "Conditions": {}}),
    "an unknown operator": change({**ALL, "Condition": {"StringAlike": {"x:n": "5"}}}),
    "IfExists after Null": change({**ALL, "Condition": {"NullIfExists": {"x:n": "true"}}}),
    "a negated operator that has no such form": change({**ALL, "Condition": {"NumericNotLessThan": {"x:n": "5"}}}),
}


@pytest.mark.parametrize("breakage", BROKEN.values(), ids=BROKEN)
def test_what_is_no_question_proves_nothing(breakage: Callable[[Json], object]) -> None:
    asked = question()
    assert proves(asked, ALLOWED)
    breakage(asked)
    assert not proves(asked, ALLOWED)


@pytest.mark.parametrize(
    "certificate",
    [
        None,
        [],
        "allow",
        {},
        {**ALLOWED, "remark": "trust me"},
        {**ALLOWED, "version": 2},
        {**ALLOWED, "applies": None},
        {**ALLOWED, "applies": []},
        {**ALLOWED, "applies": ["identity/0/1"]},
        {**ALLOWED, "applies": [["identity/0/0"]]},
        {**ALLOWED, "applies": "identity/0/0"},
        {**ALLOWED, "fails": {"identity/0/0": "action"}},
        {**ALLOWED, "fails": {"identity/0/7": "action"}},
        {**ALLOWED, "fails": ["identity/0/0"]},
        {**ALLOWED, "decision": "explicit_deny", "layer": "identity", "fails": {}},
    ],
)
def test_what_is_no_certificate_proves_nothing(certificate: Any) -> None:
    assert not proves(question(), certificate)


def denies(statement: Json, context: Json | None = None, **facts: Any) -> bool:
    """Return whether a Deny statement proves to apply, having seen that it cannot be proven both to and not to."""
    asked = question(ALL, {**ALL, "Effect": "Deny", **statement}, context=context)
    asked["request"] |= facts
    denied = {**ALLOWED, "decision": "explicit_deny", "layer": "identity", "applies": ["identity/0/1"]}
    reasons = [part.lower() for part in ("Action", "Resource")]
    reasons += [["condition", name, key] for name, keys in statement.get("Condition", {}).items() for key in keys]
    allowed = any(proves(asked, {**ALLOWED, "fails": {"identity/0/1": reason}}) for reason in reasons)
    assert allowed != proves(asked, denied)
    return not allowed


@pytest.mark.parametrize(
    ("value", "later"),
    [
        ("2026-1-1", True),
        ("2026-01-01T1:00Z", True),
        ("2026-01-01T", True),
        ("2026Z", True),
        ("2026-01-01+01:00", True),
        ("2026-01-01T00:00:00.123456789Z", True),
        ("253402300800", True),
        ("2025-01-01T00:00:00.000000001Z", True),
        ("2025-01-01T00:00:00-00:01", True),
        ("2025-01-01T00:00:00+0001", False),
        ("1735689600", False),
        ("0001-01-01T00:00:00+23:00", False),
    ],
)
def test_dates_are_read_in_all_their_forms(*, value: str, later: bool) -> None:
    assert denies({"Condition": {"DateGreaterThan": {"x:date": "2025-01-01"}}}, {"x:date": value}) == later


def test_what_is_no_date_cannot_be_compared() -> None:
    condition = {"Condition": {"DateGreaterThan": {"x:date": "2025-01-01"}}}
    assert denies(condition, {"x:date": "2024-02-30"})
    assert denies(condition, {"x:date": "0000-01-01"})
    assert denies(condition, {"x:date": "2024-01-01T24:00:00Z"})


@pytest.mark.parametrize(
    ("address", "within"), [("10.1.2.3", True), ("::ffff:10.1.2.3", True), ("11.1.2.3", False), ("2001:db8::1", False)]
)
def test_a_range_of_mapped_addresses_is_one_of_ipv4(*, address: str, within: bool) -> None:
    assert denies({"Condition": {"IpAddress": {"x:ip": "::ffff:10.0.0.0/104"}}}, {"x:ip": address}) == within


@pytest.mark.parametrize("pattern", ["arn:aws:s3", "arn:aws:s3*", "arn:*:*:*:*:*"])
def test_only_a_star_fits_what_is_no_arn(pattern: str) -> None:
    assert not denies({"Resource": pattern}, resource="arn:aws:s3")
    assert denies({"Resource": "*"}, resource="arn:aws:s3")


def test_a_variable_without_a_value_is_never_a_match() -> None:
    unfilled = "arn:aws:s3:::photos/${x:nothing}"
    context = {"x:text": PHOTO}
    assert not denies({"Condition": {"StringLike": {"x:text": unfilled}}}, context)
    assert denies({"Condition": {"StringNotLike": {"x:text": unfilled}}}, context)
    assert not denies({"Condition": {"ArnLike": {"x:text": unfilled}}}, context)
    assert denies({"Condition": {"ArnNotLike": {"x:text": unfilled}}}, {"x:text": "no ARN"})


SESSION: Json = {
    "kind": "role_session",
    "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Deploy/ci",
    "account": ACCOUNT,
    "issuer_id": "AROADEPLOY0000000000",
}


def test_a_session_is_named_by_its_roles_id_alone() -> None:
    own = policy({**EVERYBODY, "Effect": "Deny", "Principal": {"AWS": SESSION["issuer_id"]}})
    asked = question(ALL, resource=own)
    asked["request"]["principal"] = SESSION
    denied = {**ALLOWED, "decision": "explicit_deny", "layer": "resource", "applies": ["resource/0"]}
    assert proves(asked, denied)
    assert not proves(asked, {**ALLOWED, "fails": {"resource/0": "principal"}})


def test_a_session_is_spared_only_with_its_role() -> None:
    spared = [SESSION["arn"], ACCOUNT]
    own: Json = {"Effect": "Deny", "NotPrincipal": {"AWS": spared}, "Action": "*"}
    asked = question(ALL, resource=policy(own))
    asked["request"]["principal"] = SESSION
    allowed = {**ALLOWED, "fails": {"resource/0": "principal"}}
    assert not proves(asked, allowed)
    own["NotPrincipal"]["AWS"] = [*spared, SESSION["issuer_id"]]
    assert proves(asked, allowed)


LONG = 40_000
SLOW: dict[str, tuple[Json, str, str]] = {
    "stars": ({"Resource": "arn:aws:s3:::" + "*a" * 300 + "b"}, "arn:aws:s3:::" + "a" * LONG, ""),
    "stars in an early part": ({"Resource": f"arn:aws:{'*a' * 300}b:::x"}, f"arn:aws:{'a' * LONG}:::x", ""),
    "stars that cross colons": ({"Resource": "arn:*:*:*:*:*z"}, "arn:aws:s3:::" + ":" * 2_000, ""),
    "braces never closed": ({"Resource": "arn:aws:s3:::" + "${" * LONG}, PHOTO, ""),
    "a brace closed at the end": ({"Resource": "arn:aws:s3:::" + "${" * LONG + "}"}, PHOTO, ""),
    "spaces in a variable": ({"Resource": "arn:aws:s3:::${x" + " " * LONG + "y,z}"}, PHOTO, ""),
    "quotes in a default": ({"Resource": "arn:aws:s3:::${x,'" + "' " * LONG + "y}"}, PHOTO, ""),
    "stars and marks in a text": ({"Condition": {"StringLike": {"x:text": "*a?" * 300 + "b"}}}, PHOTO, "a" * LONG),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_pattern_makes_it_slow(name: str) -> None:
    statement, resource, text = SLOW[name]
    started = time.process_time()
    assert not denies(statement, {"x:text": text}, resource=resource)
    assert time.process_time() - started < 2


def run(*files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(CHECKER), *map(str, files)], capture_output=True, text=True, check=False, timeout=60
    )


def test_it_runs_on_one_file_or_two(tmp_path: Path) -> None:
    whole, asked, certificate = tmp_path / "whole.json", tmp_path / "question.json", tmp_path / "certificate.json"
    whole.write_text(json.dumps({**question(), "certificate": ALLOWED}))
    asked.write_text(json.dumps(question()))
    certificate.write_text(json.dumps(ALLOWED))
    assert (run(whole).returncode, run(whole).stdout) == (0, "proven: allow\n")
    assert (run(asked, certificate).returncode, run(asked, certificate).stdout) == (0, "proven: allow\n")
    certificate.write_text(json.dumps({**ALLOWED, "decision": "implicit_deny", "layer": "identity"}))
    refused = run(asked, certificate)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the decision is allow" in refused.stderr


def test_it_is_short_and_stands_alone() -> None:
    text = CHECKER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in getattr(node, "names", [])]
        )
    }
    assert imported <= sys.stdlib_module_names


def test_questions_are_left_as_they_are() -> None:
    asked = question(resource=policy(EVERYBODY))
    before = copy.deepcopy(asked)
    checker.check(asked, {**ALLOWED, "applies": ["resource/0"]})
    assert asked == before

"""Policies and requests made small enough that they are likely to have something to do with each other."""

from typing import Any

from hypothesis import strategies as st

from tests.policy.cases import ACCOUNT, ALICE, CALLERS, DEPLOY, ROOT, Question

OTHER_ACCOUNT = "444455556666"

ACTIONS = ["iam:GetUser", "iam:GetRole", "s3:GetObject"]
ACTION_PATTERNS = [*ACTIONS, "IAM:get*", "iam:*", "*", "s3:*Object", "iam:Get????", "*:GetUser"]
RESOURCES = [ALICE, "arn:aws:iam::111122223333:user/bob", "arn:aws:s3:::bucket/alice/x:y", "arn:aws:s3:::bucket/*", "*"]
RESOURCE_PATTERNS = [
    *RESOURCES,
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:s3:::bucket/${aws:username}/*",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'alice'}/?*",
    "arn:aws:s3:::bucket/${*}",
    "arn:aws:s3:${x:number}::*",
    "arn:aws:s3",
    "arn:*:s3:*:*:b*t/*y",
]
KEYS = ["aws:username", "aws:PrincipalTag/team", "aws:TagKeys", "x:number", "x:moment", "aws:SourceIp", "x:arn"]
VALUES = [
    "alice",
    "ALICE",
    "a*",
    "al?ce",
    "",
    "${aws:username}",
    "${aws:PrincipalTag/team, 'red'}",
    "red",
    "10",
    "9.5",
    "1e1",
    "86400",
    "1970-01-02T00:00:00Z",
    "1970-01-02T01:00:00+01:00",
    "192.0.2.7",
    "192.0.2.0/24",
    "2001:db8::/32",
    "2001:db8::1",
    "true",
    "FALSE",
    "QQ==",
    ALICE,
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::111122223333:user/${aws:username}",
    "*",
]
DATE_VALUES = ["86400", "1970-01-02T00:00:00Z", "1970-01-02T01:00:00+01:00", "1970-01-03", "1970-02"]
BASES = [
    *(
        f"String{base}"
        for base in ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike")
    ),
    *(
        f"{family}{relation}"
        for family in ("Numeric", "Date")
        for relation in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
    ),
    *(
        "Bool",
        "BinaryEquals",
        "IpAddress",
        "NotIpAddress",
        "ArnEquals",
        "ArnLike",
        "ArnNotEquals",
        "ArnNotLike",
        "Null",
    ),
]
PRINCIPALS = [
    "*",
    {"AWS": "*"},
    {"AWS": ACCOUNT},
    {"AWS": ROOT},
    {"AWS": OTHER_ACCOUNT},
    {"AWS": ALICE},
    {"AWS": DEPLOY},
    {"AWS": [ALICE, ACCOUNT]},
    {"AWS": [CALLERS["session"]["arn"], DEPLOY, ROOT]},
    {"AWS": CALLERS["session"]["arn"]},
    {"AWS": CALLERS["federated_user"]["arn"], "Service": "ec2.amazonaws.com"},
    {"Federated": ["accounts.google.com", CALLERS["saml"]["arn"]]},
]


def some_of(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from(values) | st.lists(st.sampled_from(values), min_size=1, max_size=3)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for _ in range(draw(st.integers(0, 2))):
        base = draw(st.sampled_from(BASES))
        suffix = "" if base == "Null" else draw(st.sampled_from(["", "IfExists"]))
        operator = draw(st.sampled_from(["", "", "ForAllValues:", "ForAnyValue:"])) + base + suffix
        values = some_of(DATE_VALUES if base.startswith("Date") else VALUES)
        found.setdefault(operator, {})[draw(st.sampled_from(KEYS))] = draw(values)
    return found


@st.composite
def statements(draw: st.DrawFn, *, names_principals: bool = False, effects: str = "AllowDeny") -> dict[str, Any]:
    statement = {
        "Effect": draw(st.sampled_from([effect for effect in ("Allow", "Deny") if effect in effects])),
        draw(st.sampled_from(["Action", "Action", "NotAction"])): draw(some_of(ACTION_PATTERNS)),
        draw(st.sampled_from(["Resource", "Resource", "NotResource"])): draw(some_of(RESOURCE_PATTERNS)),
        "Condition": draw(conditions()),
    }
    if names_principals:
        element = draw(st.sampled_from(["Principal", "Principal", "Principal", "NotPrincipal"]))
        statement[element] = draw(st.sampled_from(PRINCIPALS))
    return statement


def documents(*, names_principals: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "Version": st.sampled_from(["2012-10-17", "2012-10-17", "2008-10-17"]),
            "Statement": st.lists(statements(names_principals=names_principals), min_size=1, max_size=3),
        }
    )


def layers() -> st.SearchStrategy[tuple[dict[str, Any], ...]]:
    return st.lists(documents(), max_size=2).map(tuple)


def contexts() -> st.SearchStrategy[dict[str, Any]]:
    value = st.sampled_from(VALUES) | st.lists(st.sampled_from(VALUES), max_size=3)
    return st.dictionaries(st.sampled_from(KEYS), value, max_size=5)


def questions() -> st.SearchStrategy[Question]:
    return st.builds(
        Question,
        caller=st.sampled_from(list(CALLERS.values())),
        action=st.sampled_from(ACTIONS),
        resource=st.sampled_from(RESOURCES),
        context=contexts(),
        owner=st.sampled_from([None, ACCOUNT, OTHER_ACCOUNT]),
        identity=layers(),
        boundary=st.none() | layers(),
        session=st.none() | layers(),
        attached=st.none() | documents(names_principals=True),
        trust=st.booleans(),
    )

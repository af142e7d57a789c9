"""The grammar: what parses and how, and with which of IAM's sentences the rest is refused."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy import Condition, Effect, MalformedPolicy, Patterns, PolicyKind, PrincipalElement, parse_policy
from tests.examples import examples
from tests.policy.cases import document

BUCKET = "arn:aws:s3:::bucket"
SYNTAX = "Syntax errors in policy."
LEGACY = "The policy failed legacy parsing"
VENDOR = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
VERSION = "Policy document must be version 2012-10-17 or greater."
NO_ACTIONS = "Policy statement must contain actions."
NO_RESOURCES = "Policy statement must contain resources."
IAM_PATH = (
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, '
    "instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, "
    "access-report/."
)
NOBODY = (
    "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: "
    "The passed in policy has a statement with no principals!"
)
SID = "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
STS_ONLY = "AssumeRole policy may only specify STS AssumeRole actions."


def refusal(text: str, kind: PolicyKind = PolicyKind.IDENTITY, *, managed: bool = False) -> str:
    with pytest.raises(MalformedPolicy) as caught:
        parse_policy(text, kind, managed=managed)
    assert str(caught.value) == caught.value.message
    return caught.value.message


def statement(**changed: Any) -> dict[str, Any]:
    """Return a good statement with some elements changed; those set to None are left out."""
    elements = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": BUCKET, **changed}
    return {name: value for name, value in elements.items() if value is not None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Effect: Allow",
        "[]",
        '"text"',
        "{}",
        '{"Version": "2012-10-17"}',
        '{"Version": "2012-10-17", "Statement": []}',
        '{"Version": "2012-10-17", "Statement": ["Allow"]}',
        '{"Version": "2013-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
        '{"Version": ["2012-10-17"], "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
        '{"version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
        '{"Id": {}, "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}',
        '{"Statement": {"Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*"}}',
        '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a": NaN}}}}',
        '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"a": -Infinity}}}}',
        '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Sid": "\\ud800"}}',
        '{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::\\udfff"}}',
        "[" * 131_072,
        '{"Statement":' * 10_000,
        '"\\' * 100_000,
        " " * 262_145,
    ],
    ids=range(21),
)
def test_no_policy_at_all(text: str) -> None:
    assert refusal(text) == SYNTAX


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Comment": "for the auditors"}, SYNTAX),
        ({"action": "s3:ListBucket"}, SYNTAX),
        ({"Effect": None}, SYNTAX),
        ({"Effect": "invalid"}, SYNTAX),
        ({"Effect": ["Allow"]}, SYNTAX),
        ({"Effect": "denY"}, LEGACY),
        ({"Effect": "allow", "Action": None}, LEGACY),
        ({"Sid": {}}, SYNTAX),
        ({"Sid": "no spaces"}, SID),
        ({"Action": None}, NO_ACTIONS),
        ({"Action": []}, NO_ACTIONS),
        ({"Action": {}}, SYNTAX),
        ({"Action": [[]]}, SYNTAX),
        ({"Action": [5]}, SYNTAX),
        ({"NotAction": "s3:*"}, SYNTAX),
        ({"Action": "invalid"}, VENDOR),
        ({"Action": None, "NotAction": ""}, VENDOR),
        ({"Action": "invalid", "Resource": None}, NO_RESOURCES),
        ({"Action": "a a:ListBucket"}, "Vendor a a is not valid"),
        ({"Action": "i*m:ListBucket"}, "Vendor i*m is not valid"),
        ({"Action": "s3:List:Bucket"}, "Actions/Condition can contain only one colon."),
        ({"Resource": None}, NO_RESOURCES),
        ({"Resource": []}, NO_RESOURCES),
        ({"Resource": {"a": BUCKET}}, SYNTAX),
        ({"Resource": ["*", {}]}, SYNTAX),
        ({"NotResource": "*"}, SYNTAX),
        ({"Resource": "invalid resource"}, 'Resource invalid resource must be in ARN format or "*".'),
        ({"Resource": ""}, 'Resource  must be in ARN format or "*".'),
        ({"Resource": "reports", "Action": "s3:Get:Object"}, 'Resource reports must be in ARN format or "*".'),
        ({"Resource": "arn:mars"}, 'Partition "mars" is not valid for resource "arn:mars:*:*:*:*".'),
        ({"Resource": "arn:mars:sqs"}, 'Partition "mars" is not valid for resource "arn:mars:sqs:*:*:*".'),
        (
            {"Resource": "urn:mars:logs:east:1:group:a:b"},
            'Partition "mars" is not valid for resource "arn:mars:logs:east:1:group:a:b".',
        ),
        ({"Resource": "aws:s3:::bucket"}, 'Partition "s3" is not valid for resource "arn:s3:::bucket:*".'),
        (
            {"Resource": ["arn:mars:s3:::bucket", "arn:mars:s3::bucket"]},
            'Partition "mars" is not valid for resource "arn:mars:s3:::bucket".',
        ),
        ({"Resource": "arn:aws"}, "Resource vendor must be fully qualified and cannot contain regexes."),
        ({"Resource": "arn:aws:s3::bucket"}, LEGACY),
        ({"Resource": "arn:aws:s3::bucket", "Action": None}, LEGACY),
        ({"Resource": None, "NotResource": "arn:aws:s3::bucket"}, LEGACY),
        ({"Resource": "arn:aws::::bucket"}, LEGACY),
        ({"Resource": "arn:aws::queue"}, LEGACY),
        ({"Resource": "arn:aws:iam:::bucket"}, IAM_PATH),
        (
            {"Resource": "arn:aws:iam:us-east-1::user/x"},
            "IAM resource arn:aws:iam:us-east-1::user/x cannot contain region information.",
        ),
        (
            {"Resource": "arn:aws:s3:us-east-1::bucket"},
            "Resource arn:aws:s3:us-east-1::bucket can not contain region information.",
        ),
        ({"Condition": []}, SYNTAX),
        ({"Condition": "a"}, SYNTAX),
        ({"Condition": {"a": "b"}}, SYNTAX),
        ({"Condition": {"DateGreaterThan": []}}, SYNTAX),
        ({"Condition": {"DateGreaterThan": {"a": {}}}}, SYNTAX),
        ({"Condition": {"Bool": {"a": None}}}, SYNTAX),
        ({"Condition": {"x": {"a": "1"}}}, SYNTAX),
        ({"Condition": {"ForAnyValue::StringEqualsIfExists": {"a": "b"}}}, SYNTAX),
        ({"Condition": {"ForSomeValues:StringEquals": {"a": "b"}}}, SYNTAX),
        ({"Condition": {"Bool": {"\udfff": "true"}}}, SYNTAX),
        ({"Condition": {"NullIfExists": {"a": "true"}}}, SYNTAX),
        ({"Condition": {"DateGreaterThan": {"a": "tomorrow"}}}, LEGACY),
        ({"Condition": {"DateGreaterThan": {"a": "tomorrow"}}, "Resource": "arn:mars:s3:::bucket"}, LEGACY),
        ({"Condition": {"DateLessThanEquals": {"a": "2024-13"}}}, LEGACY),
        ({"Condition": {"DateLessThanEquals": {"a": "2024-05-06t7:08:09.25+2"}}}, LEGACY),
        ({"Condition": {"DateLessThanEquals": {"a": "2024-05-06t7:08:09.1234567890+02:30"}}}, LEGACY),
        ({"Condition": {"DateLessThan": {"a": "9223372036854775808"}}}, LEGACY),
        ({"Principal": "*"}, "Policy document should not specify a principal."),
        ({"NotPrincipal": {"AWS": "*"}}, "Policy document should not specify a principal."),
        ({"Principal": {"AWS": "*"}, "NotPrincipal": "*"}, SYNTAX),
    ],
)
def test_bad_statement(changed: dict[str, Any], message: str) -> None:
    assert refusal(json.dumps(document(statement(**changed)))) == message


@pytest.mark.parametrize(
    "changed",
    [
        {"Action": "iam: Get User "},
        {"Action": ["*"]},
        {"Action": "service-prefix:action-name"},
        {"Action": "s3.s:ListBucket"},
        {"Action": "*:Get*"},
        {"Action": None, "NotAction": "s3:ListBucket", "Resource": None, "NotResource": "*"},
        {"Resource": [BUCKET, "*"]},
        {"Resource": "arn:aws:sqs"},
        {"Resource": "arn:aws:iam:::user/example"},
        {"Resource": "arn:aws:iam::111122223333:*"},
        {"Resource": "arn:aws:iam::*:root"},
        {"Resource": "arn:aws:s3:*:111122223333:accesspoint/*"},
        {"Resource": "arn:aws:invalid-service:us-east-1::example"},
        {"Condition": {}},
        {"Condition": {"DateGreaterThan": {}}},
        {"Condition": {"DateGreaterThan": {"a": []}}},
        {"Condition": {"x": {}, "y": {}}},
        {"Condition": {"DateGreaterThan": {"a": "01T"}}},
        {"Condition": {"DateLessThan": {"a": "-292275054"}}},
        {"Condition": {"DateLessThanEquals": {"a": "2024-05-06t7:08:09.25+02"}}},
        {"Condition": {"forallvalues:stringequalsIFEXISTS": {"a": "b"}}},
        {"Sid": ""},
        {"Sid": "Abc123"},
    ],
)
def test_good_statement(changed: dict[str, Any]) -> None:
    text = json.dumps(document(statement(**changed)))
    assert len(parse_policy(text, PolicyKind.IDENTITY, managed=True).statements) == 1


def test_statement_ids_are_unique() -> None:
    twice = document(statement(Sid="Read"), {"Sid": "Read", "Effect": "Allow"})
    assert refusal(json.dumps(twice)) == "Statement IDs (SID) in a single policy must be unique."
    parse_policy(json.dumps(document(statement(Sid=""), statement(Sid=""))), PolicyKind.IDENTITY)


@pytest.mark.parametrize("version", [None, "2008-10-17"])
def test_managed_policies_are_of_the_new_version(version: str | None) -> None:
    written = {"Version": version, "Statement": statement(Effect="denY")}
    text = json.dumps({name: value for name, value in written.items() if value})
    assert refusal(text, managed=True) == VERSION
    assert refusal(text) == LEGACY
    assert parse_policy(text.replace("denY", "Deny"), PolicyKind.IDENTITY).version == "2008-10-17"


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"Principal": None}, NOBODY),
        ({"Principal": {}}, NOBODY),
        ({"Principal": {"AWS": []}}, NOBODY),
        ({"Principal": []}, SYNTAX),
        ({"Principal": "arn:aws:iam::111122223333:root"}, SYNTAX),
        ({"Principal": {"aws": "*"}}, SYNTAX),
        ({"Principal": "*"}, 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'),
        ({"Principal": {"AWS": "alice"}}, 'Invalid principal in policy: "AWS":"alice"'),
        (
            {"Principal": {"AWS": "arn:aws:iam::111122223333:user/*"}},
            'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"',
        ),
        (
            {"Principal": {"AWS": "arn:aws:iam::111122223333:group/admins"}},
            'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/admins"',
        ),
        ({"Principal": {"Service": "*"}}, 'Invalid principal in policy: "SERVICE":"*"'),
        ({"Principal": {"Federated": "*"}}, "Federated principals must be valid domain names or SAML metadata ARNs"),
        ({"Action": "s3:GetObject"}, STS_ONLY),
        ({"Action": "*"}, STS_ONLY),
        ({"Action": None, "NotAction": "sts:AssumeRole"}, STS_ONLY),
        ({"Action": None}, NO_ACTIONS),
        ({"Resource": "*"}, "Has prohibited field Resource"),
        ({"NotResource": "*"}, "Has prohibited field Resource"),
    ],
)
def test_bad_trust_policy(changed: dict[str, Any], message: str) -> None:
    assert refusal(json.dumps(document(_trusting(**changed))), PolicyKind.TRUST) == message


@pytest.mark.parametrize(
    "principal",
    [
        {"AWS": "111122223333"},
        {"AWS": ["arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/division/alice"]},
        {"AWS": "arn:aws:sts::111122223333:assumed-role/Deploy/ci@example.com"},
        {"AWS": "AROADEPLOY0000000000"},
        {"AWS": "*"},
        {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]},
        {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"},
        {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.example.com/id"},
        {"Federated": "cognito-identity.amazonaws.com"},
    ],
)
def test_good_trust_policy(principal: dict[str, Any]) -> None:
    actions = ["sts:AssumeRole", "STS:TagSession"]
    text = json.dumps(document(_trusting(Principal=principal, Action=actions), version="2008-10-17"))
    assert parse_policy(text, PolicyKind.TRUST).statements[0].resources is None


def test_resource_policy() -> None:
    assert refusal(json.dumps(document(statement())), PolicyKind.RESOURCE) == "Missing required field Principal"
    free = document(statement(Sid="with spaces", Principal="*", Resource=None))
    assert parse_policy(json.dumps(free), PolicyKind.RESOURCE).statements[0].principal == PrincipalElement(
        everyone=True
    )


def test_what_is_read() -> None:
    text = """{"Version": "2012-10-17", "Id": "x", "Statement": [{
        "Sid": "One", "Effect": "Deny", "NotAction": "iam:*", "NotResource": ["arn:aws:s3:::a", "*"],
        "Condition": {"NumericEquals": {"s3:max-keys": [10, 1.50, "7"]}, "Bool": {"aws:SecureTransport": false}}
    }]}"""
    parsed = parse_policy(text, PolicyKind.BOUNDARY)
    assert (parsed.kind, parsed.version, parsed.policy_id) == (PolicyKind.BOUNDARY, "2012-10-17", "x")
    (read,) = parsed.statements
    assert (read.sid, read.effect) == ("One", Effect.DENY)
    assert read.actions == Patterns(("iam:*",), negated=True)
    assert read.resources == Patterns(("arn:aws:s3:::a", "*"), negated=True)
    assert read.conditions == (
        Condition("NumericEquals", "s3:max-keys", ("10", "1.50", "7")),
        Condition("Bool", "aws:SecureTransport", ("false",)),
    )


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["*", "Allow", "2012-10-17"])
inner_keys = st.sampled_from(["AWS", "Bool", "StringLike", "aws:x"])
json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(inner_keys, inner, max_size=2),
    max_leaves=4,
)
elements = st.sampled_from(["Effect", "Action", "Resource", "Condition", "Principal", "Sid", "NotAction"])


@examples(80)
@given(st.dictionaries(elements, json_values), st.sampled_from(PolicyKind))
def test_whatever_is_written_parses_or_is_refused(changed: dict[str, Any], kind: PolicyKind) -> None:
    text = json.dumps(document({**statement(), **changed}))
    with suppress(MalformedPolicy):
        assert parse_policy(text, kind).statements[0].actions.values


@given(st.text(max_size=40) | st.text('{}[]":,\\ ', max_size=40))
def test_no_text_breaks_the_parser(text: str) -> None:
    with pytest.raises(MalformedPolicy):
        parse_policy(text, PolicyKind.IDENTITY)


def _trusting(**changed: Any) -> dict[str, Any]:
    trusting = {"Action": "sts:AssumeRole", "Resource": None, "Principal": {"AWS": "111122223333"}}
    return statement(**{**trusting, **changed})

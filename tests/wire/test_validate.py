from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.wire import Route, ValidationError, validate
from ostiary.wire.findings import MAX_FINDINGS, MAX_SHOWN
from tests.examples import examples
from tests.wire.calls import all_operations, botocore_operation
from tests.wire.samples import values

ARN = r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+"
PASSWORD = r"[\u0009\u000A\u000D\u0020-\u00FF]+"
SHORT, LONG = "have length less than or equal to {}", "have length greater than or equal to {}"
PROPERTY = "^[A-Za-z][A-Za-z0-9/_-]*$"
TAG_KEY = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"
TAG_VALUE = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"
ROLE_ARN = "arn:aws:iam::111122223333:role/Deploy"
ROLE = {"RoleArn": ROLE_ARN, "RoleSessionName": "ci"}
SAML = {"RoleArn": ROLE_ARN, "PrincipalArn": ROLE_ARN, "SAMLAssertion": "x"}
CODES = {"UserName": "alice", "SerialNumber": "arn:aws:iam::1:mfa/x"}

NAME_RULE = "It must contain only alphanumeric characters and/or the following: +=,.@_-"
PATH_RULE = "It must begin and end with / and contain only alphanumeric characters and/or / characters."
PREFIX_RULE = "It must begin with the / character and contain only alphanumeric characters and/or / characters."

FACE = "\N{GRINNING FACE}"
"""One character of two UTF-16 units."""

EXCLUDING = "iam:SimulatePrincipalPolicy"


def tag(key: str = "team", value: str = "blue") -> dict[str, str]:
    return {"Key": key, "Value": value}


def alice(*tags: dict[str, str]) -> dict[str, Any]:
    return {"UserName": "alice", "Tags": list(tags)}


def null(path: str) -> str:
    return unseen(path, "not be null")


def shown(value: str, path: str, rule: str) -> str:
    return f"Value '{value}' at '{path}' failed to satisfy constraint: Member must {rule}"


def unseen(path: str, rule: str, what: str = "Member") -> str:
    return f"Value at '{path}' failed to satisfy constraint: {what} must {rule}"


def match(pattern: str) -> str:
    return f"satisfy regular expression pattern: {pattern}"


def each(*rules: str) -> str:
    return f"satisfy constraint: [{', '.join(f'Member must {rule}' for rule in rules)}]"


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("iam:CreateUser", {"UserName": "alice", "Path": "/division/", "Tags": [tag(), tag("Größe 漢字", "")]}),
        ("iam:CreateUser", {"UserName": "a_+=,.@-Z9", "Path": "/"}),
        ("iam:CreateUser", {"UserName": "x" * 64, "Path": f"/{'x' * 510}/"}),
        ("iam:CreateUser", alice(*[tag("k" * 128, "v" * 256)] * 50)),
        ("iam:CreateUser", alice()),
        ("iam:CreateUser", {"UserName": "alice", "Path": None}),
        ("iam:ListUsers", {}),
        ("iam:ListUsers", {"MaxItems": 1000, "PathPrefix": "/div"}),
        ("iam:ListPolicies", {"Scope": "Local", "PathPrefix": "/div/", "OnlyAttached": True}),
        ("iam:CreateLoginProfile", {"UserName": "alice", "Password": "correct horse"}),
        ("iam:CreateRole", {"RoleName": "R", "AssumeRolePolicyDocument": "{}", "MaxSessionDuration": 3600}),
        ("iam:GetAccountSummary", {}),
        ("sts:AssumeRole", {**ROLE, "DurationSeconds": 43200, "PolicyArns": [{"arn": "arn:aws:iam::aws:policy/A"}]}),
        ("sts:AssumeRole", {**ROLE, "Tags": [tag()], "TokenCode": "123456", "SourceIdentity": "alice"}),
        ("sts:GetCallerIdentity", {}),
    ],
)
def test_what_is_fine(operation: str, parameters: dict[str, Any]) -> None:
    validate(called(operation), parameters)


@pytest.mark.parametrize(
    ("operation", "parameters", "failures"),
    [
        ("iam:CreateUser", {}, [null("userName")]),
        ("iam:CreateRole", {"Path": "/"}, [null("assumeRolePolicyDocument"), null("roleName")]),
        ("iam:CreateUser", {"UserName": ""}, [unseen("userName", LONG.format(1))]),
        (
            "iam:CreateUser",
            {"UserName": "x" * 65},
            [unseen("userName", SHORT.format(64))],
        ),
        ("iam:CreateUser", alice(tag(), tag("a*b")), [unseen("tags.2.member.key", match(TAG_KEY))]),
        (
            "iam:CreateUser",
            alice({"Key": "team"}, tag(value="(x)")),
            [null("tags.1.member.value"), unseen("tags.2.member.value", match(TAG_VALUE))],
        ),
        (
            "iam:CreateUser",
            alice(tag("k" * 127 + FACE)),
            [
                unseen("tags.1.member.key", match(TAG_KEY)),
                unseen("tags.1.member.key", SHORT.format(128)),
            ],
        ),
        ("iam:CreateUser", alice(*[tag()] * 51), [unseen("tags", SHORT.format(50))]),
        (
            "iam:UntagUser",
            {"UserName": "alice", "TagKeys": ["a"] * 51},
            [unseen("tagKeys", SHORT.format(50))],
        ),
        ("iam:ListUsers", {"MaxItems": 1001}, [unseen("maxItems", "have value less than or equal to 1000")]),
        ("iam:ListUsers", {"MaxItems": 0}, [unseen("maxItems", "have value greater than or equal to 1")]),
        (
            "iam:UpdateAccessKey",
            {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "on"},
            [unseen("status", "satisfy enum value set: [Active, Inactive, Expired]")],
        ),
        (
            "iam:UntagUser",
            {"UserName": "alice", "TagKeys": ["a", "*", ""]},
            [unseen("tagKeys", each(SHORT.format(128), LONG.format(1), match(TAG_KEY), "not be null"))],
        ),
        (
            "iam:CreateOpenIDConnectProvider",
            {"Url": "b" * 256, "ThumbprintList": ["b" * 41], "ClientIDList": ["b" * 256]},
            [
                unseen("clientIDList", each(SHORT.format(255), LONG.format(1))),
                unseen("thumbprintList", each(SHORT.format(40), LONG.format(40))),
                unseen("url", SHORT.format(255)),
            ],
        ),
        (
            "iam:UpdateAccountPasswordPolicy",
            {"MinimumPasswordLength": 129, "MaxPasswordAge": 1096, "PasswordReusePrevention": 25},
            [
                unseen("minimumPasswordLength", "have value less than or equal to 128"),
                unseen("passwordReusePrevention", "have value less than or equal to 24"),
                unseen("maxPasswordAge", "have value less than or equal to 1095"),
            ],
        ),
        (
            "iam:PutAccountProperties",
            {"Properties": {"a": "b", "*": ""}},
            [
                unseen("properties", each(SHORT.format(50), LONG.format(1), match(PROPERTY)), "Map keys"),
                unseen("properties", each(SHORT.format(1024), LONG.format(1)), "Map value"),
            ],
        ),
        (
            "iam:AcquireRole",
            {"TemplateArn": ROLE_ARN, "ReplacementValues": {"a": {"Values": []}}},
            [unseen("replacementValues.a.member.values", LONG.format(1))],
        ),
        (
            "iam:AcquireRole",
            {"TemplateArn": ROLE_ARN, "ReplacementValues": {str(i): {"Values": []} for i in range(31)}},
            [unseen("replacementValues", SHORT.format(30))],
        ),
        (
            "sts:AssumeRole",
            {**ROLE, "RoleArn": ""},
            [
                shown("", "roleArn", match(ARN)),
                shown("", "roleArn", LONG.format(20)),
            ],
        ),
        (
            "sts:AssumeRole",
            {**ROLE, "DurationSeconds": 899, "RoleSessionName": "a b"},
            [
                shown("a b", "roleSessionName", match(r"[\w+=,.@-]*")),
                shown("899", "durationSeconds", "have value greater than or equal to 900"),
            ],
        ),
        ("sts:AssumeRole", {**ROLE, "RoleSessionName": "né"}, [shown("né", "roleSessionName", match(r"[\w+=,.@-]*"))]),
        (
            "sts:AssumeRole",
            {**ROLE, "PolicyArns": [{"arn": "short"}]},
            [shown("short", "policyArns.1.member.arn", LONG.format(20))],
        ),
        (
            "sts:AssumeRoleWithSAML",
            SAML,
            [unseen("sAMLAssertion", LONG.format(4))],
        ),
        (
            "iam:CreateLoginProfile",
            {"UserName": "alice", "Password": f"secret{FACE}"},
            [unseen("password", match(PASSWORD))],
        ),
        (
            "iam:ResyncMFADevice",
            {**CODES, "AuthenticationCode1": "12345", "AuthenticationCode2": "x23456"},
            [
                unseen("authenticationCode2", match(r"[\d]+")),
                unseen("authenticationCode1", LONG.format(6)),
            ],
        ),
    ],
)
def test_broken_constraints(operation: str, parameters: dict[str, Any], failures: list[str]) -> None:
    detected = "1 validation error detected" if len(failures) == 1 else f"{len(failures)} validation errors detected"

    assert message_of(operation, parameters) == f"{detected}: {'; '.join(failures)}"


@pytest.mark.parametrize(
    ("operation", "parameters", "sentence"),
    [
        ("CreateUser", {"UserName": "al ice"}, f"userName is invalid. {NAME_RULE}"),
        ("CreateUser", {"UserName": "alicé"}, f"userName is invalid. {NAME_RULE}"),
        ("CreateUser", {"UserName": "alice\n"}, f"userName is invalid. {NAME_RULE}"),
        ("GetRole", {"RoleName": ROLE_ARN}, f"roleName is invalid. {NAME_RULE}"),
        ("CreateGroup", {"GroupName": "a/b"}, f"groupName is invalid. {NAME_RULE}"),
        ("UpdateUser", {"UserName": "alice", "NewUserName": "a*"}, f"newUserName is invalid. {NAME_RULE}"),
        ("CreatePolicy", {"PolicyName": "Deny it", "PolicyDocument": "{}"}, f"policyName is invalid. {NAME_RULE}"),
        ("CreateUser", {"UserName": "alice", "Path": "test/"}, f"path is invalid. {PATH_RULE}"),
        ("CreateUser", {"UserName": "alice", "Path": "/test"}, f"path is invalid. {PATH_RULE}"),
        ("CreateUser", {"UserName": "alice", "Path": "/\x7f/"}, f"path is invalid. {PATH_RULE}"),
        ("UpdateUser", {"UserName": "alice", "NewPath": "x"}, f"newPath is invalid. {PATH_RULE}"),
        ("ListUsers", {"PathPrefix": "x"}, f"pathPrefix is invalid. {PREFIX_RULE}"),
        ("ListPolicies", {"PathPrefix": "/foo"}, f"pathPrefix is invalid. {PREFIX_RULE}"),
        # Only the first is named, and only when every other constraint holds.
        ("CreateUser", {"Path": "x", "UserName": "a b"}, f"path is invalid. {PATH_RULE}"),
    ],
)
def test_iams_own_sentences(operation: str, parameters: dict[str, Any], sentence: str) -> None:
    assert message_of(f"iam:{operation}", parameters) == f"The specified value for {sentence}"


def test_iams_own_sentence_gives_way_to_the_models() -> None:
    failure = unseen("tags.1.member.key", match(TAG_KEY))

    assert message_of("iam:CreateUser", {"UserName": "al ice", "Tags": [tag("a*b")]}) == (
        f"1 validation error detected: {failure}"
    )


def test_a_long_value_is_cut_and_not_matched() -> None:
    message = message_of("sts:AssumeRole", {**ROLE, "RoleSessionName": "x" * 100_000})

    failure = shown("x" * MAX_SHOWN + "...", "roleSessionName", SHORT.format(64))
    assert message == f"1 validation error detected: {failure}"


def test_there_is_an_end_to_what_is_listed() -> None:
    entries = [{"ContextKeyName": "x"}] * 9000
    parameters = {"PolicyInputList": ["{}"], "ActionNames": ["s3:Get"], "ContextEntries": entries}

    message = message_of("iam:SimulateCustomPolicy", parameters)

    first = "Value at 'contextEntries.1.member.contextKeyName' failed"
    assert message.startswith(f"{MAX_FINDINGS} validation errors detected: {first}")
    assert message.count("Value ") == MAX_FINDINGS


@examples(100)
@given(st.data())
def test_nothing_but_a_validation_error_is_raised(data: st.DataObject) -> None:
    service, name = data.draw(st.sampled_from(all_operations()))
    shape = botocore_operation(service, name).input_shape
    parameters = data.draw(values(shape)) if shape else {}

    with suppress(ValidationError):
        validate(Route(service, name, "query"), parameters)


@pytest.mark.parametrize("name", ["dev*", "de?s", "*", "deploy"])
def test_wildcards_stand_for_owners_of_inline_policies(name: str) -> None:
    validate(called(EXCLUDING), excluding(name))


def test_other_characters_do_not() -> None:
    path = "policyExclusionList.1.member.inlinePolicyIdentifier.attachmentName"
    failure = unseen(path, match(r"[\w+=,.@*?-]+"))
    assert message_of(EXCLUDING, excluding("a b")) == f"1 validation error detected: {failure}"


def excluding(owner: str) -> dict[str, Any]:
    identifier = {"PolicyName": "NoDeletes", "AttachmentType": "group", "AttachmentName": owner}
    return {
        "PolicySourceArn": "arn:aws:iam::111122223333:user/alice",
        "ActionNames": ["iam:GetUser"],
        "PolicyExclusionList": [{"InlinePolicyIdentifier": identifier}],
    }


def called(operation: str) -> Route:
    service, name = operation.split(":")
    return Route(service, name, "query")


def message_of(operation: str, parameters: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        validate(called(operation), parameters)
    assert (caught.value.code, caught.value.status) == ("ValidationError", 400)
    return caught.value.message

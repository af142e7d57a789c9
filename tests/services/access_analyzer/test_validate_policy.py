"""Policies checked through boto3: findings with their places, pages, and who is refused."""

import json
from functools import partial
from typing import Any

import pytest

from ostiary.analysis.lint import lint_policy
from ostiary.policy import PolicyKind
from tests.conftest import Credentials, RunningServer
from tests.e2e.raw_http import send
from tests.e2e.refusals import refused

LINK = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"
FAULTY = """{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": ["s3:GetObject", "s3:GetObjekt"],
    "Resource": "*"
  }
}"""
GOOD = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example/*"},
    }
)


@pytest.fixture(scope="module")
def analyzer(server: RunningServer) -> Any:
    return server.client("accessanalyzer", server.admin)


def validated(analyzer: Any, document: str, policy_type: str = "IDENTITY_POLICY", **more: Any) -> list[dict[str, Any]]:
    """Return the findings of all pages."""
    pages = analyzer.get_paginator("validate_policy").paginate(policyDocument=document, policyType=policy_type, **more)
    return [finding for page in pages for finding in page["findings"]]


def codes(findings: list[dict[str, Any]]) -> list[str]:
    return [finding["issueCode"] for finding in findings]


def pointed_at(document: str, span: dict[str, Any]) -> str:
    """Return the text that a span is about, by its offsets in UTF-16 units, as JavaScript would cut it out."""
    start, end = span["start"], span["end"]
    for position in (start, end):
        line = document.split("\n")[position["line"] - 1].encode("utf-16-le")
        before = document.encode("utf-16-le")[: position["offset"] * 2].decode("utf-16-le")
        assert before.split("\n")[-1] == line[: position["column"] * 2].decode("utf-16-le")
    return document.encode("utf-16-le")[start["offset"] * 2 : end["offset"] * 2].decode("utf-16-le")


def test_a_finding_as_access_analyzer_tells_it(analyzer: Any) -> None:
    (finding,) = validated(analyzer, FAULTY)
    assert finding == {
        "findingDetails": "There is no action `s3:GetObjekt`. Did you mean `s3:GetObject`?",
        "findingType": "ERROR",
        "issueCode": "INVALID_ACTION",
        "learnMoreLink": f"{LINK}#access-analyzer-reference-policy-checks-error-invalid-action",
        "locations": [
            {
                "path": [
                    {"value": "Statement"},
                    {"index": 0},
                    {"value": "Action"},
                    {"index": 1},
                    {"substring": {"start": 3, "length": 9}},
                ],
                "span": {
                    "start": {"line": 5, "column": 35, "offset": 104},
                    "end": {"line": 5, "column": 44, "offset": 113},
                },
            }
        ],
    }


def test_nothing_to_say(analyzer: Any) -> None:
    answer = analyzer.validate_policy(policyDocument=GOOD, policyType="IDENTITY_POLICY")
    assert answer["findings"] == []
    assert "nextToken" not in answer


def test_the_kinds_of_policy(analyzer: Any) -> None:
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                "Action": "sts:AssumeRole",
            },
        }
    )
    assert "UNSUPPORTED_PRINCIPAL" in codes(validated(analyzer, trust))
    assert "MISSING_RESOURCE" in codes(validated(analyzer, trust, "RESOURCE_POLICY"))
    of_roles = {"validatePolicyResourceType": "AWS::IAM::AssumeRolePolicyDocument"}
    assert codes(validated(analyzer, trust, "RESOURCE_POLICY", **of_roles)) == []
    assert "SCP_SYNTAX_ERROR_PRINCIPAL" in codes(validated(analyzer, trust, "SERVICE_CONTROL_POLICY"))
    assert [code for code in codes(validated(analyzer, GOOD, "RESOURCE_CONTROL_POLICY")) if code.startswith("RCP_")]


MALFORMED = {
    "": "",
    "{": "{",
    '{"Version": "2012-10-17",}': ",",
    "nonsense": "n",
    '{"Statement": []}\n{}': "{",
    '{"Version": "1", "Version": "2"}': '"Version"',
    "[" * 60_000: "[",
    '{"Sid": "\N{GRINNING FACE}" "Effect"}': '"',
}


@pytest.mark.parametrize("document", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_json_is_a_finding_with_a_place(analyzer: Any, document: str) -> None:
    (finding,) = validated(analyzer, document)
    assert (finding["findingType"], finding["issueCode"]) == ("ERROR", "JSON_SYNTAX_ERROR")
    (location,) = finding["locations"]
    assert location["path"] == []
    assert pointed_at(document, location["span"])[:9] == MALFORMED[document]


def test_places_are_counted_as_java_and_javascript_count(analyzer: Any) -> None:
    document = FAULTY.replace('"s3:GetObject"', '"\N{GRINNING FACE}:é"').replace("Version", "Vérsion\N{GRINNING FACE}")
    found = [finding["locations"][0] for finding in validated(analyzer, document)]
    assert {'"Vérsion\N{GRINNING FACE}"', "\N{GRINNING FACE}", "GetObjekt"} <= {
        pointed_at(document, location["span"]) for location in found
    }


def test_a_part_of_a_text_is_counted_likewise(analyzer: Any) -> None:
    document = FAULTY.replace("s3:GetObjekt", "s3\N{GRINNING FACE}:Get${aws:username}")
    findings = {finding["issueCode"]: finding for finding in validated(analyzer, document)}
    (location,) = findings["VARIABLE_UNSUPPORTED_IN_ELEMENT"]["locations"]
    assert location["path"][-1] == {"substring": {"start": 8, "length": 15}}
    assert pointed_at(document, location["span"]) == "${aws:username}"


def test_of_a_text_with_escapes_all_is_meant(analyzer: Any) -> None:
    document = FAULTY.replace("s3:GetObjekt", "s3:\\u0047etObjekt")
    (finding,) = validated(analyzer, document)
    (location,) = finding["locations"]
    assert location["path"][-1] == {"index": 1}
    assert pointed_at(document, location["span"]) == '"s3:\\u0047etObjekt"'


def test_a_path_can_end_in_a_key(analyzer: Any) -> None:
    document = GOOD.replace('"Effect"', '"Efect": "Allow", "Effect"')
    (finding,) = validated(analyzer, document)
    (location,) = finding["locations"]
    assert location["path"] == [{"value": "Statement"}, {"index": 0}, {"key": "Efect"}]
    assert pointed_at(document, location["span"]) == '"Efect"'


def many_findings(count: int) -> str:
    actions = [f"s3:Nothing{number}" for number in range(count)]
    return json.dumps(
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": actions, "Resource": "arn:aws:s3:::b/*"}}
    )


def test_pages(analyzer: Any) -> None:
    document = many_findings(250)
    everything = [finding.code for finding in lint_policy(document, PolicyKind.IDENTITY)]
    assert len(everything) >= 250
    first = analyzer.validate_policy(policyDocument=document, policyType="IDENTITY_POLICY")
    assert len(first["findings"]) == 100
    assert codes(validated(analyzer, document)) == everything
    assert codes(validated(analyzer, document, PaginationConfig={"PageSize": 7})) == everything
    whole = analyzer.validate_policy(policyDocument=document, policyType="IDENTITY_POLICY", maxResults=1000)
    assert "nextToken" not in whole


def test_a_token_is_good_for_its_own_policy_only(analyzer: Any) -> None:
    document = many_findings(3)
    token = analyzer.validate_policy(policyDocument=document, policyType="IDENTITY_POLICY", maxResults=1)["nextToken"]
    for changed in (
        {"policyDocument": GOOD},
        {"policyType": "RESOURCE_POLICY"},
        {"nextToken": f"{token[:-5]}{'A' if token[-5] != 'A' else 'B'}{token[-4:]}"},
        {"nextToken": "é"},
    ):
        parameters = {"policyDocument": document, "policyType": "IDENTITY_POLICY", "nextToken": token} | changed
        code, _, status = refused(partial(analyzer.validate_policy, **parameters))
        assert (code, status) == ("ValidationException", 400)


REFUSED: dict[str, dict[str, Any]] = {
    "no document": {"policyDocument": None},
    "no type": {"policyType": None},
    "no such type": {"policyType": "TRUST_POLICY"},
    "no such locale": {"locale": "XX"},
    "a document that is too long": {"policyDocument": " " * (64 * 1024 + 1)},
    "more than a page": {"maxResults": 1001},
    "an empty page": {"maxResults": 0},
    "a resource's type for an identity's policy": {"validatePolicyResourceType": "AWS::S3::Bucket"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(server: RunningServer, name: str) -> None:
    analyzer = server.client("accessanalyzer", server.admin, parameter_validation=False)
    parameters = {"policyDocument": GOOD, "policyType": "IDENTITY_POLICY"} | REFUSED[name]
    given = {key: value for key, value in parameters.items() if value is not None}
    with pytest.raises(analyzer.exceptions.ValidationException) as caught:
        analyzer.validate_policy(**given)
    error = caught.value.response
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error["reason"] == "fieldValidationFailed"
    assert error["Error"]["Message"]


def test_whoever_may_not_is_refused(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="bob")
    bob = Credentials.of(iam.create_access_key(UserName="bob")["AccessKey"])
    client = server.client("accessanalyzer", bob)
    code, message, status = refused(lambda: client.validate_policy(policyDocument="{}", policyType="IDENTITY_POLICY"))
    assert (code, status) == ("AccessDeniedException", 403)
    assert "user/bob is not authorized to perform: access-analyzer:ValidatePolicy on resource: *" in message


def test_what_is_not_served_is_refused_as_such(analyzer: Any) -> None:
    code, message, status = refused(analyzer.list_analyzers)
    assert (code, status) == ("AccessDeniedException", 403)
    assert message.endswith("because access-analyzer:ListAnalyzers is not served here")


@pytest.mark.parametrize(("method", "target"), [("POST", "/policy/validation"), ("GET", "/policy/validation/x")])
def test_unsigned(server: RunningServer, method: str, target: str) -> None:
    answer = send(server, b"{}", method=method, target=target, headers=[("Accept", "application/json")])
    assert (answer.status, answer.content_type) == (403, "application/json")
    assert b"MissingAuthenticationToken" in answer.body

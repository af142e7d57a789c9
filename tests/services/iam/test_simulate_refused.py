"""What IAM's simulator refuses, and in which words."""

from typing import Any

import pytest

from tests.services.iam.asking import refusal
from tests.services.iam.simulating import OBJECT, allow, document, entry

CALLER = "arn:aws:iam::111122223333:user/alice"
FINE: dict[str, Any] = {"PolicyInputList": [document(allow())], "ActionNames": ["s3:GetObject"]}
OWN = document({"Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"})
NOT_ENTITY = "does not clearly define entity type and name."
MIXED = (
    "Invalid Input Actions: [s3:GetObject] and [s3:ListAllMyBuckets,x:Y] require different authorization information."
)
HANDLING = "Invalid input resource handling options. Action does not support resource handling options: s3:GetObject."
WRONG_CALLER = "Invalid caller - Caller must be an IAM user, role or group in this context."

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"PolicyInputList": ["{}"]}, "Syntax errors in policy."),
    ({"PolicyInputList": [document({"Principal": "*"})]}, "Policy document should not specify a principal."),
    ({"ActionNames": []}, "ActionNames is required."),
    ({"ActionNames": ["GetObject"]}, "The action is invalid since it is missing names"),
    ({"ResourceArns": ["reports"]}, "ResourceNames are not in a valid ARN format: reports."),
    ({"ResourceArns": ["arn:aws:s3:::"]}, "ResourceNames are not in a valid ARN format: arn:aws:s3:::."),
    ({"ResourceArns": [OBJECT, "*"]}, "ResourceNames are not in a valid ARN format: *."),
    (
        {"ActionNames": ["s3:GetObject", "s3:ListAllMyBuckets", "x:Y"], "ResourceArns": [OBJECT]},
        MIXED,
    ),
    ({"CallerArn": "arn:aws:iam::111122223333:root"}, WRONG_CALLER),
    ({"CallerArn": "arn:aws:sts::111122223333:assumed-role/r/s"}, WRONG_CALLER),
    ({"ResourceOwner": "111122223333"}, "'111122223333' is not a valid as a Resource Owner."),
    ({"ResourcePolicy": OWN, "ResourceArns": [OBJECT]}, "Invalid caller - Caller cannot be null or empty."),
    ({"ResourcePolicy": OWN, "CallerArn": CALLER}, f"Invalid Entity Arn: * {NOT_ENTITY}"),
    (
        {
            "ResourcePolicy": document({"Principal": "*", "Action": "s3:*", "Resource": "*"}),
            "CallerArn": CALLER,
            "ResourceArns": [OBJECT],
        },
        "ResourceNames are not in a valid ARN format: *.",
    ),
    (
        {"ResourcePolicy": document(allow()), "CallerArn": CALLER, "ResourceArns": [OBJECT]},
        "Missing required field Principal",
    ),
    (
        {"PermissionsBoundaryPolicyInputList": [document(allow())] * 2},
        "Only one permissions boundary policy can be specified.",
    ),
    (
        {"OrderedOrganizationPolicyInputList": [{"ServiceControlPolicyInputList": [OWN]}]},
        "The provided policy document does not meet the requirements of the specified policy type.",
    ),
    ({"ResourceHandlingOption": "EC2-Cloud"}, HANDLING),
    ({"ResourceHandlingOption": "EC2-VPC-EBS", "ResourceArns": [OBJECT]}, HANDLING),
    (
        {"PolicyInputList": [document(*[allow()] * 400)], "ResourceArns": [f"{OBJECT}{n}" for n in range(300)]},
        "The simulation is too large: what its policies list times its resources must not exceed 300000.",
    ),
]


@pytest.mark.parametrize(("parameters", "sentence"), REFUSED)
def test_is_refused(iam: Any, parameters: dict[str, Any], sentence: str) -> None:
    assert refusal(iam.simulate_custom_policy, **FINE | parameters) == ("InvalidInput", sentence, 400)


CONTEXTS: list[tuple[list[dict[str, Any]], str]] = [
    ([{"ContextKeyType": "string", "ContextKeyValues": ["x"]}], "ContextKeyName cannot be null or empty."),
    ([entry("x:one", "string", "a"), entry("X:One", "string", "a")], "Duplicate context key: X:One."),
    ([{"ContextKeyName": "x:one", "ContextKeyValues": ["x"]}], "Context key x:one has invalid type null."),
    ([entry("x:one", "string")], "Context values for context key x:one cannot be null or empty."),
    ([entry("x:one", "numeric", "1", "2")], "Context key numeric expected a single value, but received 2."),
    ([entry("x:one", "numeric", "many")], "Invalid context value for key x:one: expected numeric format."),
    ([entry("x:one", "numericList", "1", "")], "Invalid context value for key x:one: expected numeric format."),
    ([entry("x:one", "boolean", "yes")], "Invalid context value for key x:one: expected boolean format."),
    ([entry("x:one", "date", "today")], "Invalid context value for key x:one: expected DateTime format."),
    ([entry("x:one", "ip", "192.0.2.0/24")], "Invalid context value for key x:one: expected IP address."),
    ([entry("x:one", "binary", "!")], "Invalid context value for key x:one: expected base-64 encoded binary format."),
]


@pytest.mark.parametrize(("entries", "sentence"), CONTEXTS)
def test_context_is_refused(iam: Any, entries: list[dict[str, Any]], sentence: str) -> None:
    assert refusal(iam.simulate_custom_policy, **FINE, ContextEntries=entries) == ("InvalidInput", sentence, 400)


def test_the_models_own_bounds_hold(unchecked: Any) -> None:
    given = FINE | {"ContextEntries": [entry("x:one", "text", "a")]}
    code, sentence, status = refusal(unchecked.simulate_custom_policy, **given)
    assert (code, status) == ("ValidationError", 400)
    assert "Member must satisfy enum value set" in sentence


SOURCES: list[tuple[str, tuple[str, str, int]]] = [
    ("arn:aws:iam::{}:user/nobody", ("NoSuchEntity", "The user with name nobody cannot be found.", 404)),
    ("arn:aws:iam::{}:group/p/none", ("NoSuchEntity", "The group with name none cannot be found.", 404)),
    ("arn:aws:iam::{}:role/none", ("NoSuchEntity", "The role with name none cannot be found.", 404)),
    (
        "arn:aws:iam::{}:root/thing",
        ("InvalidInput", f"Invalid Entity Arn: arn:aws:iam::{{}}:root/thing {NOT_ENTITY}", 400),
    ),
    (
        "arn:aws:sts::{}:assumed-role/r/s",
        ("InvalidInput", f"Invalid Entity Arn: arn:aws:sts::{{}}:assumed-role/r/s {NOT_ENTITY}", 400),
    ),
    (
        "arn:aws:iam::999988887777:user/alice",
        (
            "InvalidInput",
            "Invalid Policy Source Arn: caller's account {} does not have access to policies in account 999988887777",
            400,
        ),
    ),
]


@pytest.mark.parametrize("operation", ["simulate_principal_policy", "get_context_keys_for_principal_policy"])
@pytest.mark.parametrize(("arn", "expected"), SOURCES)
def test_a_source_is_refused(
    iam: Any, account_id: str, arn: str, expected: tuple[str, str, int], operation: str
) -> None:
    given = {"ActionNames": ["s3:GetObject"]} if operation.startswith("simulate") else {}
    code, sentence, status = expected
    answer = refusal(getattr(iam, operation), PolicySourceArn=arn.format(account_id), **given)
    assert answer == (code, sentence.format(account_id), status)


@pytest.mark.parametrize(
    "identifier",
    [
        {"PolicyType": "inline", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
        {"PolicyArn": "arn:aws:iam::aws:role/ReadOnlyAccess"},
        {"PolicyArn": "arn:aws:iam::*:policy/ReadOnlyAccess"},
        {"PolicyArn": "arn:aws:iam::aws:policy/job*/ReadOnlyAccess"},
        {"PolicyArn": "arn:aws:iam::aws:policy/*Only*"},
    ],
)
def test_an_identifier_of_what_to_exclude_is_refused(
    unchecked: Any, account_id: str, identifier: dict[str, str]
) -> None:
    code, sentence, status = refusal(
        unchecked.simulate_principal_policy,
        PolicySourceArn=f"arn:aws:iam::{account_id}:user/admin",
        ActionNames=["s3:GetObject"],
        PolicyExclusionList=[identifier, {"PolicyType": "scp"}],
    )
    assert (code, status) == ("InvalidInput", 400)
    assert sentence.startswith("Invalid policy identifier: ")

"""What users, groups and roles have of policies: attached, inline and bounding, through boto3."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, answer, fresh, refusal

SIZES = {"user": 2048, "group": 5120, "role": 10240}


@dataclass(frozen=True)
class Owner:
    """A user, group or role, and the operations that its kind has."""

    iam: Any
    kind: str
    name: str

    @property
    def named(self) -> dict[str, str]:
        return {f"{self.kind.capitalize()}Name": self.name}

    def call(self, pattern: str) -> Any:
        """Return the operation; a `*` in `pattern` stands for the kind."""
        return getattr(self.iam, pattern.replace("*", self.kind))

    def answer(self, pattern: str, **parameters: Any) -> dict[str, Any]:
        return answer(self.call(pattern), **self.named, **parameters)

    def refusal(self, pattern: str, **parameters: Any) -> tuple[str, str, int]:
        return refusal(self.call(pattern), **self.named, **parameters)


@pytest.fixture(params=["user", "group", "role"])
def owner(iam: Any, request: pytest.FixtureRequest) -> Owner:
    made = Owner(iam, request.param, fresh())
    made.call("create_*")(**made.named, **({"AssumeRolePolicyDocument": TRUST} if made.kind == "role" else {}))
    return made


def create_policy(iam: Any, path: str = "/") -> str:
    made: str = iam.create_policy(PolicyName=fresh("Policy"), Path=path, PolicyDocument=DOCUMENT)["Policy"]["Arn"]
    return made


def test_attached_twice_is_attached_once(owner: Owner) -> None:
    for _ in range(2):
        assert owner.answer("attach_*_policy", PolicyArn=READ_ONLY) == {}
    assert owner.answer("list_attached_*_policies") == {
        "AttachedPolicies": [{"PolicyName": "ReadOnlyAccess", "PolicyArn": READ_ONLY}],
        "IsTruncated": False,
    }
    assert owner.answer("detach_*_policy", PolicyArn=READ_ONLY) == {}
    assert owner.answer("list_attached_*_policies") == {"AttachedPolicies": [], "IsTruncated": False}


def test_what_is_not_attached_cannot_be_detached(owner: Owner, account_id: str) -> None:
    for arn in (create_policy(owner.iam), f"arn:aws:iam::{account_id}:policy/Absent"):
        assert owner.refusal("detach_*_policy", PolicyArn=arn) == (
            "NoSuchEntity",
            f"Policy {arn} was not found.",
            404,
        )


def test_what_cannot_be_attached(owner: Owner, account_id: str) -> None:
    for arn in (f"arn:aws:iam::{account_id}:policy/Absent", "arn:aws:iam::999988887777:policy/Foreign"):
        assert owner.refusal("attach_*_policy", PolicyArn=arn) == (
            "NoSuchEntity",
            f"Policy {arn} does not exist or is not attachable.",
            404,
        )
    invalid = ("ValidationError", "ARN longpolicynamebutnoarn is not valid.", 400)
    assert owner.refusal("attach_*_policy", PolicyArn="longpolicynamebutnoarn") == invalid
    assert owner.refusal("detach_*_policy", PolicyArn="longpolicynamebutnoarn") == invalid
    service_role = "arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy"
    assert owner.refusal("attach_*_policy", PolicyArn=service_role) == (
        "PolicyNotAttachable",
        "Cannot attach a Service Role Policy to a Customer Role.",
        400,
    )


def test_attached_policies_are_listed_by_path_and_name(owner: Owner) -> None:
    arns = [create_policy(owner.iam, path) for path in ("/a/", "/b/", "/a/")]
    for arn in (arns[2], READ_ONLY, arns[1], arns[0]):
        owner.call("attach_*_policy")(**owner.named, PolicyArn=arn)
    by_name = sorted([*arns, READ_ONLY], key=lambda arn: arn.rpartition("/")[2].lower())
    for prefix, expected in (("/", by_name), ("/a/", [arns[0], arns[2]]), ("/A/", [])):
        listed = owner.answer("list_attached_*_policies", PathPrefix=prefix)["AttachedPolicies"]
        assert sorted(each["PolicyArn"] for each in listed) == sorted(expected)
        names = [each["PolicyName"].lower() for each in listed]
        assert names == sorted(names)


def test_no_more_than_ten_are_attached(owner: Owner) -> None:
    for _ in range(10):
        owner.call("attach_*_policy")(**owner.named, PolicyArn=create_policy(owner.iam))
    assert owner.refusal("attach_*_policy", PolicyArn=READ_ONLY) == (
        "LimitExceeded",
        f"Cannot exceed quota for PoliciesPer{owner.kind.capitalize()}: 10",
        409,
    )


def test_an_inline_policy_comes_back_as_it_was_put(owner: Owner) -> None:
    for document in (DOCUMENT, DOCUMENT.replace("*", "arn:aws:s3:::b/%2Fü+ &/*").replace(",", ",\n")):
        assert owner.answer("put_*_policy", PolicyName="Inline", PolicyDocument=document) == {}
        assert owner.answer("get_*_policy", PolicyName="Inline") == {
            **owner.named,
            "PolicyName": "Inline",
            "PolicyDocument": json.loads(document),
        }


def test_inline_policies_are_listed_by_name_and_deleted_once(owner: Owner) -> None:
    for name in ("b", "a"):
        owner.call("put_*_policy")(**owner.named, PolicyName=name, PolicyDocument=DOCUMENT)
    assert owner.answer("list_*_policies") == {"PolicyNames": ["a", "b"], "IsTruncated": False}
    assert owner.answer("delete_*_policy", PolicyName="a") == {}
    assert owner.answer("list_*_policies")["PolicyNames"] == ["b"]
    gone = ("NoSuchEntity", f"The {owner.kind} policy with name a cannot be found.", 404)
    assert owner.refusal("delete_*_policy", PolicyName="a") == gone
    assert owner.refusal("get_*_policy", PolicyName="a") == gone


def test_inline_policies_share_one_quota(owner: Owner) -> None:
    size = SIZES[owner.kind]
    half = DOCUMENT.replace("*", "arn:aws:s3:::" + "x" * (size // 2))
    owner.call("put_*_policy")(**owner.named, PolicyName="one", PolicyDocument=half)
    owner.call("put_*_policy")(**owner.named, PolicyName="one", PolicyDocument=half)
    assert owner.refusal("put_*_policy", PolicyName="two", PolicyDocument=half) == (
        "LimitExceeded",
        f"Maximum policy size of {size} bytes exceeded for {owner.kind} {owner.name}",
        409,
    )


def test_a_malformed_inline_policy_is_refused(owner: Owner) -> None:
    assert owner.refusal("put_*_policy", PolicyName="p", PolicyDocument="{}") == (
        "MalformedPolicyDocument",
        "Syntax errors in policy.",
        400,
    )


@pytest.fixture(params=["user", "role"])
def bounded(iam: Any, request: pytest.FixtureRequest) -> Owner:
    made = Owner(iam, request.param, fresh())
    made.call("create_*")(**made.named, **({"AssumeRolePolicyDocument": TRUST} if made.kind == "role" else {}))
    return made


def boundary_of(owner: Owner) -> Any:
    return owner.answer("get_*")[owner.kind.capitalize()].get("PermissionsBoundary")


def test_a_boundary_is_put_and_taken_away(bounded: Owner) -> None:
    for arn in (READ_ONLY, create_policy(bounded.iam)):
        assert bounded.answer("put_*_permissions_boundary", PermissionsBoundary=arn) == {}
        assert boundary_of(bounded) == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}
    for _ in range(2):
        assert bounded.answer("delete_*_permissions_boundary") == {}
        assert boundary_of(bounded) is None


def test_what_cannot_bound(bounded: Owner, account_id: str) -> None:
    new = {f"{bounded.kind.capitalize()}Name": fresh()}
    if bounded.kind == "role":
        new["AssumeRolePolicyDocument"] = TRUST
    invalid, absent = f"arn:aws:iam::{account_id}:not_a_policy/invalid", f"arn:aws:iam::{account_id}:policy/Absent"
    for arn, expected in (
        (invalid, ("InvalidInput", f"ARN {invalid} is not valid.", 400)),
        (absent, ("NoSuchEntity", f"Scope ARN: {absent} does not exist or is not attachable.", 404)),
    ):
        assert bounded.refusal("put_*_permissions_boundary", PermissionsBoundary=arn) == expected
        assert refusal(bounded.call("create_*"), **new, PermissionsBoundary=arn) == expected
    assert boundary_of(bounded) is None

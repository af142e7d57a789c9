"""Cloud Custodian (c7n), which finds users, roles and policies by rules, and acts on them."""

import json
from pathlib import Path
from typing import Any

from tests.clients.accounts import careless
from tests.clients.tools import HERE, installed
from tests.conftest import RunningServer

FOUND = {
    "users-with-a-password-and-no-mfa": {"careless"},
    "users-that-may-do-everything": {"careless"},
    "users-with-active-keys": {"admin", "careless"},
    "users-of-the-audit-team": {"reader"},
    "policies-that-allow-everything": {"everything"},
    "policies-that-nobody-has": set(),
    "groups-without-users": {"idle"},
    "roles-with-inline-policies": {"escalator"},
    "profiles": {"machines"},
    "careless-users-are-marked-and-lose-their-keys": {"careless"},
}


def test_custodian_finds_what_its_rules_name(server: RunningServer, iam: Any, account_id: str, tmp_path: Path) -> None:
    careless(iam)
    rules = HERE / "custodian" / "policies.yml"
    words = ["run", "--output-dir", str(tmp_path), "--cache-period", "0", str(rules)]
    installed("custodian", "custodian").run(server, server.admin, *words)

    found = {each.parent.name: json.loads(each.read_text()) for each in tmp_path.glob("*/resources.json")}
    for rule in ("account-without-a-password-policy", "root-without-mfa"):
        assert [each["account_id"] for each in found.pop(rule)] == [account_id]
    assert {rule: {name(each) for each in resources} for rule, resources in found.items()} == FOUND

    assert iam.list_user_tags(UserName="careless")["Tags"] == [{"Key": "marked-by", "Value": "custodian"}]
    keys = iam.list_access_keys(UserName="careless")["AccessKeyMetadata"]
    assert [key["Status"] for key in keys] == ["Inactive"]


def name(resource: dict[str, Any]) -> str:
    """Return what a user, group, role, policy or profile is called, the nearest name first."""
    for kind in ("User", "Group", "InstanceProfile", "Policy", "Role"):
        if f"{kind}Name" in resource:
            found: str = resource[f"{kind}Name"]
            return found
    raise AssertionError(resource)

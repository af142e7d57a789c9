"""Cloudsplaining, which reads an account's authorization details and says which policies allow too much."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.clients.accounts import careless
from tests.clients.tools import installed
from tests.conftest import RunningServer


def test_cloudsplaining_finds_what_allows_too_much(server: RunningServer, iam: Any, tmp_path: Path) -> None:
    careless(iam)
    tool = installed("cloudsplaining", "cloudsplaining")
    tool.run(server, server.admin, "download", "--output", str(tmp_path))
    details = tmp_path / "default.json"
    tool.run(
        server, server.admin, "scan", "--input-file", str(details), "--output", str(tmp_path), "--skip-open-report"
    )
    found = json.loads((tmp_path / "iam-results-default.json").read_text())

    policies = by_name(found["customer_managed_policies"], "PolicyName")
    assert escalations(policies["everything"]) >= {"CreateAccessKey", "CreateNewPolicyVersion", "AddUserToGroup"}
    assert policies["everything"]["ResourceExposure"]["findings"]
    assert escalations(policies["modest"]) == set()
    assert not policies["modest"]["ResourceExposure"]["findings"]
    inline = by_name(found["inline_policies"], "PolicyName")
    assert escalations(inline["more"]) == {"AttachRolePolicy"}

    users = by_name(found["users"], "name")
    assert set(users["careless"]["customer_managed_policies"].values()) == {"everything"}
    assert [group["name"] for group in users["reader"]["groups"].values()] == ["readers"]
    groups = by_name(found["groups"], "name")
    assert set(groups["readers"]["customer_managed_policies"].values()) == {"modest"}
    roles = by_name(found["roles"], "name")
    assert set(roles["escalator"]["inline_policies"].values()) == {"more"}
    assert [each["Roles"][0]["RoleName"] for each in roles["escalator"]["instance_profiles"]] == ["escalator"]


def by_name(entries: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {entry[name]: entry for entry in entries.values()}


def escalations(policy: dict[str, Any]) -> set[str]:
    return {finding["type"] for finding in policy["PrivilegeEscalation"]["findings"]}

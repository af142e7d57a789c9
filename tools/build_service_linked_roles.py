"""Writes which service-linked roles there are: for which service, under which name, with which policy.

No package carries these facts, so they are kept by hand in `service_linked_roles.txt`; the policies are held against
the managed policies that `build_managed_policies.py` wrote before. Run from the root of the checkout:

    python tools/build_service_linked_roles.py
"""

import json
from pathlib import Path

from origin import DATA

_FACTS = Path(__file__).with_name("service_linked_roles.txt")

_SUFFIX = "suffix"
_PATH = "/aws-service-role/"


def main() -> None:
    """Write `service_linked_roles.tsv`.

    Raises:
        ValueError: a service or role comes twice, or a policy is none that AWS keeps for service-linked roles.
    """
    known = _policies()
    lines: dict[str, str] = {}
    names: set[str] = set()
    facts = [line for line in _FACTS.read_text(encoding="ascii").splitlines() if not line.startswith("#")]
    for fact in facts:
        service, role, policy, *suffix = fact.split()
        if policy not in known:
            raise ValueError(f"{policy} is no policy of a service-linked role")
        if suffix not in ([], [_SUFFIX]) or service in lines or role in names:
            raise ValueError(f"cannot take: {fact}")
        names.add(role)
        lines[service] = "\t".join(
            (f"{service}.amazonaws.com", f"AWSServiceRoleFor{role}", policy, _SUFFIX if suffix else "")
        )
    content = "".join(lines[service] + "\n" for service in sorted(lines))
    (DATA / "service_linked_roles.tsv").write_text(content, encoding="ascii")
    print(f"{len(lines)} service-linked roles")


def _policies() -> set[str]:
    """Return the names of the policies that AWS keeps for service-linked roles."""
    lines = (DATA / "managed_policies.jsonl").read_text(encoding="ascii").splitlines()
    parts = (line.split("\t") for line in lines)
    return {name for name, facts, _ in parts if json.loads(facts)["path"] == _PATH}


if __name__ == "__main__":
    main()

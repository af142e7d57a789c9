"""AWS's managed policies, each taken out of its line only when it is asked for.

A line of `data/managed_policies.jsonl` is the policy's name, its facts as JSON, and its document as JSON.

Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
"""

import json
from base64 import b32encode
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256

from ostiary.catalogue.data_file import DataFile, open_data
from ostiary.catalogue.errors import DataError

_FILE = "managed_policies.jsonl"

_ARN_PREFIX = "arn:aws:iam::aws:policy"

_ID_LENGTH = 21


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A policy that AWS maintains and every account can see."""

    arn: str
    """Such as `arn:aws:iam::aws:policy/job-function/Billing`."""
    name: str
    path: str
    policy_id: str
    """Twenty-one characters, the first `ANPA`; always the same, but made from the ARN where AWS's own is not known."""
    default_version_id: str
    """The one version that is carried, such as `v3`."""
    created: datetime
    updated: datetime
    description: str | None
    document: str = field(repr=False)
    """The default version's document, as JSON text."""


def find_managed_policy(arn: str) -> ManagedPolicy | None:
    """Return the managed policy at `arn`, or None; ARNs are compared exactly.

    Raises:
        DataError: the data file is damaged.
    """
    name = arn.rpartition("/")[2]
    if name not in _lines():
        return None
    policy = _parse_policy(name)
    return policy if policy.arn == arn else None


@cache
def list_managed_policies() -> tuple[ManagedPolicy, ...]:
    """Return all managed policies, by name without regard to case.

    Raises:
        DataError: the data file is damaged.
    """
    # INVARIANT: the file is in this order already; held by tests/catalogue/test_managed_policies.py.
    return tuple(map(_parse_policy, _lines()))


def _lines() -> DataFile:
    return open_data(_FILE, columns=3)


def _parse_policy(name: str) -> ManagedPolicy:
    facts, document = _lines()[name]
    try:
        known = json.loads(facts)
        arn = f"{_ARN_PREFIX}{known['path']}{name}"
        return ManagedPolicy(
            arn=arn,
            name=name,
            path=known["path"],
            policy_id=known.get("id") or _derive_id(arn),
            default_version_id=known["version"],
            created=datetime.fromisoformat(known["created"]),
            updated=datetime.fromisoformat(known["updated"]),
            description=known.get("description"),
            document=document,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{_FILE}: cannot read {name}") from error


def _derive_id(arn: str) -> str:
    return f"ANPA{b32encode(sha256(arn.encode()).digest()).decode()}"[:_ID_LENGTH]

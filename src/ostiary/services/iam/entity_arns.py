"""The user, group or role that an ARN names."""

import re
from dataclasses import dataclass

from ostiary.directory.entities import EntityKind
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_ENTITY_ARN = re.compile(
    r"arn:aws[a-z-]*:iam::(?P<account>[0-9]{12}):(?P<kind>user|group|role)/(?:[!-~]+/)?(?P<name>[\w+=,.@-]+)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class EntityArn:
    """The parts of it that tell which one is meant; names are unique whatever the path."""

    text: str
    account: AccountId
    kind: EntityKind
    name: str


def find_entity_arn(text: str) -> EntityArn | None:
    """Return what the ARN of a user, group or role says, or None when the text is none."""
    written = _ENTITY_ARN.fullmatch(text)
    if written is None:
        return None
    return EntityArn(text, AccountId(written["account"]), EntityKind(written["kind"].capitalize()), written["name"])


def parse_entity_arn(text: str) -> EntityArn:
    """Return what the ARN of a user, group or role says.

    Raises:
        Fault: `InvalidInput`, it is none.
    """
    found = find_entity_arn(text)
    if found is None:
        raise Fault("InvalidInput", f"Invalid Entity Arn: {text} does not clearly define entity type and name.")
    return found

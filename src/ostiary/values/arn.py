"""Amazon Resource Names in parts.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from dataclasses import dataclass

from ostiary.values.identifiers import AccountId

_PARTS = 6


class ArnError(ValueError):
    """The text is not an ARN."""


@dataclass(frozen=True, slots=True)
class Arn:
    """`arn:partition:service:region:account:resource`; region and account are empty for services without them."""

    partition: str
    service: str
    region: str
    account: str
    resource: str

    def __str__(self) -> str:
        return f"arn:{self.partition}:{self.service}:{self.region}:{self.account}:{self.resource}"


def parse_arn(text: str) -> Arn:
    """Return the parts of `text`; the resource part keeps its own colons.

    Raises:
        ArnError: there are not six parts, or the first is not `arn`.
    """
    parts = text.split(":", _PARTS - 1)
    if len(parts) != _PARTS or parts[0] != "arn":
        raise ArnError(f"not an ARN: {text!r}")
    return Arn(*parts[1:])


def is_whole_arn(text: str) -> bool:
    """Tell whether `text` is an ARN that names a partition, a service and a resource, as every one must."""
    try:
        arn = parse_arn(text)
    except ArnError:
        return False
    return all((arn.partition, arn.service, arn.resource))


def iam_arn(account: AccountId, kind: str, path: str, name: str) -> str:
    """Return the ARN of an IAM entity, such as `arn:aws:iam::111122223333:user/division/alice`.

    Args:
        account: the account that owns the entity.
        kind: `user`, `group`, `role`, `policy`, …
        path: begins and ends with a slash; `/` when there is none.
        name: the entity's friendly name.
    """
    return f"arn:aws:iam::{account}:{kind}{path}{name}"


def root_arn(account: AccountId) -> str:
    """Return the ARN of the account's root user, which also stands for the whole account in policies."""
    return f"arn:aws:iam::{account}:root"

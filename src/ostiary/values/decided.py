"""What was decided of a call, as its event tells it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision on one permission that a call needs."""

    action: str
    """Such as `iam:CreateUser`."""
    resource: str
    """The ARN decided on, or `*`."""
    effect: str
    """`allowed`, `implicitDeny` or `explicitDeny`, as IAM's policy simulator has them."""
    by: tuple[str, ...] = ()
    """The statements that settled it, as `POLICY#SID`, by their place from 0 where they have no Sid; or the kind of
    policy that would have to allow it and does not. None of another account's."""

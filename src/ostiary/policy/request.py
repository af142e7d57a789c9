"""What is asked: the request that a decision is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ostiary.policy.principal import Principal
from ostiary.values.operation import ContextValue

_ARN_PARTS = 6


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """One action of one principal on one resource.

    `context` may have its keys in any case; it is kept with lower-case keys, as they are compared without regard to
    case. Where two keys differ only by case, the key gets the values of both: it is then multivalued, and an operator
    that expects one value cannot be decided.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """

    principal: Principal
    action: str
    """Such as `iam:CreateUser`."""
    resource: str
    """An ARN, or `*` for an action that has no resource."""
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    resource_account: str | None = None
    """The account that owns the resource; None means the caller's own."""
    action_key: str = field(init=False, repr=False)
    """The action in lower case, as it is compared."""
    resource_parts: tuple[str, ...] | None = field(init=False, repr=False)
    """The ARN's six parts; None when the resource is no ARN."""

    def __post_init__(self) -> None:
        parts = tuple(self.resource.split(":", _ARN_PARTS - 1))
        # A frozen dataclass leaves no other way to derive a field from the others.
        object.__setattr__(self, "context", _fold(self.context))
        object.__setattr__(self, "action_key", self.action.lower())
        object.__setattr__(self, "resource_parts", parts if len(parts) == _ARN_PARTS else None)

    @property
    def crosses_accounts(self) -> bool:
        """The resource belongs to another account than the caller."""
        return self.resource_account is not None and self.resource_account != self.principal.account


def _fold(context: Mapping[str, ContextValue]) -> dict[str, ContextValue]:
    folded = {key.lower(): value for key, value in context.items()}
    if len(folded) == len(context):
        return folded
    grouped: dict[str, list[ContextValue]] = {}
    for key, value in context.items():
        grouped.setdefault(key.lower(), []).append(value)
    return {key: values[0] if len(values) == 1 else _join(values) for key, values in grouped.items()}


def _join(values: Iterable[ContextValue]) -> tuple[str, ...]:
    return tuple(each for value in values for each in ((value,) if isinstance(value, str) else value))

"""What is asked: the request that a decision is about."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from ostiary.policy.principal import Principal
from ostiary.values.operation import ContextValue

_ARN_PARTS = 6
_NO_CONTEXT: Mapping[str, ContextValue] = {}


class _Facts(NamedTuple):
    principal: Principal
    action: str
    """Such as `iam:CreateUser`."""
    resource: str
    """An ARN, or `*` for an action that has no resource."""
    context: Mapping[str, ContextValue]
    """The condition keys, in lower case."""
    resource_account: str | None
    """The account that owns the resource; None means the caller's own."""
    action_key: str
    """The action in lower case, as it is compared."""
    resource_parts: list[str] | None
    """The ARN's six parts; None when the resource is no ARN."""
    crosses_accounts: bool
    """The resource belongs to another account than the caller."""
    is_for_own_side: bool
    """Where the resource has no policies, those that bind the principal decide: it has some, and is at home."""


class AccessRequest(_Facts):
    """One action of one principal on one resource.

    `context` may have its keys in any case; it is kept with lower-case keys, as they are compared without regard to
    case. Where two keys differ only by case, the key gets the values of both: it is then multivalued, and an operator
    that expects one value cannot be decided.

    A named tuple, since one is made for every decision and no other frozen value is made as fast.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """

    __slots__ = ()

    def __new__(
        cls,
        principal: Principal,
        action: str,
        resource: str,
        context: Mapping[str, ContextValue] = _NO_CONTEXT,
        resource_account: str | None = None,
    ) -> Self:
        """Return the request, with what follows from its facts.

        Args:
            principal: who asks.
            action: such as `iam:CreateUser`.
            resource: an ARN, or `*` for an action that has no resource.
            context: the condition keys, in any case.
            resource_account: the account that owns the resource; None means the caller's own.
        """
        parts = resource.split(":", _ARN_PARTS - 1)
        crosses_accounts = resource_account is not None and resource_account != principal.account
        facts = (
            principal,
            action,
            resource,
            _fold(context),
            resource_account,
            action.lower(),
            parts if len(parts) == _ARN_PARTS else None,
            crosses_accounts,
            not crosses_accounts and principal.has_policies,
        )
        return tuple.__new__(cls, facts)


class _LowerCase(dict[str, str]):
    """Condition keys in lower case: the same few come with every request, so that they are worth keeping."""

    def __missing__(self, key: str) -> str:
        lower = key.lower()
        if len(self) < _MOST_KEYS:
            self[key] = lower
        return lower


_MOST_KEYS = 4_096
_lower_case = _LowerCase()


def _fold(context: Mapping[str, ContextValue]) -> Mapping[str, ContextValue]:
    if not context:
        return _NO_CONTEXT
    folded = dict(zip(map(_lower_case.__getitem__, context), context.values(), strict=True))
    if len(folded) == len(context):
        return folded
    grouped: dict[str, list[ContextValue]] = {}
    for key, value in context.items():
        grouped.setdefault(key.lower(), []).append(value)
    return {key: values[0] if len(values) == 1 else _join(values) for key, values in grouped.items()}


def _join(values: Iterable[ContextValue]) -> tuple[str, ...]:
    return tuple(each for value in values for each in ((value,) if isinstance(value, str) else value))

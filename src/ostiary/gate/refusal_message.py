"""The encoded message of a refusal, from which DecodeAuthorizationMessage can later say why.

Why is not worked out here: most messages are never decoded, and what is sealed must not be more than the caller knows.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ostiary.credentials import RefusedCall, Sealer, message_codec
from ostiary.values.caller import Caller
from ostiary.values.operation import ContextValue, Need, Operation

_LOOKED_UP = "aws:PrincipalTag/"
"""Of the keys that every call has, the tags of user or role alone do not come from the request or the caller."""


class ReadParameters(Mapping[str, Any]):
    """A call's parameters, which remembers those that were read: the ones that say what the call acts on."""

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self._parameters = parameters
        self.read: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        value = self.read[name] = self._parameters[name]
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)


def encode_refusal(
    sealer: Sealer,
    caller: Caller,
    operation: Operation,
    *,
    parameters: ReadParameters,
    needs: tuple[Need, ...],
    unmet: int,
    context: Mapping[str, ContextValue],
    explicit_deny: bool,
) -> str | None:
    """Return the encoded message on a refused call, or None when it would be too long for any message.

    Args:
        sealer: what the message is sealed with.
        caller: who was refused.
        operation: what was called.
        parameters: its parameters, after the operation told its needs.
        needs: what the operation needs.
        unmet: which of them was not met.
        context: the condition keys that every call has.
        explicit_deny: a statement denied it.
    """
    need, session = needs[unmet], caller.session
    refused = RefusedCall(
        caller=caller,
        has_session_policies=bool(session and (session.policies or session.policy_arns)),
        service=operation.service,
        operation=operation.name,
        parameters=parameters.read,
        need=unmet,
        action=need.action,
        resource=need.shown_as or need.resource,
        context={key: value for key, value in context.items() if not key.startswith(_LOOKED_UP)},
        explicit_deny=explicit_deny,
    )
    return message_codec(sealer).mint(refused)

"""What the server knows of one API operation: declared in `services`, handed to the gate as a value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller

ContextValue = str | tuple[str, ...]
"""A condition key's value: one string, or several for a multivalued key; numbers, dates and booleans as text."""


@dataclass(frozen=True, slots=True)
class Need:
    """One permission that a call must have: an action on a resource, with the condition keys only this call knows."""

    action: str
    """Such as `iam:CreateUser`."""
    resource: str
    """The ARN decided on, or `*` for an action without resources."""
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    """Such as `iam:PermissionsBoundary`, `aws:RequestTag/team`, `aws:ResourceTag/team`."""
    resource_policy: str | None = None
    """The document of the resource's own policy: a role's trust policy for `sts:AssumeRole`."""
    resource_policy_must_allow: bool = False
    """The resource's policy has to allow the call whatever the caller's own policies say, as a role's trust policy
    does; without a document nothing allows it."""
    resource_account: str | None = None
    """The account that owns the resource, where that may not be the caller's."""
    shown_as: str | None = None
    """What AWS calls the resource in a refusal when it has no ARN to name: `user alice`."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One API operation: which permissions it takes, and the function that does it."""

    service: str
    name: str
    needs: Callable[[Any, Caller, Mapping[str, Any]], Iterable[Need]] | None
    """Called as `needs(directory, caller, parameters)` inside the call's own transaction; all of them must be met, and
    none at all is a refusal. None where AWS asks for no permission (GetCallerIdentity)."""
    perform: Callable[[AuthorizedCall, Any], Mapping[str, Any]]
    """Called as `perform(call, directory)`; returns the output, keyed as the API model names it."""
    writes: bool
    """The operation changes the account, so it takes a writing transaction and its event commits with it."""
    writes_if: Callable[[Mapping[str, Any]], bool] | None = None
    """Tells of an operation that else only reads whether a call of it writes all the same: with a one-time code, which
    is used up."""
    changes_access: bool = True
    """A change of it may change what somebody's policies come to. False only for what nobody's access can hang on yet,
    such as a new user; what was compiled of others' policies is then kept."""
    hands_out_credentials: bool = False
    """Its answer goes into the trail, secrets left out, so that a session can be traced to who asked for it."""
    identify: Callable[[Any, Mapping[str, Any], datetime], Caller] | None = None
    """Set for an operation that AWS leaves unsigned: called as `identify(directory, parameters, now)`, it proves who
    calls by the token or assertion that the call carries, and raises a `Fault` when that does not hold."""

    second_factor: Callable[[Any, Caller, Mapping[str, Any], datetime], Mapping[str, ContextValue]] | None = None
    """Set for an operation that takes a one-time code and is decided on with it: called before the decision as
    `second_factor(directory, caller, parameters, now)`, it uses the code up and returns the condition keys that come of
    it; raises a `Fault` when the code does not hold."""

    prepare: Callable[[AuthorizedCall, Any], Callable[[AuthorizedCall, Any], Mapping[str, Any]]] | None = None
    """Set for a change that takes long to work out, such as that of a password: called as `prepare(call, directory)` in
    a reading transaction, it returns what is done in place of `perform` once the change has its turn, so that no other
    change waits while it is worked out. What it returns sees to it that what it was worked out from is still so."""

    def call_writes(self, parameters: Mapping[str, Any]) -> bool:
        """Tell whether a call with these parameters takes a writing transaction."""
        return self.writes or (self.writes_if is not None and self.writes_if(parameters))

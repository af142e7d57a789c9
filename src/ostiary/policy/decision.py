"""The answer to a request."""

from typing import NamedTuple

from ostiary.policy.document import PolicyKind, StatementRef


class Decision(NamedTuple):
    """The answer, with its reasons. It is true when the request is allowed."""

    allowed: bool
    explicit_deny: bool
    """A Deny statement applies; else what is not allowed is so for want of an Allow."""
    layer: PolicyKind | None
    """The kind of policy that stands in the way; None when the request is allowed."""
    determining: tuple[StatementRef, ...]
    """The statements that settled it: the Deny, or for each kind of policy that had to allow one that does.
    Empty when something is missing, and when a root user needs no policy."""
    level: int | None = None
    """For a control policy the level of the organisation that stands in the way, counted from its root."""

    def __bool__(self) -> bool:
        return self.allowed


def lacks_allow(kind: PolicyKind, level: int | None = None) -> Decision:
    """Return the decision when no policy of a kind allows that has to."""
    return Decision(allowed=False, explicit_deny=False, layer=kind, determining=(), level=level)


def explicit_deny(kind: PolicyKind, ref: StatementRef, level: int | None = None) -> Decision:
    """Return the decision when a Deny statement of a policy applies."""
    return Decision(allowed=False, explicit_deny=True, layer=kind, determining=(ref,), level=level)


def allow(refs: tuple[StatementRef, ...]) -> Decision:
    """Return the decision when everyone who has to allow does, each by one statement."""
    # What the class itself would do by way of another call.
    return tuple.__new__(Decision, (True, False, None, refs, None))

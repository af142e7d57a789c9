"""The condition keys of a proven call."""

from collections.abc import Mapping

from ostiary.directory.context import moment_context, principal_context, region_of, request_context
from ostiary.values.call import AuthenticatedCall
from ostiary.values.operation import ContextValue


def call_region(authenticated: AuthenticatedCall) -> str:
    """Return the region that a call is for."""
    return region_of(authenticated.call.service, authenticated.region)


def build_context(authenticated: AuthenticatedCall, identity_tags: Mapping[str, str]) -> dict[str, ContextValue]:
    """Return the global condition keys of a call; a key that does not apply is left out, as `Null` wants it."""
    caller, call = authenticated.caller, authenticated.call
    context: dict[str, ContextValue] = {
        **moment_context(call.received_at),
        "aws:RequestedRegion": call_region(authenticated),
        **request_context(call),
    }
    if caller.federation:
        # Whoever carries a provider's token is no principal of an account yet; the rest is in the token's own keys.
        return context
    return context | principal_context(caller, identity_tags, call.received_at)

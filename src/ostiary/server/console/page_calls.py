"""Calls of AWS's APIs that a person makes at the sign-in page rather than by a signature, and their events."""

from collections.abc import Mapping
from typing import Any

from ostiary.audit import describe_call
from ostiary.directory.directory import Directory
from ostiary.governance import record_events
from ostiary.server.console.exchange import Exchange
from ostiary.values.call import Call
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

REGION = "us-east-1"
"""The page has no region of its own; what it does is IAM's or the sign-in's, and those are in this one."""


def page_call(exchange: Exchange, service: str, operation: str) -> Call:
    """Return a request to the page as the call of an operation."""
    return Call(exchange.request, service, operation, exchange.request_id, exchange.now)


def record_call(
    directory: Directory,
    call: Call,
    account: AccountId,
    caller: Caller | None,
    *,
    parameters: Mapping[str, Any] | None = None,
    fault: Fault | None = None,
) -> None:
    """Write the event of such a call in the transaction of what it is about.

    Args:
        directory: a writing transaction.
        call: what was asked for.
        account: whose trail the event goes to.
        caller: who asked, as far as that is proven.
        parameters: what the event tells of the request, without secrets.
        fault: why it was refused; None when it was done.
    """
    event = describe_call(
        call,
        account=account,
        caller=caller,
        presented_key=None,
        region=REGION,
        read_only=False,
        parameters=parameters,
        output=None,
        fault=fault,
    )
    record_events(directory, [event])

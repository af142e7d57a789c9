"""Calls of the service `signin`, which AWS decides on by policies, as `ostiary login` makes them.

A person needs `signin:AuthorizeOAuth2Access` and `signin:CreateOAuth2Token`, as SignInLocalDevelopmentAccess allows.
Source: https://docs.aws.amazon.com/signin/latest/userguide/command-line-sign-in.html
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.gate import signed_in
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Exchange
from ostiary.server.console.page_calls import REGION, page_call, record_call
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Need, Operation

AUTHORIZE = "AuthorizeOAuth2Access"
CREATE_TOKEN = "CreateOAuth2Token"  # noqa: S105 - an operation
REVOKE_TOKEN = "RevokeOAuth2Token"  # noqa: S105 - an operation

_SERVICE = "signin"
_CLIENT_ID = "arn:aws:signin:::devtools/same-device"
"""What AWS calls a command line whose browser is on the same machine."""

_REDIRECT_URI = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\]):([1-9][0-9]{0,4})/callback", re.ASCII)
_HIGHEST_PORT = 65_535

Deed = Callable[[Directory], Mapping[str, Any]]


def carry_out(
    desk: Desk, exchange: Exchange, name: str, caller: Caller, *, told: Mapping[str, Any], deed: Deed
) -> Mapping[str, Any]:
    """Do what a person asks for if policies allow it, in one transaction with its event; a refusal has one as well.

    Args:
        desk: what the endpoints work with.
        exchange: the request.
        name: of the operation.
        caller: the person.
        told: what the event tells of the request, without secrets.
        deed: what is done, in a writing transaction.

    Returns:
        What `deed` returns.

    Raises:
        Fault: `AccessDenied`, no policy allows it; or what `deed` raises.
    """
    operation = Operation(_SERVICE, name, _needs(name), lambda _call, directory: deed(directory), writes=True)
    call = page_call(exchange, _SERVICE, name)
    try:
        with desk.writing() as directory:
            authorized = desk.authorizer.authorize(directory, signed_in(call, caller), operation, {})
            output = operation.perform(authorized, directory)
            record(directory, exchange, name, caller.account, caller=caller, told=told)
            return output
    except Fault as fault:
        with desk.writing() as directory:
            record(directory, exchange, name, caller.account, caller=caller, told=told, fault=fault)
        raise


def record(
    directory: Directory,
    exchange: Exchange,
    name: str,
    account: AccountId,
    *,
    caller: Caller | None = None,
    told: Mapping[str, Any] | None = None,
    fault: Fault | None = None,
) -> None:
    """Write the event of such a call in the transaction of what it is about.

    Args:
        directory: a writing transaction.
        exchange: the request.
        name: of the operation.
        account: whose trail it goes to.
        caller: who asked, as far as that is proven.
        told: what the event tells of the request, without secrets.
        fault: why it was refused; None when it was done.
    """
    call = page_call(exchange, _SERVICE, name)
    record_call(directory, call, account, caller, parameters={"client_id": _CLIENT_ID, **(told or {})}, fault=fault)


def read_redirect_uri(exchange: Exchange) -> str:
    """Return where a code goes: to a program on the machine that the browser is on, and nowhere else.

    Raises:
        Fault: `ValidationError`, it is somewhere else.
    """
    redirect_uri = exchange.text("redirectUri", longest=256)
    found = _REDIRECT_URI.fullmatch(redirect_uri)
    if found is None or int(found[1]) > _HIGHEST_PORT:
        raise Fault(
            "ValidationError", "`redirectUri` must be http://127.0.0.1:PORT/callback, of a program on this machine."
        )
    return redirect_uri


def _needs(name: str) -> Callable[[Any, Caller, Mapping[str, Any]], Iterable[Need]]:
    def needs(_directory: Any, caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
        client = f"arn:aws:signin:{REGION}:{caller.account}:oauth2/public-client/localhost"
        return (Need(f"{_SERVICE}:{name}", client),)

    return needs

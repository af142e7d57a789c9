"""Writes what happens at the sign-in page into the trail."""

from collections.abc import Mapping
from typing import Any

from ostiary.audit import SignInParty, describe_sign_in
from ostiary.directory.directory import Directory
from ostiary.gate.sign_in import Attempt, Person
from ostiary.governance import record_events
from ostiary.server.console.exchange import Exchange


def record(
    directory: Directory,
    exchange: Exchange,
    name: str,
    who: Attempt | Person,
    *,
    error: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Write an event in the transaction of what it is about.

    Args:
        directory: a writing transaction.
        exchange: the request.
        name: what happened, such as `ConsoleLogin`.
        who: who was there, or tried to be.
        error: why it did not succeed; None when it did.
        facts: what else there is to know, without secrets.
    """
    event = describe_sign_in(
        name,
        _party(who),
        now=exchange.now,
        request_id=exchange.request_id,
        address=exchange.request.client_address,
        user_agent=exchange.user_agent,
        succeeded=error is None,
        error=error,
        facts=facts,
    )
    record_events(directory, [event])


def _party(who: Attempt | Person) -> SignInParty:
    person = who.person if isinstance(who, Attempt) else who
    if person is None:
        account = who.account if isinstance(who, Attempt) else who.account.account
        return SignInParty(account, None)
    user = person.user
    return SignInParty(person.account.account, person.owner_id, user.name if user else None, user.arn if user else None)

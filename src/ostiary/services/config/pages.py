"""Pages: a `NextToken` goes on with the call that it was given out for, and with no other."""

from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.services.config.errors import invalid_next_token
from ostiary.services.places import read_place, write_place
from ostiary.values.call import AuthorizedCall

_PAGING = frozenset({"NextToken", "Limit"})
_PAGE = 25
"""As many rules as can be named in one call."""


def requested_place(call: AuthorizedCall, directory: Directory) -> Any:
    """Return the place that the page goes on behind, as it was given to `next_token`; None for the first page.

    Raises:
        Fault: `InvalidNextTokenException`, the token was not given out for this call in this account.
    """
    token = call.parameters.get("NextToken")
    return read_place(call, directory, token, paging=_PAGING, invalid=invalid_next_token())


def next_token(call: AuthorizedCall, directory: Directory, place: object) -> str:
    """Return the token for what comes behind a place, which JSON can hold."""
    return write_place(call, directory, place, paging=_PAGING)


def cut_page(
    call: AuthorizedCall, directory: Directory, items: Sequence[Mapping[str, Any]], called: str, size: int = _PAGE
) -> Mapping[str, Any]:
    """Return a page of what is all at hand, as an answer that has it under the name `called`."""
    start = requested_place(call, directory) or 0
    end = start + size
    token = next_token(call, directory, end) if end < len(items) else None
    return {called: list(items[start:end]), "NextToken": token}

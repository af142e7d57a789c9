"""Pages: a `NextToken` goes on with the call that it was given out for, and with no other."""

from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.services.places import read_place, write_place
from ostiary.services.securityhub.errors import invalid_input
from ostiary.values.call import AuthorizedCall

_LARGEST_PAGE = 100
_PAGING = frozenset({"NextToken", "MaxResults"})


def requested_size(parameters: Mapping[str, Any]) -> int:
    """Return how many things a page may have; how many there can be is checked by the model."""
    return int(parameters.get("MaxResults", _LARGEST_PAGE))


def requested_place(call: AuthorizedCall, directory: Directory) -> Any:
    """Return the place that the page goes on behind, as it was given to `next_token`; None for the first page.

    Raises:
        Fault: `InvalidInputException`, the token was not given out for this call in this account.
    """
    token = call.parameters.get("NextToken")
    return read_place(
        call, directory, token, paging=_PAGING, invalid=invalid_input("NextToken is not valid for this request.")
    )


def next_token(call: AuthorizedCall, directory: Directory, place: object) -> str:
    """Return the token for what comes behind a place, which JSON can hold."""
    return write_place(call, directory, place, paging=_PAGING)


def cut_page(
    call: AuthorizedCall, directory: Directory, items: Sequence[Mapping[str, Any]], called: str
) -> Mapping[str, Any]:
    """Return a page of what is all at hand, as an answer that has it under the name `called`."""
    start = requested_place(call, directory) or 0
    end = start + requested_size(call.parameters)
    token = next_token(call, directory, end) if end < len(items) else None
    return {called: list(items[start:end]), "NextToken": token}

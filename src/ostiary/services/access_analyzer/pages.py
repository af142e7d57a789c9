"""Pages of lists: a `nextToken` goes on with what it was given out for, and with nothing else."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.services.access_analyzer.errors import invalid
from ostiary.values.call import AuthorizedCall

_LARGEST_PAGE = 1_000
_USUAL_PAGE = 100


def requested_size(parameters: Mapping[str, Any]) -> int:
    """Return how many things a page may have.

    Raises:
        Fault: `ValidationException`, none, or more than a page has.
    """
    size = int(parameters.get("maxResults", _USUAL_PAGE))
    if not 1 <= size <= _LARGEST_PAGE:
        raise invalid(f"maxResults must be from 1 to {_LARGEST_PAGE}.")
    return size


def requested_place(call: AuthorizedCall, directory: Directory, names: Sequence[str]) -> str | None:
    """Return the place that the page comes behind, as `next_token` was told it; None for the first page.

    Args:
        call: the call.
        directory: what the token is opened with.
        names: the parameters that have to be the same for all pages.

    Raises:
        Fault: `ValidationException`, the token was not given out for these parameters in this account.
    """
    token = call.parameters.get("nextToken")
    if token is None:
        return None
    try:
        return directory.sealer.open(base64.urlsafe_b64decode(token), context=_context(call, names)).decode()
    except (SealBroken, binascii.Error, ValueError) as error:
        raise invalid("nextToken is not valid, or comes with other parameters than it was given out for.") from error


def next_token(call: AuthorizedCall, directory: Directory, names: Sequence[str], place: str) -> str:
    """Return the token for the page that comes behind a place."""
    return base64.urlsafe_b64encode(directory.sealer.seal(place.encode(), context=_context(call, names))).decode()


def _context(call: AuthorizedCall, names: Sequence[str]) -> str:
    asked = json.dumps([call.parameters.get(name) for name in names]).encode()
    return f"marker/{call.account}/access-analyzer/{call.call.operation}/{hashlib.sha256(asked).hexdigest()}"

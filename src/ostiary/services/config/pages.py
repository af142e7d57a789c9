"""Pages: a `NextToken` goes on with the call that it was given out for, and with no other."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.services.config.errors import invalid_next_token
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
    if token is None:
        return None
    try:
        return json.loads(directory.sealer.open(base64.urlsafe_b64decode(token), context=_context(call)))
    except (SealBroken, binascii.Error, ValueError) as error:
        raise invalid_next_token() from error


def next_token(call: AuthorizedCall, directory: Directory, place: object) -> str:
    """Return the token for what comes behind a place, which JSON can hold."""
    return base64.urlsafe_b64encode(directory.sealer.seal(json.dumps(place).encode(), context=_context(call))).decode()


def cut_page(
    call: AuthorizedCall, directory: Directory, items: Sequence[Mapping[str, Any]], called: str, size: int = _PAGE
) -> Mapping[str, Any]:
    """Return a page of what is all at hand, as an answer that has it under the name `called`."""
    start = requested_place(call, directory) or 0
    end = start + size
    token = next_token(call, directory, end) if end < len(items) else None
    return {called: list(items[start:end]), "NextToken": token}


def _context(call: AuthorizedCall) -> str:
    asked = {name: value for name, value in call.parameters.items() if name not in _PAGING}
    digest = hashlib.sha256(json.dumps(asked, default=str, sort_keys=True).encode()).hexdigest()
    return f"marker/{call.account}/config/{call.call.operation}/{digest}"

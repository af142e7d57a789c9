"""Pages of the tagging service: a `PaginationToken` goes in and comes out, and is empty at the end."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.services.tagging.errors import token_expired
from ostiary.values.call import AuthorizedCall

T = TypeVar("T")


def requested_start(call: AuthorizedCall, directory: Directory) -> str:
    """Return the text behind which the page begins; empty for the first.

    Raises:
        Fault: `PaginationTokenExpiredException`, the token is none that this operation handed out in this account.
    """
    token = call.parameters.get("PaginationToken")
    if not token:
        return ""
    try:
        return directory.sealer.open(base64.urlsafe_b64decode(token), context=_context(call)).decode()
    except (SealBroken, binascii.Error, ValueError) as error:
        raise token_expired() from error


def next_token(call: AuthorizedCall, directory: Directory, last: str | None) -> str:
    """Return the token for what comes behind `last`; the empty one when nothing does."""
    if last is None:
        return ""
    return base64.urlsafe_b64encode(directory.sealer.seal(last.encode(), context=_context(call))).decode()


def cut(texts: Sequence[str], start: str, size: int) -> tuple[list[str], str | None]:
    """Return at most `size` of texts in order, those behind `start`, and the last of them if there are more."""
    rest = [text for text in texts if text > start]
    return rest[:size], rest[size - 1] if len(rest) > size else None


def _context(call: AuthorizedCall) -> str:
    return f"marker/{call.account}/tagging/{call.call.operation}"

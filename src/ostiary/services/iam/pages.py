"""IAM's pagination: `MaxItems` and `Marker` in, `IsTruncated` and `Marker` out."""

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.directory.pages import Page, PageRequest
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault

T = TypeVar("T")

_DEFAULT_SIZE = 100


def requested_page(call: AuthorizedCall, directory: Directory) -> PageRequest:
    """Return which page a call asks for.

    Raises:
        Fault: `ValidationError`, the marker is none that this operation handed out in this account.
    """
    size = call.parameters.get("MaxItems", _DEFAULT_SIZE)
    marker = call.parameters.get("Marker")
    if marker is None:
        return PageRequest(size)
    try:
        after = directory.sealer.open(base64.urlsafe_b64decode(marker), context=_marker_context(call))
    except (SealBroken, binascii.Error, ValueError) as error:
        raise Fault("ValidationError", "Invalid Marker.", status=400) from error
    return PageRequest(size, after.decode())


def page_output(
    call: AuthorizedCall, directory: Directory, member: str, page: Page[T], build: Callable[[T], Any]
) -> dict[str, Any]:
    """Return a page as IAM's output; `member` is the name of its list."""
    return {member: [build(item) for item in page.items], **page_end(call, directory, page.next_after)}


def page_end(call: AuthorizedCall, directory: Directory, next_after: str | None) -> dict[str, Any]:
    """Return what the output says of the pages to come: whether there is one, and the marker to ask for it."""
    if next_after is None:
        return {"IsTruncated": False}
    sealed = directory.sealer.seal(next_after.encode(), context=_marker_context(call))
    return {"IsTruncated": True, "Marker": base64.urlsafe_b64encode(sealed).decode()}


def cut(items: Iterable[T], request: PageRequest, mark: Callable[[T], str]) -> Page[T]:
    """Return one page of a list that is in memory.

    Args:
        items: the list, in any order.
        request: which part of it.
        mark: gives each item a text of its own, which orders the list without regard to case and, being short, can
            stand in a marker: IAM's model keeps that to 320 characters.
    """
    after = None if request.after is None else _order(request.after)
    rest = sorted(
        (item for item in items if after is None or _order(mark(item)) > after), key=lambda item: _order(mark(item))
    )
    shown = tuple(rest[: request.size])
    return Page(shown, mark(shown[-1]) if len(rest) > request.size else None)


def _order(mark: str) -> tuple[str, str]:
    return mark.lower(), mark


def _marker_context(call: AuthorizedCall) -> str:
    return f"marker/{call.account}/{call.call.operation}"

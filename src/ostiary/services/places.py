"""Where a page of a list begins: a token that goes on with the call that it was given out for, and with no other."""

import base64
import binascii
import hashlib
import json
from collections.abc import Collection
from typing import Any

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault


def read_place(
    call: AuthorizedCall, directory: Directory, token: str | None, *, paging: Collection[str], invalid: Fault
) -> Any:
    """Return the place that a page goes on behind, as it was given to `write_place`; None for the first page.

    Args:
        call: the call that asks for the page.
        directory: what the token is opened with.
        token: what the call gives for it.
        paging: the parameters that may differ from page to page.
        invalid: what a token is refused with that was not given out for this call in this account.

    Raises:
        Fault: `invalid`.
    """
    if token is None:
        return None
    try:
        return json.loads(directory.sealer.open(base64.urlsafe_b64decode(token), context=_context(call, paging)))
    except (SealBroken, binascii.Error, ValueError) as error:
        raise invalid from error


def write_place(call: AuthorizedCall, directory: Directory, place: object, *, paging: Collection[str]) -> str:
    """Return the token for what comes behind a place, which JSON can hold."""
    sealed = directory.sealer.seal(json.dumps(place).encode(), context=_context(call, paging))
    return base64.urlsafe_b64encode(sealed).decode()


def _context(call: AuthorizedCall, paging: Collection[str]) -> str:
    asked = {name: value for name, value in call.parameters.items() if name not in paging}
    digest = hashlib.sha256(json.dumps(asked, default=str, sort_keys=True).encode()).hexdigest()
    return f"marker/{call.account}/{call.call.service}/{call.call.operation}/{digest}"

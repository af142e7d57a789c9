"""Pages of findings: a `nextToken` goes on with the policy that it was given out for, and with no other."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.services.access_analyzer.errors import invalid
from ostiary.values.call import AuthorizedCall

_LARGEST_PAGE = 1_000
_USUAL_PAGE = 100


def requested_size(parameters: Mapping[str, Any]) -> int:
    """Return how many findings a page may have.

    Raises:
        Fault: `ValidationException`, none, or more than a page has.
    """
    size = int(parameters.get("maxResults", _USUAL_PAGE))
    if not 1 <= size <= _LARGEST_PAGE:
        raise invalid(f"maxResults must be from 1 to {_LARGEST_PAGE}.")
    return size


def requested_start(call: AuthorizedCall, directory: Directory) -> int:
    """Return how many findings come before the page.

    Raises:
        Fault: `ValidationException`, the token was not given out for this policy in this account.
    """
    token = call.parameters.get("nextToken")
    if token is None:
        return 0
    try:
        return int(directory.sealer.open(base64.urlsafe_b64decode(token), context=_context(call)))
    except (SealBroken, binascii.Error, ValueError) as error:
        raise invalid("nextToken is not valid for this policy.") from error


def next_token(call: AuthorizedCall, directory: Directory, start: int) -> str:
    """Return the token for the findings that come behind the first `start`."""
    return base64.urlsafe_b64encode(directory.sealer.seal(str(start).encode(), context=_context(call))).decode()


def _context(call: AuthorizedCall) -> str:
    names = ("policyDocument", "policyType", "validatePolicyResourceType")
    asked = json.dumps([call.parameters.get(name) for name in names]).encode()
    return f"marker/{call.account}/access-analyzer/ValidatePolicy/{hashlib.sha256(asked).hexdigest()}"

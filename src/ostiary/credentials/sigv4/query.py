"""The query string, read once the way that signing reads it."""

import re
from urllib.parse import unquote_to_bytes

from ostiary.credentials.errors import MalformedQueryString

MAX_QUERY_CHARACTERS = 131_072
_MOST_PARAMETERS = 2_000

_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def parse_query(query: str) -> list[tuple[bytes, bytes]]:
    """Return the names and values of a query string, decoded, in their order and with their repeats.

    A plus sign is a space, as in HTML forms; a name without `=` has an empty value.

    Raises:
        MalformedQueryString: it is too long, has too many parameters, or has a `%` that escapes nothing.
    """
    if not query:
        return []
    if len(query) > MAX_QUERY_CHARACTERS or query.count("&") >= _MOST_PARAMETERS:
        raise MalformedQueryString("The query string is too long.")
    bad = _BAD_ESCAPE.search(query)
    if bad is not None:
        escape = query[bad.start() : bad.start() + 3]
        raise MalformedQueryString(f"Illegal hex character in escape % pattern: {escape}")
    raw = query.replace("+", " ").encode("latin-1")
    pairs = (part.partition(b"=") for part in raw.split(b"&"))
    return [(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in pairs]

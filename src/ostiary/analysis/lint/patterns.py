"""Wildcard patterns held against each other: does one cover all that another does?

In an action `*` and `?` stand for any characters, in an ARN for any within its part (the last part holds the rest).
"""

import re
from collections.abc import Sequence

ARN_PARTS = 6

_COLON_OR_VARIABLE = re.compile(r":|\$\{[^}]*+\}?")


def has_wildcard(text: str) -> bool:
    """Return whether `text` has a star or a question mark that stands for other characters, not an escaped one."""
    plain = text.replace("${*}", "").replace("${?}", "")
    return "*" in plain or "?" in plain


def covers(pattern: str, other: str) -> bool:
    """Return whether everything that `other` matches is matched by `pattern`.

    A wildcard in `other` is taken for a character of its own that only wildcards match. The answer no may be wrong for
    patterns such as `?*` and `*?`, the answer yes never is.
    """
    # The last star is remembered and tried with one character more when the rest does not fit.
    here = there = 0
    star = mark = -1
    while there < len(other):
        if here < len(pattern) and pattern[here] == "*":
            star, mark = here, there
            here += 1
        elif here < len(pattern) and (pattern[here] == other[there] or (pattern[here] == "?" and other[there] != "*")):
            here += 1
            there += 1
        elif star >= 0:
            mark += 1
            here, there = star + 1, mark
        else:
            return False
    return all(character == "*" for character in pattern[here:])


def covers_arn(pattern: str, other: str) -> bool:
    """Return whether every resource that `other` matches is matched by `pattern`, part by part."""
    if pattern == "*":
        return True
    parts, others = split_arn(pattern), split_arn(other)
    return parts is not None and others is not None and all(map(covers, parts, others))


def split_arn(text: str) -> Sequence[str] | None:
    """Return the six parts of an ARN, or None when it has fewer; a colon within `${…}` divides nothing."""
    parts, start = [], 0
    for match in _COLON_OR_VARIABLE.finditer(text):
        if match[0] == ":":
            parts.append(text[start : match.start()])
            start = match.end()
            if len(parts) == ARN_PARTS - 1:
                return [*parts, text[start:]]
    return None

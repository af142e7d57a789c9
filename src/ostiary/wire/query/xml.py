"""Text in XML elements. No input makes a document that a parser refuses.

Source: https://www.w3.org/TR/xml/#charsets
"""

import re

# XML 1.0 has no way to write these characters, not even as a reference; a carriage return must be a reference, or a
# parser reads a line feed in its place.
_SPECIAL = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"}
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def escape(text: str) -> str:
    """Return `text` as an element's content; what XML cannot hold becomes the replacement character."""
    return _SPECIAL.sub(_written, text)


def element(name: str, content: str) -> str:
    """Return an element with `content`, which is already XML."""
    return f"<{name}>{content}</{name}>" if content else f"<{name}/>"


def _written(match: re.Match[str]) -> str:
    return _REFERENCES.get(match[0], _REPLACEMENT)

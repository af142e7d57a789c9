"""Text of anybody's, made fit for a line of a log: nothing in it can end the line, or steer a terminal."""

import re

_BARE = re.compile(r"[A-Za-z0-9_./:@+,*-]+")
_LONGEST = 2_048


def one_line(text: str) -> str:
    r"""Return the text with everything spelt out that is not printable, as `\n` and `\x1b`, and `\` as `\\`.

    Unicode's line ends, marks that turn the direction of text, and half characters are not printable either.
    """
    if text.isprintable() and "\\" not in text:
        return text
    return "".join(
        letter if letter.isprintable() and letter != "\\" else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def as_value(value: object) -> str:
    """Return a value as it stands after `name=`: in quotes unless it is of plain characters; `-` for None."""
    if value is None:
        return "-"
    text = str(value)[:_LONGEST]
    if _BARE.fullmatch(text) and text != "-":
        return text
    quoted = one_line(text).replace('"', '\\"')
    return f'"{quoted}"'

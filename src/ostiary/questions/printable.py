"""Lines that are safe to print, whoever wrote what is in them."""


def printable(line: str) -> str:
    """Return a line with all that a terminal might obey, escape sequences and line breaks too, written as escapes."""
    if line.isprintable():
        return line
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in line)

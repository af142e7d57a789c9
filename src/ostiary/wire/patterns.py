r"""The models' regular expressions, which are Java's.

Java's `\w` and `\d` are ASCII and its `\p{L}` is Unicode. In `regex` both follow one flag, so the flag is chosen by
what a pattern uses; no pattern of a spoken service uses both, and a test holds that.

Source: https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html
"""

from collections.abc import Callable
from functools import cache


@cache
def compile_pattern(pattern: str) -> Callable[[str], bool]:
    """Return a function that tells whether the whole of a text matches `pattern`."""
    # Imported late: the patterns of an operation are only compiled when it is first called.
    import regex  # type: ignore[import-untyped] # no stubs  # noqa: PLC0415 - 20 ms that start-up can do without

    compiled = regex.compile(pattern, regex.UNICODE if r"\p{" in pattern else regex.ASCII)
    return lambda text: compiled.fullmatch(text) is not None

"""What anybody sends stays inside its line, and inside its value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.server.telemetry.one_line import as_value, one_line

HOSTILE = [
    ("a\nb", r"a\nb"),
    ("a\r\nb", r"a\r\nb"),
    ("\x1b[2J\x1b]0;owned\x07", r"\x1b[2J\x1b]0;owned\x07"),
    ("\x9b31m", r"\x9b31m"),
    ("\x7f\x08\0", r"\x7f\x08\x00"),
    ("\u2028\u2029\x85\x0b\x0c", r"\u2028\u2029\x85\x0b\x0c"),
    ("\u202eevil", r"\u202eevil"),
    ("\ud800", r"\ud800"),
    (r"a\nb", r"a\\nb"),
    ("naïve ☂", "naïve ☂"),
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_what_is_not_printable_is_spelt_out(text: str, expected: str) -> None:
    assert one_line(text) == expected


@given(st.text() | st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_a_line_is_one_and_two_texts_are_two(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert line.encode("utf-8").decode("utf-8") == line
    if "\\" not in text and text.isprintable():
        assert line == text
    else:
        # Every spelling can be read back, so no text passes for another.
        spelt = "".join(letter if letter.isascii() else letter.encode("unicode_escape").decode() for letter in line)
        assert spelt.encode("ascii").decode("unicode_escape") == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "-"),
        ("-", '"-"'),
        ("", '""'),
        (200, "200"),
        (1.5, "1.5"),
        ("arn:aws:iam::111122223333:user/team/a@b.c", "arn:aws:iam::111122223333:user/team/a@b.c"),
        ("GetUser status=200", '"GetUser status=200"'),
        ('" status=200 x="', r'"\" status=200 x=\""'),
        ("\\", r'"\\"'),
        ("x" * 9_000, "x" * 2_048),
    ],
)
def test_a_value_cannot_become_two(value: object, expected: str) -> None:
    assert as_value(value) == expected


@given(st.text(max_size=50))
def test_a_quoted_value_ends_where_it_ends(text: str) -> None:
    value = as_value(text)
    if not value.startswith('"'):
        assert value == text
        assert not {" ", "=", '"'} & set(value)
        return
    inner = value[1:-1].replace("\\\\", "").replace('\\"', "")
    assert '"' not in inner

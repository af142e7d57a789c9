import re

import pytest

from ostiary.wire.patterns import compile_pattern
from ostiary.wire.spoken import SPOKEN
from tests.wire.calls import IN_PART, botocore_model

PATTERNS = sorted(
    {
        shape.metadata["pattern"]
        for service in SPOKEN.keys() - IN_PART
        for shape in map(botocore_model(service).shape_for, botocore_model(service).shape_names)
        if "pattern" in shape.metadata
    }
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_pattern_needs_both_kinds_of_class(pattern: str) -> None:
    assert not (r"\p{" in pattern and re.search(r"\\[wds]", pattern, re.IGNORECASE))
    assert compile_pattern(pattern)("\x00") is (pattern == r"[\s\S]*")


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"[\w]+", "abc_09", True),
        (r"[\w]+", "é", False),
        (r"\d{12}", "111122223333", True),
        (r"\d{12}", "\N{ARABIC-INDIC DIGIT ONE}" * 12, False),
        (r"[\p{L}\p{Z}\p{N}]*", "é \N{ARABIC-INDIC DIGIT ONE}\u2028", True),
        (r"[\p{L}\p{Z}\p{N}]*", "\t", False),
        (r"[\w]*", "", True),
        (r"^o-[a-z0-9]{10,32}$", "o-abcdefghij\n", False),
        (r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "my-alias", True),
        (r"^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$", "my--alias", False),
        (r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", "/division/", True),
        (r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)", "//", False),
        (r"[\u0009\u000A\u000D\u0020-\u00FF]+", "tab\there ÿ", True),
        (r"[\u0009\u000A\u000D\u0020-\u00FF]+", "Ā", False),
    ],
)
def test_the_whole_text_is_matched_as_java_does(pattern: str, text: str, matches: bool) -> None:  # noqa: FBT001 - a table's column
    assert compile_pattern(pattern)(text) is matches

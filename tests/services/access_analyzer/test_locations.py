"""Whatever text is checked, each finding on it has a place that is within it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from ostiary.analysis.lint import lint_policy
from ostiary.policy import PolicyKind
from ostiary.services.access_analyzer.locations import Locations

WORDS = st.sampled_from(
    ["Version", "Statement", "Effect", "Action", "s3:Nope", "s3:*", "${aws:x}", "\N{GRINNING FACE}", "\ud800", "\r\n"]
)
DOCUMENTS = st.recursive(
    WORDS | st.text(max_size=5) | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
TEXTS = st.one_of(
    DOCUMENTS.map(lambda document: json.dumps(document, ensure_ascii=False, indent=1)),
    DOCUMENTS.map(json.dumps),
    st.text(st.sampled_from('{}[]:,"\\\n\r \N{GRINNING FACE}\ud800xé'), max_size=30),
)


@given(TEXTS, st.sampled_from(PolicyKind))
def test_any_finding_has_its_place(text: str, kind: PolicyKind) -> None:
    locations, lines = Locations(text), text.split("\n")
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    for finding in lint_policy(text, kind):
        location = locations.of(finding)
        start, end = location["span"]["start"], location["span"]["end"]
        assert 0 <= start["offset"] <= end["offset"] <= units + 1
        for position in (start, end):
            before = lines[: position["line"] - 1]
            whole = sum(len(line.encode("utf-16-le", "surrogatepass")) // 2 + 1 for line in before)
            assert position["offset"] == whole + position["column"]
        assert len(location["path"]) >= len(finding.path)
        assert all(len(step) == 1 for step in location["path"])

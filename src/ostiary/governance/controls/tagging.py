"""Whether something is tagged at all; what AWS itself tagged does not count."""

from collections.abc import Iterable, Iterator, Mapping

from ostiary.governance.controls.control import Result, judge
from ostiary.governance.controls.facts import Untold, told

_AWS = "aws:"


def check_tagged(tagged: Iterable[tuple[str, Mapping[str, str] | Untold]], resource_type: str) -> Iterator[Result]:
    """Yield for each resource, by ARN and tags, whether somebody tagged it."""
    for arn, tags in tagged:
        own = [key for key in told(tags) if not key.lower().startswith(_AWS)]
        reason = f"it has {len(own)} tag{'s' if len(own) > 1 else ''}" if own else "it has no tags"
        yield judge(arn, resource_type, passed=bool(own), reason=reason)

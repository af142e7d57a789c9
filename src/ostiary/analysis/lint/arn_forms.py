"""How services write their ARNs: forms such as `role/${RoleName}`, and which of them a resource can be of."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from ostiary.analysis.lint.patterns import ARN_PARTS
from ostiary.catalogue import ResourceType

OPEN = re.compile(r"[*?]|\$\{")
"""What begins a part of a resource or a form that is not fixed."""

_MOST_SHOWN = 4


@lru_cache(maxsize=1_024)
def split_patterns(types: tuple[ResourceType, ...]) -> Sequence[Sequence[str]]:
    """Return the six parts of each ARN pattern; one with fewer, of which the catalogue has some, says nothing."""
    split = (each.arn_pattern.split(":", ARN_PARTS - 1) for each in types)
    return [pattern for pattern in split if len(pattern) == ARN_PARTS]


def fits_form(resource: str, form: str) -> bool:
    """Return whether a resource can be of a form, going by how both begin."""
    written, fixed = _opening(resource), _opening(form)
    if len(written) < len(resource):
        return written.startswith(fixed) or fixed.startswith(written)
    return written.startswith(fixed) if len(fixed) < len(form) else written == fixed


def closest_forms(resource: str, forms: Iterable[str]) -> list[str]:
    """Return the forms that begin most like the resource, the shortest first."""
    shared = {form: _shared(resource.lower(), form.lower()) for form in forms}
    most = max(shared.values())
    return sorted((form for form, count in shared.items() if count == most), key=len)[:_MOST_SHOWN]


@lru_cache(maxsize=4_096)
def _opening(text: str) -> str:
    """Return what is fixed at the beginning of a resource or a form."""
    opening = OPEN.search(text)
    return text[: opening.start()] if opening else text


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

"""Session tags: which ones a new session has, and which it will pass on.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from ostiary.values.caller import Session
from ostiary.values.fault import Fault

_MOST_TAGS = 50
_LONGEST_KEY = 128
_LONGEST_VALUE = 256
_MARKS = frozenset("_.:/=+-@")


@dataclass(frozen=True, slots=True)
class SessionTags:
    """The tags of a session, and the keys of those that sessions assumed from it inherit."""

    tags: dict[str, str]
    transitive_keys: tuple[str, ...]


def combine_tags(parameters: Mapping[str, Any], calling: Session | None) -> SessionTags:
    """Return the new session's tags: those that a call passes, and those that the calling session passes on.

    Raises:
        Fault: `InvalidParameterValue`, a key comes twice, is not there to be passed on, or would replace an inherited
            one.
    """
    passed = [(tag["Key"], tag["Value"]) for tag in parameters.get("Tags", ())]
    return _combine(passed, tuple(parameters.get("TransitiveTagKeys", ())), calling)


def session_tags_of(tags: Mapping[str, str], transitive: tuple[str, ...]) -> SessionTags:
    """Return the new session's tags, which an identity provider gives.

    Raises:
        Fault: `InvalidParameterValue`, a tag is none that a session can have, or a key comes twice or is not there to
            be passed on.
    """
    for key, value in tags.items():
        if not (0 < len(key) <= _LONGEST_KEY and len(value) <= _LONGEST_VALUE and _is_plain(key) and _is_plain(value)):
            raise _invalid(f"The session tag cannot be taken: {key[:_LONGEST_KEY]}")
    return _combine(list(tags.items()), transitive, None)


def _combine(passed: list[tuple[str, str]], transitive: tuple[str, ...], calling: Session | None) -> SessionTags:
    given = dict(passed)
    folded = [key.lower() for key, _ in passed]
    if len(set(folded)) != len(folded):
        raise _invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
    if any(key.startswith("aws:") for key in folded):
        raise _invalid("aws: prefixed tag key names are not allowed for external use.")
    inherited = _inherited(calling)
    inherited_keys = {key.lower() for key in inherited}
    if inherited_keys & set(folded):
        raise _invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from "
            "the calling session."
        )
    if not {key.lower() for key in transitive} <= set(folded) | inherited_keys:
        raise _invalid("The specified transitive tag key must be included in the requested tags.")
    tags = {**inherited, **given}
    if len(tags) > _MOST_TAGS:
        raise _invalid(f"The session would have {len(tags)} tags; at most {_MOST_TAGS} are allowed.")
    return SessionTags(tags, tuple(dict.fromkeys((*inherited, *transitive))))


def _is_plain(text: str) -> bool:
    """Tell whether a text has only what the model allows in a tag; the tags of a token have passed no model."""
    return all(character in _MARKS or category(character)[0] in "LNZ" for character in text)


def _inherited(calling: Session | None) -> dict[str, str]:
    if calling is None or not calling.tags:
        return {}
    kept = {key.lower() for key in calling.transitive_tag_keys}
    return {key: value for key, value in calling.tags.items() if key.lower() in kept}


def _invalid(message: str) -> Fault:
    return Fault("InvalidParameterValue", message)

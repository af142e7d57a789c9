"""Session tags: which ones a new session has, and which it will pass on.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.values.caller import Session
from ostiary.values.fault import Fault

_MOST_TAGS = 50


@dataclass(frozen=True, slots=True)
class SessionTags:
    """The tags of a session, and the keys of those that sessions assumed from it inherit."""

    tags: dict[str, str]
    transitive_keys: tuple[str, ...]


def combine_tags(parameters: Mapping[str, Any], calling: Session | None) -> SessionTags:
    """Return the new session's tags: those passed, and those that the calling session passes on.

    Raises:
        Fault: `InvalidParameterValue`, a key comes twice, is not there to be passed on, or would replace an inherited
            one.
    """
    given: dict[str, str] = {tag["Key"]: tag["Value"] for tag in parameters.get("Tags", ())}
    folded = [tag["Key"].lower() for tag in parameters.get("Tags", ())]
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
    transitive: tuple[str, ...] = tuple(parameters.get("TransitiveTagKeys", ()))
    if not {key.lower() for key in transitive} <= set(folded) | inherited_keys:
        raise _invalid("The specified transitive tag key must be included in the requested tags.")
    tags = {**inherited, **given}
    if len(tags) > _MOST_TAGS:
        raise _invalid(f"The session would have {len(tags)} tags; at most {_MOST_TAGS} are allowed.")
    return SessionTags(tags, tuple(dict.fromkeys((*inherited, *transitive))))


def _inherited(calling: Session | None) -> dict[str, str]:
    if calling is None or not calling.tags:
        return {}
    kept = {key.lower() for key in calling.transitive_tag_keys}
    return {key: value for key, value in calling.tags.items() if key.lower() in kept}


def _invalid(message: str) -> Fault:
    return Fault("InvalidParameterValue", message)

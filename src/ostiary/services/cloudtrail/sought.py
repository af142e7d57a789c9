"""What a LookupEvents call looks for."""

from collections.abc import Mapping
from typing import Any

from ostiary.audit import Sought
from ostiary.services.cloudtrail.errors import (
    invalid_event_category,
    invalid_lookup_attributes,
    invalid_max_results,
    invalid_time_range,
)

_ATTRIBUTES = (
    "EventId",
    "EventName",
    "ReadOnly",
    "Username",
    "ResourceType",
    "ResourceName",
    "EventSource",
    "AccessKeyId",
)
_OF_INSIGHTS = ("EventId", "EventName", "EventSource")
_BOOLEANS = ("true", "false")
_INSIGHT = "insight"
_LARGEST_PAGE = 50


def requested_events(parameters: Mapping[str, Any]) -> Sought:
    """Return what is looked for.

    Raises:
        Fault: `InvalidLookupAttributesException`, there is more than one attribute, or one that there is not;
            `InvalidTimeRangeException`, the time ends before it starts.
    """
    start, end = parameters.get("StartTime"), parameters.get("EndTime")
    if start is not None and end is not None and start > end:
        raise invalid_time_range()
    attributes = parameters.get("LookupAttributes", ())
    if not attributes:
        return Sought(start=start, end=end)
    if len(attributes) > 1:
        raise invalid_lookup_attributes("LookupAttributes can have only one item.")
    key, value = attributes[0]["AttributeKey"], attributes[0]["AttributeValue"]
    allowed = _OF_INSIGHTS if asks_for_insights(parameters) else _ATTRIBUTES
    if key not in allowed:
        raise invalid_lookup_attributes(f"AttributeKey must be one of {', '.join(allowed)}.")
    if key == "ReadOnly" and value not in _BOOLEANS:
        raise invalid_lookup_attributes("AttributeValue must be true or false for ReadOnly.")
    return Sought(key, value, start, end)


def asks_for_insights(parameters: Mapping[str, Any]) -> bool:
    """Tell whether a call asks for Insights events rather than for those of calls.

    Raises:
        Fault: `InvalidEventCategoryException`, it asks for what there is not.
    """
    category = parameters.get("EventCategory")
    if category not in {None, _INSIGHT}:
        raise invalid_event_category()
    return category is not None


def requested_size(parameters: Mapping[str, Any]) -> int:
    """Return how many events a page may have.

    Raises:
        Fault: `InvalidMaxResultsException`, none, or more than a page has.
    """
    size = int(parameters.get("MaxResults", _LARGEST_PAGE))
    if not 1 <= size <= _LARGEST_PAGE:
        raise invalid_max_results(_LARGEST_PAGE)
    return size

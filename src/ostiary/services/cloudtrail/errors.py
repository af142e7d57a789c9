"""CloudTrail's errors, in its own words."""

from ostiary.values.fault import Fault


def invalid_lookup_attributes(message: str) -> Fault:
    """Return the refusal of what is looked for."""
    return Fault("InvalidLookupAttributesException", message, status=400)


def invalid_time_range() -> Fault:
    """Return the refusal of a time that ends before it starts."""
    return Fault("InvalidTimeRangeException", "StartTime must not be after EndTime.", status=400)


def invalid_max_results(most: int) -> Fault:
    """Return the refusal of a page that is empty or too large."""
    return Fault("InvalidMaxResultsException", f"MaxResults must be from 1 to {most}.", status=400)


def invalid_next_token() -> Fault:
    """Return the refusal of a token that does not go on with the look-up it comes with."""
    return Fault(
        "InvalidNextTokenException",
        "The NextToken is invalid, or comes with other parameters than those it was given out for.",
        status=400,
    )


def invalid_event_category() -> Fault:
    """Return the refusal of a category of events that there is not."""
    return Fault("InvalidEventCategoryException", "EventCategory must be insight, or be left out.", status=400)

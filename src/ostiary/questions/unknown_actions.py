"""Actions that were probably mistyped: of a service that AWS has, but not among its actions."""

from difflib import get_close_matches

from ostiary.catalogue import find_action, find_service
from ostiary.policy.explain_words import show


def unknown_action_note(action: str) -> str | None:
    """Return a sentence about an action that its service is not known to have, with the nearest that it has.

    None when the action is known, and when the service is not, of which nothing can be said.
    """
    service = find_service(action.partition(":")[0])
    if service is None or find_action(action) is not None:
        return None
    names = {each.name.lower(): each.name for each in service.actions}
    near = get_close_matches(action.lower(), names, 1)
    meant = f"; was {names[near[0]]} meant?" if near else "."
    return f"{show(action)} is not known as an action of {service.name}{meant}"

"""The known name that a misspelt one was likely meant to be."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_LONGEST = 96
_MOST = 25
_LIKENESS = 0.75


class Guesses:
    """Guesses what was meant, for one policy: so many times and no more, since each takes its time."""

    def __init__(self) -> None:
        self._left = _MOST

    def take(self) -> bool:
        """Return whether one more guess may be made, and count it."""
        if self._left == 0:
            return False
        self._left -= 1
        return True

    def nearest(self, name: str, known: Iterable[str]) -> str | None:
        """Return the known name that is most like `name`, without regard to case, or None when none or two are."""
        folded = name.lower()
        if len(folded) > _LONGEST or not self.take():
            return None
        room = max(3, len(folded) // 4)
        candidates = {each.lower(): each for each in known if abs(len(each) - len(folded)) <= room}
        if folded in candidates:
            return candidates[folded]
        found = get_close_matches(folded, candidates, n=2, cutoff=_LIKENESS)
        # Of two that are as like, neither is a good guess.
        if not found or (len(found) > 1 and _likeness(folded, found[0]) == _likeness(folded, found[1])):
            return None
        return candidates[found[0]]


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, name, other).ratio()

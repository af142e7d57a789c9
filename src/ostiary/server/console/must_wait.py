"""The refusal of who has to wait."""

from ostiary.values.fault import Fault


class MustWait(Fault):
    """There were too many attempts, or there is too much to do at once.

    Args:
        seconds: how long to wait, at least 1.
    """

    def __init__(self, seconds: int) -> None:
        unit = "second" if seconds == 1 else "seconds"
        super().__init__(
            "TooManyRequestsError", f"There were too many attempts. Try again in {seconds} {unit}.", status=429
        )
        self.seconds = seconds

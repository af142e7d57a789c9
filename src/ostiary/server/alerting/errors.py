"""What goes wrong with sending an alert.

NotDelivered   the channel did not take it
"""

from datetime import timedelta


class NotDelivered(Exception):  # noqa: N818 - named after what happened
    """A channel did not take an alert.

    Args:
        reason: what happened, in one line without anything secret.
        retry_after: the other side asks not to be tried again before that.
        is_final: trying again is of no use.
    """

    def __init__(self, reason: str, *, retry_after: timedelta | None = None, is_final: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.is_final = is_final

"""An answer that says no: the one exception that becomes an AWS error document."""

from ostiary.values.decided import Decided


class Fault(Exception):  # noqa: N818 - the protocol's own word for it
    """What a caller is told when a call does not succeed.

    Args:
        code: AWS's error code, such as `NoSuchEntity`.
        message: AWS's sentence; may name what is wrong, never a secret. Empty when AWS says nothing but the code.
        status: the HTTP status, in AWS's pairing with the code.
        receiver: the server is at fault, not the sender.
        authorization_message: why the call was refused, encoded so that only who may decode it can read it.
        decided: what was decided of the call, for the account's own trail.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        receiver: bool = False,
        authorization_message: str | None = None,
        decided: tuple[Decided, ...] = (),
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.receiver = receiver
        self.authorization_message = authorization_message
        self.decided = decided

"""An answer that says no: the one exception that becomes an AWS error document."""


class Fault(Exception):  # noqa: N818 - the protocol's own word for it
    """What a caller is told when a call does not succeed.

    Args:
        code: AWS's error code, such as `NoSuchEntity`.
        message: AWS's sentence; may name what is wrong, never a secret.
        status: the HTTP status, in AWS's pairing with the code.
        receiver: the server is at fault, not the sender.
    """

    def __init__(self, code: str, message: str, *, status: int = 400, receiver: bool = False) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.receiver = receiver

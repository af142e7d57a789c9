"""A secret access key that does not show itself by accident."""

from typing import final


@final
class SecretKey:
    """A secret access key: its text is read with `reveal()` and appears in no repr, log or traceback."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the secret itself, to sign with, to seal, or to show its owner once."""
        return self._text

    def __repr__(self) -> str:
        return "SecretKey(…)"

    def __eq__(self, other: object) -> bool:
        # Secrets are compared in constant time by whoever verifies; plain equality would invite the other kind.
        raise TypeError("secret keys are not compared with ==")

    __hash__ = None  # type: ignore[assignment] # a secret is no dictionary key

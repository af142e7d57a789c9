"""Where the signing keys of OpenID Connect providers come from: the server gives the directory somebody to ask."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol


class IssuerUnreachable(Exception):  # noqa: N818 - named after what happened
    """A provider's keys cannot be had."""


class IssuerBusy(IssuerUnreachable):
    """Too many calls wait for providers already; it may go better in a moment."""


class IssuerKeys(Protocol):
    """Finds the keys that a provider signs with."""

    def __call__(
        self, issuer: str, thumbprints: Sequence[str], /, *, fresh: bool = False
    ) -> Sequence[Mapping[str, Any]]:
        """Return the provider's keys as JWKs.

        Args:
            issuer: the provider's whole URL.
            thumbprints: SHA-1 fingerprints of certificates that it may have besides publicly trusted ones.
            fresh: the caller misses a key, so what was found before may be out of date.

        Raises:
            IssuerUnreachable: they cannot be had.
        """
        ...


def no_issuer_keys(issuer: str, _thumbprints: Sequence[str], /, *, fresh: bool = False) -> Sequence[Mapping[str, Any]]:
    """Find no keys: what a directory has that serves no calls.

    Raises:
        IssuerUnreachable: always.
    """
    raise IssuerUnreachable(f"nobody fetches the keys of {issuer}{' anew' if fresh else ''}")

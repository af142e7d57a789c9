"""The key sets of OpenID Connect providers: fetched, or read from files where there is no way out; kept for a while.

Sources: https://openid.net/specs/openid-connect-discovery-1_0.html and, for thumbprints,
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
"""

import json
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakValueDictionary

from ostiary.directory.issuer_keys import IssuerBusy, IssuerUnreachable

_KEPT_SECONDS = 600.0
_KEPT_FRESH_SECONDS = 30.0
"""How soon a provider is asked again when a key is missing, or when it could not be reached."""
_MOST_KEPT = 1_000
_MOST_AT_ONCE = 4
"""How many calls may wait for providers: half of the threads that a server has, so that the others are answered."""
_MOST_KEYS = 100
_MOST_BYTES = 262_144


@dataclass(frozen=True, slots=True)
class _Kept:
    at: float
    keys: Sequence[Mapping[str, Any]] | None
    """None when the provider could not be reached."""


class KeySets:
    """Finds the keys that providers sign with. Thread-safe."""

    def __init__(self, files: Path | None) -> None:
        """Make an empty store.

        Args:
            files: a directory with a key set for each provider, which are then read and never fetched; the file is
                called as `key_set_file` says.
        """
        self._files = files
        self._kept: OrderedDict[tuple[str, ...], _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._turns: WeakValueDictionary[tuple[str, ...], threading.Lock] = WeakValueDictionary()
        self._places = threading.BoundedSemaphore(_MOST_AT_ONCE)

    def __call__(
        self, issuer: str, thumbprints: Sequence[str], /, *, fresh: bool = False
    ) -> Sequence[Mapping[str, Any]]:
        """Return a provider's keys, as `IssuerKeys` has it."""
        if self._files is not None:
            return _read(self._files / key_set_file(issuer), issuer)
        key = (issuer, *thumbprints)
        if (found := self._find(key, fresh=fresh)) is not None:
            return found
        if not self._places.acquire(blocking=False):
            raise IssuerBusy(f"too many providers are asked at once to ask {issuer}")
        try:
            # Who comes while the provider is asked has no need to ask as well.
            with self._turn(key):
                if (found := self._find(key, fresh=fresh)) is not None:
                    return found
                return self._fetch(key)
        finally:
            self._places.release()

    def _find(self, key: tuple[str, ...], *, fresh: bool) -> Sequence[Mapping[str, Any]] | None:
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or time.monotonic() - kept.at >= self._good_for(kept, fresh=fresh):
            return None
        if kept.keys is None:
            raise IssuerUnreachable(f"{key[0]} could not be reached a moment ago")
        return kept.keys

    def _turn(self, key: tuple[str, ...]) -> threading.Lock:
        """Return the lock of one provider; it is forgotten when nobody has it."""
        with self._lock:
            turn = self._turns.get(key)
            if turn is None:
                turn = self._turns[key] = threading.Lock()
            return turn

    def _fetch(self, key: tuple[str, ...]) -> Sequence[Mapping[str, Any]]:
        issuer, *thumbprints = key
        from ostiary.server.key_set_fetch import fetch_key_set  # noqa: PLC0415 - TLS is loaded when it is first needed

        try:
            keys = _keys_of(fetch_key_set(issuer, thumbprints, most_bytes=_MOST_BYTES), issuer)
        except IssuerUnreachable:
            self._keep(key, None)
            raise
        self._keep(key, keys)
        return keys

    def _good_for(self, kept: _Kept, *, fresh: bool) -> float:
        return _KEPT_FRESH_SECONDS if fresh or kept.keys is None else _KEPT_SECONDS

    def _keep(self, key: tuple[str, ...], keys: Sequence[Mapping[str, Any]] | None) -> None:
        with self._lock:
            self._kept[key] = _Kept(time.monotonic(), keys)
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)


def key_set_file(issuer: str) -> str:
    """Return the name of the file that holds an issuer's key set: its URL without scheme, percent-encoded.

    No two issuers share a name, so that none can sign for another.
    """
    return quote(issuer.partition("://")[2], safe="") + ".json"


def _read(path: Path, issuer: str) -> Sequence[Mapping[str, Any]]:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise IssuerUnreachable(f"no key set of {issuer}: {error.strerror}") from error
    return _keys_of(text, issuer)


def _keys_of(text: bytes, issuer: str) -> Sequence[Mapping[str, Any]]:
    try:
        keys = json.loads(text)["keys"] if len(text) <= _MOST_BYTES else None
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise IssuerUnreachable(f"the key set of {issuer} cannot be read") from error
    if not isinstance(keys, list) or len(keys) > _MOST_KEYS or not all(isinstance(key, dict) for key in keys):
        raise IssuerUnreachable(f"the key set of {issuer} cannot be read")
    return tuple(keys)

"""Where the trails end, kept outside of the database: whoever sets a trail back in there, or takes it away, is seen.

DIR/trail.heads     of each account the furthest place its trail came to and the hash of the event there, sealed under
                    the master key. It is written each minute and when the server stops, as far as there were events.

A missing file cannot be told from that of a first start. What was exported is the stronger anchor.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ostiary.audit import Broken, How, Place, TrailDamaged, find_trail, holds_place, trail_accounts
from ostiary.credentials import SealBroken, Sealer
from ostiary.directory.directory import Directory
from ostiary.server.errors import SetupError
from ostiary.server.trail_files import write_file
from ostiary.values.identifiers import AccountId

_NAME = "trail.heads"
_PURPOSE = "trail heads"


class TrailHeadsBroken(SetupError):  # noqa: N818 - named after what happened
    """The file is not what the server wrote, or was written under another master key."""


class TrailHeads:
    """The file with the trails' ends. Safe for several processes on one data directory."""

    def __init__(self, directory: Path, sealer: Sealer) -> None:
        """Take note of where it is.

        Args:
            directory: the data directory, wherever the database is.
            sealer: what secrets are sealed with.
        """
        self._path = directory / _NAME
        self._sealer = sealer.for_purpose(_PURPOSE)

    def read(self) -> Mapping[AccountId, Place]:
        """Return of each account the furthest place that was kept; of none when nothing was kept yet.

        Raises:
            TrailHeadsBroken: it is not what the server wrote.
        """
        try:
            kept = json.loads(self._sealer.open(self._path.read_bytes(), context=_NAME))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise TrailHeadsBroken(f"cannot read {self._path}: {error.strerror}") from error
        except SealBroken as error:
            raise TrailHeadsBroken(
                f"{self._path} is not what the server wrote there, or was written under another master key"
            ) from error
        return {AccountId(account): Place(place, bytes.fromhex(digest)) for account, (place, digest) in kept.items()}

    def keep(self, ends: Mapping[AccountId, Place]) -> None:
        """Keep the ends that are further than what is kept; write nothing when none is.

        Raises:
            TrailHeadsBroken: what is kept is not what the server wrote.
            OSError: it cannot be written.
        """
        with self._locked():
            kept = dict(self.read())
            further = {
                account: end
                for account, end in ends.items()
                if account not in kept or end.sequence > kept[account].sequence
            }
            if further:
                content = {
                    account: (place.sequence, place.chain_hash.hex()) for account, place in (kept | further).items()
                }
                write_file(self._path, self._sealer.seal(json.dumps(content).encode(), context=_NAME))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self._path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def compare_heads(
    directory: Directory, kept: Mapping[AccountId, Place]
) -> tuple[Mapping[AccountId, Place], Mapping[AccountId, Broken]]:
    """Return where the trails end now that hold what was kept of them, and of those that do not hold it what is wrong.

    Args:
        directory: a reading transaction, begun after `kept` was read.
        kept: as `TrailHeads.read` returned it.
    """
    ends, breaks = {}, {}
    for account in sorted({*map(AccountId, trail_accounts(directory.connection)), *kept}):
        place = kept.get(account)
        if place is not None and not holds_place(directory.connection, directory.sealer, account, place):
            breaks[account] = Broken(How.SET_BACK, place.sequence)
        elif (end := _end(directory, account)) is not None:
            ends[account] = end
    return ends, breaks


def _end(directory: Directory, account: AccountId) -> Place | None:
    """Return where a trail ends; None where that cannot be known, which verifying the trail tells of."""
    try:
        trail = find_trail(directory.connection, directory.sealer, account)
    except (TrailDamaged, SealBroken):
        return None
    if trail is None or not trail.has_its_head or trail.head.sequence == trail.head.pruned_sequence:
        return None
    return Place(trail.head.sequence, trail.head.last_hash)

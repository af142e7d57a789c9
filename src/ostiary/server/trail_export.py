"""Exporting a trail to files: what was not exported to the same directory before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ostiary.audit import (
    LogFile,
    SignedDigest,
    TrailDamaged,
    digest_bytes,
    digest_content,
    digest_folder,
    find_trail,
    kept_events,
    log_content,
    log_name,
    make_signer,
    sha256_of,
    string_to_sign,
)
from ostiary.credentials import FileSigner, WrongFileSignature
from ostiary.directory.directory import Directory
from ostiary.server.errors import SetupError
from ostiary.server.state import State
from ostiary.server.trail_files import (
    BrokenFile,
    digest_paths,
    locked_directory,
    read_digest,
    write_digest,
    write_file,
    write_gzipped,
)
from ostiary.server.trail_source import Exportable, Range, exportable_events, spread_over_files
from ostiary.values.identifiers import AccountId

_PUBLIC_KEY = "public-key.pem"
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Exported:
    """What came of an export, as far as it went."""

    events: int = 0
    files: list[str] = field(default_factory=list)
    """The paths of what was written, in the directory."""
    ended_by: str | None = None
    """What of the trail is not what was recorded, so that nothing from there on was exported."""


def export_as_lines(state: State, account: AccountId, directory: Path, within: Range) -> Exported:
    """Write events to files of JSON Lines, each named after the places of its first and last event.

    Raises:
        SetupError: the directory cannot be written, or is being written to.
    """
    exported = Exported()
    written = re.compile(rf"{account}_trail_\d+-(\d+)\.jsonl")
    with locked_directory(directory), state.reading() as reading:
        before = [int(match[1]) for path in directory.iterdir() if (match := written.fullmatch(path.name))]
        source = exportable_events(reading, account, within, exported=max(before, default=0))
        try:
            for events, _ in spread_over_files(source, by_hour=False):
                first, last = events[0].place.sequence, events[-1].place.sequence
                name = f"{account}_trail_{first:012d}-{last:012d}.jsonl"
                write_file(directory / name, "".join(f"{event.body}\n" for event in events).encode())
                exported.events += len(events)
                exported.files.append(name)
        except TrailDamaged as error:
            exported.ended_by = str(error)
    return exported


def export_as_cloudtrail(
    state: State, account: AccountId, directory: Path, within: Range, *, bucket: str, now: datetime
) -> Exported:
    """Write events to CloudTrail's log files, and for each hour a signed digest of them.

    Args:
        state: the installation.
        account: whose trail it is.
        directory: where the files go.
        within: which events.
        bucket: the S3 bucket that digests name; those that are there already must name it too.
        now: the present moment.

    Raises:
        SetupError: the directory cannot be written or is being written to, or what is in it was not exported from
            this trail.
    """
    with locked_directory(directory):
        with state.writing() as writing:
            signer = make_signer(writing.connection, writing.sealer, account)
        with state.reading() as reading:
            export = _Export(reading, account, directory, signer, bucket, now.replace(microsecond=0))
            export.run(within)
        write_file(directory / digest_folder(account) / _PUBLIC_KEY, signer.public_key_pem.encode())
    return export.exported


@dataclass(slots=True)
class _Export:
    reading: Directory
    account: AccountId
    directory: Path
    signer: FileSigner
    bucket: str
    now: datetime
    exported: Exported = field(default_factory=Exported)

    def run(self, within: Range) -> None:
        previous = self._previous()
        source = exportable_events(
            self.reading, self.account, within, exported=previous.end.sequence if previous else 0
        )
        logs: list[LogFile] = []
        first: Exportable | None = None
        try:
            for events, hour_ends in spread_over_files(source, by_hour=True):
                first = first or events[0]
                logs.append(self._write_log(events))
                if hour_ends:
                    previous = self._write_digest(previous, logs, first, events[-1])
                    logs, first = [], None
        except TrailDamaged as error:
            self.exported.ended_by = str(error)

    def _previous(self) -> SignedDigest | None:
        """Return the last digest that is there, once it is known to be of this trail."""
        paths = digest_paths(self.directory, self.account)
        if not paths:
            return None
        try:
            digest = read_digest(self.directory, paths[-1])
            self.signer.verify(string_to_sign(digest.content, digest.sha256), digest.signature)
        except BrokenFile as error:
            raise SetupError(f"not exported: {error}") from error
        except WrongFileSignature as error:
            raise SetupError(f"not exported: {paths[-1]} is not signed with this trail's key") from error
        if digest.content["digestS3Bucket"] != self.bucket:
            raise SetupError(f"not exported: what is there is for the bucket {digest.content['digestS3Bucket']}")
        trail, end = find_trail(self.reading.connection, self.reading.sealer, self.account), digest.end
        if trail is None or trail.head.sequence < end.sequence:
            raise SetupError(f"not exported: event {end.sequence}, which was exported, is not in the database")
        kept = next(kept_events(self.reading.connection, self.account, after=end.sequence - 1, end=end.sequence), None)
        if kept is not None and kept.chain != end.chain_hash:
            raise SetupError(f"not exported: event {end.sequence} is not the one that was exported")
        return digest

    def _write_log(self, events: Sequence[Exportable]) -> LogFile:
        name = log_name(self.account, events[0].place, events[0].time)
        content = log_content([event.body for event in events])
        write_gzipped(self.directory / name, content)
        self.exported.events += len(events)
        self.exported.files.append(name)
        times = [event.time for event in events]
        return LogFile(name, sha256_of(content), min(times), max(times))

    def _write_digest(
        self, previous: SignedDigest | None, logs: Sequence[LogFile], first: Exportable, last: Exportable
    ) -> SignedDigest:
        start = _moment(previous.content["digestEndTime"]) if previous else _hour_of(first.time)
        hour_end = _hour_of(max(log.newest for log in logs)) + _HOUR
        # An hour that is not over ends now. No two digests end alike, however often one exports within a second.
        end = max(min(hour_end, self.now), start + _SECOND)
        content = digest_content(
            self.account,
            self.bucket,
            self.signer.fingerprint,
            previous,
            logs,
            start=start,
            end=end,
            first=first.place.sequence,
            last=last.place,
        )
        sha256 = sha256_of(digest_bytes(content))
        signature = self.signer.sign(string_to_sign(content, sha256))
        write_digest(self.directory, content, signature)
        self.exported.files.append(content["digestS3Object"])
        return SignedDigest(content, sha256, signature)


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

"""Verifying what was exported, and that the database still holds it: so a database that was set back is found out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ostiary.audit import (
    KeptEvent,
    SignedDigest,
    Trail,
    find_signer,
    find_trail,
    kept_events,
    sha256_of,
    string_to_sign,
)
from ostiary.credentials import FileSigner, WrongFileSignature
from ostiary.directory.directory import Directory
from ostiary.server.errors import SetupError
from ostiary.server.state import State
from ostiary.server.trail_files import BrokenFile, digest_paths, log_paths, read_digest, read_gzipped
from ostiary.values.identifiers import AccountId

_MOST_PROBLEMS = 100


@dataclass(slots=True)
class Against:
    """What came of verifying an export."""

    digests: int = 0
    log_files: int = 0
    events: int = 0
    pruned: int = 0
    """Of the events, those that the database keeps no longer."""
    problems: list[str] = field(default_factory=list)

    def note(self, problem: str) -> None:
        """Keep a problem, as far as there is room."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


def verify_against(state: State, account: AccountId, directory: Path) -> Against:
    """Verify the digests in a directory, the log files that they are of, and that the database holds what is in them.

    Raises:
        SetupError: there are no digests of the account's trail.
    """
    paths = digest_paths(directory, account)
    if not paths:
        raise SetupError(f"there are no digests of account {account} in {directory}")
    with state.reading() as reading:
        signer = find_signer(reading.connection, reading.sealer, account)
        trail = find_trail(reading.connection, reading.sealer, account)
        if signer is None or trail is None:
            return Against(problems=["the database knows of no export, and so is not the one that was exported from"])
        check = _Check(reading, account, directory, signer, trail)
        check.run(paths)
    return check.found


@dataclass(slots=True)
class _Check:
    reading: Directory
    account: AccountId
    directory: Path
    signer: FileSigner
    trail: Trail
    found: Against = field(default_factory=Against)

    def run(self, paths: list[Path]) -> None:
        previous: SignedDigest | None = None
        named: set[Path] = set()
        for path in paths:
            try:
                digest = read_digest(self.directory, path)
            except BrokenFile as error:
                self.found.note(str(error))
                previous = None
                continue
            self.found.digests += 1
            if self._is_signed(digest):
                self._check_link(digest, previous, is_first=path == paths[0])
                self._check_files(digest)
            named |= {self.directory / log["s3Object"] for log in digest.content["logFiles"]}
            previous = digest
        for path in log_paths(self.directory, self.account):
            if path not in named:
                self.found.note(f"{path.relative_to(self.directory).as_posix()} is in no digest")

    def _is_signed(self, digest: SignedDigest) -> bool:
        try:
            self.signer.verify(string_to_sign(digest.content, digest.sha256), digest.signature)
        except WrongFileSignature:
            self.found.note(f"{digest.content['digestS3Object']} is not signed with the trail's key")
            return False
        return True

    def _check_link(self, digest: SignedDigest, previous: SignedDigest | None, *, is_first: bool) -> None:
        name = digest.content["digestS3Object"]
        before = digest.content["previousDigestS3Object"]
        if previous is None:
            if before is not None and is_first:
                self.found.note(f"{before}, which comes before {name}, is missing")
            return
        facts = (previous.content["digestS3Object"], previous.sha256, previous.signature)
        told = [digest.content[f"previousDigest{each}"] for each in ("S3Object", "HashValue", "Signature")]
        if tuple(told) != facts:
            self.found.note(f"{name} does not go on from {facts[0]}")

    def _check_files(self, digest: SignedDigest) -> None:
        first, end = digest.content["ostiaryFirstSequence"], digest.end
        there = kept_events(self.reading.connection, self.account, after=first - 1, end=end.sequence)
        next_there = next(there, None)
        # Of the first ones, the database may keep some no longer.
        may_be_pruned = first <= self.trail.head.pruned_sequence
        for log in digest.content["logFiles"]:
            try:
                records = self._read_records(log)
            except BrokenFile as error:
                self.found.note(str(error))
                return
            for record in records:
                self.found.events += 1
                if next_there is not None and next_there.event_id == record.get("eventID"):
                    may_be_pruned = False
                    self._compare(record, next_there)
                    next_there = next(there, None)
                elif may_be_pruned:
                    self.found.pruned += 1
                else:
                    self.found.note(f"event {record.get('eventID')}, which was exported, is not in the database")
        last = next(kept_events(self.reading.connection, self.account, after=end.sequence - 1, end=end.sequence), None)
        if last is not None and last.chain != end.chain_hash:
            self.found.note(f"event {end.sequence} in the database is not the one that was exported")

    def _read_records(self, log: Mapping[str, Any]) -> list[dict[str, Any]]:
        content = read_gzipped(self.directory, log["s3Object"])
        if sha256_of(content) != log["hashValue"]:
            raise BrokenFile(f"{log['s3Object']} is not what was exported")
        self.found.log_files += 1
        records: list[dict[str, Any]] = json.loads(content)["Records"]
        return records

    def _compare(self, record: Mapping[str, Any], kept: KeptEvent) -> None:
        try:
            is_same = kept.body is not None and json.loads(kept.body) == record
        except ValueError:
            is_same = False
        if not is_same:
            self.found.note(f"event {kept.event_id} in the database is not the one that was exported")

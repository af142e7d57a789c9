"""An exported trail: CloudTrail's own files, which its own verifier takes, and which find out a database set back."""

# ruff: noqa: S608 - the statements are the test's own

import base64
import gzip
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from awscli.customizations.cloudtrail.validation import DigestTraverser, Sha256RSADigestValidator
from dateutil import tz

from ostiary.audit import AuditEvent, find_signer, prune_portion, write_events
from ostiary.audit.event_ids import new_event_id
from ostiary.credentials import MasterKey
from ostiary.server.errors import SetupError
from ostiary.server.state import State
from ostiary.server.trail_against import Against, verify_against
from ostiary.server.trail_export import Exported, export_as_cloudtrail, export_as_lines
from ostiary.server.trail_source import Range
from ostiary.server.vault import open_vault
from ostiary.store import open_store
from ostiary.values.identifiers import AccountId
from tests.audit.recorded import happened

ACCOUNT = AccountId("111122223333")
MINE = f"account_id = '{ACCOUNT}'"
ELEVEN = datetime(2026, 11, 24, 11, tzinfo=UTC)
MINUTES = (0, 10, 59, 58, 61, 62, 190)
NOW = ELEVEN + timedelta(minutes=200)
EVERYTHING = Range()
BUCKET = "bucket"
LOGS, DIGESTS = f"AWSLogs/{ACCOUNT}/CloudTrail/us-east-1", f"AWSLogs/{ACCOUNT}/CloudTrail-Digest/us-east-1"
DIGEST = f"{ACCOUNT}_CloudTrail-Digest_us-east-1_ostiary_us-east-1"


def event(minute: int) -> AuditEvent:
    at = ELEVEN + timedelta(minutes=minute)
    event_id = new_event_id(at)
    return replace(happened(minute, ACCOUNT), event_id=event_id, time=at, body={"eventID": event_id, "minute": minute})


def write(state: State, *minutes: int) -> None:
    with state.writing() as directory:
        write_events(directory.connection, directory.sealer, [event(minute) for minute in minutes])


def tamper(state: State, statement: str) -> None:
    with state.writing() as directory:
        directory.connection.exec_driver_sql(statement)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    store.create_schema()
    opened = State(store, open_vault(MasterKey.generate()), lambda: NOW)
    write(opened, *MINUTES)
    yield opened
    store.close()


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "exported"


def export(state: State, to: Path, within: Range = EVERYTHING, *, now: datetime = NOW) -> Exported:
    return export_as_cloudtrail(state, ACCOUNT, to, within, bucket=BUCKET, now=now)


def minutes(to: Path, *names: str) -> list[int]:
    paths = [to / name for name in names] or sorted((to / LOGS).rglob("*.gz"))
    return [record["minute"] for path in paths for record in json.loads(gzip.decompress(path.read_bytes()))["Records"]]


def against(state: State, to: Path) -> Against:
    return verify_against(state, ACCOUNT, to)


class Provided:
    """What the AWS CLI's verifier asks of S3 and of CloudTrail, answered from the files."""

    def __init__(self, to: Path, public_key: bytes, fingerprint: str) -> None:
        self._to = to
        self._key = {"Fingerprint": fingerprint, "Value": base64.b64encode(public_key).decode()}

    def load_digest_keys_in_range(self, **_: object) -> list[str]:
        return [path.relative_to(self._to).as_posix() for path in sorted((self._to / DIGESTS).rglob("*.json.gz"))]

    def fetch_digest(self, _bucket: str, key: str) -> tuple[dict[str, Any], bytes]:
        written = gzip.decompress((self._to / key).read_bytes())
        metadata = json.loads((self._to / f"{key}.metadata.json").read_bytes())
        digest = json.loads(written)
        digest["_signature"], digest["_signature_algorithm"] = metadata["signature"], metadata["signature-algorithm"]
        return digest, written

    def get_public_keys(self, _start: datetime, _end: datetime) -> dict[str, Any]:
        return {self._key["Fingerprint"]: self._key}


def test_the_files_are_cloudtrails(state: State, to: Path) -> None:
    exported = export(state, to)
    assert exported.events == len(MINUTES)
    assert exported.files == [
        f"{LOGS}/2026/11/24/{ACCOUNT}_CloudTrail_us-east-1_20261124T1100Z_0000000000000001.json.gz",
        f"{DIGESTS}/2026/11/24/{DIGEST}_20261124T120000Z.json.gz",
        f"{LOGS}/2026/11/24/{ACCOUNT}_CloudTrail_us-east-1_20261124T1201Z_0000000000000005.json.gz",
        f"{DIGESTS}/2026/11/24/{DIGEST}_20261124T130000Z.json.gz",
        f"{LOGS}/2026/11/24/{ACCOUNT}_CloudTrail_us-east-1_20261124T1410Z_0000000000000007.json.gz",
        f"{DIGESTS}/2026/11/24/{DIGEST}_20261124T142000Z.json.gz",
    ]
    assert minutes(to, *exported.files[::2]) == list(MINUTES)
    first, second = (json.loads(gzip.decompress((to / name).read_bytes())) for name in exported.files[1:4:2])
    assert (first["digestStartTime"], first["digestEndTime"]) == ("2026-11-24T11:00:00Z", "2026-11-24T12:00:00Z")
    assert (first["oldestEventTime"], first["newestEventTime"]) == ("2026-11-24T11:00:00Z", "2026-11-24T11:59:00Z")
    assert first["previousDigestSignature"] is None
    assert second["previousDigestS3Object"] == first["digestS3Object"] == exported.files[1]
    assert second["digestStartTime"] == first["digestEndTime"]
    assert (to / DIGESTS / "public-key.pem").read_text().startswith("-----BEGIN PUBLIC KEY-----")
    assert {path.stat().st_mode & 0o077 for path in (to, *to.rglob("*.json*"))} == {0}


def test_cloudtrails_own_verifier_takes_them(state: State, to: Path) -> None:
    export(state, to)
    with state.reading() as directory:
        signer = find_signer(directory.connection, directory.sealer, ACCOUNT)
    assert signer is not None
    files = Provided(to, signer.public_key, signer.fingerprint)
    wrong: list[Any] = []

    def verified() -> list[dict[str, Any]]:
        traverser = DigestTraverser(
            files, BUCKET, None, files, Sha256RSADigestValidator(), *[lambda **facts: wrong.append(facts)] * 3
        )
        span = (ELEVEN - timedelta(days=1)).astimezone(tz.tzutc()), (NOW + timedelta(days=1)).astimezone(tz.tzutc())
        return list(traverser.traverse_digests(*span))

    assert [digest["ostiaryLastSequence"] for digest in verified()] == [7, 6, 4]
    assert wrong == []
    path = sorted((to / DIGESTS).rglob("*.json.gz"))[1]
    content = json.loads(gzip.decompress(path.read_bytes()))
    path.write_bytes(gzip.compress(json.dumps({**content, "ostiaryLastSequence": 5}).encode()))
    assert [digest["ostiaryLastSequence"] for digest in verified()] == [7, 4]
    assert "signature verification failed" in wrong[0]["message"]


def test_a_second_run_adds_what_is_new(state: State, to: Path) -> None:
    export(state, to)
    before = {path: path.read_bytes() for path in to.rglob("*.gz")}
    assert export(state, to).files == []
    write(state, 195, 250)
    later = ELEVEN + timedelta(minutes=260)
    assert minutes(to, *[name for name in export(state, to, now=later).files if LOGS in name]) == [195, 250]
    write(state, 251)
    # Within the same second.
    assert export(state, to, now=later).events == 1
    assert minutes(to) == [*MINUTES, 195, 250, 251]
    assert {path: path.read_bytes() for path in before} == before
    assert against(state, to) == Against(digests=6, log_files=6, events=10)


def test_what_was_left_half_done_is_done_anew(state: State, to: Path) -> None:
    whole = export(state, to)
    (to / whole.files[-1]).unlink()
    assert against(state, to).problems == [f"{whole.files[-2]} is in no digest"]
    assert export(state, to).files == whole.files[-2:]
    assert against(state, to).problems == []


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        (Range(since=ELEVEN + timedelta(minutes=60)), [61, 62, 190]),
        (Range(until=ELEVEN + timedelta(minutes=61)), [0, 10, 59, 58]),
        (Range(since=ELEVEN + timedelta(minutes=10), until=ELEVEN + timedelta(minutes=62)), [10, 59, 58, 61]),
        (Range(since=NOW), []),
    ],
)
def test_a_time_is_exported(state: State, to: Path, within: Range, expected: list[int]) -> None:
    export(state, to, within)
    assert minutes(to) == expected


def test_files_have_so_many_events(state: State, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ostiary.server.trail_source._MOST_EVENTS", 2)
    files = export(state, to).files
    assert [minutes(to, name) for name in files if LOGS in name] == [[0, 10], [59, 58], [61, 62], [190]]
    assert against(state, to).problems == []
    monkeypatch.setattr("ostiary.server.trail_source._MOST_CHARACTERS", 10)
    assert len(export_as_lines(state, ACCOUNT, to, EVERYTHING).files) == len(MINUTES)


def test_lines_of_json(state: State, to: Path) -> None:
    assert export_as_lines(state, ACCOUNT, to, EVERYTHING).files == [f"{ACCOUNT}_trail_000000000001-000000000007.jsonl"]
    assert export_as_lines(state, ACCOUNT, to, EVERYTHING).files == []
    write(state, 195)
    assert export_as_lines(state, ACCOUNT, to, EVERYTHING).files == [f"{ACCOUNT}_trail_000000000008-000000000008.jsonl"]
    lines = [line for path in sorted(to.iterdir()) for line in path.read_text().splitlines()]
    assert [json.loads(line)["minute"] for line in lines] == [*MINUTES, 195]


def test_what_is_not_what_was_recorded_is_not_signed(state: State, to: Path) -> None:
    tamper(state, f"UPDATE events SET body = '{{}}' WHERE {MINE} AND sequence = 6")
    exported = export(state, to)
    assert minutes(to) == [0, 10, 59, 58]
    assert exported.ended_by is not None
    assert "event 6" in exported.ended_by
    assert "event 6" in (export_as_lines(state, ACCOUNT, to, EVERYTHING).ended_by or "")
    assert export(state, to, Range(breaks_too=True)).ended_by is None


def keep_copy(path: Path) -> None:
    with closing(sqlite3.connect(path / "store.db")) as origin, closing(sqlite3.connect(path / "former.db")) as copy:
        origin.backup(copy)


def test_a_database_that_was_set_back_is_found_out(state: State, to: Path, tmp_path: Path) -> None:
    keep_copy(tmp_path)
    export(state, to)
    former = open_store(f"sqlite:///{tmp_path}/former.db")
    set_back = State(former, state.vault, state.clock)
    found = against(set_back, to).problems
    assert found == ["the database knows of no export, and so is not the one that was exported from"]
    former.close()


def test_a_database_that_was_set_back_and_went_on_is_found_out(state: State, to: Path, tmp_path: Path) -> None:
    export(state, to)
    keep_copy(tmp_path)
    write(state, 195, 196)
    export(state, to)
    former = open_store(f"sqlite:///{tmp_path}/former.db")
    set_back = State(former, state.vault, state.clock)
    assert len(against(set_back, to).problems) == 2
    with pytest.raises(SetupError, match="event 9, which was exported, is not in the database"):
        export(set_back, to)
    write(set_back, 197, 198, 199)
    problems = against(set_back, to).problems
    assert problems[-1] == "event 9 in the database is not the one that was exported"
    with pytest.raises(SetupError, match="event 9 is not the one that was exported"):
        export(set_back, to)
    assert against(state, to).problems == []
    former.close()


def test_what_was_pruned_meanwhile_is_no_break(state: State, to: Path) -> None:
    export(state, to)
    with state.writing() as directory:
        assert prune_portion(directory.connection, directory.sealer, ACCOUNT, ELEVEN + timedelta(minutes=62))
    assert against(state, to) == Against(digests=3, log_files=3, events=7, pruned=5)
    export(state, to)
    tamper(state, f"UPDATE events SET body = '{{}}' WHERE {MINE} AND sequence = 6")
    assert len(against(state, to).problems) == 1


def gzipped(path: Path, change: str, to: str) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(change.encode(), to.encode())))


def test_whatever_is_done_to_the_files_shows(state: State, to: Path, tmp_path: Path) -> None:
    files = export(state, to).files
    log, digest = files[2], files[3]
    metadata = f"{digest}.metadata.json"

    def after(deed: Any) -> list[str]:
        shutil.rmtree(tmp_path / "copy", ignore_errors=True)
        shutil.copytree(to, tmp_path / "copy")
        deed(tmp_path / "copy")
        return against(state, tmp_path / "copy").problems

    assert after(lambda at: gzipped(at / log, '"minute":61', '"minute":60')) == [f"{log} is not what was exported"]
    assert after(lambda at: (at / log).unlink()) == [f"{log} is missing"]
    assert after(lambda at: (at / log).write_bytes(b"x"))[0].startswith(f"{log} cannot be read")
    assert after(lambda at: shutil.copy(at / log, at / log.replace("0005", "0006")))[0].endswith("is in no digest")
    signature = f"{digest} is not signed with the trail's key"
    assert signature in after(lambda at: gzipped(at / digest, '"ostiaryLastSequence":6', '"ostiaryLastSequence":5'))
    assert signature in after(lambda at: (at / metadata).write_text('{"signature": "00"}'))
    assert f"the signature of {digest} is missing" in after(lambda at: (at / metadata).unlink())
    assert after(lambda at: (at / digest).unlink())[0] == f"{files[5]} does not go on from {files[1]}"
    assert after(lambda at: (at / files[1]).unlink())[0] == f"{files[1]}, which comes before {digest}, is missing"
    assert "is no digest" in after(lambda at: (at / digest).write_bytes(gzip.compress(b"[]")))[0]
    assert (
        "was moved"
        in after(lambda at: [shutil.copy(at / each, at / each.replace("T13", "T12")) for each in (digest, metadata)])[0]
    )
    with pytest.raises(SetupError, match="there are no digests"):
        against(state, tmp_path)


def test_it_goes_on_only_where_it_left_off(state: State, to: Path, tmp_path: Path) -> None:
    last = export(state, to).files[-1]
    write(state, 195)
    with pytest.raises(SetupError, match="is for the bucket bucket"):
        export_as_cloudtrail(state, ACCOUNT, to, EVERYTHING, bucket="other", now=NOW)
    (to / f"{last}.metadata.json").write_text('{"signature": "00"}')
    with pytest.raises(SetupError, match="is not signed with this trail's key"):
        export(state, to)
    (to / f"{last}.metadata.json").unlink()
    with pytest.raises(SetupError, match=r"the signature of .* is missing"):
        export(state, to)
    with pytest.raises(SetupError, match="cannot write to"):
        export(state, tmp_path / "store.db" / "x")

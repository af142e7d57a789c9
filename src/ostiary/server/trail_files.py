"""A directory with an account's exported trail: CloudTrail's log files and digests, as they would be in a bucket.

Beside each digest stands a file with its object's metadata in S3, where CloudTrail keeps a digest's signature.
"""

import fcntl
import gzip
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

from ostiary.audit import SignedDigest, digest_bytes, digest_folder, log_folder, sha256_of
from ostiary.server.errors import SetupError

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600
_METADATA = ".metadata.json"
_MOST_BYTES = 1 << 28
"""More than any file of ours unpacks to."""


class BrokenFile(Exception):  # noqa: N818 - named after what it tells
    """A file cannot be what was exported; the message says which and why."""


@contextmanager
def locked_directory(path: Path) -> Iterator[None]:
    """Have a directory, which is made where it is missing, for this process alone.

    Raises:
        SetupError: another process has it, or it cannot be written.
    """
    try:
        _make_directory(path)
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise SetupError(f"cannot write to {path}: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise SetupError(f"another export to {path} is under way") from None
    except OSError as error:
        raise SetupError(f"cannot write to {path}: {error.strerror}") from error
    finally:
        os.close(descriptor)


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile."""
    _make_directory(path.parent)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync_directory(path.parent)


def _make_directory(path: Path) -> None:
    """Make a directory and those it is in, where they are missing, for their owner alone.

    `Path.mkdir` gives its mode to the last of them only, and the others what the umask leaves.
    """
    missing = takewhile(lambda each: not each.is_dir(), (path, *path.parents))
    for each in reversed(list(missing)):
        each.mkdir(mode=_PRIVATE_DIRECTORY, exist_ok=True)


def _sync_directory(path: Path) -> None:
    """Have the names in a directory on the disk, so that a file that took another's place stays there."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_gzipped(path: Path, content: bytes) -> None:
    """Write a compressed file; what is the same is written the same."""
    write_file(path, gzip.compress(content, mtime=0))


def write_digest(directory: Path, content: Mapping[str, Any], signature: str) -> None:
    """Write a digest with its signature, which is there first."""
    path = directory / content["digestS3Object"]
    metadata = {"signature": signature, "signature-algorithm": content["digestSignatureAlgorithm"]}
    write_file(path.with_name(path.name + _METADATA), json.dumps(metadata).encode())
    write_gzipped(path, digest_bytes(content))


def digest_paths(directory: Path, account: str) -> list[Path]:
    """Return an account's digests, the oldest first."""
    return sorted((directory / digest_folder(account)).glob("*/*/*/*.json.gz"))


def log_paths(directory: Path, account: str) -> list[Path]:
    """Return an account's log files."""
    return sorted((directory / log_folder(account)).glob("*/*/*/*.json.gz"))


def read_gzipped(directory: Path, name: str) -> bytes:
    """Return what is in a compressed file.

    Args:
        directory: where files are.
        name: the file's path in it, as a digest has it.

    Raises:
        BrokenFile: it is not there, not in the directory, or no such file.
    """
    path = directory / name
    if not path.resolve().is_relative_to(directory.resolve()):
        raise BrokenFile(f"{name} is not in {directory}")
    try:
        with gzip.open(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise BrokenFile(f"{name} is missing") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BrokenFile(f"{name} cannot be read: {error}") from error
    if len(content) > _MOST_BYTES:
        raise BrokenFile(f"{name} is larger than any file that was exported")
    return content


def read_digest(directory: Path, path: Path) -> SignedDigest:
    """Return a digest with its signature, neither of which is verified.

    Raises:
        BrokenFile: they are not there, or have not the form of any.
    """
    name = path.relative_to(directory).as_posix()
    written = read_gzipped(directory, name)
    try:
        content = json.loads(written)
        signature = json.loads(path.with_name(path.name + _METADATA).read_bytes())["signature"]
        digest = SignedDigest(content, sha256_of(written), str(signature))
        named = [content[each] for each in ("digestS3Bucket", "digestEndTime", "digestPublicKeyFingerprint")]
        named += [log[each] for log in content["logFiles"] for each in ("s3Object", "hashValue")]
        is_whole = all(isinstance(each, str) for each in named) and isinstance(content["ostiaryFirstSequence"], int)
        is_whole = is_whole and content["previousDigestSignature"] is not False and digest.end.sequence > 0
    except FileNotFoundError as error:
        raise BrokenFile(f"the signature of {name} is missing") from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BrokenFile(f"{name} is no digest of a trail, or its signature is none") from error
    if not is_whole or content["digestS3Object"] != name:
        raise BrokenFile(f"{name} is no digest of a trail, or was moved")
    return digest

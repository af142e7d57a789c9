"""CloudTrail's log files and the digests of them: their names, what is in them, and what is signed.

Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
and https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ostiary.audit.event import moment_text
from ostiary.audit.verify import Place

TRAIL_NAME = "ostiary"
_REGION = "us-east-1"


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log file that was written."""

    name: str
    """Its path, with slashes."""
    sha256: str
    """Of what is in it, uncompressed."""
    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class SignedDigest:
    """A digest, and what it is known by in the next one."""

    content: Mapping[str, Any]
    sha256: str
    signature: str

    @property
    def end(self) -> Place:
        """The last event of its log files."""
        return Place(self.content["ostiaryLastSequence"], bytes.fromhex(self.content["ostiaryLastHash"]))


def log_folder(account: str) -> str:
    """Return the folder of an account's log files."""
    return f"AWSLogs/{account}/CloudTrail/{_REGION}"


def digest_folder(account: str) -> str:
    """Return the folder of an account's digests."""
    return f"AWSLogs/{account}/CloudTrail-Digest/{_REGION}"


def log_name(account: str, first: Place, at: datetime) -> str:
    """Return the path of the log file that begins with an event; it is always the same, so that none is written twice.

    Args:
        account: the account.
        first: the place of the event.
        at: its time.
    """
    return (
        f"{log_folder(account)}/{at:%Y/%m/%d}/"
        f"{account}_CloudTrail_{_REGION}_{at:%Y%m%dT%H%MZ}_{first.sequence:016d}.json.gz"
    )


def digest_name(account: str, end: datetime) -> str:
    """Return the path of the digest that ends at a moment. By name, digests are in the order of time."""
    return (
        f"{digest_folder(account)}/{end:%Y/%m/%d}/"
        f"{account}_CloudTrail-Digest_{_REGION}_{TRAIL_NAME}_{_REGION}_{end:%Y%m%dT%H%M%SZ}.json.gz"
    )


def log_content(bodies: Sequence[str]) -> bytes:
    """Return what is in the log file of some events."""
    return ('{"Records":[' + ",".join(bodies) + "]}").encode()


def digest_content(
    account: str,
    bucket: str,
    fingerprint: str,
    previous: SignedDigest | None,
    logs: Sequence[LogFile],
    *,
    start: datetime,
    end: datetime,
    first: int,
    last: Place,
) -> Mapping[str, Any]:
    """Return the digest of some log files.

    Args:
        account: whose trail it is.
        bucket: the S3 bucket that the files are for.
        fingerprint: of the key that it will be signed with.
        previous: the digest before it, if any.
        logs: the files, at least one.
        start: when it begins.
        end: when it ends.
        first: the place of the first event in them.
        last: the place of the last one. What is of Ostiary alone has names that no other digest has.
    """
    before = previous.content if previous else None
    return {
        "awsAccountId": account,
        "digestStartTime": moment_text(start),
        "digestEndTime": moment_text(end),
        "digestS3Bucket": bucket,
        "digestS3Object": digest_name(account, end),
        "digestPublicKeyFingerprint": fingerprint,
        "digestSignatureAlgorithm": "SHA256withRSA",
        "newestEventTime": moment_text(max(log.newest for log in logs)),
        "oldestEventTime": moment_text(min(log.oldest for log in logs)),
        "previousDigestS3Bucket": before["digestS3Bucket"] if before else None,
        "previousDigestS3Object": before["digestS3Object"] if before else None,
        "previousDigestHashValue": previous.sha256 if previous else None,
        "previousDigestHashAlgorithm": "SHA-256" if previous else None,
        "previousDigestSignature": previous.signature if previous else None,
        "logFiles": [
            {
                "s3Bucket": bucket,
                "s3Object": log.name,
                "hashValue": log.sha256,
                "hashAlgorithm": "SHA-256",
                "newestEventTime": moment_text(log.newest),
                "oldestEventTime": moment_text(log.oldest),
            }
            for log in logs
        ],
        "ostiaryFirstSequence": first,
        "ostiaryLastSequence": last.sequence,
        "ostiaryLastHash": last.chain_hash.hex(),
    }


def string_to_sign(content: Mapping[str, Any], sha256: str) -> str:
    """Return the text whose signature a digest has."""
    return "\n".join(
        [
            content["digestEndTime"],
            f"{content['digestS3Bucket']}/{content['digestS3Object']}",
            sha256,
            content["previousDigestSignature"] or "null",
        ]
    )


def digest_bytes(content: Mapping[str, Any]) -> bytes:
    """Return what is in a digest's file, uncompressed."""
    return json.dumps(content, separators=(",", ":")).encode()


def sha256_of(content: bytes) -> str:
    """Return a hash as digests have it."""
    return hashlib.sha256(content).hexdigest()

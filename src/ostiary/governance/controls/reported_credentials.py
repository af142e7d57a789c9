"""Reads a credential report, as `aws iam get-credential-report` prints it or as the table in it.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

import binascii
import csv
import io
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ostiary.governance.controls.errors import FactsFileError
from ostiary.governance.controls.facts import CredentialFacts, KeyFacts, PasswordFacts, Untold
from ostiary.governance.controls.members import parse_moment

FIRST_COLUMNS = "user,arn,"
"""What a report begins with."""

_ROOT_NAME = "<root_account>"
_COLUMNS = (
    *("user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed"),
    "mfa_active",
    *(f"access_key_{n}_{fact}" for n in (1, 2) for fact in ("active", "last_rotated", "last_used_date")),
    *(f"cert_{n}_last_rotated" for n in (1, 2)),
)
_TRUE = "true"
_NO_MOMENTS = frozenset({"", "N/A", "no_information", "not_supported"})


@dataclass(frozen=True, slots=True)
class ReportedRoot:
    """What the report says of the root user."""

    has_password: bool
    has_access_key: bool
    has_signing_certificate: bool
    has_mfa: bool
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """What a report says."""

    root: ReportedRoot | None
    users: Mapping[str, CredentialFacts]
    """By the users' ARNs."""


def decode_report(content: str) -> str:
    """Return the table that a report's `Content` holds, in base64.

    Raises:
        FactsFileError: it holds none.
    """
    try:
        return b64decode(content, validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise FactsFileError("the credential report's Content is no base64 of UTF-8 text") from error


def parse_report(text: str, virtual_mfa: frozenset[str] | Untold) -> CredentialReport:
    """Return what a report says.

    Args:
        text: the table, as comma-separated values.
        virtual_mfa: the ARNs of those who have a virtual MFA device.

    Raises:
        FactsFileError: the text is no credential report.
    """
    rows = list(_rows(text))
    roots = [row for row in rows if row["user"] == _ROOT_NAME]
    return CredentialReport(
        _root(roots[0]) if roots else None,
        {row["arn"]: _credentials(row, virtual_mfa) for row in rows if row["user"] != _ROOT_NAME},
    )


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    try:
        for row in csv.DictReader(io.StringIO(text), strict=True):
            lacking = [column for column in _COLUMNS if not isinstance(row.get(column), str)]
            if lacking:
                raise FactsFileError(f"a row of the credential report has no {lacking[0]}")
            yield row
    except csv.Error as error:
        raise FactsFileError(f"the credential report cannot be read: {error}") from error


def _root(row: Mapping[str, str]) -> ReportedRoot:
    uses = [row["password_last_used"], *(row[f"access_key_{n}_last_used_date"] for n in (1, 2))]
    return ReportedRoot(
        # Reports of accounts whose root user has one have long said `not_supported`.
        has_password=row["password_enabled"].lower() != "false",
        has_access_key=any(row[f"access_key_{n}_last_rotated"] not in _NO_MOMENTS for n in (1, 2)),
        has_signing_certificate=any(row[f"cert_{n}_last_rotated"] not in _NO_MOMENTS for n in (1, 2)),
        has_mfa=_is_true(row["mfa_active"]),
        last_used_at=max((moment for use in uses if (moment := _moment(use)) is not None), default=None),
    )


def _credentials(row: Mapping[str, str], virtual_mfa: frozenset[str] | Untold) -> CredentialFacts:
    made_at = parse_moment(row["user_creation_time"])
    has_mfa = _is_true(row["mfa_active"])
    password = PasswordFacts(_moment(row["password_last_changed"]) or made_at, _moment(row["password_last_used"]))
    return CredentialFacts(
        password=password if _is_true(row["password_enabled"]) else None,
        has_mfa=has_mfa,
        has_virtual_mfa=has_virtual(row["arn"], virtual_mfa, has_mfa=has_mfa),
        keys=tuple(_keys(row, made_at)),
    )


def has_virtual(arn: str, virtual_mfa: frozenset[str] | Untold, *, has_mfa: bool) -> bool | Untold:
    """Return whether somebody has a virtual MFA device; who has no device at all has no virtual one either."""
    if not has_mfa:
        return False
    return virtual_mfa if isinstance(virtual_mfa, Untold) else arn in virtual_mfa


def _keys(row: Mapping[str, str], made_at: datetime) -> Iterator[KeyFacts]:
    for number in (1, 2):
        is_active = _is_true(row[f"access_key_{number}_active"])
        rotated_at = _moment(row[f"access_key_{number}_last_rotated"])
        if is_active or rotated_at is not None:
            # A key is no older than its user.
            used_at = _moment(row[f"access_key_{number}_last_used_date"])
            yield KeyFacts(number, is_active, rotated_at or made_at, used_at)


def _moment(text: str) -> datetime | None:
    return None if text in _NO_MOMENTS else parse_moment(text)


def _is_true(text: str) -> bool:
    return text.lower() == _TRUE

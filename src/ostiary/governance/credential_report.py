"""The credential report: every user of an account and the state of each credential, as comma-separated values.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html for the columns and the
words; their case, the times' form and the order of rows are those of reports that people have shown.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice, repeat
from typing import TypeVar

from ostiary.directory.credential_facts import (
    CertificateFacts,
    CredentialFacts,
    KeyFacts,
    find_longest_password_age,
    list_credential_facts,
)
from ostiary.directory.directory import Directory
from ostiary.values.identifiers import AccountId

T = TypeVar("T")

COLUMNS = (
    "user",
    "arn",
    "user_creation_time",
    "password_enabled",
    "password_last_used",
    "password_last_changed",
    "password_next_rotation",
    "mfa_active",
    *(
        f"access_key_{number}_{fact}"
        for number in (1, 2)
        for fact in ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")
    ),
    *(f"cert_{number}_{fact}" for number in (1, 2) for fact in ("active", "last_rotated")),
    "additional_credentials_info",
)

_COLUMNS_FOR = 2
"""So many of a user's access keys, and of the certificates, have columns of their own."""

_ROOT_NAME = "<root_account>"
_NOT_APPLICABLE = "N/A"
_NO_INFORMATION = "no_information"
_NOT_SUPPORTED = "not_supported"


def credential_report(directory: Directory, account: AccountId) -> str:
    """Return the account's credential report: the root user first, then its users by name, without a last line feed."""
    longest_age = find_longest_password_age(directory, account)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(facts, longest_age) for facts in list_credential_facts(directory, account))
    return text.getvalue().removesuffix("\n")


def _row(facts: CredentialFacts, longest_age: int | None) -> list[str]:
    return [
        facts.name or _ROOT_NAME,
        facts.arn,
        _moment(facts.created_at),
        *_password(facts, longest_age),
        _word(truth=facts.has_mfa),
        *chain.from_iterable(_key(key) for key in _two(facts.keys)),
        *chain.from_iterable(_certificate(certificate) for certificate in _two(facts.certificates)),
        _additional(facts),
    ]


def _password(facts: CredentialFacts, longest_age: int | None) -> Sequence[str]:
    """Return whether there is a password, and when it was used, changed and must be changed."""
    password = facts.password
    if password is None:
        return "false", _NOT_APPLICABLE, _NOT_APPLICABLE, _NOT_APPLICABLE
    if facts.name is None:
        next_rotation = _NOT_SUPPORTED
    elif longest_age is None:
        next_rotation = _NOT_APPLICABLE
    else:
        next_rotation = _moment(password.changed_at + timedelta(days=longest_age))
    last_used = _NO_INFORMATION if password.last_used_at is None else _moment(password.last_used_at)
    return "true", last_used, _moment(password.changed_at), next_rotation


def _key(key: KeyFacts | None) -> Sequence[str]:
    """Return whether a key is active, and when it was made and used; one that is inactive keeps its times."""
    if key is None:
        return ("false", *repeat(_NOT_APPLICABLE, 4))
    if key.last_used_at is None:
        return (_word(truth=key.active), _moment(key.created_at), *repeat(_NOT_APPLICABLE, 3))
    return (
        _word(truth=key.active),
        _moment(key.created_at),
        _moment(key.last_used_at),
        key.last_used_region or _NOT_APPLICABLE,
        key.last_used_service or _NOT_APPLICABLE,
    )


def _certificate(certificate: CertificateFacts | None) -> Sequence[str]:
    if certificate is None:
        return "false", _NOT_APPLICABLE
    return _word(truth=certificate.active), _moment(certificate.uploaded_at)


def _additional(facts: CredentialFacts) -> str:
    """Return how many keys and certificates have no columns, and what lists them; no quota lets there be any."""
    owned = (
        (len(facts.keys), "access key(s)", "ListAccessKeys"),
        (len(facts.certificates), "certificate(s)", "ListSigningCertificates"),
    )
    more = [f"{n - _COLUMNS_FOR} additional {noun}: {action}" for n, noun, action in owned if n > _COLUMNS_FOR]
    return "; ".join(more) or _NOT_APPLICABLE


def _two(items: Iterable[T]) -> Iterable[T | None]:
    """Yield the first two items, with None in the place of those there are not."""
    return islice(chain(items, repeat(None)), _COLUMNS_FOR)


def _word(*, truth: bool) -> str:
    return "true" if truth else "false"


def _moment(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()

"""Reads the members of an exported account, one by one.

Each function raises `BadMemberError` when a member is missing or is not as AWS writes it.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from ostiary.policy import MalformedPolicy, PolicyKind, parse_policy
from ostiary.values.arn import ArnError, parse_arn
from ostiary.wire import Route, WireError, validate

_UNIQUE_ID = re.compile(r"A[A-Z]{3}[A-Z0-9]{12,28}", re.ASCII)
_VERSION_ID = re.compile(r"v([1-9][0-9]{0,8})", re.ASCII)


class BadMemberError(Exception):
    """Something in the file is not as AWS writes it; says what and where."""


def check(operation: str, parameters: Mapping[str, Any]) -> None:
    """Hold names, paths and tags to the rules that the API holds everybody's to."""
    try:
        validate(Route("iam", operation, "query"), parameters)
    except WireError as error:
        raise BadMemberError(error.message) from error


def read_document(written: Mapping[str, Any], member: str, kind: PolicyKind) -> str:
    """Return a document as text: the CLI writes it as an object, the API as percent-encoded text."""
    value = written.get(member)
    if isinstance(value, dict):
        text = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, str):
        text = unquote(value) if value.startswith("%7B") else value
    else:
        raise BadMemberError(f"{called(written)} has no {member}")
    try:
        parse_policy(text, kind)
    except MalformedPolicy as error:
        raise BadMemberError(f"{member} of {called(written)}: {error}") from error
    return text


def read_unique_id(written: Mapping[str, Any], member: str, prefix: str) -> str:
    """Return a unique ID, which must begin with `prefix`."""
    unique_id = read_text(written, member)
    if not unique_id.startswith(prefix) or not _UNIQUE_ID.fullmatch(unique_id):
        raise BadMemberError(f"{unique_id} is no {member}")
    return unique_id


def read_version(written: Mapping[str, Any], member: str) -> int:
    """Return the number of a policy version."""
    match = _VERSION_ID.fullmatch(read_text(written, member))
    if not match:
        raise BadMemberError(f"{called(written)} has no version as {member}")
    return int(match[1])


def read_moment(written: Mapping[str, Any], member: str) -> datetime:
    """Return a date, to the second."""
    text = read_text(written, member)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise BadMemberError(f"{text} has no time zone")
        return moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise BadMemberError(f"{text} is no date") from error


def read_texts(written: Mapping[str, Any], member: str) -> Sequence[str]:
    """Return a list of texts; an absent one is empty."""
    values = written.get(member, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadMemberError(f"{called(written)} has no list of texts as {member}")
    return values


def read_objects(written: Mapping[str, Any], member: str) -> Sequence[Mapping[str, Any]]:
    """Return a list of objects; an absent one is empty."""
    values = written.get(member, [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise BadMemberError(f"{called(written)} has no list of objects as {member}")
    return values


def read_text(written: Mapping[str, Any], member: str) -> str:
    """Return a text."""
    value = written.get(member)
    if not isinstance(value, str):
        raise BadMemberError(f"{called(written)} has no text as {member}")
    return value


def account_of(arn: str) -> str:
    """Return the account in an ARN."""
    try:
        return parse_arn(arn).account
    except ArnError as error:
        raise BadMemberError(str(error)) from error


def called(written: Mapping[str, Any]) -> str:
    """Return what a part of the file is called, for messages."""
    names: Iterable[Any] = (written.get(member) for member in ("Arn", "PolicyName", "VersionId", "Key"))
    return next((name for name in names if isinstance(name, str)), "something")

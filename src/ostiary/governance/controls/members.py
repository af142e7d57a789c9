"""Reads the members of what the AWS CLI printed, one by one.

Each function raises `FactsFileError` when a member is missing or is not as AWS writes it.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from ostiary.governance.controls.errors import FactsFileError


def read_objects(written: Mapping[str, Any], member: str) -> Sequence[Mapping[str, Any]]:
    """Return a list of objects; an absent one is empty."""
    values = written.get(member, [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise FactsFileError(f"{_called(written)} has no list of objects as {member}")
    return values


def read_object(written: Mapping[str, Any], member: str) -> Mapping[str, Any]:
    """Return an object; an absent one is empty."""
    value = written.get(member, {})
    if not isinstance(value, dict):
        raise FactsFileError(f"{_called(written)} has no object as {member}")
    return value


def read_text(written: Mapping[str, Any], member: str) -> str:
    """Return a text."""
    value = written.get(member)
    if not isinstance(value, str):
        raise FactsFileError(f"{_called(written)} has no text as {member}")
    return value


def read_texts(written: Mapping[str, Any], member: str) -> Sequence[str]:
    """Return a list of texts; an absent one is empty."""
    values = written.get(member, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise FactsFileError(f"{_called(written)} has no list of texts as {member}")
    return values


def read_number(written: Mapping[str, Any], member: str) -> int | None:
    """Return a whole number, or None for an absent one."""
    value = written.get(member)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise FactsFileError(f"{_called(written)} has no number as {member}")
    return value


def read_truth(written: Mapping[str, Any], member: str) -> bool:
    """Return a truth value; an absent one is false."""
    value = written.get(member, False)
    if not isinstance(value, bool):
        raise FactsFileError(f"{_called(written)} has no truth value as {member}")
    return value


def read_tags(written: Mapping[str, Any]) -> dict[str, str]:
    """Return tags by their keys; absent ones are none."""
    return {read_text(tag, "Key"): read_text(tag, "Value") for tag in read_objects(written, "Tags")}


def read_document(written: Mapping[str, Any], member: str) -> str:
    """Return a policy as text: the CLI writes it as an object, the API as percent-encoded text.

    Whether it is a policy is for the controls to see.
    """
    if member not in written:
        raise FactsFileError(f"{_called(written)} has no {member}")
    value = written[member]
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return unquote(value) if value.startswith("%7B") else value


def parse_moment(text: str) -> datetime:
    """Return the moment that a text writes, which must have a time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise FactsFileError(f"{text} is no date") from error
    if moment.tzinfo is None:
        raise FactsFileError(f"{text} has no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise FactsFileError(f"{text} is no date") from error


def _called(written: Mapping[str, Any]) -> str:
    """Return what a part of the file is called, for messages."""
    names = (written.get(member) for member in ("Arn", "PolicyName", "VersionId", "Key"))
    return next((name for name in names if isinstance(name, str)), "something in it")

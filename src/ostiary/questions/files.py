"""Reading policies and other JSON from files, with errors that say where."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from ostiary.policy import MalformedQuestion
from ostiary.policy.explain_words import show
from ostiary.policy.json_text import JsonNumber
from ostiary.policy.question_values import write_json
from ostiary.questions.errors import UnreadableFile
from ostiary.questions.texts import LevelTexts, PolicyText

_MOST_BYTES = 4_194_304
"""The longest file that is read; a policy has some 152,000 at most, a file of many questions has more."""

_MOST_IN_LEVEL = 100
"""The most policies in one directory; AWS allows five at one level of an organisation."""


def read_policy(path: Path, name: str | None = None) -> PolicyText:
    """Return the policy in a file; whether it is one shows when it is compiled.

    Args:
        path: of the file.
        name: what the policy is to be called; the path when not given.

    Raises:
        UnreadableFile: there is no such file, it is too long, or not UTF-8.
    """
    return PolicyText(name or str(path), _read(path))


def read_document(document: Mapping[str, Any], name: str) -> PolicyText:
    """Return a policy that is written out as a JSON value.

    Raises:
        UnreadableFile: it holds what JSON cannot write.
    """
    try:
        return PolicyText(name, write_json(document))
    except MalformedQuestion as error:
        raise UnreadableFile(f"{name}: {error.message}") from error


def read_level(path: Path, name: str | None = None) -> LevelTexts:
    """Return the control policies of one level: those in a directory's `.json` files, or the one in a file.

    Args:
        path: of the directory or the file.
        name: what the policies' names are to begin with; the path when not given.

    Raises:
        UnreadableFile: as for `read_policy`, or the directory holds over a hundred.
    """
    if not path.is_dir():
        return LevelTexts(path.stem, (read_policy(path, name),))
    try:
        files = sorted(path.glob("*.json"))
    except OSError as error:
        raise UnreadableFile(f"{path}: {_reason(error)}") from error
    if len(files) > _MOST_IN_LEVEL:
        raise UnreadableFile(f"{path}: more than {_MOST_IN_LEVEL} policies for one level")
    return LevelTexts(path.name, tuple(read_policy(file, f"{name or path}/{file.name}") for file in files))


def read_json_file(path: Path) -> Any:
    """Return the JSON value in a file, its numbers as `JsonNumber`, so that policies in it are decided as written.

    Raises:
        UnreadableFile: as for `read_policy`, or it is no JSON, in which case the message has line and column where they
            are known, or an object has a key twice.
    """
    try:
        return json.loads(
            _read(path),
            object_pairs_hook=_without_repeats,
            parse_int=JsonNumber,
            parse_float=JsonNumber,
            parse_constant=_refuse_constant,
        )
    except json.JSONDecodeError as error:
        raise UnreadableFile(f"{path}:{error.lineno}:{error.colno}: no JSON: {error.msg}") from error
    except ValueError as error:
        raise UnreadableFile(f"{path}: no JSON: {error}") from error
    except RecursionError as error:
        raise UnreadableFile(f"{path}: nested too deeply") from error


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(f"{path}: {_reason(error)}") from error
    if len(content) > _MOST_BYTES:
        raise UnreadableFile(f"{path}: longer than {_MOST_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path}: not UTF-8 text") from error


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise ValueError(f"the key {show(key)} stands twice in one object")
        members[key] = value
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

"""A profile in the AWS configuration and credentials files, written and removed without touching anything else in them.

Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
"""

import os
import re
import shlex
import shutil
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ostiary.cli.sign_in.errors import SignInError
from ostiary.cli.sign_in.kept import write_atomically

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600

_HEADER = re.compile(r"\s*\[([^\]]*)\]")
_SETTING = re.compile(r"([A-Za-z0-9_]+)\s*=\s*(.*)")

# Settings that say where a profile's credentials come from, and so would contradict ours or be lost to them.
_OTHER_SOURCES = frozenset(
    {
        "aws_access_key_id",
        "aws_secret_access_key",
        "credential_source",
        "login_session",
        "role_arn",
        "source_profile",
        "sso_account_id",
        "sso_session",
        "sso_start_url",
        "web_identity_token_file",
    }
)
_OWN_COMMAND = re.compile(r".*ostiary\b.* credentials --profile \S+\s*")


def credentials_command(profile: str) -> str:
    """Return the command line that prints a profile's credentials.

    It names `ostiary` alone where that leads to the command that runs now, and the command's whole path otherwise.
    """
    here = Path(sys.argv[0]).absolute()
    found = shutil.which("ostiary")
    command = "ostiary" if found and Path(found).absolute() == here else shlex.quote(str(here))
    return f"{command} credentials --profile {profile}"


def require_free(profile: str) -> None:
    """Check that a profile is not there yet, or is one that `ostiary login` wrote.

    Raises:
        SignInError: it gets its credentials in another way, or a file cannot be read.
    """
    for path, header in (
        (_config_path(), _config_header(profile)),
        (_credentials_path(), profile),
    ):
        section = _Section.find(_read_lines(path), header)
        settings = section.settings() if section else {}
        command = settings.get("credential_process")
        if _OTHER_SOURCES & settings.keys() or (command is not None and not _OWN_COMMAND.fullmatch(command)):
            raise SignInError(
                f"the profile {profile} in {path} gets its credentials in another way: name another with --profile"
            )


def write_profile(profile: str, settings: Mapping[str, str]) -> None:
    """Give a profile settings; others that it has stay.

    Raises:
        SignInError: the configuration file cannot be read or written.
    """
    _write_settings(_config_path(), _config_header(profile), settings)


def find_profile_key(profile: str) -> str | None:
    """Return the ID of the access key that a profile has in the credentials file, or None when it has none.

    Raises:
        SignInError: the file cannot be read.
    """
    section = _Section.find(_read_lines(_credentials_path()), profile)
    return section.settings().get("aws_access_key_id", "").strip() or None if section else None


def write_profile_key(profile: str, access_key_id: str, secret: str) -> None:
    """Give a profile an access key in the credentials file; other settings that it has stay.

    Raises:
        SignInError: the file cannot be read or written.
    """
    settings = {"aws_access_key_id": access_key_id, "aws_secret_access_key": secret}
    _write_settings(_credentials_path(), profile, settings)


def _write_settings(path: Path, header: str, settings: Mapping[str, str]) -> None:
    lines = _read_lines(path)
    section = _Section.find(lines, header)
    written = [f"{name} = {value}\n" for name, value in settings.items()]
    if section is None:
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        gap = ["\n"] if lines and lines[-1].strip() else []
        lines += [*gap, f"[{header}]\n", *written]
    else:
        kept = [line for line in section.body() if _name(line) not in settings]
        head = lines[section.start]
        lines[section.start : section.end] = [head if head.endswith("\n") else head + "\n", *written, *kept]
    _write_lines(path, lines)


def remove_profile(profile: str) -> None:
    """Remove a profile's section; comments after its last setting belong to what follows and stay.

    Raises:
        SignInError: the configuration file cannot be read or written.
    """
    path = _config_path()
    lines = _read_lines(path)
    section = _Section.find(lines, _config_header(profile))
    if section is None:
        return
    end = section.end_of_settings()
    start = section.start
    if start and not lines[start - 1].strip() and end == len(lines):
        # The blank line that set it apart when it was written at the end.
        start -= 1
    del lines[start:end]
    _write_lines(path, lines)


@dataclass(frozen=True, slots=True)
class _Section:
    """A section's place among the lines of a file."""

    lines: list[str]
    start: int
    """Of its header."""
    end: int
    """Of the line after its last."""

    @staticmethod
    def find(lines: list[str], header: str) -> "_Section | None":
        heads = [number for number, line in enumerate(lines) if _HEADER.match(line)]
        for number, following in zip(heads, [*heads[1:], len(lines)], strict=False):
            found = _HEADER.match(lines[number])
            if found and found[1].split() == header.split():
                return _Section(lines, number, following)
        return None

    def body(self) -> list[str]:
        return self.lines[self.start + 1 : self.end]

    def settings(self) -> dict[str, str]:
        matches = (_SETTING.match(line) for line in self.body())
        return {match[1].lower(): match[2] for match in matches if match}

    def end_of_settings(self) -> int:
        numbers = range(self.start + 1, self.end)
        told = [number for number in numbers if self.lines[number].strip() and self.lines[number][0] not in "#;"]
        return (told[-1] if told else self.start) + 1


def _name(line: str) -> str | None:
    match = _SETTING.match(line)
    return match[1].lower() if match else None


def _config_header(profile: str) -> str:
    return "default" if profile == "default" else f"profile {profile}"


def _config_path() -> Path:
    return _path("AWS_CONFIG_FILE", "config")


def _credentials_path() -> Path:
    return _path("AWS_SHARED_CREDENTIALS_FILE", "credentials")


def _path(variable: str, name: str) -> Path:
    # A link stays one: what it leads to is what is written.
    return Path(os.environ.get(variable) or Path.home() / ".aws" / name).expanduser().resolve()


def _read_lines(path: Path) -> list[str]:
    try:
        # Bytes that are no UTF-8 are somebody's, and are written again as they were read.
        return path.read_bytes().decode("utf-8", "surrogateescape").splitlines(keepends=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise SignInError(f"cannot read {path}: {error.strerror}") from error


def _write_lines(path: Path, lines: list[str]) -> None:
    content = "".join(lines).encode("utf-8", "surrogateescape")
    if path.exists() and not path.is_file():
        raise SignInError(f"cannot write {path}: it is no file")
    try:
        path.parent.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _PRIVATE_FILE
        write_atomically(path, content, mode=mode)
    except OSError as error:
        raise SignInError(f"cannot write {path}: {error.strerror}") from error

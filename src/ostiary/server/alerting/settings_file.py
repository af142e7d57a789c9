"""The file that says where alerts go, in TOML."""

import base64
import binascii
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ostiary.directory.oidc_providers import is_loopback
from ostiary.governance.alerts import KINDS
from ostiary.governance.controls.control import Severity
from ostiary.server.alerting.log_line import log_message
from ostiary.server.alerting.mail import Mail, Tls
from ostiary.server.alerting.plan import Channel, Plan, Retries
from ostiary.server.alerting.table import Table, require_private
from ostiary.server.alerting.webhook import Webhook
from ostiary.server.errors import SetupError
from ostiary.values.identifiers import parse_account_id

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,255}")
_HOST = re.compile(r"[A-Za-z0-9.:_-]{1,255}")
_PATH = re.compile(r"[!-~]*")
"""Nothing that could end a request's first line."""
_SECRET_PREFIX = "whsec_"  # noqa: S105 - what secrets begin with
_SECRET_BYTES = range(24, 65)
"""As many as Standard Webhooks asks for."""

_SECOND = timedelta(seconds=1)
_DAY = timedelta(hours=24)
_LONGEST_TIMEOUT = timedelta(seconds=10)
_RETRIES = Retries()
_PORTS = {Tls.STARTTLS: 587, Tls.IMPLICIT: 465, Tls.NONE: 25}
_SEVERITIES = [severity.value for severity in Severity]


def read_plan(file: Path) -> Plan:
    """Return what a file says of where alerts go.

    Raises:
        SetupError: it cannot be read, or says what cannot be; or it holds a secret and others can read it.
    """
    try:
        with file.open("rb") as stream:
            values = tomllib.load(stream)
    except OSError as error:
        raise SetupError(f"cannot read the alerts' settings {file}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{file}: not TOML: {error}") from error
    top = Table(values, str(file))
    first = top.duration("first_retry", _SECOND, _DAY, _RETRIES.first)
    longest = top.duration("longest_retry", _SECOND, _DAY, max(first, _RETRIES.longest))
    give_up_after = top.duration("give_up_after", _SECOND, 7 * _DAY, _RETRIES.give_up_after)
    channels = tuple(_read_channel(each, number, file) for number, each in enumerate(top.tables("channel"), 1))
    top.end()
    names = [channel.name for channel in channels]
    for name in names:
        if names.count(name) > 1:
            raise SetupError(f"{file}: there are {names.count(name)} channels called `{name}`")
    return Plan(channels, Retries(first, longest, give_up_after))


def _read_channel(values: Mapping[str, Any], number: int, file: Path) -> Channel:
    name = values.get("name")
    table = Table(values, f"{file}: channel {number}" if not isinstance(name, str) else f"{file}: channel `{name}`")
    name = table.text("name")
    if not _NAME.fullmatch(name):
        raise table.wrong("`name` must be of letters, digits, `_`, `.` and `-`, 64 at most")
    kind = table.choice("type", list(_SENDERS))
    timeout = table.duration("timeout", _SECOND, _LONGEST_TIMEOUT, _LONGEST_TIMEOUT)
    channel = Channel(
        name,
        _SENDERS[kind](table, timeout),
        timeout,
        accounts=_accounts(table) if table.has("accounts") else None,
        kinds=_kinds(table) if table.has("kinds") else None,
        lowest=Severity(table.choice("severity", _SEVERITIES, Severity.INFORMATIONAL.value)),
        per_hour=table.number("per_hour", 1, 10_000, 60),
    )
    table.end()
    if table.holds_secret:
        require_private(file)
    return channel


def _accounts(table: Table) -> frozenset[str]:
    try:
        return frozenset(map(parse_account_id, table.texts("accounts")))
    except ValueError as error:
        raise table.wrong(f"`accounts`: {error}") from error


def _kinds(table: Table) -> frozenset[str]:
    kinds = table.texts("kinds")
    for kind in kinds:
        if kind not in KINDS:
            raise table.wrong(f"there is no kind of alert called `{kind}`; there are {', '.join(KINDS)}")
    return frozenset(kinds)


def _webhook(table: Table, timeout: timedelta) -> Any:
    text = table.text("url")
    insecure = table.flag("insecure")
    try:
        url = urlsplit(text)
        good = url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0 and "@" not in url.netloc
    except ValueError:
        good = False
    if not good or not _PATH.fullmatch(text) or url.fragment:
        raise table.wrong("`url` must be a URL such as https://alerts.example.com/hook, without user and fragment")
    if url.scheme == "http" and not insecure and not is_loopback(url.netloc):
        raise table.wrong("`url` must be https, unless `insecure = true` says that anybody on the way may read along")
    return Webhook(url, _signing_secret(table), timeout).send


def _signing_secret(table: Table) -> bytes:
    text = table.secret("secret")
    try:
        secret = base64.b64decode(text.removeprefix(_SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if not text.startswith(_SECRET_PREFIX) or len(secret) not in _SECRET_BYTES:
        # Said outside of the block above, so that no error that is chained to this one shows the secret.
        raise table.wrong("the secret must be `whsec_` and 24 to 64 bytes in base64")
    return secret


def _mail(table: Table, timeout: timedelta) -> Any:
    host = table.text("host")
    if not _HOST.fullmatch(host):
        raise table.wrong("`host` must be the mail server's name or address")
    tls = Tls(table.choice("tls", [each.value for each in Tls], Tls.STARTTLS.value))
    port = table.number("port", 1, 65_535, _PORTS[tls])
    insecure = table.flag("insecure")
    if tls is Tls.NONE and not insecure and not is_loopback(host):
        raise table.wrong('`tls = "none"` takes `insecure = true`, which says that anybody on the way may read along')
    sender, recipients = table.text("from"), table.texts("to")
    for address in (sender, *recipients):
        if not _ADDRESS.fullmatch(address):
            raise table.wrong(f"`{address}` is no bare e-mail address such as alerts@example.com")
    user = table.text("user") if table.has("user") else None
    password = table.secret("password") if user is not None else ""
    return Mail(host, port, tls, sender, recipients, timeout, user, password).send


def _log(_table: Table, _timeout: timedelta) -> Any:
    return log_message


_SENDERS = {"webhook": _webhook, "email": _mail, "log": _log}

"""The file that says where alerts go: what it may say, and what is said of what it may not."""

from datetime import timedelta
from pathlib import Path
from traceback import format_exception

import pytest

from ostiary.governance.controls.control import Severity
from ostiary.server.alerting import read_plan
from ostiary.server.alerting.log_line import log_message
from ostiary.server.errors import SetupError
from ostiary.values.settings import Settings, parse_settings
from tests.server.alerting.receivers import SECRET_TEXT
from tests.server.alerting.telling import ACCOUNT, alert

HOOK = f"""
[[channel]]
name = "hook"
type = "webhook"
url = "https://alerts.example.com/hook"
secret = "{SECRET_TEXT}"
"""
MAIL = """
[[channel]]
name = "mail"
type = "email"
host = "mail.example.com"
from = "ostiary@example.com"
to = ["ops@example.com"]
"""
LOG = """
[[channel]]
name = "log"
type = "log"
"""


def written(directory: Path, text: str, mode: int = 0o600) -> Path:
    file = directory / "alerts.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


def test_what_is_said_nothing_of_has_a_default(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path, HOOK + MAIL + LOG))
    assert [channel.name for channel in plan.channels] == ["hook", "mail", "log"]
    assert {channel.per_hour for channel in plan.channels} == {60}
    assert {channel.timeout for channel in plan.channels} == {timedelta(seconds=10)}
    assert plan.channels[2].send is log_message
    retries = plan.retries
    assert (retries.first, retries.longest) == (timedelta(seconds=10), timedelta(hours=1))
    assert retries.give_up_after == timedelta(hours=24)


def test_all_there_is_to_say(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET_TEXT}\n")
    (tmp_path / "secret").chmod(0o600)
    text = f"""
first_retry = "1s"
longest_retry = "5m"
give_up_after = "2h"
[[channel]]
name = "hook"
type = "webhook"
url = "http://alerts.example.com:8080/hook?team=a"
insecure = true
secret_file = "{tmp_path}/secret"
accounts = ["{ACCOUNT}"]
kinds = ["root-sign-in"]
severity = "MEDIUM"
per_hour = 5
timeout = "3s"
"""
    # It holds no secret itself, so that others may read it.
    plan = read_plan(written(tmp_path, text, 0o644))
    (hook,) = plan.channels
    assert (hook.accounts, hook.kinds, hook.lowest) == (frozenset({ACCOUNT}), {"root-sign-in"}, Severity.MEDIUM)
    assert (hook.per_hour, hook.timeout) == (5, timedelta(seconds=3))
    assert (plan.retries.first, plan.retries.longest) == (timedelta(seconds=1), timedelta(minutes=5))
    assert plan.retries.give_up_after == timedelta(hours=2)


@pytest.mark.parametrize(
    ("filters", "taken"),
    [
        ("", {"root-sign-in", "access-key-aged", "test", "other account"}),
        ('severity = "HIGH"', {"root-sign-in", "test", "other account"}),
        ('kinds = ["access-key-aged"]', {"access-key-aged", "test"}),
        ('kinds = ["access-key-aged"]\nseverity = "HIGH"', {"test"}),
        (f'accounts = ["{ACCOUNT}"]', {"root-sign-in", "access-key-aged", "test"}),
    ],
)
def test_which_alerts_go_to_a_channel(tmp_path: Path, filters: str, taken: set[str]) -> None:
    (channel,) = read_plan(written(tmp_path, LOG + filters)).channels
    alerts = {
        "root-sign-in": alert(),
        "access-key-aged": alert(kind="access-key-aged", severity="MEDIUM"),
        "test": alert(kind="test", severity="INFORMATIONAL"),
        "other account": alert(account="444455556666"),
    }
    assert {name for name, each in alerts.items() if channel.takes(each)} == taken


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", "not TOML: "),
        ('first_retry = "soon"', '`first_retry` must be a time such as "10s", "5m" or "24h", from 1s to 86400s'),
        ('first_retry = "0s"', "`first_retry` must be a time"),
        ("frist_retry = 1", "`frist_retry` is not known here"),
        ("channel = 1", r"`channel` must be written as \[\[channel\]\]"),
        (replaced(LOG, "[[channel]]", "[channel]"), r"`channel` must be written as \[\[channel\]\]"),
        (replaced(LOG, 'name = "log"', ""), "channel 1: `name` must be a text that is not empty"),
        (replaced(LOG, '"log"', "7"), "channel 1: `name` must be a text"),
        (replaced(LOG, 'name = "log"', 'name = "a b"'), "`name` must be of letters"),
        (replaced(LOG, 'type = "log"', 'type = "pigeon"'), "channel `log`: `type` must be one of webhook, email, log"),
        (LOG + LOG, "there are 2 channels called `log`"),
        (LOG + 'kinds = ["storm"]', "there is no kind of alert called `storm`; there are root-sign-in, "),
        (LOG + "kinds = []", "`kinds` must be a list of texts"),
        (LOG + 'severity = "BAD"', "`severity` must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL"),
        (LOG + 'accounts = ["1"]', "`accounts`: account ID must be 12 digits"),
        (LOG + "per_hour = 0", "`per_hour` must be a whole number from 1 to 10000"),
        (LOG + "per_hour = true", "`per_hour` must be a whole number"),
        (LOG + 'timeout = "11s"', "`timeout` must be a time"),
        (LOG + 'url = "https://x"', "`url` is not known here"),
        *(
            (replaced(HOOK, "https://alerts.example.com/hook", url), said)
            for url, said in (
                ("http://alerts.example.com/hook", "`url` must be https, unless `insecure = true`"),
                ("ftp://alerts.example.com", "`url` must be a URL"),
                ("https://", "`url` must be a URL"),
                ("https://user:pass@alerts.example.com/", "`url` must be a URL"),
                ("https://alerts.example.com/#x", "`url` must be a URL"),
                ("https://alerts.example.com/a b", "`url` must be a URL"),
                ("https://alerts.example.com:99999/", "`url` must be a URL"),
                ("https://alerts.example.com/\\r\\nX: y", "`url` must be a URL"),
            )
        ),
        (HOOK + "insecure = 1", "`insecure` must be true or false"),
        (replaced(HOOK, f'secret = "{SECRET_TEXT}"', ""), "give one of `secret`, `secret_file` and `secret_env`"),
        (HOOK + 'secret_env = "X"', "give one of `secret`, `secret_file` and `secret_env`"),
        (replaced(HOOK, SECRET_TEXT, "whsec_AAAA"), "the secret must be `whsec_` and 24 to 64 bytes in base64"),
        (replaced(HOOK, "whsec_", ""), "the secret must be `whsec_`"),
        (replaced(HOOK, SECRET_TEXT, "whsec_!"), "the secret must be `whsec_`"),
        (
            replaced(HOOK, f'secret = "{SECRET_TEXT}"', 'secret_env = "NOT_SET"'),
            "the environment variable that `secret_env` names is not set",
        ),
        (
            replaced(HOOK, f'secret = "{SECRET_TEXT}"', 'secret_file = "/none"'),
            "cannot read the file that `secret_file` names: No such file",
        ),
        (replaced(MAIL, "mail.example.com", "a b"), "`host` must be the mail server's name"),
        (MAIL + 'tls = "maybe"', "`tls` must be one of starttls, implicit, none"),
        (MAIL + 'tls = "none"', "takes `insecure = true`"),
        (MAIL + 'user = "u"', "give one of `password`, `password_file` and `password_env`"),
        (MAIL + 'password = "p"', "`password` is not known here"),
        *(
            (replaced(MAIL, "ops@example.com", address), "is no bare e-mail address")
            for address in ("ops", "a@b\\r\\nBcc: x@y", "Ops <ops@example.com>", "a@b,c@d", "a@b@c", "a @b")
        ),
        (replaced(MAIL, "ostiary@example.com", "x\\ny@example.com"), "is no bare e-mail address"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SetupError, match=said) as caught:
        read_plan(written(tmp_path, text))
    assert SECRET_TEXT not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot read the alerts' settings .*: No such file"):
        read_plan(tmp_path / "alerts.toml")


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o666])
def test_others_cannot_read_a_secret(tmp_path: Path, mode: int) -> None:
    with pytest.raises(SetupError, match="holds a secret and others can read or change it; chmod o-rw"):
        read_plan(written(tmp_path, HOOK, mode))
    secret = tmp_path / "secret"
    secret.write_text(SECRET_TEXT)
    secret.chmod(mode)
    with pytest.raises(SetupError, match="others can read or change the file that `secret_file` names"):
        read_plan(written(tmp_path, replaced(HOOK, f'secret = "{SECRET_TEXT}"', f'secret_file = "{secret}"')))


def test_worker_processes_are_told_of_the_file() -> None:
    settings = Settings(alerts=Path("/etc/ostiary/alerts.toml"))
    assert parse_settings(settings.to_json()) == settings


@pytest.mark.parametrize("key", ["secret_env", "secret_file"])
@pytest.mark.parametrize("end", ["", "\\u0000", "x" * 300])
def test_a_secret_in_the_wrong_place_is_not_shown(tmp_path: Path, key: str, end: str) -> None:
    misplaced = replaced(HOOK, f'secret = "{SECRET_TEXT}"', f'{key} = "{SECRET_TEXT}{end}"')
    with pytest.raises(SetupError) as caught:
        read_plan(written(tmp_path, misplaced))
    said = "".join(format_exception(caught.value))
    assert f"`{key}`" in said
    assert SECRET_TEXT not in said

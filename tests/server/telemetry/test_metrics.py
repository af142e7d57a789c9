"""Numbers: who sees them, what they count, and what is never in them."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ostiary.server.errors import SetupError
from ostiary.server.telemetry import metrics, read_metrics_token, sign_in_outcome
from ostiary.server.telemetry.outcome import outcome_of
from ostiary.services import served_operations
from ostiary.values.fault import Fault
from tests.conftest import Credentials, RunningServer
from tests.e2e.at_the_page import AtThePage, Refused
from tests.server.telemetry.running import TOKEN, get

SAMPLE = re.compile(r"([a-z_]+)(?:\{(.*)\})? ([0-9.e+-]+|NaN)")
LABEL = re.compile(r'([a-z]+)="([^"]*)"')


@pytest.fixture(scope="module")
def metered(start_server: Callable[..., RunningServer], tmp_path_factory: pytest.TempPathFactory) -> RunningServer:
    file = tmp_path_factory.mktemp("token") / "token"
    file.write_text(TOKEN)
    return start_server(metrics_token_file=file)


def scrape(server: RunningServer) -> str:
    status, text = get(server, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status == 200
    return text


def value(text: str, name: str, **labels: str) -> float:
    """Return a sample's value, 0 where there is none yet; the metrics are this process's, whoever is served in it."""
    for line in text.splitlines():
        found = SAMPLE.fullmatch(line)
        if found and found[1] == name and dict(LABEL.findall(found[2] or "")) == labels:
            return float(found[3])
    return 0.0


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        ("", 401),
        ("Bearer", 401),
        ("Bearer ", 401),
        (f"Bearer {TOKEN[:-1]}", 401),
        (f"Bearer {TOKEN}x", 401),
        (f"Basic {TOKEN}", 401),
        (TOKEN, 401),
        ("Bearer é", 401),
        (f"Bearer {TOKEN}", 200),
        (f"bearer  {TOKEN}", 200),
    ],
)
def test_only_who_has_the_token_sees_them(metered: RunningServer, header: str | None, status: int) -> None:
    answer = get(metered, "/metrics", **({} if header is None else {"Authorization": header}))
    assert answer[0] == status
    assert ("ostiary_build_info" in answer[1]) is (status == 200)


def test_without_a_token_file_there_are_none(server: RunningServer) -> None:
    status, text = get(server, "/metrics", Authorization=f"Bearer {TOKEN}")
    assert status >= 400
    assert "ostiary_" not in text


@pytest.mark.parametrize(
    "text", ["", "short", "sixteen letters!", "x" * 15, "ключ-из-многих-букв", "0123456789abcdef\nx"]
)
def test_a_file_without_a_token_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "token").write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match="not a token: "):
        read_metrics_token(tmp_path / "token")
    with pytest.raises(SetupError, match="cannot read the metrics' token"):
        read_metrics_token(tmp_path / "none")


def test_a_server_with_a_bad_token_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("short")
    command = [Path(sys.executable).parent / "ostiary", "serve", "--data", tmp_path / "data", "--port", "0"]
    command += ["--workers", "2", "--metrics-token-file", tmp_path / "token"]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 1
    assert re.fullmatch(r"ostiary: not a token: .*\n", result.stderr)


def test_calls_are_counted_by_how_they_end(metered: RunningServer) -> None:
    before = scrape(metered)
    iam = metered.client("iam", metered.admin)
    iam.list_users()
    iam.create_user(UserName="counted")
    with pytest.raises(ClientError):
        iam.get_user(UserName="nobody")
    with pytest.raises(ClientError):
        metered.client("iam", Credentials(metered.admin.access_key_id, "wrong")).list_users()
    # JSON protocols send 400 for a refusal as well.
    with pytest.raises(ClientError):
        metered.client("cloudtrail", Credentials(metered.admin.access_key_id, "wrong")).lookup_events()
    iam.list_users()
    after = scrape(metered)

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("ostiary_calls_total", service="iam", operation="ListUsers", outcome="ok") == 2
    assert more("ostiary_calls_total", service="iam", operation="CreateUser", outcome="ok") == 1
    assert more("ostiary_calls_total", service="iam", operation="GetUser", outcome="client_error") == 1
    assert more("ostiary_calls_total", service="iam", operation="ListUsers", outcome="denied") == 1
    assert more("ostiary_calls_total", service="cloudtrail", operation="LookupEvents", outcome="denied") == 1
    assert more("ostiary_call_duration_seconds_count", service="iam", operation="ListUsers") == 3
    assert more("ostiary_call_duration_seconds_sum", service="iam", operation="ListUsers") > 0
    # The last read is perhaps not written yet.
    assert more("ostiary_events_written_total") in {5, 6}
    assert value(after, "process_resident_memory_bytes") > 0


def test_no_label_is_anybodys_word(metered: RunningServer) -> None:
    admin = metered.admin
    for service, call in (("s3", "list_buckets"), ("ec2", "describe_instances"), ("dynamodb", "list_tables")):
        with pytest.raises(ClientError):
            getattr(metered.client(service, admin), call)()
    for path in ("/", "/x?Action=Forged&Version=2010-05-08", "/console/forged", "/console/sign-in", "/nowhere"):
        get(metered, path)
    metered.client("iam", admin).create_user(UserName="never-a-label")
    text = scrape(metered)
    served = served_operations()
    ours = {"console", "discovery", "metrics", "other"}
    services, operations = set(), {name for names in served.values() for name in names} | {"other", "page", "show"}
    for labels in (dict(LABEL.findall(line)) for line in text.splitlines() if line.startswith("ostiary_call")):
        services.add(labels["service"])
        assert labels["operation"] in operations or labels["service"] == "console", labels
    assert services <= {*served, *ours}
    assert "other" in services
    for word in ("forged", "Forged", "never-a-label", "ListBuckets", metered.account_id, admin.access_key_id, "arn:"):
        assert word not in text


def test_sign_ins_are_counted(metered: RunningServer) -> None:
    before = scrape(metered)
    page = AtThePage(metered)
    with pytest.raises(Refused):
        page.sign_in("admin", "Wrong-Password-1")
    page.sign_in("admin", metered.setup.admin.password)
    page.ask("sign-in/password", newPassword="Another-One-2")
    after = scrape(metered)
    for outcome in ("wrong_password", "signed_in"):
        counted = [value(text, "ostiary_sign_ins_total", outcome=outcome) for text in (before, after)]
        assert counted[1] - counted[0] == 1


@pytest.mark.parametrize(
    ("path", "body", "fault", "outcome"),
    [
        ("/console/sign-in", {"step": "done"}, None, "signed_in"),
        ("/console/sign-in/code", {"step": "done"}, None, "signed_in"),
        ("/console/sign-in", {"step": "second-factor"}, None, None),
        ("/console/sign-in", {}, Fault("AuthenticationFailed", "", status=401), "wrong_password"),
        ("/console/sign-in/code", {}, Fault("InvalidAuthenticationCode", "", status=403), "wrong_factor"),
        ("/console/sign-in/passkey", {}, Fault("ClonedAuthenticator", "", status=403), "wrong_factor"),
        ("/console/sign-in", {}, Fault("TooManyRequestsError", "", status=429), "throttled"),
        ("/console/sign-in", {}, Fault("PasswordExpired", "", status=403), "refused"),
        ("/console/sign-in", {}, Fault("InternalFailure", "", status=500), "server_error"),
        ("/console/sign-out", {}, None, None),
        ("/console/session", {}, Fault("AccessDenied", "", status=403), None),
        ("/console/sign-in-not", {}, Fault("AccessDenied", "", status=403), None),
    ],
)
def test_how_an_attempt_ends(path: str, body: dict[str, Any], fault: Fault | None, outcome: str | None) -> None:
    assert sign_in_outcome(path, body, fault) == outcome


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "ok"),
        (307, "ok"),
        (400, "client_error"),
        (401, "denied"),
        (403, "denied"),
        (404, "client_error"),
        (409, "client_error"),
        (429, "throttled"),
        (500, "server_error"),
        (503, "server_error"),
    ],
)
def test_how_a_call_ends(status: int, outcome: str) -> None:
    assert outcome_of(status) == outcome


def test_what_others_count(metered: RunningServer) -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    before = scrape(metered)
    metrics.job_ran("a-job", succeeded=True, now=moment)
    metrics.job_ran("a-job", succeeded=False, now=datetime(2026, 1, 3, tzinfo=UTC))
    metrics.alert_raised("a-kind")
    metrics.alert_delivered("ok")
    metrics.alert_delivered("failed")
    text = scrape(metered)
    for name, labels in (
        ("ostiary_job_runs_total", {"job": "a-job", "outcome": "ok"}),
        ("ostiary_job_runs_total", {"job": "a-job", "outcome": "failed"}),
        ("ostiary_alerts_total", {"kind": "a-kind"}),
        ("ostiary_alert_deliveries_total", {"outcome": "ok"}),
        ("ostiary_alert_deliveries_total", {"outcome": "failed"}),
    ):
        assert value(text, name, **labels) - value(before, name, **labels) == 1
    assert value(text, "ostiary_job_last_success_timestamp_seconds", job="a-job") == moment.timestamp()


_WORKER = """
from ostiary.server.telemetry import metrics
metrics.keep_metrics()
metrics.call_answered("iam", "GetUser", "ok", 0.004)
metrics.recorder_waiting(7)
print(metrics.exposition()[1].decode())
"""


def test_workers_show_the_sum_and_forget_the_dead(tmp_path: Path) -> None:
    def work() -> str:
        # In an environment where the library shares its numbers in a folder.
        return subprocess.run(
            [sys.executable, "-c", _WORKER],
            env={"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    work()
    assert list(tmp_path.glob("gauge_live*"))
    text = work()
    assert value(text, "ostiary_calls_total", service="iam", operation="GetUser", outcome="ok") == 2
    assert value(text, "ostiary_call_duration_seconds_bucket", service="iam", operation="GetUser", le="0.005") == 2
    assert value(text, "ostiary_recorder_waiting") == 7
    assert len(re.findall(r'process_open_fds\{pid="\d+"\}', text)) == 1
    assert text.count("ostiary_build_info{") == 1

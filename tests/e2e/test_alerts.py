"""Every alert arrives, though receivers fail and hang and the server is killed: once, or marked as another attempt."""

import hashlib
import hmac
import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.server.alerting.receivers import SECRET, SECRET_TEXT, Post, receiving, taking_mail

OSTIARY = Path(sys.executable).parent / "ostiary"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
SETTINGS = """
first_retry = "1s"
longest_retry = "1s"
[[channel]]
name = "hook"
type = "webhook"
kinds = ["policy-opened-wide"]
url = "{url}"
secret = "{secret}"
timeout = "1s"
[[channel]]
name = "mail"
type = "email"
kinds = ["policy-opened-wide"]
host = "127.0.0.1"
port = {port}
tls = "none"
from = "ostiary@example.com"
to = ["ops@example.com"]
timeout = "1s"
[[channel]]
name = "log"
type = "log"
kinds = ["policy-opened-wide"]
"""


@contextmanager
def killed_in_the_end(data: Path, settings: Path, log: Path, admin: dict[str, str]) -> Iterator[tuple[Any, Any]]:
    """Run a server, and give IAM and our own service at it; then kill it without a word."""
    with log.open("a") as stderr:
        process = subprocess.Popen(
            [OSTIARY, "serve", "--data", data, "--port", "0", "--alerts", settings],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    assert process.stdout
    endpoint = next((line.split()[1] for line in process.stdout if line.startswith("Endpoint")), None)
    assert endpoint, log.read_text()
    clients = [
        boto3.session.Session().client(
            service,
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id=admin["access_key_id"],
            aws_secret_access_key=admin["secret_access_key"],
            config=Config(retries={"total_max_attempts": 1}),
        )
        for service in ("iam", "ostiary")
    ]
    try:
        yield clients[0], clients[1]
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        for client in clients:
            client.close()


def make_alerts(iam: Any, *names: str) -> None:
    """Do what people are alerted of: give users everything."""
    for name in names:
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="All", PolicyDocument=json.dumps(EVERYTHING))


def alerts_made(ostiary: Any) -> list[dict[str, Any]]:
    """Return the alerts of the test's own making; Ostiary finds more to say of such an account."""
    return [alert for kind in ("policy-opened-wide", "test") for alert in ostiary.list_alerts(Kind=kind)["Alerts"]]


def is_delivered(alert: dict[str, Any]) -> bool:
    return [delivery["Status"] for delivery in alert["Deliveries"]] == ["delivered"] * 3


def is_signed(post: Post) -> bool:
    """Tell whether a receiver that knows the secret can trust a post."""
    signed = f"{post.headers['webhook-id']}.{post.headers['webhook-timestamp']}.".encode() + post.body
    expected = b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    return post.headers["webhook-signature"] == f"v1,{expected}" and post.headers["webhook-id"] == post.event["id"]


def test_none_is_lost_and_none_comes_twice_unmarked(tmp_path: Path) -> None:
    data, log, settings = tmp_path / "data", tmp_path / "log", tmp_path / "alerts.toml"
    made = subprocess.run(
        [OSTIARY, "init", "--data", data, "--format", "json"], check=True, capture_output=True, text=True
    )
    admin = json.loads(made.stdout)["admin"]
    with receiving() as receiver, taking_mail() as mail_server:
        settings.write_text(SETTINGS.format(url=receiver.url, secret=SECRET_TEXT, port=mail_server.port))
        settings.chmod(0o600)

        receiver.status, mail_server.refuses = 503, "MAIL"
        with killed_in_the_end(data, settings, log, admin) as (iam, _):
            make_alerts(iam, "failed-1", "failed-2")
            receiver.wait_for(3)

        receiver.hangs = True
        with killed_in_the_end(data, settings, log, admin) as (iam, _):
            make_alerts(iam, "hung")
            seen = len(receiver.posts)
            receiver.wait_for(seen + 1)
            # Killed while it waits for the answer to one, and before it has looked at the last.
            make_alerts(iam, "unseen")

        receiver.hangs, receiver.status, mail_server.refuses = False, 200, None
        with killed_in_the_end(data, settings, log, admin) as (iam, ostiary):
            ostiary.send_test_alert()
            end = time.monotonic() + 30
            while not all(map(is_delivered, alerts := alerts_made(ostiary))):
                assert time.monotonic() < end, alerts
                time.sleep(0.1)

    assert Counter(alert["Kind"] for alert in alerts) == {"policy-opened-wide": 4, "test": 1}
    ids = {alert["AlertId"] for alert in alerts}
    posts = receiver.posts
    assert all(map(is_signed, posts))
    assert {post.event["id"] for post in posts} == ids
    attempts = Counter((post.event["id"], post.event["attempt"]) for post in posts)
    assert set(attempts.values()) == {1}
    told = {post.event["data"]["title"] for post in posts}
    assert told >= {
        f"The inline policy All of the user {name} allows everything"
        for name in ("failed-1", "failed-2", "hung", "unseen")
    }

    mails = Counter((mail["Message-ID"], mail["X-Ostiary-Attempt"]) for mail in mail_server.mails)
    assert {message_id for message_id, _ in mails} == {f"<{alert_id}@example.com>" for alert_id in ids}
    assert set(mails.values()) == {1}

    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    logged = Counter((line["alert"]["id"], line["alert"]["attempt"]) for line in lines)
    assert {alert_id for alert_id, _ in logged} == ids
    assert set(logged.values()) == {1}
    assert SECRET_TEXT not in log.read_text()

"""`kill -9` loses no acknowledged write, and leaves none half done."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

OSTIARY = Path(sys.executable).parent / "ostiary"
ROUNDS = 3


def serve(data: Path) -> tuple[subprocess.Popen[str], str]:
    """Start a server on a free port and return it with its endpoint once it is ready."""
    process = subprocess.Popen(
        [OSTIARY, "serve", "--data", data, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    for line in process.stdout:
        if line.startswith("Endpoint"):
            return process, line.split()[1]
    raise AssertionError("the server did not start")


def client(endpoint: str, admin: dict[str, str]) -> Any:
    return boto3.session.Session().client(
        "iam",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=admin["access_key_id"],
        aws_secret_access_key=admin["secret_access_key"],
        config=Config(retries={"total_max_attempts": 1}),
    )


def write_until_killed(endpoint: str, admin: dict[str, str], prefix: str, acknowledged: list[str]) -> None:
    iam = client(endpoint, admin)
    for number in range(10_000):
        name = f"{prefix}-{number}"
        try:
            iam.create_user(UserName=name, Tags=[{"Key": "round", "Value": prefix}])
        except (BotoCoreError, ClientError):
            return
        acknowledged.append(name)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_killed_while_writing(tmp_path: Path) -> None:
    made = subprocess.run(
        [OSTIARY, "init", "--data", tmp_path, "--format", "json"], check=True, capture_output=True, text=True
    )
    admin = json.loads(made.stdout)["admin"]
    acknowledged: list[str] = []
    for number in range(ROUNDS):
        process, endpoint = serve(tmp_path)
        writers = [
            threading.Thread(target=write_until_killed, args=(endpoint, admin, f"r{number}w{writer}", acknowledged))
            for writer in range(3)
        ]
        for writer in writers:
            writer.start()
        target = len(acknowledged) + 20 + 7 * number
        while len(acknowledged) < target:
            writers[0].join(0.001)
        os.kill(process.pid, signal.SIGKILL)
        for writer in writers:
            writer.join()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr] # it was piped

    process, endpoint = serve(tmp_path)
    iam = client(endpoint, admin)
    pages = iam.get_paginator("list_users").paginate()
    present = {user["UserName"] for page in pages for user in page["Users"]}
    assert set(acknowledged) <= present
    for name in present - {"admin"}:
        assert iam.list_user_tags(UserName=name)["Tags"] == [{"Key": "round", "Value": name.rpartition("-")[0]}]
    process.terminate()
    process.wait()
    process.stdout.close()  # type: ignore[union-attr] # it was piped

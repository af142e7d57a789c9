"""Stock clients that assume a role with a one-time code, by a profile with `mfa_serial`."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.conftest import Credentials, RunningServer
from tests.e2e.aws_cli import AWS
from tests.services.authenticator import Authenticator, enrol

ROLE = "careful"


@dataclass(frozen=True)
class Desk:
    """Where a person works: a configuration with the profile `careful`, and the device that goes with it."""

    environment: dict[str, str]
    device: Authenticator
    asked: list[str]
    """The prompts that were answered."""

    def session(self, code: str) -> boto3.session.Session:
        """Return a session of the profile, which is told `code` when it asks for one."""
        session = boto3.session.Session(profile_name=ROLE)
        resolver = session._session.get_component("credential_provider")  # noqa: SLF001 - where botocore keeps it

        def prompt(text: str) -> str:
            self.asked.append(text)
            return code

        resolver.get_provider("assume-role")._prompter = prompt  # noqa: SLF001 - else it asks at the terminal
        return session


@pytest.fixture
def desk(server: RunningServer, iam: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    name = f"user-of-{tmp_path.name}"[:64]
    user = iam.create_user(UserName=name)["User"]
    key = Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": user["Arn"]},
        "Action": "sts:AssumeRole",
        "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    }
    role = iam.create_role(
        RoleName=f"{ROLE}-{name}"[:64],
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": trust}),
    )["Role"]
    device = enrol(iam, name)
    config = tmp_path / "config"
    config.write_text(
        f"""[profile plain]
aws_access_key_id = {key.access_key_id}
aws_secret_access_key = {key.secret_access_key}
[profile {ROLE}]
role_arn = {role["Arn"]}
role_session_name = desk
source_profile = plain
mfa_serial = {device.serial_number}
[profile hasty]
role_arn = {role["Arn"]}
source_profile = plain
"""
    )
    environment = {
        "AWS_CONFIG_FILE": str(config),
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    return Desk({"PATH": os.environ["PATH"], "HOME": str(tmp_path), **environment}, device, [])


def test_boto3_asks_for_the_code_and_assumes_the_role(desk: Desk, account_id: str) -> None:
    arn = desk.session(desk.device.code()).client("sts").get_caller_identity()["Arn"]
    assert arn.startswith(f"arn:aws:sts::{account_id}:assumed-role/{ROLE}-")
    assert arn.endswith("/desk")
    assert desk.asked == [f"Enter MFA code for {desk.device.serial_number}: "]


def test_a_code_that_was_used_is_refused(desk: Desk) -> None:
    code = desk.device.code()
    desk.session(code).client("sts").get_caller_identity()
    with pytest.raises(ClientError) as refusal:
        desk.session(code).client("sts").get_caller_identity()
    response: Any = refusal.value.response
    assert response["Error"]["Code"] == "AccessDenied"
    assert response["Error"]["Message"] == "MultiFactorAuthentication failed with invalid MFA one time pass code. "
    desk.session(desk.device.code()).client("sts").get_caller_identity()


def test_without_a_code_the_role_is_not_assumed(desk: Desk) -> None:
    with pytest.raises(ClientError) as refusal:
        boto3.session.Session(profile_name="hasty").client("sts").get_caller_identity()
    assert "is not authorized to perform: sts:AssumeRole" in str(refusal.value)
    assert desk.asked == []


def test_the_command_line_asks_for_the_code(desk: Desk, account_id: str) -> None:
    # In a session of its own the CLI has no terminal, so it reads the code from its input.
    result = subprocess.run(
        [AWS, "sts", "get-caller-identity", "--profile", ROLE],
        env=desk.environment,
        input=f"{desk.device.code()}\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        start_new_session=True,
    )
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["Arn"].startswith(f"arn:aws:sts::{account_id}:assumed-role/{ROLE}-")
    assert f"Enter MFA code for {desk.device.serial_number}:" in result.stderr

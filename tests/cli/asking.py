"""What the tests of `ostiary explain` and `ostiary simulate` share: policies, and the commands run in this process."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner, Result

from ostiary.cli.explain import explain
from ostiary.cli.simulate import simulate
from tests.conftest import RunningServer

COMMANDS: Mapping[str, click.Command] = {"explain": explain, "simulate": simulate}

PAGE = "arn:aws:s3:::site/index.html"
DEPLOYER = "arn:aws:iam::111122223333:role/Deployer"
ALL = {"Sid": "Everything", "Effect": "Allow", "Action": "*", "Resource": "*"}
UPLOADS = {
    "Sid": "Uploads",
    "Effect": "Allow",
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::site/*",
    "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}},
}
READ = {"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": "*"}
STAY = {
    "Sid": "StayInEurope",
    "Effect": "Deny",
    "NotAction": ["iam:*", "sts:*"],
    "Resource": "*",
    "Condition": {"StringNotLike": {"aws:RequestedRegion": "eu-*"}},
}


def document(*statements: Mapping[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def write_policies(folder: Path) -> None:
    (folder / "deployer.json").write_text(document(READ, UPLOADS))
    (folder / "boundary.json").write_text(document({**ALL, "Action": "dynamodb:*"}))
    (folder / "all.json").write_text(document(ALL))
    (folder / "trust.json").write_text(
        document({"Effect": "Allow", "Principal": {"AWS": DEPLOYER}, "Action": "sts:AssumeRole"})
    )
    (folder / "bucket.json").write_text(document({**ALL, "Principal": {"AWS": "111122223333"}}))
    (folder / "workloads").mkdir()
    (folder / "workloads" / "full.json").write_text(document(ALL))
    (folder / "workloads" / "regions.json").write_text(document(STAY))
    (folder / "context.json").write_text('{"aws:RequestedRegion": "eu-west-1", "aws:TagKeys": ["a", "b"]}')
    (folder / "broken.json").write_text('{"Version": "2012-10-17",\n "Statement": }')


def ask(folder: Path, command: str, *words: object, server: RunningServer | None = None) -> Result:
    """Run a command in a folder, with the administrator's keys of a server if there is one."""
    keys = {}
    if server is not None:
        keys = {
            "AWS_ENDPOINT_URL": server.endpoint,
            "AWS_ACCESS_KEY_ID": server.admin.access_key_id,
            "AWS_SECRET_ACCESS_KEY": server.admin.secret_access_key,
        }
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner(env=keys).invoke(COMMANDS[command], [str(word) for word in words], catch_exceptions=False)
    finally:
        os.chdir(before)

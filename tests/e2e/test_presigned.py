"""Presigned addresses: what some tools hand on in place of credentials."""

import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.conftest import RunningServer


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own server
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def url(sts: Any) -> str:
    return str(sts.generate_presigned_url("get_caller_identity", HttpMethod="GET"))


def test_anyone_with_the_address_calls_as_its_signer(server: RunningServer, url: str) -> None:
    status, body = fetch(url)
    assert status == 200
    assert f"<Arn>arn:aws:iam::{server.account_id}:user/admin</Arn>" in body


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GetCallerIdentity", "GetSessionToken"),
        ("X-Amz-Expires=3600", "X-Amz-Expires=3601"),
        ("us-east-1", "us-east-2"),
        ("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders="),
        ("Version=2011-06-15", "Version=2011-06-15&DurationSeconds=900"),
    ],
)
def test_a_changed_address_is_refused(url: str, old: str, new: str) -> None:
    assert old in url
    status, body = fetch(url.replace(old, new))
    assert 400 <= status < 500
    assert "<Code>" in body

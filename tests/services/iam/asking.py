"""Asking IAM through boto3, and what comes back."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"

_numbers = itertools.count(1)


def fresh(start: str = "Name") -> str:
    """Return a name that no test has used yet."""
    return f"{start}{next(_numbers)}"


def answer(call: Callable[..., Any], **parameters: Any) -> dict[str, Any]:
    """Return what a call answers, without what every answer has."""
    output: dict[str, Any] = call(**parameters)
    assert output.pop("ResponseMetadata")["HTTPStatusCode"] == 200
    return output


def refusal(call: Callable[..., Any], **parameters: Any) -> tuple[str, str | None, int]:
    """Return the code, sentence (None without one) and status with which a call is refused."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    response: Any = caught.value.response
    assert response["Error"]["Type"] == "Sender"
    return response["Error"]["Code"], response["Error"].get("Message"), response["ResponseMetadata"]["HTTPStatusCode"]


def trusting(principal: Any) -> str:
    """Return a trust policy for a principal."""
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"},
        }
    )

"""What a call that must be refused was told."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError


def refused(call: Callable[[], Any]) -> tuple[str, str, int]:
    """Return code, message and status of a boto3 call that must be refused."""
    with pytest.raises(ClientError) as refusal:
        call()
    error = refusal.value.response
    return error["Error"]["Code"], error["Error"]["Message"], error["ResponseMetadata"]["HTTPStatusCode"]

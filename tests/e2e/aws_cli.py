"""The stock AWS CLI, run as people run it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import Credentials, RunningServer

AWS = Path(sys.executable).parent / "aws"


class AwsError(Exception):
    """The CLI ended with an error; `str` is what it printed."""


def aws(server: RunningServer, credentials: Credentials, *words: str) -> Any:
    """Run `aws WORDS…` with credentials in the environment and return what it printed, as JSON if there is any."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(server.data),
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        **({"AWS_SESSION_TOKEN": credentials.session_token} if credentials.session_token else {}),
    }
    result = subprocess.run([AWS, *words], env=environment, capture_output=True, text=True, timeout=60, check=False)
    if result.returncode != 0:
        raise AwsError(result.stderr.strip())
    return json.loads(result.stdout) if result.stdout.strip() else None

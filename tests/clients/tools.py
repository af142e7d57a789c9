"""Other people's tools, run as they are against a server of ours."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import Credentials, RunningServer

REPOSITORY = Path(__file__).parents[2]
HERE = Path(__file__).parent


class ToolError(Exception):
    """A tool ended with an error; `str` is all that it printed."""


@dataclass(frozen=True)
class Tool:
    """A program that `make clients` sets up."""

    program: Path

    def run(self, server: RunningServer, credentials: Credentials, *words: str, **options: str) -> str:
        """Run it in a home of its own, with credentials in the environment as people have them.

        Args:
            words: its arguments.
            options: further variables of its environment.

        Returns: what it printed, errors and warnings too.

        Raises:
            ToolError: when it says that it failed.
        """
        assert self.program.exists(), f"{self.program} is not there: `make clients` sets it up"
        home = server.data / "home"
        home.mkdir(exist_ok=True)
        result = subprocess.run(
            [self.program, *words],
            env=environment(server, credentials) | {"HOME": str(home)} | options,
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        if result.returncode != 0:
            raise ToolError(result.stdout)
        return result.stdout


def installed(client: str, program: str) -> Tool:
    """Return a program from the virtual environment of a client."""
    return Tool(REPOSITORY / f".venv-clients-{client}" / "bin" / program)


def environment(server: RunningServer, credentials: Credentials) -> dict[str, str]:
    """Return the variables that point any tool at a server, and nothing else but the search path."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "AWS_ENDPOINT_URL": server.endpoint,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": credentials.access_key_id,
        "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
        "AWS_EC2_METADATA_DISABLED": "true",
        **({"AWS_SESSION_TOKEN": credentials.session_token} if credentials.session_token else {}),
    }

"""Who asks Ostiary's own service."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.ostiary.calling import User, make_user


@pytest.fixture(scope="module")
def ostiary(server: RunningServer) -> Any:
    """The service, called by the administrator with a client that sends whatever it is given."""
    return server.client("ostiary", server.admin, parameter_validation=False)


@pytest.fixture
def new_user(iam: Any) -> Callable[..., User]:
    """Makes users that nobody used yet, with an access key and the inline policy given."""
    return lambda *statements: make_user(iam, *statements)


@pytest.fixture(scope="module")
def root(server: RunningServer) -> Credentials:
    """An access key of the root user."""
    return server.create_root_key()

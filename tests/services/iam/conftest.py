"""What the tests of IAM ask with."""

from typing import Any

import pytest


@pytest.fixture(scope="module")
def unchecked(server: Any) -> Any:
    """IAM, called by the administrator with a client that sends whatever it is given."""
    return server.client("iam", server.admin, parameter_validation=False)

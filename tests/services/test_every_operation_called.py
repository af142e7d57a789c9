"""Every operation that is served, called once through botocore by who may, and once by who may not."""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError

from ostiary.services import find_operation, served_operations
from ostiary.wire.spoken import SPOKEN
from tests.conftest import Credentials, RunningServer
from tests.services import examples
from tests.services.examples.stage import ByRootAtConsole, Example, RightlyRefused, Stage
from tests.services.ostiary.calling import sign_in


def all_examples() -> Mapping[tuple[str, str], Example]:
    """Return the examples of all modules in `examples`, by service and operation."""
    found: dict[tuple[str, str], Example] = {}
    for module in pkgutil.iter_modules(examples.__path__):
        loaded = importlib.import_module(f"{examples.__name__}.{module.name}")
        for operation, example in getattr(loaded, "EXAMPLES", {}).items():
            service, _, name = operation.partition(":")
            assert (service, name) not in found, operation
            found[service, name] = example
    return found


EXAMPLES = all_examples()
each_example = pytest.mark.parametrize(("service", "name"), sorted(EXAMPLES))


@pytest.fixture(scope="module")
def stage(server: RunningServer, iam: Any, sts: Any) -> Stage:
    return Stage(server, iam, sts)


@pytest.fixture(scope="module")
def powerless(iam: Any) -> Credentials:
    """The credentials of a user without any permission."""
    iam.create_user(UserName="powerless")
    return Credentials.of(iam.create_access_key(UserName="powerless")["AccessKey"])


def test_every_operation_has_an_example() -> None:
    assert EXAMPLES.keys() == {(service, name) for service, names in served_operations().items() for name in names}


@each_example
def test_is_done_for_who_may(stage: Stage, service: str, name: str) -> None:
    example = EXAMPLES[service, name]
    parameters = example(stage)
    at_console = isinstance(example, ByRootAtConsole)
    client = stage.server.client(
        SPOKEN[service].model, sign_in(stage.server).credentials if at_console else stage.server.admin
    )
    if isinstance(example, RightlyRefused):
        with pytest.raises(ClientError) as caught:
            client._make_api_call(name, parameters)  # noqa: SLF001 - calls an operation by its name
        assert caught.value.response["Error"]["Code"] == example.code
        return
    answer = client._make_api_call(name, parameters)  # noqa: SLF001 - calls an operation by its name
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


@each_example
def test_is_refused_to_who_may_not(stage: Stage, powerless: Credentials, service: str, name: str) -> None:
    operation = find_operation(service, name)
    assert operation is not None
    if operation.needs is None or operation.identify is not None:
        pytest.skip("AWS asks for no permission, or for another proof than a signature")
    parameters = EXAMPLES[service, name](stage)
    client = stage.server.client(SPOKEN[service].model, powerless)
    with pytest.raises(ClientError) as caught:
        client._make_api_call(name, parameters)  # noqa: SLF001 - calls an operation by its name
    response: Any = caught.value.response
    code = "AccessDenied" if "query" in SPOKEN[service].protocols else "AccessDeniedException"
    assert (response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]) == (code, 403)
    assert response["Error"]["Message"].startswith(f"User: arn:aws:iam::{stage.account_id}:user/powerless is not ")

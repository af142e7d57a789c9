"""Which operations are served, held against the API's own model."""

import botocore.session
import pytest

from ostiary.services import find_operation, served_operations
from ostiary.wire.spoken import SPOKEN

SERVED = [(service, name) for service, names in served_operations().items() for name in names]
LOADER = botocore.session.Session()


@pytest.mark.parametrize(("service", "name"), SERVED)
def test_is_an_operation_of_the_api(service: str, name: str) -> None:
    operation = find_operation(service, name)
    assert operation is not None
    assert (operation.service, operation.name) == (service, name)
    assert name in LOADER.get_service_model(SPOKEN[service].model).operation_names


@pytest.mark.parametrize("name", [name for service, name in SERVED if service == "iam"])
def test_what_gets_lists_simulates_or_reports_changes_nothing_and_all_else_does(name: str) -> None:
    operation = find_operation("iam", name)
    assert operation is not None
    assert operation.writes is not name.startswith(("Get", "List", "Simulate", "Generate"))


@pytest.mark.parametrize(
    ("service", "name"), [("iam", "createuser"), ("iam", "Create"), ("iam", ""), ("s3", "ListBuckets"), ("", "GetUser")]
)
def test_what_is_not_served_is_not_found(service: str, name: str) -> None:
    assert find_operation(service, name) is None


def test_names_are_in_order() -> None:
    assert all(list(names) == sorted(names) for names in served_operations().values())

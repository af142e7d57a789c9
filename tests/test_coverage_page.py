"""docs/coverage.md says of each operation what is true."""

import re
from pathlib import Path

import pytest

from ostiary.services import find_operation, served_operations
from ostiary.wire import operation_names
from tests.services.examples.stage import RightlyRefused
from tests.services.test_every_operation_called import EXAMPLES

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
TITLES = {"IAM": "iam", "STS": "sts"}
MODELS = {"iam": 180, "sts": 11}


def rows_of_page() -> list[tuple[str, str, str]]:
    """Return each row's service, operation and answer."""
    found, service = [], ""
    for line in PAGE.read_text().splitlines():
        if heading := re.fullmatch(r"##+ ([\w-]+)( .*)?", line):
            service = TITLES.get(heading[1], heading[1])
        elif row := re.fullmatch(r"\| `(\w+)` \| (.+?) \| .*\|", line):
            found.append((service, row[1], row[2]))
    return found


ROWS = rows_of_page()


@pytest.mark.parametrize("service", MODELS)
def test_every_operation_of_the_model_is_listed_once(service: str) -> None:
    listed = [name for of, name, _ in ROWS if of == service]
    assert listed == sorted(operation_names(service))
    assert len(listed) >= MODELS[service]


def test_of_other_services_what_is_served_is_listed() -> None:
    served = {(of, name) for of, names in served_operations().items() for name in names if of not in MODELS}
    assert {(of, name) for of, name, _ in ROWS if of not in MODELS} == served


@pytest.mark.parametrize(("service", "name", "answer"), ROWS)
def test_the_answer_is_the_one_listed(service: str, name: str, answer: str) -> None:
    assert find_operation(service, name) is not None
    example = EXAMPLES[service, name]
    assert answer == (f"`{example.code}`" if isinstance(example, RightlyRefused) else "served")

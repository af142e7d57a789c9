"""Modules stay small enough to be read at a sitting."""

from pathlib import Path

import pytest

import ostiary

SOURCE = Path(ostiary.__file__).parent
CEILING = 600


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_module_is_below_the_ceiling(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= CEILING

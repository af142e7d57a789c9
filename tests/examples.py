"""How many examples a property is tried on: enough to notice in `make test`, many times as many in `make fuzz`."""

import os

from hypothesis import settings

_TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))


def examples(count: int) -> settings:
    """Return the settings of a test that `make test` tries on `count` examples."""
    return settings(max_examples=count * _TIMES)

"""The types that the functions in this package are about."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.values.caller import Caller
from ostiary.values.operation import Need

Parameters = Mapping[str, Any]
Needs = Callable[[Directory, Caller, Parameters], Iterable[Need]]
"""What `Operation.needs` is."""

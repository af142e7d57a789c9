"""What controls are called by those who know Security Hub's IDs."""

from collections.abc import Mapping
from functools import cache

from ostiary.governance.controls import CONTROLS, Control

_OWN = "OSTIARY"


def control_id(control: Control) -> str:
    """Return Security Hub's ID of a control, such as `IAM.3`; of one that it does not have, `OSTIARY.` and its key."""
    return control.security_hub or f"{_OWN}.{control.key}"


def list_controls() -> Mapping[str, Control]:
    """Return all controls by their keys, in their order."""
    return _by_key()


def find_control(name: str) -> Control | None:
    """Return the control with an ID as `control_id` gives it, or None."""
    return _by_id().get(name)


@cache
def _by_key() -> Mapping[str, Control]:
    return {control.key: control for control in CONTROLS}


@cache
def _by_id() -> Mapping[str, Control]:
    return {control_id(control): control for control in CONTROLS}

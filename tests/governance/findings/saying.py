"""What controls say in a test."""

from ostiary.governance.controls import CONTROLS, Control, Finding, Severity, Status
from ostiary.governance.controls.control import USER

GRAVE = next(control for control in CONTROLS if control.severity is Severity.CRITICAL)
MILD = next(control for control in CONTROLS if control.severity is Severity.LOW)
ALICE = "arn:aws:iam::111122223333:user/alice"
BOB = "arn:aws:iam::111122223333:user/bob"


def say(status: Status, control: Control = GRAVE, arn: str = ALICE, reason: str = "as a test has it") -> Finding:
    return Finding(control, arn, USER, status, reason)

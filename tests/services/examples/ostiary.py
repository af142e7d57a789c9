"""One call of each of our own service's operations, but for passkeys."""

from typing import Any

from tests.services.authenticator import create_device
from tests.services.examples.stage import ByRootAtConsole, Example, Stage
from tests.services.ostiary.calling import make_user, sign_in


def _signed_in(stage: Stage) -> dict[str, Any]:
    user = make_user(stage.iam)
    return {"UserName": user.name, "SessionId": sign_in(stage.server, user.name).session_id}


def _device(stage: Stage) -> dict[str, Any]:
    device = create_device(stage.iam, stage.fresh("Device"))
    return {"SerialNumber": device.serial_number, **device.two_codes()}


EXAMPLES: dict[str, Example] = {
    "ostiary:ListSignInSessions": lambda stage: {"UserName": stage.user()},
    "ostiary:EndSignInSession": _signed_in,
    "ostiary:GetAccountSettings": lambda _: {},
    "ostiary:UpdateAccountSettings": lambda _: {"MfaRequired": False},
    "ostiary:ListAlerts": lambda _: {"Severity": "HIGH", "MaxItems": 5},
    "ostiary:SendTestAlert": lambda _: {},
    "ostiary:ExplainDecision": lambda stage: {"PrincipalArn": _arn(stage), "Action": "iam:CreateUser"},
    "ostiary:ChangeRootUserPassword": ByRootAtConsole(
        lambda stage: {"OldPassword": stage.server.setup.root_password, "NewPassword": "Other-Pass.2"}
    ),
    "ostiary:EnableRootUserMFADevice": ByRootAtConsole(_device),
}


def _arn(stage: Stage) -> str:
    return f"arn:aws:iam::{stage.account_id}:user/{stage.user()}"

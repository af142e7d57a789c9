"""Examples of SSH public keys."""

from typing import Any

from tests.credentials.making import rsa_key, ssh_line
from tests.services.examples.stage import Example, Stage


def _body(stage: Stage) -> dict[str, Any]:
    return {"UserName": stage.user(), "SSHPublicKeyBody": ssh_line(rsa_key())}


def _key(stage: Stage) -> dict[str, Any]:
    key = stage.iam.upload_ssh_public_key(**_body(stage))["SSHPublicKey"]
    return {"UserName": key["UserName"], "SSHPublicKeyId": key["SSHPublicKeyId"]}


EXAMPLES: dict[str, Example] = {
    "iam:UploadSSHPublicKey": _body,
    "iam:GetSSHPublicKey": lambda stage: {**_key(stage), "Encoding": "PEM"},
    "iam:ListSSHPublicKeys": lambda stage: {"UserName": stage.user()},
    "iam:UpdateSSHPublicKey": lambda stage: {**_key(stage), "Status": "Inactive"},
    "iam:DeleteSSHPublicKey": _key,
}

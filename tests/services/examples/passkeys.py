"""Examples of giving somebody a passkey."""

from typing import Any

from tests.services.examples.stage import Example, Stage
from tests.soft_authenticator import SoftAuthenticator


def _begun(stage: Stage) -> dict[str, Any]:
    user = {"UserName": stage.user()}
    begun = stage.server.client("ostiary", stage.server.admin).begin_passkey_registration(**user)
    page = SoftAuthenticator(stage.server.endpoint.replace("127.0.0.1", "localhost"))
    return {**user, "Name": "yubi", "State": begun["State"], "Credential": page.register(begun["Options"])}


EXAMPLES: dict[str, Example] = {
    "ostiary:BeginPasskeyRegistration": lambda stage: {"UserName": stage.user()},
    "ostiary:CompletePasskeyRegistration": _begun,
}

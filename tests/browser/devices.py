"""What people hold in their hands at the sign-in page: an authenticator app with a camera, and authenticators."""

import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import zxingcpp
from playwright.sync_api import Locator, Page

from tests.services.authenticator import Authenticator

_PIXELS = """(picture) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
    const context = canvas.getContext("2d");
    context.drawImage(picture, 0, 0);
    const colours = context.getImageData(0, 0, canvas.width, canvas.height).data;
    const greys = Array.from({ length: colours.length / 4 }, (_, index) => colours[4 * index]);
    return { width: canvas.width, height: canvas.height, greys: btoa(String.fromCharCode(...greys)) };
}"""
_LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def scan(picture: Locator) -> str:
    """Return the text of a QR code that a page shows, read from the picture as it is drawn."""
    seen = picture.evaluate(_PIXELS)
    pixels = memoryview(base64.b64decode(seen["greys"])).cast("B", (seen["height"], seen["width"]))
    code = zxingcpp.read_barcode(pixels)
    assert code is not None, "there is no code to be read"
    return str(code.text)


def scan_app(picture: Locator) -> Authenticator:
    """Return the app that scanned a device's QR code."""
    uri = urlsplit(scan(picture))
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    (secret,) = parse_qs(uri.query)["secret"]
    return Authenticator({"SerialNumber": "", "Base32StringSeed": secret})


@dataclass(frozen=True)
class Laptop:
    """An authenticator that is built into the machine of one page, and whose user is always there."""

    debugger: Any
    authenticator_id: str

    @staticmethod
    def of(page: Page) -> "Laptop":
        """Build one in."""
        debugger = page.context.new_cdp_session(page)
        debugger.send("WebAuthn.enable")
        made = debugger.send("WebAuthn.addVirtualAuthenticator", {"options": _LAPTOP})
        return Laptop(debugger, made["authenticatorId"])

    def refuse(self, *, refuses: bool = True) -> None:
        """Let its user fail to prove who they are, or succeed again."""
        self.debugger.send("WebAuthn.setUserVerified", {**self._self, "isUserVerified": not refuses})

    def set_back(self, sign_count: int) -> None:
        """Make its only passkey one that has signed less often, as a copy that was made earlier would have."""
        (kept,) = self.debugger.send("WebAuthn.getCredentials", self._self)["credentials"]
        self.debugger.send("WebAuthn.removeCredential", {**self._self, "credentialId": kept["credentialId"]})
        copy = {**kept, "signCount": sign_count}
        self.debugger.send("WebAuthn.addCredential", {**self._self, "credential": copy})

    @property
    def _self(self) -> dict[str, str]:
        return {"authenticatorId": self.authenticator_id}

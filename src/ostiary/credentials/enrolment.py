"""What an authenticator app reads to become a virtual MFA device.

Source: https://github.com/google/google-authenticator/wiki/Key-Uri-Format
"""

import io
from urllib.parse import quote

ISSUER = "Ostiary"

_PIXELS_PER_MODULE = 5


def enrolment_uri(device_name: str, account_name: str, seed: str) -> str:
    """Return the `otpauth:` URI of a device; its label is `Ostiary:device@account`, as AWS names its own.

    Args:
        device_name: the device's name, often its owner's.
        account_name: the account's alias or ID.
        seed: in base 32.
    """
    label = f"{ISSUER}:{quote(f'{device_name}@{account_name}', safe='@')}"
    return f"otpauth://totp/{label}?secret={seed}&issuer={ISSUER}"


def qr_code_png(text: str) -> bytes:
    """Return a picture of a QR code with a text in it."""
    # Imported late: only who enrols a device needs it, and every process starts.
    import segno  # noqa: PLC0415 - as said above

    picture = io.BytesIO()
    segno.make_qr(text).save(picture, kind="png", scale=_PIXELS_PER_MODULE)
    return picture.getvalue()

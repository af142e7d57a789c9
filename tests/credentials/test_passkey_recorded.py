"""Passkeys as a real browser made them, recorded."""

import json
from pathlib import Path
from typing import Any

import pytest

from ostiary.credentials import (
    ClonedPasskey,
    Passkey,
    WrongPasskey,
    parse_passkey,
    presented_user_handle,
    verify_authentication,
    verify_registration,
)

CHALLENGE = bytes(range(32))
RECORDED = json.loads(Path(__file__).with_name("recorded_passkeys.json").read_text())["ceremonies"]

each_ceremony = pytest.mark.parametrize("ceremony", RECORDED, ids=lambda ceremony: ceremony["authenticator"])


def registered(ceremony: dict[str, Any], *, challenge: bytes = CHALLENGE) -> Passkey:
    credential = json.dumps(ceremony["registration"])
    return verify_registration(
        credential, expected_challenge=challenge, rp_id="localhost", origin="http://localhost:4747"
    )


def signed(ceremony: dict[str, Any], passkey: Passkey, *, challenge: bytes = CHALLENGE) -> int:
    credential = json.dumps(ceremony["authentication"])
    return verify_authentication(
        credential, passkey, expected_challenge=challenge, rp_id="localhost", origin="http://localhost:4747"
    )


@each_ceremony
def test_what_a_browser_gives_back_proves_a_passkey(ceremony: dict[str, Any]) -> None:
    passkey = registered(ceremony)
    assert signed(ceremony, passkey) == passkey.sign_count + 1
    handle = b"111122223333/AIDAQ3EGRJ2WABCDEFGHI" if passkey.discoverable else None
    assert presented_user_handle(json.dumps(ceremony["authentication"])) == handle


@each_ceremony
def test_it_proves_nothing_a_second_time(ceremony: dict[str, Any]) -> None:
    passkey = registered(ceremony)
    with pytest.raises(WrongPasskey):
        signed(ceremony, passkey, challenge=bytes(32))
    used = parse_passkey(passkey.to_json(sign_count=signed(ceremony, passkey)))
    with pytest.raises(ClonedPasskey):
        signed(ceremony, used)


def test_the_browser_tells_what_kind_it_is() -> None:
    told = {ceremony["authenticator"]: registered(ceremony) for ceremony in RECORDED}
    assert {name: (of.discoverable, of.backup_eligible, of.transports) for name, of in told.items()} == {
        "a platform authenticator": (True, False, ("internal",)),
        "a synced passkey": (True, True, ("internal",)),
        "a security key that keeps no passkeys": (False, False, ("usb",)),
    }

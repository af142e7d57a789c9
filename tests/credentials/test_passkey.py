"""Passkeys: what an authenticator proves, and everything that proves nothing."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import (
    MAX_CREDENTIAL_CHARACTERS,
    ClonedPasskey,
    Passkey,
    WrongPasskey,
    authentication_options,
    mint_challenge,
    parse_passkey,
    parse_user_handle,
    presented_credential_id,
    presented_user_handle,
    registration_options,
    user_handle,
    verify_authentication,
    verify_registration,
)
from ostiary.values.identifiers import AccountId
from tests.credentials.making import rsa_key
from tests.soft_authenticator import PrivateKey, SoftAuthenticator, sign

RP_ID, ORIGIN = "localhost", "http://localhost:4747"
CHALLENGE = bytes(range(32))
ACCOUNT = AccountId("111122223333")
OWNER = "AIDAQ3EGRJ2WABCDEFGHI"
HANDLE = user_handle(ACCOUNT, OWNER)


def asked(*exclude: bytes) -> str:
    return registration_options(
        rp_id=RP_ID, rp_name="Ostiary", user_handle=HANDLE, user_name="alice", challenge=CHALLENGE, exclude=exclude
    )


def asked_to_sign(*allowed: Passkey) -> str:
    return authentication_options(rp_id=RP_ID, challenge=CHALLENGE, allowed=allowed)


def registered(credential: str) -> Passkey:
    return verify_registration(credential, expected_challenge=CHALLENGE, rp_id=RP_ID, origin=ORIGIN)


def signed(credential: str, passkey: Passkey) -> int:
    return verify_authentication(credential, passkey, expected_challenge=CHALLENGE, rp_id=RP_ID, origin=ORIGIN)


@pytest.fixture
def authenticator() -> SoftAuthenticator:
    return SoftAuthenticator(ORIGIN)


@pytest.fixture
def passkey(authenticator: SoftAuthenticator) -> Passkey:
    return registered(authenticator.register(asked()))


KEYS = [
    pytest.param(ec.generate_private_key(ec.SECP256R1()), id="ES256"),
    pytest.param(ed25519.Ed25519PrivateKey.generate(), id="EdDSA"),
    pytest.param(rsa_key(), id="RS256"),
]


@pytest.mark.parametrize("key", KEYS)
def test_a_passkey_is_made_and_signs(authenticator: SoftAuthenticator, key: PrivateKey) -> None:
    credential = authenticator.register(asked(), key=key)
    passkey = registered(credential)
    assert passkey.credential_id == authenticator.credentials[0].credential_id
    assert passkey.sign_count == 0
    assert passkey.discoverable
    assert passkey.transports == ("hybrid", "internal")
    assert [signed(authenticator.sign(asked_to_sign(passkey)), passkey) for _ in range(2)] == [1, 2]


def test_a_browser_is_asked_for_a_verified_user_and_no_attestation() -> None:
    options = json.loads(asked(b"known"))
    assert options["attestation"] == "none"
    selection = options["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("preferred", "required")
    assert options["rp"] == {"id": RP_ID, "name": "Ostiary"}
    assert [known["id"] for known in options["excludeCredentials"]] == ["a25vd24"]
    assert json.loads(asked_to_sign())["userVerification"] == "required"


def test_a_passkey_is_asked_for_by_its_id_or_not_at_all(passkey: Passkey) -> None:
    (allowed,) = json.loads(asked_to_sign(passkey))["allowCredentials"]
    assert urlsafe_b64decode(allowed["id"] + "==") == passkey.credential_id
    assert allowed["transports"] == ["hybrid", "internal"]
    assert json.loads(asked_to_sign())["allowCredentials"] == []


def test_a_credential_says_what_it_is_and_whose(authenticator: SoftAuthenticator, passkey: Passkey) -> None:
    credential = authenticator.sign(asked_to_sign())
    assert presented_credential_id(credential) == passkey.credential_id
    assert presented_user_handle(credential) == HANDLE
    assert parse_user_handle(HANDLE) == (ACCOUNT, OWNER)
    anonymous = json.loads(credential)
    del anonymous["response"]["userHandle"]
    assert presented_user_handle(json.dumps(anonymous)) is None


LIES: list[tuple[dict[str, Any], str]] = [
    ({"origin": "https://evil.example"}, "it was asked for by another page"),
    ({"origin": "http://localhost:4748"}, "it was asked for by another page"),
    ({"cross_origin": True}, "it was asked for by a page within another page"),
    ({"challenge": bytes(32)}, "it answers another challenge"),
    ({"challenge": b""}, "it answers another challenge"),
    ({"rp_id": "evil.example"}, "RP ID"),
    ({"user_present": False}, "present"),
    ({"user_verified": False}, "verified"),
]


@pytest.mark.parametrize(("lie", "reason"), LIES)
def test_what_is_wrong_at_registration(authenticator: SoftAuthenticator, lie: dict[str, Any], reason: str) -> None:
    vars(authenticator).update(lie)
    with pytest.raises(WrongPasskey) as wrong:
        registered(authenticator.register(asked()))
    assert reason in wrong.value.reason


@pytest.mark.parametrize(
    ("lie", "reason"), [*LIES, ({"backup_eligible": True}, "whether it can be copied has changed")]
)
def test_what_is_wrong_at_sign_in(
    authenticator: SoftAuthenticator, passkey: Passkey, lie: dict[str, Any], reason: str
) -> None:
    vars(authenticator).update(lie)
    with pytest.raises(WrongPasskey) as wrong:
        signed(authenticator.sign(asked_to_sign(passkey)), passkey)
    assert reason in wrong.value.reason


@pytest.mark.parametrize(
    ("known", "said"),
    [(0, 0), (0, 1), (5, 6), (5, 900)],
)
def test_a_counter_that_goes_up_or_stays_nought_is_good(
    authenticator: SoftAuthenticator, known: int, said: int
) -> None:
    authenticator.sign_count, authenticator.counts = known, False
    passkey = registered(authenticator.register(asked()))
    authenticator.sign_count = said
    assert signed(authenticator.sign(asked_to_sign()), passkey) == said


@pytest.mark.parametrize(("known", "said"), [(5, 5), (5, 4), (5, 0)])
def test_a_counter_that_does_not_go_up_tells_of_a_copy(authenticator: SoftAuthenticator, known: int, said: int) -> None:
    authenticator.sign_count, authenticator.counts = known, False
    passkey = registered(authenticator.register(asked()))
    authenticator.sign_count = said
    with pytest.raises(ClonedPasskey):
        signed(authenticator.sign(asked_to_sign()), passkey)


def test_only_who_has_the_key_can_make_it_seem_copied(authenticator: SoftAuthenticator) -> None:
    authenticator.sign_count, authenticator.counts = 5, False
    passkey = registered(authenticator.register(asked()))
    forged = json.loads(authenticator.sign(asked_to_sign()))
    forged["response"]["signature"] = "AAAA"
    with pytest.raises(WrongPasskey) as wrong:
        signed(json.dumps(forged), passkey)
    assert type(wrong.value) is WrongPasskey


def test_another_passkey_of_the_same_authenticator_is_not_this_one(
    authenticator: SoftAuthenticator, passkey: Passkey
) -> None:
    registered(authenticator.register(asked()))
    with pytest.raises(WrongPasskey) as wrong:
        signed(authenticator.sign(asked_to_sign()), passkey)
    assert wrong.value.reason == "it is another credential"


def test_a_registration_is_no_sign_in_and_the_other_way_round(authenticator: SoftAuthenticator) -> None:
    made = authenticator.register(asked())
    passkey = registered(made)
    with pytest.raises(WrongPasskey):
        signed(made, passkey)
    with pytest.raises(WrongPasskey):
        registered(authenticator.sign(asked_to_sign()))


@pytest.mark.parametrize("member", ["clientDataJSON", "authenticatorData"])
def test_every_byte_that_was_signed_counts(authenticator: SoftAuthenticator, passkey: Passkey, member: str) -> None:
    credential = json.loads(authenticator.sign(asked_to_sign()))
    raw = urlsafe_b64decode(credential["response"][member] + "==")
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 0x20
        credential["response"][member] = urlsafe_b64encode(changed).decode()
        with pytest.raises(WrongPasskey):
            signed(json.dumps(credential), passkey)


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), rsa_key(1024)], ids=["P-384", "RSA-1024"])
def test_keys_of_other_kinds_are_not_taken(authenticator: SoftAuthenticator, key: PrivateKey) -> None:
    with pytest.raises(WrongPasskey) as wrong:
        registered(authenticator.register(asked(), key=key))
    assert wrong.value.reason == "its key is of a kind that is not taken"


def attested(credential: str, **changes: Any) -> str:
    """Return a registration with another attestation."""
    parsed = json.loads(credential)
    raw = urlsafe_b64decode(parsed["response"]["attestationObject"] + "==")
    parsed["response"]["attestationObject"] = urlsafe_b64encode(cbor2.dumps(cbor2.loads(raw) | changes)).decode()
    return json.dumps(parsed)


@pytest.mark.parametrize("form", ["tpm", "apple", "android-key", "android-safetynet", "fido-u2f", "other", 7, None])
def test_attestations_that_nobody_asked_for_are_not_even_looked_at(authenticator: SoftAuthenticator, form: Any) -> None:
    with pytest.raises(WrongPasskey) as wrong:
        registered(attested(authenticator.register(asked()), fmt=form))
    assert wrong.value.reason == "it attests though it was not asked to"


def test_nor_are_certificates(authenticator: SoftAuthenticator) -> None:
    statement = {"alg": -7, "sig": b"signature", "x5c": [b"certificate"]}
    with pytest.raises(WrongPasskey) as wrong:
        registered(attested(authenticator.register(asked()), fmt="packed", attStmt=statement))
    assert wrong.value.reason == "it attests though it was not asked to"


def test_an_attestation_by_the_passkey_itself_is_taken(authenticator: SoftAuthenticator) -> None:
    credential = authenticator.register(asked())
    response = json.loads(credential)["response"]
    attestation, client_data = (
        urlsafe_b64decode(response[member] + "==") for member in ("attestationObject", "clientDataJSON")
    )
    signed_bytes = cbor2.loads(attestation)["authData"] + sha256(client_data).digest()
    statement = {"alg": -7, "sig": sign(authenticator.credentials[0].private_key, signed_bytes)}
    registered(attested(credential, fmt="packed", attStmt=statement))


def test_an_attestation_by_the_passkey_itself_must_hold(authenticator: SoftAuthenticator) -> None:
    with pytest.raises(WrongPasskey):
        registered(attested(authenticator.register(asked()), fmt="packed", attStmt={"alg": -7, "sig": b"forged"}))


DEEP_CBOR = b"\x81" * 8_000
HUGE_CBOR = b"\x9b" + b"\x7f" * 8


@pytest.mark.parametrize("attestation", [b"", b"\x00", DEEP_CBOR, HUGE_CBOR, b"\xbf", b"\xd8\x1d\x00"])
def test_attestations_that_cannot_be_read_are_wrong(authenticator: SoftAuthenticator, attestation: bytes) -> None:
    credential = json.loads(authenticator.register(asked()))
    credential["response"]["attestationObject"] = urlsafe_b64encode(attestation).decode()
    with pytest.raises(WrongPasskey):
        registered(json.dumps(credential))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", '"text"', "[" * 16_000, "9" * 5_000, "{}", '{"id": 1, "rawId": [], "response": 0}'],
)
def test_what_is_no_credential_is_wrong(passkey: Passkey, text: str) -> None:
    for read in (registered, presented_credential_id, presented_user_handle, lambda text: signed(text, passkey)):
        with pytest.raises(WrongPasskey):
            read(text)


def test_what_is_too_long_is_not_read(authenticator: SoftAuthenticator, passkey: Passkey) -> None:
    credential = authenticator.sign(asked_to_sign())
    assert signed(credential.ljust(MAX_CREDENTIAL_CHARACTERS), passkey) == 1
    with pytest.raises(WrongPasskey) as wrong:
        signed(credential.ljust(MAX_CREDENTIAL_CHARACTERS + 1), passkey)
    assert wrong.value.reason == "it is too long to be read"


PARTS = st.one_of(st.none(), st.integers(), st.text(max_size=8), st.lists(st.none(), max_size=2))


@given(
    part=st.sampled_from(["id", "rawId", "type", "response", "clientExtensionResults", "authenticatorAttachment"]),
    member=st.sampled_from(["clientDataJSON", "authenticatorData", "signature", "userHandle"]),
    other=PARTS,
    within=PARTS,
)
def test_no_credential_does_more_harm_than_to_be_wrong(part: str, member: str, other: object, within: object) -> None:
    authenticator = SoftAuthenticator(ORIGIN)
    passkey = registered(authenticator.register(asked()))
    credential = json.loads(authenticator.sign(asked_to_sign()))
    credential["response"][member] = within
    credential[part] = other
    # What is left may still be good, as when only the user handle was changed; it must not raise anything else.
    try:
        assert signed(json.dumps(credential), passkey) == 1
    except WrongPasskey as wrong:
        assert str(wrong).startswith("the passkey is wrong: ")  # noqa: PT017 - either outcome will do


@pytest.mark.parametrize(
    "handle", [b"", b"111122223333", b"111122223333/", b"11112222333/A", b"111122223333/A B", b"\xff"]
)
def test_what_is_no_user_handle_is_wrong(handle: bytes) -> None:
    with pytest.raises(WrongPasskey):
        parse_user_handle(handle)


def test_a_passkey_is_written_down_and_read_again(passkey: Passkey) -> None:
    assert parse_passkey(passkey.to_json()) == passkey
    assert parse_passkey(passkey.to_json(sign_count=7)).sign_count == 7
    assert json.loads(passkey.to_json())["certifications"] == {}


def test_an_authenticator_that_has_one_makes_no_second(authenticator: SoftAuthenticator, passkey: Passkey) -> None:
    with pytest.raises(ValueError, match="already"):
        authenticator.register(asked(passkey.credential_id))


def test_no_challenge_is_given_twice() -> None:
    assert len({mint_challenge() for _ in range(20)}) == 20

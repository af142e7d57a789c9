"""Authorization messages: opened by the account they are for, and by nobody else."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import (
    MAX_MESSAGE_CHARACTERS,
    AuthorizationMessageCodec,
    InvalidAuthorizationMessage,
    MasterKey,
    RefusedCall,
    Sealer,
    message_codec,
)
from ostiary.credentials.refused_call import pack_refused_call
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.identifiers import AccessKeyId, AccountId

ACCOUNT = AccountId("111122223333")
OTHER_ACCOUNT = AccountId("444455556666")
SEALER = Sealer(MasterKey.generate())
CODEC = AuthorizationMessageCodec(SEALER)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = AccessKeyId("AKIAIOSFODNN7EXAMPLE")
ALICE = Caller(
    CallerKind.USER, ACCOUNT, "arn:aws:iam::111122223333:user/alice", "AIDAEXAMPLEALICE0000", KEY, name="alice"
)
ROLE = "arn:aws:iam::111122223333:role/deploy"


def session(**more: Any) -> Caller:
    held = Session(NOON, NOON, issuer_arn=ROLE, issuer_id="AROAEXAMPLE", name="one", **more)
    arn = "arn:aws:sts::111122223333:assumed-role/deploy/one"
    return Caller(CallerKind.ASSUMED_ROLE, ACCOUNT, arn, "AROAEXAMPLE:one", KEY, name="deploy", session=held)


def refused(caller: Caller = ALICE, **changes: Any) -> RefusedCall:
    plain: dict[str, Any] = {
        "caller": caller,
        "has_session_policies": False,
        "service": "iam",
        "operation": "DeleteUser",
        "parameters": {"UserName": "bob"},
        "need": 0,
        "action": "iam:DeleteUser",
        "resource": "user bob",
        "context": {"aws:username": "alice", "aws:TagKeys": ("a", "b")},
        "explicit_deny": False,
    }
    return RefusedCall(**plain | changes)


def minted(call: RefusedCall) -> str:
    message = CODEC.mint(call)
    assert message is not None
    return message


TAGGED = session(tags={"team": "blue"}, transitive_tag_keys=("team",), source_identity="eve", chained=True)


@pytest.mark.parametrize(
    "call",
    [
        refused(),
        refused(Caller(CallerKind.ROOT, ACCOUNT, "arn:aws:iam::111122223333:root", ACCOUNT, KEY)),
        refused(session(), has_session_policies=True, explicit_deny=True),
        refused(TAGGED, parameters={"Tags": [{"Key": "k", "Value": "é"}]}, need=1),
    ],
)
def test_is_opened_to_what_it_was(call: RefusedCall) -> None:
    assert CODEC.open(minted(call), ACCOUNT) == call


@given(st.text(max_size=100), st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=5))
def test_any_text_comes_through(resource: str, context: dict[str, str]) -> None:
    call = refused(resource=resource, context=context)
    assert CODEC.open(minted(call), ACCOUNT) == call


def test_fits_into_a_header() -> None:
    letters = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")
    assert set(minted(refused(resource="é\n\0"))) <= letters


def test_what_is_too_long_is_not_minted() -> None:
    assert MAX_MESSAGE_CHARACTERS == 3_072
    assert CODEC.mint(refused(resource="x" * 3_000)) is None


def test_policies_of_the_session_are_not_in_it() -> None:
    hushed = session(policies=("hushed",), policy_arns=("arn:aws:iam::111122223333:policy/Hushed",))
    assert pack_refused_call(refused(hushed)) == pack_refused_call(refused(session()))
    assert CODEC.open(minted(refused(hushed)), ACCOUNT).caller == session()


def test_its_length_does_not_tell_the_outcome() -> None:
    bits = [
        {"explicit_deny": explicit, "has_session_policies": narrowed}
        for explicit in (False, True)
        for narrowed in (False, True)
    ]
    assert len({len(pack_refused_call(refused(**each))) for each in bits}) == 1


def test_its_length_does_not_tell_what_repeats() -> None:
    one, other = refused(resource="user alice"), refused(resource="user zxvbn")
    assert len(pack_refused_call(one)) == len(pack_refused_call(other))


def test_the_codec_of_a_sealer_is_kept() -> None:
    assert message_codec(SEALER) is message_codec(SEALER)
    assert message_codec(SEALER) is not message_codec(Sealer(MasterKey.generate()))


def test_no_other_account_opens_it() -> None:
    with pytest.raises(InvalidAuthorizationMessage, match="Message is not valid") as caught:
        CODEC.open(minted(refused()), OTHER_ACCOUNT)
    assert (caught.value.code, caught.value.status) == ("InvalidAuthorizationMessageException", 400)


MESSAGE = minted(refused())
BYTES = base64.urlsafe_b64decode(MESSAGE)
PACKED = pack_refused_call(refused())
PURPOSE = SEALER.for_purpose("refused call")


def spelled(sealed: bytes | bytearray) -> str:
    return base64.urlsafe_b64encode(sealed).decode()


NO_MESSAGES = {
    "nothing": "",
    "padding alone": "=",
    "plain text": "because it is",
    "other letters": "é" * 8,
    "too long": "A" * (MAX_MESSAGE_CHARACTERS + 4),
    "cut": MESSAGE[:-1],
    "with a line break": MESSAGE + "\n",
    "with a space": " " + MESSAGE,
    "with more behind it": MESSAGE + "AAAA",
    "sealed for another purpose": spelled(SEALER.seal(PACKED, context=ACCOUNT)),
    "cut before it was sealed": spelled(PURPOSE.seal(PACKED[:-3], context=ACCOUNT)),
    "of another version": spelled(PURPOSE.seal(b"[2" + PACKED[2:], context=ACCOUNT)),
    "of another caller kind": spelled(PURPOSE.seal(PACKED.replace(b"IAMUser", b"Visitor"), context=ACCOUNT)),
    "no list": spelled(PURPOSE.seal(b"{}", context=ACCOUNT)),
    "no JSON": spelled(PURPOSE.seal(b"\xff", context=ACCOUNT)),
    "with too little in it": spelled(PURPOSE.seal(json.dumps(json.loads(PACKED)[:-1]).encode(), context=ACCOUNT)),
}


@pytest.mark.parametrize("message", NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_nothing_else_is_opened(message: str) -> None:
    with pytest.raises(InvalidAuthorizationMessage):
        CODEC.open(message, ACCOUNT)


@given(st.integers(0, len(BYTES) * 8 - 1))
def test_no_bit_of_it_can_be_changed(bit: int) -> None:
    changed = bytearray(BYTES)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidAuthorizationMessage):
        CODEC.open(spelled(changed), ACCOUNT)


def test_another_servers_is_not_opened() -> None:
    elsewhere = AuthorizationMessageCodec(Sealer(MasterKey.generate()))
    with pytest.raises(InvalidAuthorizationMessage):
        elsewhere.open(MESSAGE, ACCOUNT)

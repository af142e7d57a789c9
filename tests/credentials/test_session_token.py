"""Session tokens: all of a session comes back, and nothing else is taken."""

import base64
import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials import (
    ExpiredToken,
    InvalidClientTokenId,
    MasterKey,
    PackedPolicyTooLarge,
    Sealer,
    SessionTokenCodec,
    TemporaryCredentials,
    mint_access_key_id,
)
from ostiary.credentials.session_token import MAX_TOKEN_CHARACTERS
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.secret import SecretKey

_ACCOUNT = AccountId("111122223333")
_KEY_ID = mint_access_key_id(_ACCOUNT, temporary=True)
_NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
_SEALER = Sealer(MasterKey(bytes(32)))
_CODEC = SessionTokenCodec(_SEALER)
_SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

_SESSION = Session(
    issued_at=_NOW,
    expires_at=_NOW + timedelta(hours=1),
    mfa_authenticated_at=_NOW - timedelta(minutes=1),
    issuer_arn="arn:aws:iam::111122223333:role/team/Deploy",
    issuer_id="AROAQAAAAAAAAAAAAAAAA",
    name="ci",
    policies=('{"Version":"2012-10-17","Statement":[]}',),
    policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",),
    tags={"Team": "Å", "empty": ""},
    transitive_tag_keys=("Team",),
    source_identity="alice",
    chained=True,
    federated_provider="arn:aws:iam::111122223333:oidc-provider/accounts.example.com",
)


def _credentials(session: Session | None = _SESSION, secret: str = _SECRET) -> TemporaryCredentials:
    caller = Caller(
        kind=CallerKind.ASSUMED_ROLE,
        account=_ACCOUNT,
        arn="arn:aws:sts::111122223333:assumed-role/Deploy/ci",
        unique_id="AROAQAAAAAAAAAAAAAAAA:ci",
        access_key_id=_KEY_ID,
        name="Deploy",
        session=session,
    )
    return TemporaryCredentials(_KEY_ID, SecretKey(secret), caller)


def _verify(token: str, *, key_id: str = _KEY_ID, now: datetime = _NOW) -> TemporaryCredentials:
    return _CODEC.verify(token, presented_access_key_id=key_id, now=now)


def test_all_of_a_session_comes_back() -> None:
    verified = _verify(_CODEC.mint(_credentials()))
    assert verified.caller == _credentials().caller
    assert verified.access_key_id == _KEY_ID
    assert verified.secret.reveal() == _SECRET


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_times = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001 - hypothesis wants bounds without a zone
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
_sessions = st.builds(
    Session,
    issued_at=_times,
    expires_at=_times.map(lambda moment: moment.replace(year=2300)),
    mfa_authenticated_at=st.none() | _times,
    issuer_arn=st.none() | _text,
    issuer_id=st.none() | _text,
    name=st.none() | _text,
    policies=st.lists(_text, max_size=3).map(tuple),
    policy_arns=st.lists(_text, max_size=3).map(tuple),
    tags=st.none() | st.dictionaries(_text, _text, max_size=5),
    transitive_tag_keys=st.lists(_text, max_size=3).map(tuple),
    source_identity=st.none() | _text,
    chained=st.booleans(),
)


@given(st.sampled_from(CallerKind), _text, st.none() | _text, _sessions)
def test_any_session_comes_back(kind: CallerKind, arn: str, name: str | None, session: Session) -> None:
    credentials = _credentials(session)
    caller = replace(credentials.caller, kind=kind, arn=arn, name=name)
    now = datetime(2250, 1, 1, tzinfo=UTC)
    assert _verify(_CODEC.mint(replace(credentials, caller=caller)), now=now).caller == caller


def test_times_are_kept_to_the_second() -> None:
    session = replace(_SESSION, issued_at=_NOW.replace(microsecond=999_999))
    assert _verify(_CODEC.mint(_credentials(session))).caller.session == _SESSION


def test_a_full_session_fits() -> None:
    # The most that AWS lets a session carry, in text that compresses badly.
    noise = MasterKey(bytes(32)).derive
    filler = "".join(noise(str(number)).hex() for number in range(400))
    session = replace(
        _SESSION,
        policies=(filler[:2048],),
        policy_arns=tuple(f"arn:aws:iam::111122223333:policy/{filler[n * 128 : n * 128 + 128]}" for n in range(10)),
        tags={filler[n * 384 : n * 384 + 128]: filler[n * 384 + 128 : n * 384 + 384] for n in range(50)},
    )
    token = _CODEC.mint(_credentials(session))
    assert len(token) <= MAX_TOKEN_CHARACTERS
    assert _verify(token).caller.session == session


def test_an_everyday_token_is_short() -> None:
    session = Session(issued_at=_NOW, expires_at=_NOW, issuer_arn=_SESSION.issuer_arn, issuer_id=_SESSION.issuer_id)
    assert len(_CODEC.mint(_credentials(session))) < 500


def test_a_session_that_does_not_fit_is_refused() -> None:
    noise = MasterKey(bytes(32)).derive
    filler = "".join(noise(str(number)).hex() for number in range(2_000))
    with pytest.raises(PackedPolicyTooLarge) as refusal:
        _CODEC.mint(_credentials(replace(_SESSION, policies=(filler,))))
    assert (refusal.value.code, refusal.value.status) == ("PackedPolicyTooLarge", 400)
    assert refusal.value.message == "Packed policy consumes 201% of allotted space, please use smaller policy."


def test_what_compresses_well_must_be_readable_again_too() -> None:
    with pytest.raises(PackedPolicyTooLarge):
        _CODEC.mint(_credentials(replace(_SESSION, policies=("a" * 300_000,))))


@pytest.mark.parametrize("late", [timedelta(hours=1), timedelta(hours=1, microseconds=1), timedelta(days=9999)])
def test_a_session_ends(late: timedelta) -> None:
    token = _CODEC.mint(_credentials())
    _verify(token, now=_NOW + timedelta(minutes=59, seconds=59))
    with pytest.raises(ExpiredToken) as refusal:
        _verify(token, now=_NOW + late)
    assert (refusal.value.code, refusal.value.status) == ("ExpiredToken", 403)
    assert refusal.value.message == "The security token included in the request is expired"


def _refused(token: str, *, key_id: str = _KEY_ID, codec: SessionTokenCodec = _CODEC) -> None:
    with pytest.raises(InvalidClientTokenId) as refusal:
        codec.verify(token, presented_access_key_id=key_id, now=_NOW)
    assert (refusal.value.code, refusal.value.status) == ("InvalidClientTokenId", 403)
    assert refusal.value.message == "The security token included in the request is invalid."


@pytest.mark.parametrize("secret", [_SECRET, _SECRET + "a", _SECRET + "ab"], ids=["no padding", "one more", "two more"])
def test_each_changed_character_of_a_token_is_refused(secret: str) -> None:
    token = _CODEC.mint(_credentials(secret=secret))
    _verify(token)
    for index, character in enumerate(token):
        for mask in (0x01, 0x02, 0x20, 0x80):
            _refused(token[:index] + chr(ord(character) ^ mask) + token[index + 1 :])


def test_each_changed_bit_of_the_sealed_bytes_is_refused() -> None:
    sealed = base64.b64decode(_CODEC.mint(_credentials()))
    for index in range(len(sealed)):
        for bit in range(8):
            changed = bytearray(sealed)
            changed[index] ^= 1 << bit
            _refused(base64.b64encode(changed).decode())


def test_a_cut_or_lengthened_token_is_refused() -> None:
    token = _CODEC.mint(_credentials())
    for changed in ("", token[:-1], token[:-4], token + "=", token + "AAAA", token + "\n", " " + token, token * 2):
        _refused(changed)


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text: str) -> None:
    _refused(text)


def test_a_token_goes_with_its_own_key_only() -> None:
    _refused(_CODEC.mint(_credentials()), key_id=mint_access_key_id(_ACCOUNT, temporary=True))


def test_a_token_goes_with_its_own_server_only() -> None:
    _refused(_CODEC.mint(_credentials()), codec=SessionTokenCodec(Sealer(MasterKey.generate())))


def test_a_token_outlives_the_change_of_the_master_key() -> None:
    rotated = SessionTokenCodec(Sealer(MasterKey.generate(), MasterKey(bytes(32))))
    token = _CODEC.mint(_credentials())
    assert rotated.verify(token, presented_access_key_id=_KEY_ID, now=_NOW).caller == _credentials().caller


def test_what_was_sealed_at_rest_is_no_token() -> None:
    sealed = base64.b64decode(_CODEC.mint(_credentials()))
    payload = _SEALER.for_purpose("session token").open(sealed, context=_KEY_ID)
    _refused(base64.b64encode(_SEALER.seal(payload, context=_KEY_ID)).decode())


def test_a_long_text_is_refused_unread() -> None:
    _refused("A" * (MAX_TOKEN_CHARACTERS + 4))


def _sealed(payload: bytes) -> str:
    """Return a token as some other version of ours might have sealed it."""
    return base64.b64encode(_SEALER.for_purpose("session token").seal(payload, context=_KEY_ID)).decode()


def _deflated(text: bytes) -> bytes:
    return zlib.compress(text, wbits=-15)


def _packed(value: object) -> bytes:
    return b"\0" + _deflated(json.dumps(value).encode())


_CALLER_FIELDS = ["IAMUser", "111122223333", "arn", "id", None]
_LATER = int(_SESSION.expires_at.timestamp())
_SESSION_FIELDS: list[object] = [_LATER, _LATER, None, None, None, None, [], [], None, [], None, False, None, None]
_GOOD = [3, *_CALLER_FIELDS, _SESSION_FIELDS]


def test_a_payload_of_our_form_is_taken() -> None:
    # What the payloads below differ from in one thing each.
    assert _verify(_sealed(_packed(_GOOD))).caller.kind is CallerKind.USER


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\0",
        b"\xff",
        b"\xff" + _packed(_GOOD)[1:],
        b"\x01\xff" + _packed(_GOOD)[1:],
        _packed(None),
        _packed([]),
        _packed([1, *_CALLER_FIELDS, _SESSION_FIELDS]),
        _packed([3, "Martian", *_CALLER_FIELDS[1:], _SESSION_FIELDS]),
        _packed([3, *_CALLER_FIELDS, None]),
        _packed([3, *_CALLER_FIELDS, _SESSION_FIELDS[:-1]]),
        _packed([3, *_CALLER_FIELDS, [*_SESSION_FIELDS, None]]),
        _packed([3, *_CALLER_FIELDS, [_LATER, "soon", *_SESSION_FIELDS[2:]]]),
        _packed([3, *_CALLER_FIELDS, [_LATER, 10**20, *_SESSION_FIELDS[2:]]]),
        _packed(_GOOD)[:-1],
        _packed(_GOOD) + b"x",
        b"\0" + _deflated(json.dumps(_GOOD).encode() + b" " * 300_000),
        b"\0" + _deflated(b"\xff"),
        b"\0" + _deflated(b"[" * 100_000),
    ],
)
def test_a_payload_of_another_form_is_refused(payload: bytes) -> None:
    _refused(_sealed(payload))


def test_only_a_session_s_credentials_have_a_token() -> None:
    with pytest.raises(ValueError, match="temporary credentials have a session"):
        _CODEC.mint(_credentials(session=None))
    with pytest.raises(ValueError, match="with their own access key"):
        _CODEC.mint(replace(_credentials(), access_key_id=AccessKeyId("ASIAQAAAAAAAAAAAAAAA")))


def test_a_secret_that_cannot_be_packed_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 255 bytes"):
        _CODEC.mint(_credentials(secret="x" * 256))


def test_credentials_show_no_secret() -> None:
    assert _SECRET not in repr(_credentials())

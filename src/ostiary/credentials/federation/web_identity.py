"""OpenID Connect ID tokens: what one says, once its provider's signature is proven.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html,
https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation and, for session tags,
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt

from ostiary.credentials.federation.errors import ExpiredIdentityToken, InvalidIdentityToken, RejectedClaim

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "ES256", "ES384", "ES512"})
"""Public-key signatures alone: with a shared key, whoever knows the provider's public key could sign."""

_TAGS = "https://aws.amazon.com/tags"
_SOURCE_IDENTITY = "https://aws.amazon.com/source_identity"
_NOT_A_TOKEN = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"  # noqa: S105 - AWS's sentence
_MOST_CLAIMS = 200
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class UnverifiedToken:
    """What has to be known of a token before anybody can verify it."""

    issuer: str
    key_id: str | None


@dataclass(frozen=True, slots=True)
class WebIdentity:
    """What a proven token says."""

    subject: str
    audience: str
    """The client ID that the token was issued to."""
    claims: Mapping[str, str | tuple[str, ...]]
    """Those that policies can ask about, by the name behind the colon of their condition keys."""
    tags: Mapping[str, str]
    transitive_tag_keys: tuple[str, ...]
    source_identity: str | None


def read_unverified_token(token: str) -> UnverifiedToken:
    """Return who claims to have signed a token.

    Raises:
        InvalidIdentityToken: it is none that could be verified.
    """
    header, claims = _parts(token)
    issuer, key_id = claims.get("iss"), header.get("kid")
    if header.get("alg") not in ALGORITHMS:
        raise InvalidIdentityToken("The token is not signed with an algorithm that is supported.")
    if not isinstance(issuer, str):
        raise InvalidIdentityToken("Missing a required claim: iss")
    return UnverifiedToken(issuer, key_id if isinstance(key_id, str) else None)


def verify_web_identity(
    token: str, *, expected_issuer: str, client_ids: Sequence[str], keys: Sequence[Mapping[str, Any]], now: datetime
) -> WebIdentity:
    """Return what a token says once it is proven.

    Args:
        token: a JWT in its compact form.
        expected_issuer: the provider, as its tokens must name it.
        client_ids: the audiences that are taken.
        keys: the provider's keys, as the JWKs of its key set.
        now: when the token is used.

    Raises:
        InvalidIdentityToken: it is not signed by any of the keys, not for us, or lacks a claim.
        ExpiredIdentityToken: it is not good at this time.
        RejectedClaim: its claims about AWS cannot be taken.
    """
    _require_signature(token, keys)
    _, claims = _parts(token)
    if claims.get("iss") != expected_issuer:
        raise InvalidIdentityToken("The token was not issued by the provider.")
    _require_time(claims, int(now.timestamp()))
    subject = _required_text(claims, "sub")
    audiences = _texts(claims.get("aud"), "aud")
    issued_to = claims.get("azp")
    audience = _taken_audience((issued_to,) if isinstance(issued_to, str) else audiences, client_ids)
    tags, transitive_tag_keys = _session_tags(claims.get(_TAGS))
    source_identity = claims.get(_SOURCE_IDENTITY)
    if source_identity is not None and not isinstance(source_identity, str):
        raise RejectedClaim("The source identity in the token is not a text.")
    asked_about: dict[str, str | tuple[str, ...]] = {"aud": audience, "sub": subject}
    if isinstance(issued_to, str) and len(audiences) == 1:
        asked_about["oaud"] = audiences[0]
    if "amr" in claims:
        asked_about["amr"] = _texts(claims["amr"], "amr")
    return WebIdentity(subject, audience, asked_about, tags, transitive_tag_keys, source_identity)


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a token's header and claims, nothing of them proven."""
    try:
        read = jwt.api_jws.PyJWS().decode_complete(token, options={"verify_signature": False})
        claims = json.loads(read["payload"])
        # JSON can spell half a character, which is no text that could be kept or answered.
        json.dumps([read["header"], claims], ensure_ascii=False).encode()
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise InvalidIdentityToken(_NOT_A_TOKEN) from error
    header = read["header"]
    if not isinstance(claims, dict) or len(claims) > _MOST_CLAIMS or not isinstance(header.get("alg"), str):
        raise InvalidIdentityToken(_NOT_A_TOKEN)
    return header, claims


def _require_signature(token: str, keys: Sequence[Mapping[str, Any]]) -> None:
    header, _ = _parts(token)
    algorithm, key_id = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        raise InvalidIdentityToken("The token is not signed with an algorithm that is supported.")
    fitting = [key for key in keys if key_id in (None, key.get("kid")) and key.get("use", "sig") == "sig"]
    for key in fitting:
        try:
            jwt.api_jws.PyJWS().decode(token, jwt.PyJWK(dict(key), algorithm), algorithms=[algorithm])
        except jwt.PyJWTError:
            # Another of the provider's keys may be the one.
            continue
        return
    raise InvalidIdentityToken("The token's signature could not be verified with a key of its provider.")


def _require_time(claims: Mapping[str, Any], now: int) -> None:
    expires, issued = _seconds(claims, "exp"), _seconds(claims, "iat")
    if now >= expires:
        raise ExpiredIdentityToken(
            f"Token expired: current date/time {now} must be before the expiration date/time {expires}"
        )
    begins = max(issued, _seconds(claims, "nbf") if "nbf" in claims else issued)
    if now + _CLOCK_SKEW_SECONDS < begins:
        raise InvalidIdentityToken(f"Token is not yet good: current date/time {now} must be after {begins}")


_CLOCK_SKEW_SECONDS = 300


def _seconds(claims: Mapping[str, Any], name: str) -> int:
    value = claims.get(name)
    if value is None:
        raise InvalidIdentityToken(f"Missing a required claim: {name}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1 << 40:
        raise InvalidIdentityToken(f"The claim is not a time: {name}")
    return int(value)


def _required_text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidIdentityToken(f"Missing a required claim: {name}")
    return value


def _texts(value: Any, name: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or len(values) > _MOST_VALUES or not all(isinstance(each, str) and each for each in values):
        raise InvalidIdentityToken(f"Missing a required claim: {name}")
    return tuple(values)


def _taken_audience(presented: Sequence[str], client_ids: Sequence[str]) -> str:
    audience = next((each for each in presented if each in client_ids), None)
    if audience is None:
        raise InvalidIdentityToken("Incorrect token audience")
    return audience


def _session_tags(claim: Any) -> tuple[dict[str, str], tuple[str, ...]]:
    if claim is None:
        return {}, ()
    passed = claim.get("principal_tags") if isinstance(claim, dict) else None
    transitive = claim.get("transitive_tag_keys", []) if isinstance(claim, dict) else None
    if not isinstance(passed, dict) or not isinstance(transitive, list) or len(passed) > _MOST_VALUES:
        raise RejectedClaim(f"The claim cannot be read: {_TAGS}")
    tags: dict[str, str] = {}
    for key, value in passed.items():
        # A tag's value is a list of one; a plain text is taken as well.
        values = value if isinstance(value, list) else [value]
        if len(values) != 1 or not isinstance(values[0], str):
            raise RejectedClaim(f"The session tag must have one value: {key}")
        tags[key] = values[0]
    if not all(isinstance(key, str) for key in transitive):
        raise RejectedClaim(f"The claim cannot be read: {_TAGS}")
    return tags, tuple(transitive)

"""GetWebIdentityToken: a token that tells other services who the caller is.

Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from ostiary.credentials import TokenAlgorithm, parse_signature
from ostiary.directory import tags
from ostiary.directory.deciding import principal_tags
from ostiary.directory.directory import Directory
from ostiary.directory.outbound_federation import OutboundFederation, find_federation
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.operation import ContextValue, Need, Operation

_DEFAULT_SECONDS = 300
_MOST_CLAIMS_CHARACTERS = 8_192
_NAMESPACE = "https://sts.amazonaws.com/"
_TAG = "aws:PrincipalTag/"


def get_web_identity_token(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return a token about the caller, signed by the account's issuer.

    Raises:
        Fault: the account has no issuer that is enabled, the token would outlive the caller's session or be too
            large, or the algorithm or a tag is none that AWS takes.
    """
    algorithm = _algorithm(call.parameters["SigningAlgorithm"])
    request_tags = _request_tags(call.parameters)
    federation = _enabled_federation(call, directory)
    issued_at = call.now.replace(microsecond=0)
    expires_at = issued_at + timedelta(seconds=_seconds(call.parameters))
    session = call.caller.session
    if session is not None and expires_at > session.expires_at:
        raise Fault(
            "SessionDurationEscalationException",
            "The requested token duration would extend the session beyond its original expiration time.",
            status=403,
        )
    claims = {
        "iss": federation.issuer,
        "aud": _audience(call.parameters["Audience"]),
        "sub": _principal_arn(call.caller),
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "jti": str(uuid.uuid4()),
        _NAMESPACE: _aws_claims(call, directory, request_tags),
    }
    if len(json.dumps(claims)) > _MOST_CLAIMS_CHARACTERS:
        raise Fault(
            "JWTPayloadSizeExceededException",
            "The requested token payload size exceeds the maximum allowed size. Reduce the number of request tags "
            "included in the GetWebIdentityToken API call to reduce the token payload size.",
        )
    return {"WebIdentityToken": federation.signer.mint(claims, algorithm), "Expiration": expires_at}


def _needs(_directory: Directory, _caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    tag_keys = tuple(tag["Key"] for tag in parameters.get("Tags", ()))
    tagging: dict[str, ContextValue] = {
        f"aws:RequestTag/{tag['Key']}": tag["Value"] for tag in parameters.get("Tags", ())
    }
    if tag_keys:
        tagging["aws:TagKeys"] = tag_keys
    yield Need(
        "sts:GetWebIdentityToken",
        "*",
        {
            "sts:IdentityTokenAudience": tuple(parameters["Audience"]),
            "sts:DurationSeconds": str(_seconds(parameters)),
            "sts:SigningAlgorithm": parameters["SigningAlgorithm"],
            **tagging,
        },
    )
    if tag_keys:
        yield Need("sts:TagGetWebIdentityToken", "*", tagging)


def _enabled_federation(call: AuthorizedCall, directory: Directory) -> OutboundFederation:
    found = find_federation(directory, call.account)
    if found is not None and found.enabled:
        return found
    raise Fault(
        "OutboundWebIdentityFederationDisabledException",
        "The outbound web identity federation feature is not enabled for this account.",
        status=403,
    )


def _algorithm(name: str) -> TokenAlgorithm:
    try:
        return TokenAlgorithm(name)
    except ValueError as error:
        raise Fault(
            "ValidationError",
            f"1 validation error detected: Value '{name}' at 'signingAlgorithm' failed to satisfy constraint: "
            f"Member must satisfy enum value set: [{', '.join(known.value for known in TokenAlgorithm)}]",
        ) from error


def _request_tags(parameters: Mapping[str, Any]) -> dict[str, str]:
    given = {tag["Key"]: tag["Value"] for tag in parameters.get("Tags", ())}
    folded = {key.lower() for key in given}
    if len(folded) < len(parameters.get("Tags", ())):
        raise Fault(
            "InvalidParameterValue",
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        )
    if any(key.startswith("aws:") for key in folded):
        raise Fault("InvalidParameterValue", "aws: prefixed tag key names are not allowed for external use.")
    return given


def _seconds(parameters: Mapping[str, Any]) -> int:
    seconds: int = parameters.get("DurationSeconds", _DEFAULT_SECONDS)
    return seconds


def _audience(audiences: list[str]) -> str | list[str]:
    return audiences[0] if len(audiences) == 1 else list(audiences)


def _principal_arn(caller: Caller) -> str:
    """Return whom the token is about: for a role session the role, which other services can know beforehand."""
    session = caller.session
    return session.issuer_arn if session and session.issuer_arn else caller.arn


def _aws_claims(call: AuthorizedCall, directory: Directory, request_tags: Mapping[str, str]) -> dict[str, Any]:
    caller, session = call.caller, call.caller.session
    claims: dict[str, Any] = {
        "aws_account": caller.account,
        "principal_id": _principal_arn(caller),
    }
    signature = parse_signature(call.call.request)
    if signature is not None:
        claims["source_region"] = signature.region
    if session is not None:
        claims["original_session_exp"] = _moment(session.expires_at)
        if session.source_identity:
            claims["source_identity"] = session.source_identity
    tagged = principal_tags(caller, tags.get_tags(directory, caller.account, caller.identity_id))
    if tagged:
        claims["principal_tags"] = {key.removeprefix(_TAG): value for key, value in tagged.items()}
    if request_tags:
        claims["request_tags"] = dict(request_tags)
    return claims


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


OPERATIONS = (
    Operation("sts", "GetWebIdentityToken", _needs, get_web_identity_token, writes=False, hands_out_credentials=True),
)

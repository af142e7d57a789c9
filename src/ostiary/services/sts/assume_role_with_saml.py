"""AssumeRoleWithSAML: temporary credentials for whom a SAML provider vouches for.

Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ostiary.credentials.federation import InvalidIdentityToken, MetadataError, RejectedClaim
from ostiary.directory.directory import Directory
from ostiary.directory.saml_providers import SamlProvider, find_provider
from ostiary.services.sts.federated import federation_of, role_account, source_identity_of
from ostiary.services.sts.role_session import (
    authorized_role,
    open_role_session,
    role_needs,
    seconds_until,
    session_seconds,
)
from ostiary.services.sts.session_tags import session_tags_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Federation
from ostiary.values.operation import Need, Operation

if TYPE_CHECKING:
    from ostiary.credentials.federation.saml_response import Assertion

_SIGN_IN = "https://signin.aws.amazon.com/saml"
_AUDIENCES = frozenset({_SIGN_IN, "urn:amazon:webservices"})
_ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
_TAG = f"{_ATTRIBUTES}PrincipalTag:"
_SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,9}")
_SHORTEST, _LONGEST = 900, 43_200

_EDU_KEYS = {
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.1": "saml:edupersonaffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.2": "saml:edupersonnickname",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.3": "saml:edupersonorgdn",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.4": "saml:edupersonorgunitdn",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.5": "saml:edupersonprimaryaffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.6": "saml:edupersonprincipalname",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.7": "saml:edupersonentitlement",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.8": "saml:edupersonprimaryorgunitdn",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.9": "saml:edupersonscopedaffiliation",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.10": "saml:edupersontargetedid",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.11": "saml:edupersonassurance",
    "urn:oid:2.5.4.3": "saml:cn",
    "urn:oid:0.9.2342.19200300.100.1.3": "saml:mail",
    "urn:oid:0.9.2342.19200300.100.1.1": "saml:uid",
    "urn:oid:2.5.4.42": "saml:givenName",
    "urn:oid:2.5.4.4": "saml:surname",
}
"""Attributes that policies can ask about, by the names that directories give them."""


def assume_role_with_saml(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return credentials that act as the role, for the subject of the assertion."""
    federation = federation_of(call.caller)
    role = authorized_role(directory, call.parameters["RoleArn"])
    session = open_role_session(
        call,
        directory,
        role,
        name=federation.session_name or "",
        seconds=session_seconds(call.parameters, role, most=seconds_until(federation.expires_at, call.now)),
        session_tags=session_tags_of(federation.tags, federation.transitive_tag_keys),
        source_identity=federation.source_identity,
        federated_provider=federation.provider,
    )
    claims = federation.claims
    return {
        **session,
        "Subject": claims["saml:sub"],
        "SubjectType": claims["saml:sub_type"],
        "Issuer": claims["saml:iss"],
        "Audience": claims["saml:aud"],
        "NameQualifier": claims["saml:namequalifier"],
    }


def _identify(directory: Directory, parameters: Mapping[str, Any], now: datetime) -> Caller:
    """Return whom the assertion stands for.

    Raises:
        FederationError: the assertion does not hold, or its provider is not registered in the role's account.
    """
    # The XML library takes longer to import than the rest of the server to start, and few servers come here.
    from ostiary.credentials.federation.saml_metadata import parse_metadata  # noqa: PLC0415 - see above
    from ostiary.credentials.federation.saml_response import Expected, verify_response  # noqa: PLC0415 - see above

    account = role_account(parameters["RoleArn"])
    provider = find_provider(directory, account, parameters["PrincipalArn"])
    if provider is None:
        raise InvalidIdentityToken(f"No SAML provider found in your account for {parameters['PrincipalArn']}")
    if provider.valid_until is not None and now >= provider.valid_until:
        raise InvalidIdentityToken("The provider's metadata is not valid any more.")
    try:
        metadata = parse_metadata(provider.metadata, now=now)
    except MetadataError as error:
        raise InvalidIdentityToken("The provider's metadata cannot be read.") from error
    own_address = f"{directory.settings.public_url}/saml"
    expected = Expected(
        certificates=metadata.certificates,
        issuer=metadata.entity_id,
        recipients=frozenset({_SIGN_IN, own_address}),
        audiences=_AUDIENCES | {own_address},
        private_keys=tuple(key.pem for key in provider.keys),
        must_be_encrypted=provider.assertion_encryption == "Required",
    )
    assertion = verify_response(parameters["SAMLAssertion"], expected, now=now)
    _require_role(assertion, parameters["RoleArn"], provider)
    return Caller(
        kind=CallerKind.SAML_USER,
        account=account,
        arn=provider.arn,
        unique_id=f"{_name_qualifier(assertion, provider)}:{assertion.subject}",
        access_key_id=None,
        name=assertion.subject,
        federation=_federation(assertion, provider, now),
    )


def _federation(assertion: "Assertion", provider: SamlProvider, now: datetime) -> Federation:
    session_name = _only_value(assertion, "RoleSessionName")
    if session_name is None or not _SESSION_NAME.fullmatch(session_name):
        raise InvalidIdentityToken("RoleSessionName is required in AuthnResponse")
    claims: dict[str, str | tuple[str, ...]] = {
        "saml:aud": assertion.recipient,
        "saml:iss": assertion.issuer,
        "saml:sub": assertion.subject,
        "saml:sub_type": assertion.subject_type,
        "saml:namequalifier": _name_qualifier(assertion, provider),
        "saml:doc": f"{provider.account}/{provider.name}",
    }
    claims |= {key: assertion.attributes[name] for name, key in _EDU_KEYS.items() if name in assertion.attributes}
    return Federation(
        provider=provider.arn,
        claims=claims,
        tags={name.removeprefix(_TAG): _tag_value(name, values) for name, values in _tags(assertion)},
        transitive_tag_keys=assertion.attributes.get(f"{_ATTRIBUTES}TransitiveTagKeys", ()),
        source_identity=source_identity_of(_only_value(assertion, "SourceIdentity")),
        session_name=session_name,
        expires_at=_end(assertion, now),
    )


def _require_role(assertion: "Assertion", role_arn: str, provider: SamlProvider) -> None:
    """Check that the assertion offers the role through the provider: the pair of their ARNs, in either order."""
    offered = assertion.attributes.get(f"{_ATTRIBUTES}Role", ())
    pairs = [{part.strip() for part in each.split(",")} for each in offered]
    if {role_arn, provider.arn} not in pairs:
        raise RejectedClaim("The requested role is not among those that the SAML assertion offers.")


def _end(assertion: "Assertion", now: datetime) -> datetime | None:
    """Return when the provider ends the session, by whichever of its two ways of saying so comes first."""
    ends = [] if assertion.session_ends_at is None else [assertion.session_ends_at]
    written = _only_value(assertion, "SessionDuration")
    if written is not None:
        if not _SECONDS.fullmatch(written) or not _SHORTEST <= int(written) <= _LONGEST:
            raise InvalidIdentityToken(f"SessionDuration must be from {_SHORTEST} to {_LONGEST} seconds.")
        ends.append(now + timedelta(seconds=int(written)))
    return min(ends, default=None)


def _only_value(assertion: "Assertion", name: str) -> str | None:
    values = assertion.attributes.get(f"{_ATTRIBUTES}{name}")
    if values is None:
        return None
    if len(values) != 1:
        raise InvalidIdentityToken(f"{name} must have one value in the SAML assertion.")
    return values[0]


def _tags(assertion: "Assertion") -> list[tuple[str, tuple[str, ...]]]:
    return [(name, values) for name, values in assertion.attributes.items() if name.startswith(_TAG)]


def _tag_value(name: str, values: tuple[str, ...]) -> str:
    if len(values) != 1:
        raise RejectedClaim(f"The session tag must have one value: {name.removeprefix(_TAG)}")
    return values[0]


def _name_qualifier(assertion: "Assertion", provider: SamlProvider) -> str:
    """Return the hash that tells subjects of different providers apart.

    Source: NameQualifier in https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html
    """
    told_apart = f"{assertion.issuer}{provider.account}/{provider.name}"
    return base64.b64encode(hashlib.sha1(told_apart.encode(), usedforsecurity=False).digest()).decode()


def _needs(directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    federation = federation_of(caller)
    return role_needs(
        directory,
        "sts:AssumeRoleWithSAML",
        parameters["RoleArn"],
        {"sts:RoleSessionName": federation.session_name or "", **federation.claims},
        session_tags=session_tags_of(federation.tags, federation.transitive_tag_keys),
        passed_transitive_keys=federation.transitive_tag_keys,
        source_identity=federation.source_identity,
    )


OPERATIONS = (
    Operation(
        "sts",
        "AssumeRoleWithSAML",
        _needs,
        assume_role_with_saml,
        writes=False,
        hands_out_credentials=True,
        identify=_identify,
    ),
)

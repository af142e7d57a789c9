"""AssumeRoleWithWebIdentity: temporary credentials for whom an OpenID Connect provider vouches for.

Sources: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ostiary.credentials.federation import InvalidIdentityToken, read_unverified_token, verify_web_identity
from ostiary.directory.directory import Directory
from ostiary.directory.issuer_keys import IssuerBusy, IssuerUnreachable
from ostiary.directory.oidc_providers import OidcProvider, find_provider
from ostiary.services.sts.federated import federation_of, role_account, source_identity_of
from ostiary.services.sts.role_session import authorized_role, open_role_session, role_needs, session_seconds
from ostiary.services.sts.session_tags import session_tags_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Federation
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation

_NO_KEY = (
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity "
    "documentation for requirements"
)


def assume_role_with_web_identity(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return credentials that act as the role, for the subject of the token."""
    federation = federation_of(call.caller)
    role = authorized_role(directory, call.parameters["RoleArn"])
    issuer = _issuer_name(federation)
    session = open_role_session(
        call,
        directory,
        role,
        name=call.parameters["RoleSessionName"],
        seconds=session_seconds(call.parameters, role),
        session_tags=session_tags_of(federation.tags, federation.transitive_tag_keys),
        source_identity=federation.source_identity,
        federated_provider=federation.provider,
    )
    return {
        **session,
        "SubjectFromWebIdentityToken": federation.claims[f"{issuer}:sub"],
        "Audience": federation.claims[f"{issuer}:aud"],
        "Provider": federation.provider,
    }


def _identify(directory: Directory, parameters: Mapping[str, Any], now: datetime) -> Caller:
    """Return whom the token stands for.

    Raises:
        FederationError: the token does not hold, or its provider is not registered in the role's account.
    """
    token: str = parameters["WebIdentityToken"]
    unverified = read_unverified_token(token)
    account = role_account(parameters["RoleArn"])
    url = unverified.issuer.partition("://")[2]
    provider = find_provider(directory, account, url) if url else None
    if provider is None or provider.issuer != unverified.issuer:
        raise InvalidIdentityToken(f"No OpenIDConnect provider found in your account for {unverified.issuer}")
    proven = verify_web_identity(
        token,
        expected_issuer=provider.issuer,
        client_ids=provider.client_ids,
        keys=_keys(directory, provider, unverified.key_id),
        now=now,
    )
    federation = Federation(
        provider=provider.arn,
        claims={f"{provider.url}:{name}": value for name, value in proven.claims.items()},
        tags=proven.tags,
        transitive_tag_keys=proven.transitive_tag_keys,
        source_identity=source_identity_of(proven.source_identity),
    )
    return Caller(
        kind=CallerKind.WEB_IDENTITY_USER,
        account=account,
        arn=provider.arn,
        unique_id=f"{provider.arn}:{proven.audience}:{proven.subject}",
        access_key_id=None,
        name=proven.subject,
        federation=federation,
    )


def _keys(directory: Directory, provider: OidcProvider, key_id: str | None) -> Sequence[Mapping[str, Any]]:
    try:
        keys = directory.issuer_keys(provider.issuer, provider.thumbprints)
        if key_id is not None and all(key.get("kid") != key_id for key in keys):
            # The provider may have begun to sign with another key since it was asked.
            keys = directory.issuer_keys(provider.issuer, provider.thumbprints, fresh=True)
    except IssuerBusy as error:
        # By this code SDKs know that they may try again.
        raise Fault("IDPCommunicationError", _NO_KEY, status=400) from error
    except IssuerUnreachable as error:
        raise InvalidIdentityToken(_NO_KEY) from error
    return keys


def _needs(directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    federation = federation_of(caller)
    return role_needs(
        directory,
        "sts:AssumeRoleWithWebIdentity",
        parameters["RoleArn"],
        {"sts:RoleSessionName": parameters["RoleSessionName"], **federation.claims},
        session_tags=session_tags_of(federation.tags, federation.transitive_tag_keys),
        passed_transitive_keys=federation.transitive_tag_keys,
        source_identity=federation.source_identity,
    )


def _issuer_name(federation: Federation) -> str:
    return federation.provider.partition(":oidc-provider/")[2]


OPERATIONS = (
    Operation(
        "sts",
        "AssumeRoleWithWebIdentity",
        _needs,
        assume_role_with_web_identity,
        writes=False,
        hands_out_credentials=True,
        identify=_identify,
    ),
)

"""IAM's operations on OpenID Connect providers.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from ostiary.directory import oidc_providers, tags
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Noun
from ostiary.directory.oidc_providers import OidcProvider, is_loopback, provider_arn
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.shapes import tags_shape
from ostiary.services.iam.tags import given_tags, tag_operations
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation

Output = Mapping[str, Any]

_THUMBPRINT = re.compile(r"[0-9A-Fa-f]{40}", re.ASCII)
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", re.ASCII)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def create_open_id_connect_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Register a provider; the answer has its tags when there are any."""
    given = given_tags(call, Tagged.OIDC_PROVIDER)
    provider = oidc_providers.create_provider(
        directory,
        call.account,
        _url(call.parameters["Url"]),
        client_ids=tuple(dict.fromkeys(call.parameters.get("ClientIDList", ()))),
        thumbprints=_thumbprints(call.parameters.get("ThumbprintList", ())),
        now=call.now,
    )
    tags.set_tags(directory, call.account, provider.provider_id, given, Tagged.OIDC_PROVIDER)
    return {"OpenIDConnectProviderArn": provider.arn} | ({"Tags": tags_shape(given.items())} if given else {})


def get_open_id_connect_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what is known of a provider."""
    provider = _named(call, directory)
    tagged = tags.get_tags(directory, call.account, provider.provider_id)
    return {
        "Url": provider.url,
        "ClientIDList": provider.client_ids,
        "ThumbprintList": provider.thumbprints,
        "CreateDate": provider.created_at,
        "Tags": tags_shape(tagged.items()),
    }


def list_open_id_connect_providers(call: AuthorizedCall, directory: Directory) -> Output:
    """List all providers by ARN; the list has no pages."""
    found = oidc_providers.list_providers(directory, call.account)
    return {"OpenIDConnectProviderList": [{"Arn": provider.arn} for provider in found]}


def update_open_id_connect_provider_thumbprint(call: AuthorizedCall, directory: Directory) -> Output:
    """Replace the list of thumbprints."""
    oidc_providers.set_thumbprints(directory, _named(call, directory), _thumbprints(call.parameters["ThumbprintList"]))
    return {}


def add_client_id_to_open_id_connect_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Take tokens for one more audience; one that is taken already is no error."""
    provider, client_id = _named(call, directory), call.parameters["ClientID"]
    if client_id not in provider.client_ids:
        oidc_providers.set_client_ids(directory, provider, (*provider.client_ids, client_id))
    return {}


def remove_client_id_from_open_id_connect_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Take no more tokens for an audience; one that was not taken is no error."""
    provider, client_id = _named(call, directory), call.parameters["ClientID"]
    kept = [each for each in provider.client_ids if each != client_id]
    oidc_providers.set_client_ids(directory, provider, kept)
    return {}


def delete_open_id_connect_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Forget a provider."""
    arn = call.parameters["OpenIDConnectProviderArn"]
    provider = oidc_providers.get_provider(directory, call.account, arn, wanted=Noun.OIDC_PROVIDER_TO_DELETE)
    oidc_providers.delete_provider(directory, provider)
    return {}


def _named(call: AuthorizedCall, directory: Directory) -> OidcProvider:
    return oidc_providers.get_provider(directory, call.account, call.parameters["OpenIDConnectProviderArn"])


def _new_provider(_directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    arn = provider_arn(caller.account, _SCHEME.sub("", parameters["Url"], count=1))
    return targets.made("iam:CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider", arn, parameters)


def _url(text: str) -> str:
    """Return an issuer's URL without its scheme, as IAM keeps it.

    Raises:
        Fault: `ValidationError`, it is none that tokens can have: https, without port, query, fragment or user. Issuers
            of this machine are taken over http and on any port, since no token of theirs goes further.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    url = _SCHEME.sub("", text, count=1)
    at_home = bool(host) and is_loopback(url)
    good = (
        _HOST.fullmatch(parts.netloc.rpartition(":")[0] if port else parts.netloc)
        and parts.scheme == ("http" if at_home else "https")
        and (port is None or at_home)
        and not (parts.query or parts.fragment or "?" in text or "#" in text)
        and text.isascii()
        and text.isprintable()
        and " " not in text
    )
    if not good:
        raise Fault("ValidationError", "Invalid Open ID Connect Provider URL")
    return url


def _thumbprints(given: Sequence[str]) -> tuple[str, ...]:
    for thumbprint in given:
        if not _THUMBPRINT.fullmatch(thumbprint):
            raise Fault("InvalidInput", f"Thumbprint {thumbprint} is not a valid SHA-1 fingerprint in hexadecimal.")
    return tuple(dict.fromkeys(thumbprint.lower() for thumbprint in given))


_existing = targets.existing_oidc_provider

OPERATIONS = (
    Operation("iam", "CreateOpenIDConnectProvider", _new_provider, create_open_id_connect_provider, writes=True),
    Operation(
        "iam",
        "GetOpenIDConnectProvider",
        _existing("iam:GetOpenIDConnectProvider"),
        get_open_id_connect_provider,
        writes=False,
    ),
    Operation(
        "iam",
        "ListOpenIDConnectProviders",
        targets.anything("iam:ListOpenIDConnectProviders"),
        list_open_id_connect_providers,
        writes=False,
    ),
    Operation(
        "iam",
        "UpdateOpenIDConnectProviderThumbprint",
        _existing("iam:UpdateOpenIDConnectProviderThumbprint"),
        update_open_id_connect_provider_thumbprint,
        writes=True,
    ),
    Operation(
        "iam",
        "AddClientIDToOpenIDConnectProvider",
        _existing("iam:AddClientIDToOpenIDConnectProvider"),
        add_client_id_to_open_id_connect_provider,
        writes=True,
    ),
    Operation(
        "iam",
        "RemoveClientIDFromOpenIDConnectProvider",
        _existing("iam:RemoveClientIDFromOpenIDConnectProvider"),
        remove_client_id_from_open_id_connect_provider,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteOpenIDConnectProvider",
        _existing("iam:DeleteOpenIDConnectProvider"),
        delete_open_id_connect_provider,
        writes=True,
    ),
    *tag_operations(
        "OpenIDConnectProvider",
        Tagged.OIDC_PROVIDER,
        lambda call, directory: _named(call, directory).provider_id,
        _existing,
    ),
)

"""IAM's operations on SAML providers.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ostiary.credentials import mint_unique_id
from ostiary.credentials.federation import MetadataError
from ostiary.directory import saml_providers, tags
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.saml_providers import DecryptionKey, SamlProvider, provider_arn
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.shapes import tags_shape
from ostiary.services.iam.tags import given_tags, tag_operations
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation

Output = Mapping[str, Any]

_MOST_METADATA_CHARACTERS = 10_000_000


def create_saml_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Register a provider; the answer has its tags when there are any."""
    parameters = call.parameters
    given = given_tags(call, Tagged.SAML_PROVIDER)
    key: str | None = parameters.get("AddPrivateKey")
    provider = saml_providers.create_provider(
        directory,
        call.account,
        parameters["Name"],
        metadata=parameters["SAMLMetadataDocument"],
        valid_until=_valid_until(parameters["SAMLMetadataDocument"], call.now),
        assertion_encryption=parameters.get("AssertionEncryptionMode"),
        keys=(_new_key(call, key),) if key else (),
        now=call.now,
    )
    tags.set_tags(directory, call.account, provider.provider_id, given, Tagged.SAML_PROVIDER)
    return {"SAMLProviderArn": provider.arn} | ({"Tags": tags_shape(given.items())} if given else {})


def get_saml_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what is known of a provider, without its private keys."""
    provider = _named(call, directory)
    tagged = tags.get_tags(directory, call.account, provider.provider_id)
    return {
        "SAMLProviderUUID": provider.uuid,
        "SAMLMetadataDocument": provider.metadata,
        "CreateDate": provider.created_at,
        "ValidUntil": provider.valid_until,
        "Tags": tags_shape(tagged.items()),
        "AssertionEncryptionMode": provider.assertion_encryption or "Allowed",
        "PrivateKeyList": [{"KeyId": key.key_id, "Timestamp": key.added_at} for key in provider.keys],
    }


def list_saml_providers(call: AuthorizedCall, directory: Directory) -> Output:
    """List all providers; the list has no pages."""
    return {
        "SAMLProviderList": [
            {"Arn": provider.arn, "ValidUntil": provider.valid_until, "CreateDate": provider.created_at}
            for provider in saml_providers.list_providers(directory, call.account)
        ]
    }


def update_saml_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Replace a provider's metadata, say whether its assertions are encrypted, add or remove a private key."""
    provider, parameters = _named(call, directory), call.parameters
    metadata: str | None = parameters.get("SAMLMetadataDocument")
    if metadata is not None:
        saml_providers.set_metadata(directory, provider, metadata, _valid_until(metadata, call.now))
    if "AssertionEncryptionMode" in parameters:
        saml_providers.set_assertion_encryption(directory, provider, parameters["AssertionEncryptionMode"])
    keys = list(provider.keys)
    if "RemovePrivateKey" in parameters:
        keys = [key for key in keys if key.key_id != parameters["RemovePrivateKey"]]
        if len(keys) == len(provider.keys):
            raise NoSuchEntity(Noun.SAML_PROVIDER_KEY, parameters["RemovePrivateKey"])
    if "AddPrivateKey" in parameters:
        keys.append(_new_key(call, parameters["AddPrivateKey"]))
    if tuple(keys) != provider.keys:
        saml_providers.set_keys(directory, provider, keys)
    return {"SAMLProviderArn": provider.arn}


def delete_saml_provider(call: AuthorizedCall, directory: Directory) -> Output:
    """Forget a provider."""
    saml_providers.delete_provider(directory, _named(call, directory))
    return {}


def _named(call: AuthorizedCall, directory: Directory) -> SamlProvider:
    return saml_providers.get_provider(directory, call.account, call.parameters["SAMLProviderArn"])


def _new_provider(_directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    arn = provider_arn(caller.account, parameters["Name"])
    return targets.made("iam:CreateSAMLProvider", "iam:TagSAMLProvider", arn, parameters)


def _valid_until(metadata: str, now: datetime) -> datetime:
    # The XML library takes longer to import than the rest of the server to start, and few servers come here.
    from ostiary.credentials.federation.saml_metadata import parse_metadata  # noqa: PLC0415 - see above

    if len(metadata) > _MOST_METADATA_CHARACTERS:
        raise Fault("InvalidInput", "Could not parse metadata")
    try:
        return parse_metadata(metadata, now=now).valid_until
    except MetadataError as error:
        raise Fault("InvalidInput", str(error)) from error


def _new_key(call: AuthorizedCall, pem: str) -> DecryptionKey:
    from ostiary.credentials.federation.saml_decryption import require_decryption_key  # noqa: PLC0415 - as above

    try:
        require_decryption_key(pem)
    except MetadataError as error:
        raise Fault("InvalidInput", str(error)) from error
    return DecryptionKey(mint_unique_id("ASAK", call.account) + "0", call.now.replace(microsecond=0), pem)


_existing = targets.existing_saml_provider

OPERATIONS = (
    Operation("iam", "CreateSAMLProvider", _new_provider, create_saml_provider, writes=True),
    Operation("iam", "GetSAMLProvider", _existing("iam:GetSAMLProvider"), get_saml_provider, writes=False),
    Operation("iam", "ListSAMLProviders", targets.anything("iam:ListSAMLProviders"), list_saml_providers, writes=False),
    Operation("iam", "UpdateSAMLProvider", _existing("iam:UpdateSAMLProvider"), update_saml_provider, writes=True),
    Operation("iam", "DeleteSAMLProvider", _existing("iam:DeleteSAMLProvider"), delete_saml_provider, writes=True),
    *tag_operations(
        "SAMLProvider", Tagged.SAML_PROVIDER, lambda call, directory: _named(call, directory).provider_id, _existing
    ),
)

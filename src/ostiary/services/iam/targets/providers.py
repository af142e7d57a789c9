"""OpenID Connect and SAML providers as what is acted on: by ARN, or by the ARN that a new one will have."""

from collections.abc import Callable, Iterable

from ostiary.directory import oidc_providers, saml_providers
from ostiary.directory.directory import Directory
from ostiary.directory.errors import NoSuchEntity
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.contexts import Context, request_tags, resource_tags
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def existing_oidc_provider(action: str) -> Needs:
    """The OpenID Connect provider named by `OpenIDConnectProviderArn`, with the tags that a call passes or names."""

    def found(directory: Directory, caller: Caller, arn: str) -> tuple[str, Context]:
        provider = oidc_providers.get_provider(directory, caller.account, arn)
        tagged = resource_tags(directory, caller.account, provider.provider_id, Tagged.OIDC_PROVIDER)
        return provider.arn, tagged

    return _existing(action, "OpenIDConnectProviderArn", found)


def existing_saml_provider(action: str) -> Needs:
    """The SAML provider named by `SAMLProviderArn`, with the tags that a call passes or names."""

    def found(directory: Directory, caller: Caller, arn: str) -> tuple[str, Context]:
        provider = saml_providers.get_provider(directory, caller.account, arn)
        tagged = resource_tags(directory, caller.account, provider.provider_id, Tagged.SAML_PROVIDER)
        return provider.arn, tagged

    return _existing(action, "SAMLProviderArn", found)


def _existing(
    action: str,
    parameter: str,
    find: Callable[[Directory, Caller, str], tuple[str, Context]],
) -> Needs:
    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        named: str = parameters[parameter]
        try:
            # Names are found without regard to case, but policies look at it: what counts is how the provider has it.
            arn, context = find(directory, caller, named)
        except NoSuchEntity:
            # Decided on all the same, so that who may not ask does not learn whether it is there.
            arn, context = named, {}
        yield Need(action, arn, context | request_tags(parameters), shown_as=named)

    return needs

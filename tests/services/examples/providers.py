"""Examples of identity providers, and of the calls that those make whom they vouch for."""

import json
from typing import Any

from tests.e2e.identity_providers import SamlIdp, assertion, pem, role_attributes, serving_issuer
from tests.services.examples.stage import Example, Stage

_TAGS = [{"Key": "team", "Value": "red"}]
_IDP = SamlIdp()


def _oidc(stage: Stage) -> dict[str, Any]:
    url = f"https://{stage.fresh('idp').lower()}.example.com"
    made = stage.iam.create_open_id_connect_provider(Url=url, ClientIDList=["client"], Tags=_TAGS)
    return {"OpenIDConnectProviderArn": made["OpenIDConnectProviderArn"]}


def _saml(stage: Stage) -> dict[str, Any]:
    made = stage.iam.create_saml_provider(Name=stage.fresh("Idp"), SAMLMetadataDocument=_IDP.metadata(), Tags=_TAGS)
    return {"SAMLProviderArn": made["SAMLProviderArn"]}


def _role(stage: Stage, provider: str, action: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Federated": provider}, "Action": action}
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    role: str = stage.iam.create_role(RoleName=stage.fresh("Role"), AssumeRolePolicyDocument=document)["Role"]["Arn"]
    return role


def _web_identity(stage: Stage) -> dict[str, Any]:
    with serving_issuer() as issuer:
        made = stage.iam.create_open_id_connect_provider(Url=issuer.url, ClientIDList=["client"])
        role = _role(stage, made["OpenIDConnectProviderArn"], "sts:AssumeRoleWithWebIdentity")
        call = {"RoleArn": role, "RoleSessionName": "example", "WebIdentityToken": issuer.token()}
        # Its keys are kept from now on, so the call that follows does not ask for them any more.
        stage.sts.assume_role_with_web_identity(**call)
    return call


def _saml_assertion(stage: Stage) -> dict[str, Any]:
    provider = _saml(stage)["SAMLProviderArn"]
    role = _role(stage, provider, "sts:AssumeRoleWithSAML")
    return {
        "RoleArn": role,
        "PrincipalArn": provider,
        "SAMLAssertion": _IDP.response(assertion(role_attributes(role, provider))),
    }


EXAMPLES: dict[str, Example] = {
    "iam:CreateOpenIDConnectProvider": lambda stage: {
        "Url": f"https://{stage.fresh('idp').lower()}.example.com/realm",
        "ClientIDList": ["client"],
        "ThumbprintList": ["0123456789abcdef0123456789abcdef01234567"],
        "Tags": _TAGS,
    },
    "iam:GetOpenIDConnectProvider": _oidc,
    "iam:ListOpenIDConnectProviders": lambda _: {},
    "iam:DeleteOpenIDConnectProvider": _oidc,
    "iam:UpdateOpenIDConnectProviderThumbprint": lambda stage: {
        **_oidc(stage),
        "ThumbprintList": ["0123456789abcdef0123456789abcdef01234567"],
    },
    "iam:AddClientIDToOpenIDConnectProvider": lambda stage: {**_oidc(stage), "ClientID": "other"},
    "iam:RemoveClientIDFromOpenIDConnectProvider": lambda stage: {**_oidc(stage), "ClientID": "client"},
    "iam:TagOpenIDConnectProvider": lambda stage: {**_oidc(stage), "Tags": _TAGS},
    "iam:UntagOpenIDConnectProvider": lambda stage: {**_oidc(stage), "TagKeys": ["team"]},
    "iam:ListOpenIDConnectProviderTags": _oidc,
    "iam:CreateSAMLProvider": lambda stage: {
        "Name": stage.fresh("Idp"),
        "SAMLMetadataDocument": _IDP.metadata(),
        "AssertionEncryptionMode": "Allowed",
        "AddPrivateKey": pem(_IDP.key),
        "Tags": _TAGS,
    },
    "iam:GetSAMLProvider": _saml,
    "iam:ListSAMLProviders": lambda _: {},
    "iam:UpdateSAMLProvider": lambda stage: {**_saml(stage), "SAMLMetadataDocument": _IDP.metadata()},
    "iam:DeleteSAMLProvider": _saml,
    "iam:TagSAMLProvider": lambda stage: {**_saml(stage), "Tags": _TAGS},
    "iam:UntagSAMLProvider": lambda stage: {**_saml(stage), "TagKeys": ["team"]},
    "iam:ListSAMLProviderTags": _saml,
    "sts:AssumeRoleWithWebIdentity": _web_identity,
    "sts:AssumeRoleWithSAML": _saml_assertion,
    "sts:GetFederationToken": lambda stage: {"Name": stage.fresh("bob"), "Tags": _TAGS},
}

"""Which resources an event is about, in CloudTrail's types: read off what was asked for and what came of it.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-supported-resource-types.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

_ACCESS_KEY = "AWS::IAM::AccessKey"
_GROUP = "AWS::IAM::Group"
_INSTANCE_PROFILE = "AWS::IAM::InstanceProfile"
_MFA_DEVICE = "AWS::IAM::MfaDevice"
_OIDC_PROVIDER = "AWS::IAM::OIDCProvider"
_POLICY = "AWS::IAM::Policy"
_ROLE = "AWS::IAM::Role"
_SAML_PROVIDER = "AWS::IAM::SAMLProvider"
_SERVER_CERTIFICATE = "AWS::IAM::ServerCertificate"
_USER = "AWS::IAM::User"

RESOURCE_SOURCES = frozenset({"iam.amazonaws.com", "sts.amazonaws.com"})
"""Whose events are about resources."""

_ASKED_FOR: Mapping[str, str] = MappingProxyType(
    {
        "accessKeyId": _ACCESS_KEY,
        "groupName": _GROUP,
        "instanceProfileName": _INSTANCE_PROFILE,
        "newGroupName": _GROUP,
        "newServerCertificateName": _SERVER_CERTIFICATE,
        "newUserName": _USER,
        "openIDConnectProviderArn": _OIDC_PROVIDER,
        "permissionsBoundary": _POLICY,
        "policyArn": _POLICY,
        "policyName": _POLICY,
        "roleArn": _ROLE,
        "roleName": _ROLE,
        "sAMLProviderArn": _SAML_PROVIDER,
        "serialNumber": _MFA_DEVICE,
        "serverCertificateName": _SERVER_CERTIFICATE,
        "userName": _USER,
        "virtualMFADeviceName": _MFA_DEVICE,
    }
)
"""By the parameters that name them."""

_CAME_OF_IT: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("accessKey", "accessKeyId"): _ACCESS_KEY,
        ("group", "arn"): _GROUP,
        ("instanceProfile", "arn"): _INSTANCE_PROFILE,
        ("policy", "arn"): _POLICY,
        ("role", "arn"): _ROLE,
        ("serverCertificateMetadata", "arn"): _SERVER_CERTIFICATE,
        ("user", "arn"): _USER,
        ("virtualMFADevice", "serialNumber"): _MFA_DEVICE,
    }
)
"""By the members of an answer, and their members, that name them."""


@dataclass(frozen=True, slots=True, order=True)
class Resource:
    """A resource that an event is about."""

    kind: str
    """Such as `AWS::IAM::User`."""
    name: str
    """Its name, ID or ARN, whichever the call has."""


def resources_of(event: Mapping[str, Any]) -> tuple[Resource, ...]:
    """Return the resources that an event, in CloudTrail's shape, is about: each once, in order."""
    if event.get("eventSource") not in RESOURCE_SOURCES:
        return ()
    return tuple(sorted({*_asked_for(event), *_came_of_it(event)}))


def _asked_for(event: Mapping[str, Any]) -> Iterator[Resource]:
    for member, value in (event.get("requestParameters") or {}).items():
        if member in _ASKED_FOR and isinstance(value, str):
            yield Resource(_ASKED_FOR[member], value)


def _came_of_it(event: Mapping[str, Any]) -> Iterator[Resource]:
    answer = event.get("responseElements") or {}
    for (outer, inner), kind in _CAME_OF_IT.items():
        inside = answer.get(outer)
        name = inside.get(inner) if isinstance(inside, Mapping) else None
        if isinstance(name, str):
            yield Resource(kind, name)

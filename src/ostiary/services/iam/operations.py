"""IAM's operations, collected from the modules of its nouns."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.services.iam import (
    access_keys,
    account,
    account_properties,
    attachments,
    authorization_details,
    boundaries,
    context_keys,
    credential_report,
    delegation_requests,
    groups,
    inline_policies,
    instance_profiles,
    last_accessed,
    login_profiles,
    mfa_devices,
    oidc_providers,
    organizations,
    outbound_federation,
    password_policy,
    policies,
    policy_entities,
    policy_versions,
    role_templates,
    roles,
    saml_providers,
    server_certificates,
    service_credentials,
    service_linked_roles,
    signing_certificates,
    simulate,
    ssh_public_keys,
    tags,
    token_preferences,
    users,
)
from ostiary.values.operation import Operation

_NOUNS = (
    users,
    access_keys,
    groups,
    roles,
    policies,
    policy_versions,
    policy_entities,
    attachments,
    inline_policies,
    boundaries,
    tags,
    account,
    simulate,
    context_keys,
    login_profiles,
    password_policy,
    mfa_devices,
    ssh_public_keys,
    signing_certificates,
    server_certificates,
    service_credentials,
    instance_profiles,
    service_linked_roles,
    oidc_providers,
    saml_providers,
    credential_report,
    last_accessed,
    authorization_details,
    organizations,
    delegation_requests,
    role_templates,
    account_properties,
    outbound_federation,
    token_preferences,
)

OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {operation.name: operation for noun in _NOUNS for operation in noun.OPERATIONS}
)
"""Each operation served, by the name that the API gives it."""

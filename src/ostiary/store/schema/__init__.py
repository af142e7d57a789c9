"""The tables. Each primary key begins with the account, so that accounts can be spread over many databases.

Names are unique without regard to case, so each has a folded twin (`name_key`) that carries the constraint and is what
look-ups and ordered pages use. Attachments, inline policies and tags hang on the unique ID of their user, group, role
or policy, which survives a rename. Things that AWS knows by their ARN alone have a unique ID of our own for that.
"""

from ostiary.store.schema.common import metadata
from ostiary.store.schema.credentials import (
    access_keys,
    former_passwords,
    mfa_devices,
    password_policies,
    server_certificates,
    service_credentials,
    signing_certificates,
    ssh_public_keys,
)
from ostiary.store.schema.federation import oidc_providers, outbound_federation, saml_providers
from ostiary.store.schema.governance import (
    NOT_DISPATCHED,
    access_reports,
    alert_deliveries,
    alerts,
    credential_reports,
    finding_changes,
    findings,
    jobs,
    policy_generations,
)
from ostiary.store.schema.identities import (
    account_properties,
    accounts,
    groups,
    instance_profiles,
    login_profiles,
    memberships,
    quotas,
    role_deletions,
    roles,
    tags,
    trust_principals,
    users,
)
from ostiary.store.schema.policies import (
    attachments,
    aws_policies,
    aws_policy_versions,
    inline_policies,
    policies,
    policy_versions,
)
from ostiary.store.schema.sign_in import login_codes, sign_in_failures, sign_in_flows, sign_in_sessions
from ostiary.store.schema.trail import CHANGES, events, trail_signers, trails

__all__ = [
    "CHANGES",
    "NOT_DISPATCHED",
    "access_keys",
    "access_reports",
    "account_properties",
    "accounts",
    "alert_deliveries",
    "alerts",
    "attachments",
    "aws_policies",
    "aws_policy_versions",
    "credential_reports",
    "events",
    "finding_changes",
    "findings",
    "former_passwords",
    "groups",
    "inline_policies",
    "instance_profiles",
    "jobs",
    "login_codes",
    "login_profiles",
    "memberships",
    "metadata",
    "mfa_devices",
    "oidc_providers",
    "outbound_federation",
    "password_policies",
    "policies",
    "policy_generations",
    "policy_versions",
    "quotas",
    "role_deletions",
    "roles",
    "saml_providers",
    "server_certificates",
    "service_credentials",
    "sign_in_failures",
    "sign_in_flows",
    "sign_in_sessions",
    "signing_certificates",
    "ssh_public_keys",
    "tags",
    "trail_signers",
    "trails",
    "trust_principals",
    "users",
]

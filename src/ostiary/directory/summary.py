"""How much of everything an account has, for GetAccountSummary."""

from sqlalchemy import exists, func, select

from ostiary.directory import accounts, rows
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.directory.mfa_devices import count_mfa_devices, has_mfa_device
from ostiary.directory.quotas import quota_of
from ostiary.directory.signing_certificates import has_signing_certificate
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_SIZES = (
    Quota.ACCESS_KEYS_PER_USER,
    Quota.SIGNING_CERTIFICATES_PER_USER,
    Quota.GROUPS_PER_USER,
    Quota.VERSIONS_PER_POLICY,
    Quota.ATTACHED_POLICIES_PER_USER,
    Quota.ATTACHED_POLICIES_PER_GROUP,
    Quota.ATTACHED_POLICIES_PER_ROLE,
    Quota.POLICY_SIZE,
    Quota.USER_POLICY_SIZE,
    Quota.GROUP_POLICY_SIZE,
    Quota.ROLE_POLICY_SIZE,
    Quota.ASSUME_ROLE_POLICY_SIZE,
)


def get_summary(directory: Directory, account: AccountId) -> dict[str, int]:
    """Return the account's counts and quotas, by the names of GetAccountSummary's SummaryMap.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
    """
    keys, attachments = schema.access_keys, schema.attachments
    policies_in_use = directory.connection.scalar(
        select(func.count(attachments.c.policy_arn.distinct())).where(attachments.c.account_id == account)
    )
    root_has_key = directory.connection.scalar(
        select(exists().where(keys.c.account_id == account, keys.c.user_id.is_(None)))
    )
    mfa_devices, mfa_devices_in_use = count_mfa_devices(directory, account)
    counts = {
        "Users": rows.count(directory, schema.users, account),
        "UsersQuota": quota_of(directory, account, Quota.USERS),
        "Groups": rows.count(directory, schema.groups, account),
        "GroupsQuota": quota_of(directory, account, Quota.GROUPS),
        "Roles": rows.count(directory, schema.roles, account),
        "RolesQuota": quota_of(directory, account, Quota.ROLES),
        "Policies": rows.count(directory, schema.policies, account),
        "PoliciesQuota": quota_of(directory, account, Quota.POLICIES),
        "PolicyVersionsInUse": policies_in_use or 0,
        "PolicyVersionsInUseQuota": 10000,
        "AccountAccessKeysPresent": int(bool(root_has_key)),
        "AccountPasswordPresent": 1,
        "AccountMFAEnabled": int(has_mfa_device(directory, account, None)),
        "AccountSigningCertificatesPresent": int(has_signing_certificate(directory, account, None)),
        "MFADevices": mfa_devices,
        "MFADevicesInUse": mfa_devices_in_use,
        "Providers": sum(
            rows.count(directory, providers, account) for providers in (schema.oidc_providers, schema.saml_providers)
        ),
        "InstanceProfiles": rows.count(directory, schema.instance_profiles, account),
        "InstanceProfilesQuota": quota_of(directory, account, Quota.INSTANCE_PROFILES),
        "ServerCertificates": rows.count(directory, schema.server_certificates, account),
        "ServerCertificatesQuota": quota_of(directory, account, Quota.SERVER_CERTIFICATES),
        "GlobalEndpointTokenVersion": accounts.get_account(directory, account).global_token_version,
    }
    return counts | {f"{quota.value}Quota": quota_of(directory, account, quota) for quota in _SIZES}

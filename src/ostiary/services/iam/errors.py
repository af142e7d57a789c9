"""The account's rules in IAM's words: which code, status and sentence each directory error has.

Sources: the Errors sections of https://docs.aws.amazon.com/IAM/latest/APIReference/ for codes and statuses; the
sentences are those that IAM answers with.
"""

from collections.abc import Mapping

from ostiary.directory.errors import (
    DeleteConflict,
    DirectoryError,
    EntityAlreadyExists,
    Hanger,
    LimitExceeded,
    NoSuchEntity,
    NotAllowed,
    Noun,
    PasswordRefused,
    Quota,
)
from ostiary.values.fault import Fault

_NO_SUCH: Mapping[Noun, str] = {
    Noun.USER: "The user with name {} cannot be found.",
    Noun.GROUP: "The group with name {} cannot be found.",
    Noun.ROLE: "The role with name {} cannot be found.",
    Noun.POLICY: "Policy {} was not found.",
    Noun.POLICY_VERSION: "Policy {} does not exist or is not attachable.",
    Noun.ATTACHABLE_POLICY: "Policy {} does not exist or is not attachable.",
    Noun.ATTACHMENT: "Policy {} was not found.",
    Noun.USER_POLICY: "The user policy with name {} cannot be found.",
    Noun.GROUP_POLICY: "The group policy with name {} cannot be found.",
    Noun.ROLE_POLICY: "The role policy with name {} cannot be found.",
    Noun.ACCESS_KEY: "The Access Key with id {} cannot be found.",
    Noun.ALIAS: "The account alias with name {} cannot be found.",
    Noun.BOUNDARY: "Scope ARN: {} does not exist or is not attachable.",
    Noun.LOGIN_PROFILE: "Login Profile for User {} cannot be found.",
    Noun.ACCOUNT: "The account {} cannot be found.",
    Noun.PASSWORD_POLICY: "The Password Policy with domain name {} cannot be found.",
    Noun.ACCOUNT_POLICY: "The account policy with name {} cannot be found.",
    Noun.MFA_DEVICE: "MFA Device with serial number {} does not exist.",
    Noun.MFA_DEVICE_OF_USER: "MFA Device invalid for user.",
    Noun.SSH_PUBLIC_KEY: "The Public Key with id {} cannot be found.",
    Noun.SIGNING_CERTIFICATE: "The Certificate with id {} cannot be found.",
    Noun.SERVER_CERTIFICATE: "The Server Certificate with name {} cannot be found.",
    Noun.SERVICE_CREDENTIAL: "No such credential {} exists",
    Noun.CREDENTIAL_SERVICE: "No such service {} is supported for Service Specific Credentials",
    Noun.INSTANCE_PROFILE: "Instance Profile {} cannot be found.",
    Noun.ROLE_IN_INSTANCE_PROFILE: "Role {} cannot be found.",
    Noun.ROLE_DELETION: "DeletionTask {} cannot be found.",
    Noun.OIDC_PROVIDER: "OpenIDConnect Provider not found for arn {}",
    Noun.OIDC_PROVIDER_TO_DELETE: "OpenId connect Provider {} cannot be found.",
    Noun.SAML_PROVIDER_KEY: "Private key with id {} cannot be found.",
    Noun.SAML_PROVIDER: "Manifest not found for arn {}",
    Noun.ACCESS_REPORT: "Job with id {} not found.",
    Noun.SIGN_IN_SESSION: "The sign-in session with id {} cannot be found.",
    Noun.DELEGATION_REQUEST: "Delegation request {} cannot be found.",
    Noun.ROLE_TEMPLATE: "Role template {} cannot be found.",
}

_EXISTS: Mapping[Noun, str] = {
    Noun.USER: "User with name {} already exists.",
    Noun.GROUP: "Group with name {} already exists.",
    Noun.ROLE: "Role with name {} already exists.",
    Noun.POLICY: "A policy called {} already exists. Duplicate names are not allowed.",
    Noun.ALIAS: "The account alias {} already exists.",
    Noun.LOGIN_PROFILE: "Login Profile for user {} already exists.",
    Noun.ACCOUNT: "The account {} already exists.",
    Noun.MFA_DEVICE: "MFA Device is already in use.",
    Noun.VIRTUAL_MFA_DEVICE: "MFA device already exists.",
    Noun.PASSKEY: "MFA device with name {} already exists.",
    Noun.SSH_PUBLIC_KEY: "The SSH public key is already associated with the specified IAM user.",
    Noun.SIGNING_CERTIFICATE: "The certificate is already associated with an IAM user in the account.",
    Noun.SERVER_CERTIFICATE: "The Server Certificate with name {} already exists.",
    Noun.INSTANCE_PROFILE: "Instance Profile {} already exists.",
    Noun.OIDC_PROVIDER: "Provider with url {} already exists.",
    Noun.SAML_PROVIDER: "SAMLProvider {} already exists.",
}

_EXISTS_CODE: Mapping[Noun, tuple[str, int]] = {
    Noun.SSH_PUBLIC_KEY: ("DuplicateSSHPublicKey", 400),
    Noun.SIGNING_CERTIFICATE: ("DuplicateCertificate", 409),
}
"""Where IAM's code for what exists already is not `EntityAlreadyExists`."""

_CONFLICT: Mapping[Hanger, str] = {
    Hanger.ACCESS_KEYS: "Cannot delete entity, must delete access keys first.",
    Hanger.LOGIN_PROFILE: "Cannot delete entity, must delete login profile first.",
    Hanger.MFA_DEVICES: "Cannot delete entity, must delete MFA device first.",
    Hanger.MFA_OWNER: "MFA VirtualDevice in use. Must deactivate first.",
    Hanger.SIGNING_CERTIFICATES: "Cannot delete entity, must delete signing certificates first.",
    Hanger.SSH_PUBLIC_KEYS: "Cannot delete entity, must delete SSH public keys first.",
    Hanger.SERVICE_CREDENTIALS: "Cannot delete entity, must delete service specific credentials first.",
    Hanger.INSTANCE_PROFILES: "Cannot delete entity, must remove roles from instance profile first.",
    Hanger.ROLES: "Cannot delete entity, must remove roles from instance profile first.",
    Hanger.MEMBERS: "Cannot delete entity, must remove users from group first.",
    Hanger.GROUPS: "Cannot delete entity, must remove users from group first.",
    Hanger.ATTACHED_POLICIES: "Cannot delete entity, must detach all policies first.",
    Hanger.INLINE_POLICIES: "Cannot delete entity, must delete policies first.",
    Hanger.ENTITIES: "Cannot delete a policy attached to entities.",
    Hanger.VERSIONS: (
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. "
        "The default version is deleted with the policy."
    ),
    Hanger.DEFAULT_VERSION: "Cannot delete the default version of a policy.",
}

_LIMIT: Mapping[Quota, str] = {
    Quota.VERSIONS_PER_POLICY: (
        "A managed policy can have up to {limit} versions. Before you create a new version, you must delete an "
        "existing version."
    ),
    Quota.INSTANCE_PROFILES: "Cannot exceed quota for InstanceProfilesPerAccount: {limit}",
    Quota.ROLES_PER_INSTANCE_PROFILE: "Cannot exceed quota for InstanceSessionsPerInstanceProfile: {limit}",
    Quota.SERVER_CERTIFICATES: "Cannot exceed quota for ServerCertificatesPerAccount: {limit}",
    Quota.SIGNING_CERTIFICATES_PER_USER: "Cannot exceed quota for CertificatesPerUser: {limit}",
    Quota.SSH_PUBLIC_KEYS_PER_USER: "Cannot exceed quota for PublicKeysPerUser: {limit}",
    Quota.OIDC_PROVIDERS: "Cannot exceed quota for OpenIdConnectProvidersPerAccount: {limit}",
    Quota.CLIENT_IDS_PER_OIDC_PROVIDER: "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: {limit}",
    Quota.THUMBPRINTS_PER_OIDC_PROVIDER: "Thumbprint list must contain fewer than {limit} entries.",
    Quota.TAGS_PER_OIDC_PROVIDER: "The number of tags has reached the maximum limit.",
    Quota.SAML_PROVIDERS: "Cannot exceed quota for SAMLProvidersPerAccount: {limit}",
    Quota.USERS: "Cannot exceed quota for UsersPerAccount: {limit}",
    Quota.GROUPS: "Cannot exceed quota for GroupsPerAccount: {limit}",
    Quota.ROLES: "Cannot exceed quota for RolesPerAccount: {limit}",
    Quota.POLICIES: "Cannot exceed quota for PoliciesPerAccount: {limit}",
    Quota.ATTACHED_POLICIES_PER_USER: "Cannot exceed quota for PoliciesPerUser: {limit}",
    Quota.ATTACHED_POLICIES_PER_GROUP: "Cannot exceed quota for PoliciesPerGroup: {limit}",
    Quota.ATTACHED_POLICIES_PER_ROLE: "Cannot exceed quota for PoliciesPerRole: {limit}",
    Quota.ASSUME_ROLE_POLICY_SIZE: "Cannot exceed quota for ACLSizePerRole: {limit}",
    Quota.POLICY_SIZE: "Cannot exceed quota for PolicySize: {limit}",
    Quota.USER_POLICY_SIZE: "Maximum policy size of {limit} bytes exceeded for user {name}",
    Quota.GROUP_POLICY_SIZE: "Maximum policy size of {limit} bytes exceeded for group {name}",
    Quota.ROLE_POLICY_SIZE: "Maximum policy size of {limit} bytes exceeded for role {name}",
}

_LIMIT_CODE: Mapping[Quota, tuple[str, int]] = {
    Quota.THUMBPRINTS_PER_OIDC_PROVIDER: ("InvalidInput", 400),
}
"""Where IAM's code for what is too much is not `LimitExceeded`."""

_NOT_ALLOWED: Mapping[Noun, tuple[str, str, int]] = {
    Noun.ATTACHABLE_POLICY: ("PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.", 400),
    Noun.POLICY: ("AccessDenied", "Policy is outside your own account.", 403),
    Noun.ROLE: (
        "UnmodifiableEntity",
        "Cannot perform the operation on the protected role '{}' - this role is only modifiable by AWS",
        400,
    ),
    Noun.ROLE_PATH: (
        "InvalidInput",
        "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
        400,
    ),
}

_TOO_SIMPLE = "Password does not conform to the account password policy."
_HAD_BEFORE = "Policy constraint violation with password reuse prevention during password change."


def fault_of(error: DirectoryError) -> Fault:
    """Return what IAM answers when the directory raised `error`."""
    match error:
        case NoSuchEntity(noun=noun, name=name):
            return Fault("NoSuchEntity", _NO_SUCH[noun].format(name), status=404)
        case EntityAlreadyExists(noun=noun, name=name):
            code, status = _EXISTS_CODE.get(noun, ("EntityAlreadyExists", 409))
            return Fault(code, _EXISTS[noun].format(name), status=status)
        case DeleteConflict(hanger=hanger):
            return Fault("DeleteConflict", _CONFLICT[hanger], status=409)
        case LimitExceeded(quota=quota, limit=limit, name=name):
            sentence = _LIMIT.get(quota, f"Cannot exceed quota for {quota.value}: {{limit}}")
            code, status = _LIMIT_CODE.get(quota, ("LimitExceeded", 409))
            return Fault(code, sentence.format(limit=limit, name=name), status=status)
        case PasswordRefused(had_before=had_before):
            return Fault("PasswordPolicyViolation", _HAD_BEFORE if had_before else _TOO_SIMPLE, status=400)
        case NotAllowed(noun=noun, name=name) if noun in _NOT_ALLOWED:
            code, sentence, status = _NOT_ALLOWED[noun]
            return Fault(code, sentence.format(name), status=status)
        case _:
            raise TypeError(f"no words for {error!r}") from error

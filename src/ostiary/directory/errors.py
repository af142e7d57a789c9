"""The account's rules, when they say no. The services put these into AWS's words.

DirectoryError
├── NoSuchEntity          what was named does not exist
├── EntityAlreadyExists   the name is taken
├── DeleteConflict        something still hangs on what should go
├── LimitExceeded         a quota is full
├── PasswordRefused       the password breaks the account's password policy
├── NotAllowed            the rule is about what the thing is, not about its name
└── CannotImport          what should be imported does not fit to what there is
"""

from enum import Enum, auto


class Noun(Enum):
    """What an error is about."""

    ACCOUNT = auto()
    ALIAS = auto()
    USER = auto()
    GROUP = auto()
    ROLE = auto()
    ROLE_PATH = auto()
    POLICY = auto()
    POLICY_VERSION = auto()
    ATTACHABLE_POLICY = auto()
    ATTACHMENT = auto()
    USER_POLICY = auto()
    GROUP_POLICY = auto()
    ROLE_POLICY = auto()
    ACCESS_KEY = auto()
    BOUNDARY = auto()
    LOGIN_PROFILE = auto()
    PASSWORD_POLICY = auto()
    ACCOUNT_POLICY = auto()
    MFA_DEVICE = auto()
    MFA_DEVICE_OF_USER = auto()
    VIRTUAL_MFA_DEVICE = auto()
    PASSKEY = auto()
    SSH_PUBLIC_KEY = auto()
    SIGNING_CERTIFICATE = auto()
    SERVER_CERTIFICATE = auto()
    SERVICE_CREDENTIAL = auto()
    CREDENTIAL_SERVICE = auto()
    INSTANCE_PROFILE = auto()
    ROLE_IN_INSTANCE_PROFILE = auto()
    ROLE_DELETION = auto()
    OIDC_PROVIDER = auto()
    OIDC_PROVIDER_TO_DELETE = auto()
    SAML_PROVIDER = auto()
    SAML_PROVIDER_KEY = auto()
    ACCESS_REPORT = auto()
    SIGN_IN_SESSION = auto()
    DELEGATION_REQUEST = auto()
    ROLE_TEMPLATE = auto()


class Hanger(Enum):
    """What hangs on a user, group, role or policy and so keeps it from being deleted."""

    ACCESS_KEYS = auto()
    LOGIN_PROFILE = auto()
    MFA_DEVICES = auto()
    MFA_OWNER = auto()
    SIGNING_CERTIFICATES = auto()
    SSH_PUBLIC_KEYS = auto()
    SERVICE_CREDENTIALS = auto()
    INSTANCE_PROFILES = auto()
    ROLES = auto()
    MEMBERS = auto()
    GROUPS = auto()
    ATTACHED_POLICIES = auto()
    INLINE_POLICIES = auto()
    ENTITIES = auto()
    VERSIONS = auto()
    DEFAULT_VERSION = auto()


class Quota(Enum):
    """The quotas, by AWS's names.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    """

    ACCESS_KEYS_PER_USER = "AccessKeysPerUser"
    GROUPS_PER_USER = "GroupsPerUser"
    USERS = "Users"
    GROUPS = "Groups"
    ROLES = "Roles"
    POLICIES = "Policies"
    VERSIONS_PER_POLICY = "VersionsPerPolicy"
    ATTACHED_POLICIES_PER_USER = "AttachedPoliciesPerUser"
    ATTACHED_POLICIES_PER_GROUP = "AttachedPoliciesPerGroup"
    ATTACHED_POLICIES_PER_ROLE = "AttachedPoliciesPerRole"
    TAGS_PER_USER = "TagsPerUser"
    TAGS_PER_ROLE = "TagsPerRole"
    TAGS_PER_POLICY = "TagsPerPolicy"
    TAGS_PER_INSTANCE_PROFILE = "TagsPerInstanceProfile"
    TAGS_PER_MFA_DEVICE = "TagsPerMFADevice"
    TAGS_PER_OIDC_PROVIDER = "TagsPerOpenIDConnectProvider"
    TAGS_PER_SAML_PROVIDER = "TagsPerSAMLProvider"
    TAGS_PER_SERVER_CERTIFICATE = "TagsPerServerCertificate"
    MFA_DEVICES = "MFADevicesPerAccount"
    MFA_DEVICES_PER_USER = "MFADevicesPerUser"
    SSH_PUBLIC_KEYS_PER_USER = "SSHPublicKeysPerUser"
    SIGNING_CERTIFICATES_PER_USER = "SigningCertificatesPerUser"
    SERVICE_CREDENTIALS_PER_USER = "ServiceSpecificCredentialsPerUser"
    SERVER_CERTIFICATES = "ServerCertificates"
    INSTANCE_PROFILES = "InstanceProfiles"
    ROLES_PER_INSTANCE_PROFILE = "RolesPerInstanceProfile"
    OIDC_PROVIDERS = "OpenIDConnectProviders"
    CLIENT_IDS_PER_OIDC_PROVIDER = "ClientIdsPerOpenIDConnectProvider"
    THUMBPRINTS_PER_OIDC_PROVIDER = "ThumbprintsPerOpenIDConnectProvider"
    SAML_PROVIDERS = "SAMLProviders"
    KEYS_PER_SAML_PROVIDER = "KeysPerSAMLProvider"
    POLICY_SIZE = "PolicySize"
    USER_POLICY_SIZE = "UserPolicySize"
    GROUP_POLICY_SIZE = "GroupPolicySize"
    ROLE_POLICY_SIZE = "RolePolicySize"
    ASSUME_ROLE_POLICY_SIZE = "AssumeRolePolicySize"


class DirectoryError(Exception):
    """A rule of the account was not kept."""


class NoSuchEntity(DirectoryError):  # noqa: N818 - AWS's own name for it
    """What was named does not exist."""

    def __init__(self, noun: Noun, name: str) -> None:
        super().__init__(f"no such {noun.name.lower()}: {name}")
        self.noun = noun
        self.name = name


class EntityAlreadyExists(DirectoryError):  # noqa: N818 - AWS's own name for it
    """The name is taken."""

    def __init__(self, noun: Noun, name: str) -> None:
        super().__init__(f"{noun.name.lower()} exists already: {name}")
        self.noun = noun
        self.name = name


class DeleteConflict(DirectoryError):  # noqa: N818 - AWS's own name for it
    """Something still hangs on what should be deleted."""

    def __init__(self, hanger: Hanger) -> None:
        super().__init__(f"still in use: {hanger.name.lower()}")
        self.hanger = hanger


class LimitExceeded(DirectoryError):  # noqa: N818 - AWS's own name for it
    """A quota is full."""

    def __init__(self, quota: Quota, limit: int, name: str = "") -> None:
        super().__init__(f"quota {quota.value} of {limit} is full")
        self.quota = quota
        self.limit = limit
        self.name = name
        """Whose quota it is, where AWS's sentence names it."""


class PasswordRefused(DirectoryError):  # noqa: N818 - reads as what happened
    """The password breaks the account's password policy."""

    def __init__(self, *, had_before: bool) -> None:
        super().__init__("the user had that password before" if had_before else "the password is too simple")
        self.had_before = had_before


class NotAllowed(DirectoryError):  # noqa: N818 - named after the answer
    """The thing exists but cannot be used so: a policy that cannot be attached, a path that cannot be removed."""

    def __init__(self, noun: Noun, name: str) -> None:
        super().__init__(f"{noun.name.lower()} cannot be used so: {name}")
        self.noun = noun
        self.name = name


class CannotImport(DirectoryError):  # noqa: N818 - named after the answer
    """What should be imported does not fit to what there is; the message says what is in the way."""

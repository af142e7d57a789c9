"""Each quota holds what it says and not one more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from ostiary.credentials import SshPublicKey
from ostiary.directory import (
    attachments,
    groups,
    inline_policies,
    instance_profiles,
    keys,
    mfa_devices,
    oidc_providers,
    policies,
    roles,
    saml_providers,
    server_certificates,
    service_credentials,
    signing_certificates,
    ssh_public_keys,
    tags,
    users,
)
from ostiary.directory.directory import Directory
from ostiary.directory.errors import LimitExceeded, Quota
from ostiary.directory.quotas import AWS_DEFAULTS, policy_size, set_quota
from ostiary.directory.saml_providers import DecryptionKey
from ostiary.directory.tags import Tagged
from ostiary.values.secret import SecretKey
from tests.directory.enrolling import enrol
from tests.directory.facts import ACCOUNT, NOW

SMALL = 3


@dataclass
class Scene:
    """What the fillers work on."""

    directory: Directory
    user: users.User
    group: groups.Group
    role: roles.Role
    policy: policies.Policy


@pytest.fixture
def scene(directory: Directory) -> Scene:
    for quota in Quota:
        set_quota(directory, ACCOUNT, quota, SMALL)
    return Scene(
        directory,
        users.create_user(directory, ACCOUNT, "u0", now=NOW),
        groups.create_group(directory, ACCOUNT, "g0", now=NOW),
        roles.create_role(directory, ACCOUNT, "r0", trust_policy="{}", now=NOW),
        policies.create_policy(directory, ACCOUNT, "p0", document="{}", now=NOW),
    )


def attach(scene: Scene, entity: Any, number: int, quota: Quota) -> None:
    arns = ("ReadOnlyAccess", "AdministratorAccess", "SecurityAudit", "PowerUserAccess")
    policy = policies.get_attachable_policy(scene.directory, ACCOUNT, f"arn:aws:iam::aws:policy/{arns[number]}")
    attachments.attach_policy(scene.directory, ACCOUNT, entity.unique_id, policy, quota)


def put(scene: Scene, entity: Any, number: int, quota: Quota) -> None:
    inline_policies.put_inline_policy(
        scene.directory, ACCOUNT, entity.unique_id, f"i{number}", "x", quota=quota, owner=entity.name
    )


def tag(scene: Scene, unique_id: str, number: int, of: Tagged) -> None:
    tags.set_tags(scene.directory, ACCOUNT, unique_id, {f"t{number}": ""}, of)


def join_group(scene: Scene, number: int) -> None:
    name = f"g{number}"
    group = groups.find_group(scene.directory, ACCOUNT, name)
    if group is None:
        set_quota(scene.directory, ACCOUNT, Quota.GROUPS, 2 * SMALL)
        group = groups.create_group(scene.directory, ACCOUNT, name, now=NOW)
    groups.add_member(scene.directory, group, scene.user)


def upload_server_certificate(scene: Scene, number: int) -> None:
    server_certificates.upload_server_certificate(
        scene.directory,
        ACCOUNT,
        f"c{number}",
        body="",
        private_key=SecretKey(""),
        chain=None,
        expires_at=NOW,
        now=NOW,
    )


def upload_signing_certificate(scene: Scene, number: int) -> None:
    signing_certificates.upload_signing_certificate(
        scene.directory, ACCOUNT, scene.user, "", digest=str(number), now=NOW
    )


def upload_ssh_public_key(scene: Scene, number: int) -> None:
    key = SshPublicKey(ssh="", pem="", fingerprint=str(number))
    ssh_public_keys.upload_ssh_public_key(scene.directory, scene.user, "", key, now=NOW)


def enrol_device(scene: Scene, number: int) -> None:
    set_quota(scene.directory, ACCOUNT, Quota.MFA_DEVICES, 2 * SMALL)
    enrol(scene.directory, scene.user, f"d{number}")


def tag_device(scene: Scene, number: int) -> None:
    found = mfa_devices.find_mfa_device(scene.directory, ACCOUNT, f"arn:aws:iam::{ACCOUNT}:mfa/d0")
    device = found or enrol(scene.directory, scene.user, "d0")[0]
    tag(scene, device.device_id, number, Tagged.MFA_DEVICE)


def add_oidc_provider(scene: Scene, number: int) -> None:
    oidc_providers.create_provider(
        scene.directory, ACCOUNT, f"idp{number}.example.com", client_ids=(), thumbprints=(), now=NOW
    )


def oidc_provider(scene: Scene) -> oidc_providers.OidcProvider:
    if not oidc_providers.list_providers(scene.directory, ACCOUNT):
        add_oidc_provider(scene, 0)
    return oidc_providers.list_providers(scene.directory, ACCOUNT)[0]


def add_saml_provider(scene: Scene, number: int) -> None:
    saml_providers.create_provider(
        scene.directory,
        ACCOUNT,
        f"Idp{number}",
        metadata="<x/>",
        valid_until=None,
        assertion_encryption=None,
        keys=(),
        now=NOW,
    )


def saml_provider(scene: Scene) -> saml_providers.SamlProvider:
    if not saml_providers.list_providers(scene.directory, ACCOUNT):
        add_saml_provider(scene, 0)
    return saml_providers.list_providers(scene.directory, ACCOUNT)[0]


# Each filler puts in one more thing, numbered from `start`; numbers below that are in the scene already.
FILLERS: dict[Quota, tuple[int, Callable[[Scene, int], Any]]] = {
    Quota.USERS: (1, lambda s, n: users.create_user(s.directory, ACCOUNT, f"u{n}", now=NOW)),
    Quota.GROUPS: (1, lambda s, n: groups.create_group(s.directory, ACCOUNT, f"g{n}", now=NOW)),
    Quota.ROLES: (1, lambda s, n: roles.create_role(s.directory, ACCOUNT, f"r{n}", trust_policy="{}", now=NOW)),
    Quota.POLICIES: (1, lambda s, n: policies.create_policy(s.directory, ACCOUNT, f"p{n}", document="{}", now=NOW)),
    Quota.VERSIONS_PER_POLICY: (
        1,
        lambda s, _: policies.create_version(s.directory, s.policy, "{}", set_as_default=False, now=NOW),
    ),
    Quota.ACCESS_KEYS_PER_USER: (0, lambda s, _: keys.create_access_key(s.directory, ACCOUNT, s.user, now=NOW)),
    Quota.GROUPS_PER_USER: (0, join_group),
    Quota.ATTACHED_POLICIES_PER_USER: (0, lambda s, n: attach(s, s.user, n, Quota.ATTACHED_POLICIES_PER_USER)),
    Quota.ATTACHED_POLICIES_PER_GROUP: (0, lambda s, n: attach(s, s.group, n, Quota.ATTACHED_POLICIES_PER_GROUP)),
    Quota.ATTACHED_POLICIES_PER_ROLE: (0, lambda s, n: attach(s, s.role, n, Quota.ATTACHED_POLICIES_PER_ROLE)),
    Quota.USER_POLICY_SIZE: (0, lambda s, n: put(s, s.user, n, Quota.USER_POLICY_SIZE)),
    Quota.GROUP_POLICY_SIZE: (0, lambda s, n: put(s, s.group, n, Quota.GROUP_POLICY_SIZE)),
    Quota.ROLE_POLICY_SIZE: (0, lambda s, n: put(s, s.role, n, Quota.ROLE_POLICY_SIZE)),
    Quota.TAGS_PER_USER: (0, lambda s, n: tag(s, s.user.user_id, n, Tagged.USER)),
    Quota.TAGS_PER_ROLE: (0, lambda s, n: tag(s, s.role.role_id, n, Tagged.ROLE)),
    Quota.MFA_DEVICES: (
        0,
        lambda s, n: mfa_devices.create_virtual_mfa_device(s.directory, ACCOUNT, f"d{n}", now=NOW),
    ),
    Quota.MFA_DEVICES_PER_USER: (0, enrol_device),
    Quota.TAGS_PER_MFA_DEVICE: (0, tag_device),
    Quota.TAGS_PER_POLICY: (0, lambda s, n: tag(s, s.policy.policy_id, n, Tagged.POLICY)),
    Quota.TAGS_PER_SERVER_CERTIFICATE: (0, lambda s, n: tag(s, "ASCA", n, Tagged.SERVER_CERTIFICATE)),
    Quota.INSTANCE_PROFILES: (
        0,
        lambda s, n: instance_profiles.create_instance_profile(s.directory, ACCOUNT, f"i{n}", now=NOW),
    ),
    Quota.TAGS_PER_INSTANCE_PROFILE: (0, lambda s, n: tag(s, "AIPA", n, Tagged.INSTANCE_PROFILE)),
    Quota.SERVER_CERTIFICATES: (0, upload_server_certificate),
    Quota.SIGNING_CERTIFICATES_PER_USER: (0, upload_signing_certificate),
    Quota.SSH_PUBLIC_KEYS_PER_USER: (0, upload_ssh_public_key),
    Quota.SERVICE_CREDENTIALS_PER_USER: (
        0,
        lambda s, _: service_credentials.create_service_credential(
            s.directory, s.user, "bedrock.amazonaws.com", now=NOW
        ),
    ),
    Quota.OIDC_PROVIDERS: (0, add_oidc_provider),
    Quota.CLIENT_IDS_PER_OIDC_PROVIDER: (
        0,
        lambda s, n: oidc_providers.set_client_ids(s.directory, oidc_provider(s), [f"c{i}" for i in range(n + 1)]),
    ),
    Quota.THUMBPRINTS_PER_OIDC_PROVIDER: (
        0,
        lambda s, n: oidc_providers.set_thumbprints(s.directory, oidc_provider(s), [f"{i:040}" for i in range(n + 1)]),
    ),
    Quota.SAML_PROVIDERS: (0, add_saml_provider),
    Quota.KEYS_PER_SAML_PROVIDER: (
        0,
        lambda s, n: saml_providers.set_keys(
            s.directory, saml_provider(s), [DecryptionKey(f"k{i}", NOW, "pem") for i in range(n + 1)]
        ),
    ),
    Quota.TAGS_PER_OIDC_PROVIDER: (0, lambda s, n: tag(s, oidc_provider(s).provider_id, n, Tagged.OIDC_PROVIDER)),
    Quota.TAGS_PER_SAML_PROVIDER: (0, lambda s, n: tag(s, saml_provider(s).provider_id, n, Tagged.SAML_PROVIDER)),
}
SIZES: dict[Quota, Callable[[Scene, str], Any]] = {
    Quota.POLICY_SIZE: lambda s, text: policies.create_policy(
        s.directory, ACCOUNT, f"of{len(text)}", document=text, now=NOW
    ),
    Quota.ASSUME_ROLE_POLICY_SIZE: lambda s, text: roles.set_trust_policy(s.directory, s.role, text),
}


def test_every_quota_is_tried() -> None:
    assert FILLERS.keys() | SIZES.keys() | {Quota.ROLES_PER_INSTANCE_PROFILE} == set(Quota) == AWS_DEFAULTS.keys()


@pytest.mark.parametrize("quota", FILLERS, ids=lambda quota: quota.value)
def test_as_many_as_the_quota_and_no_more(scene: Scene, quota: Quota) -> None:
    start, put_in = FILLERS[quota]
    for number in range(start, SMALL):
        put_in(scene, number)
    with pytest.raises(LimitExceeded) as caught:
        put_in(scene, SMALL)
    assert (caught.value.quota, caught.value.limit) == (quota, SMALL)


def test_an_instance_profile_has_one_role_whatever_is_granted(scene: Scene) -> None:
    profile = instance_profiles.create_instance_profile(scene.directory, ACCOUNT, "i", now=NOW)
    instance_profiles.add_role(scene.directory, profile, scene.role)
    profile = instance_profiles.get_instance_profile(scene.directory, ACCOUNT, "i")
    with pytest.raises(LimitExceeded) as caught:
        instance_profiles.add_role(scene.directory, profile, scene.role)
    assert (caught.value.quota, caught.value.limit) == (Quota.ROLES_PER_INSTANCE_PROFILE, 1)


@pytest.mark.parametrize("quota", SIZES, ids=lambda quota: quota.value)
def test_as_long_as_the_quota_and_no_longer(scene: Scene, quota: Quota) -> None:
    SIZES[quota](scene, " x\n".ljust(50) * SMALL)
    with pytest.raises(LimitExceeded) as caught:
        SIZES[quota](scene, "x" * (SMALL + 1))
    assert caught.value.quota is quota


def test_a_new_version_may_not_be_too_long_either(scene: Scene) -> None:
    with pytest.raises(LimitExceeded) as caught:
        policies.create_version(scene.directory, scene.policy, "xxxx", set_as_default=True, now=NOW)
    assert caught.value.quota is Quota.POLICY_SIZE


def test_what_is_there_already_takes_no_more_room(scene: Scene) -> None:
    for number in range(SMALL):
        attach(scene, scene.user, number, Quota.ATTACHED_POLICIES_PER_USER)
        put(scene, scene.user, number, Quota.USER_POLICY_SIZE)
        tag(scene, scene.user.user_id, number, Tagged.USER)
        join_group(scene, number)
    attach(scene, scene.user, 0, Quota.ATTACHED_POLICIES_PER_USER)
    put(scene, scene.user, 0, Quota.USER_POLICY_SIZE)
    tags.set_tags(scene.directory, ACCOUNT, scene.user.user_id, {"T0": "new"}, Tagged.USER)
    join_group(scene, 0)


@pytest.mark.parametrize(
    ("document", "size"),
    [("", 0), ("{}", 2), (' { "a" :\t1 }\r\n', 7), ("\u00e9\u00a0\u2003", 3), ("a b", 2)],
)
def test_white_space_is_not_counted(document: str, size: int) -> None:
    assert policy_size(document) == size

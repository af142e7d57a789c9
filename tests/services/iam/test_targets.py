"""What each operation needs, held against what AWS publishes of its actions."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from ostiary import catalogue
from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec
from ostiary.directory import (
    accounts,
    groups,
    instance_profiles,
    keys,
    mfa_devices,
    policies,
    roles,
    server_certificates,
    service_credentials,
    tags,
    users,
)
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.iam import OPERATIONS
from ostiary.store import open_store
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.operation import Need
from ostiary.values.secret import SecretKey

ACCOUNT = AccountId("111122223333")
NOW = datetime(2026, 1, 2, tzinfo=UTC)
ARN = f"arn:aws:iam::{ACCOUNT}"
BOUNDARY = f"{ARN}:policy/b/Bound"
KEY = "AKIAIOSFODNN7EXAMPLE"
NO_RESOURCE = "*"
TASK = "task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/00000000-0000-0000-0000-000000000000"
TAGS = [{"Key": "team", "Value": "red"}]

ALICE = Caller(CallerKind.USER, ACCOUNT, f"{ARN}:user/p/alice", "AIDA", AccessKeyId(KEY), "alice")
ROOT = Caller(CallerKind.ROOT, ACCOUNT, f"{ARN}:root", ACCOUNT, AccessKeyId(KEY))
SESSION = Caller(
    CallerKind.ASSUMED_ROLE, ACCOUNT, f"arn:aws:sts::{ACCOUNT}:assumed-role/r/s", "AROA:s", AccessKeyId(KEY), "r"
)

PARAMETERS: dict[str, Any] = {
    "UserName": "ALICE",
    "GroupName": "DEVS",
    "RoleName": "DEPLOY",
    "PolicyArn": BOUNDARY,
    "PolicySourceArn": f"{ARN}:role/p/deploy",
    "PolicyName": "Inline",
    "VersionId": "v1",
    "AccessKeyId": KEY,
    "PermissionsBoundary": BOUNDARY,
    "NewUserName": "alison",
    "NewGroupName": "developers",
    "NewPath": "/new/",
    "Tags": TAGS,
    "TagKeys": ["team"],
    "PathPrefix": "/",
    "DelegationRequestId": "dr-0123456789abcdef",
    "EntityArn": f"{ARN}:delegation-request/dr-0123456789abcdef",
    "OwnerId": f"{ARN}:user/p/alice",
    "Permissions": {"PolicyTemplateArn": "arn:aws:iam::aws:policy-template/Example"},
    "NotificationChannel": f"arn:aws:sns:us-east-1:{ACCOUNT}:channel",
    "SessionDuration": 3600,
    "TemplateArn": "arn:aws:iam::aws:role-template/Example",
    "VirtualMFADeviceName": "phone",
    "SerialNumber": f"{ARN}:mfa/p/PHONE",
    "Arn": f"{ARN}:user/ALICE",
    "EntityPath": "o-a1b2c3d4e5/r-f6g7",
    "OrganizationsPolicyId": "p-f6g7h8i9",
    "OpenIDConnectProviderArn": f"{ARN}:oidc-provider/idp.example.com",
    "SAMLProviderArn": f"{ARN}:saml-provider/Idp",
    "Url": "https://idp.example.com",
    "Name": "Idp",
    "ServerCertificateName": "WEB",
    "NewServerCertificateName": "site",
    "ServiceSpecificCredentialId": "ACCA0123456789012345",
    "ServiceName": "bedrock.amazonaws.com",
    "CredentialAgeDays": 30,
    "InstanceProfileName": "FLEET",
    "AWSServiceName": "autoscaling.amazonaws.com",
    "CustomSuffix": "fleet",
    "DeletionTaskId": TASK,
}
# Actions newer than the catalogue's data, with the resources they are decided on till it has them.
NOT_IN_CATALOGUE: dict[str, str] = {
    "iam:AcquireRole": PARAMETERS["TemplateArn"],
    "iam:GetRoleTemplateVersion": PARAMETERS["TemplateArn"],
    "iam:GetAccountProperties": NO_RESOURCE,
    "iam:PutAccountProperties": NO_RESOURCE,
    "iam:UpdateDelegationRequest": f"{ARN}:delegation-request/{PARAMETERS['DelegationRequestId']}",
}
# What CreateUser and its like take: the names are free, and tags come along.
NEW: dict[str, Any] = {**PARAMETERS, "UserName": "new", "GroupName": "new", "RoleName": "new", "PolicyName": "new"}
TAGGING = ("Create", "Tag", "UploadServerCertificate")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'targets.db'}")
    store.create_schema()
    sealer = Sealer(MasterKey.generate())
    with store.write() as connection:
        made = Directory(connection, sealer, SessionTokenCodec(sealer))
        accounts.create_account(made, ACCOUNT, root_email="root@example.com", root_password_hash="-", now=NOW)
        policy = policies.create_policy(made, ACCOUNT, "Bound", path="/b/", document="{}", now=NOW)
        user = users.create_user(made, ACCOUNT, "alice", path="/p/", boundary_arn=policy.arn, now=NOW)
        groups.create_group(made, ACCOUNT, "devs", path="/p/", now=NOW)
        role = roles.create_role(
            made, ACCOUNT, "deploy", path="/p/", trust_policy="{}", boundary_arn=policy.arn, now=NOW
        )
        tags.set_tags(made, ACCOUNT, user.user_id, {"color": "blue"}, Tagged.USER)
        tags.set_tags(made, ACCOUNT, role.role_id, {"color": "blue"}, Tagged.ROLE)
        tags.set_tags(made, ACCOUNT, policy.policy_id, {"color": "blue"}, Tagged.POLICY)
        device, _ = mfa_devices.create_virtual_mfa_device(made, ACCOUNT, "phone", path="/p/", now=NOW)
        tags.set_tags(made, ACCOUNT, device.device_id, {"color": "blue"}, Tagged.MFA_DEVICE)
        profile = instance_profiles.create_instance_profile(made, ACCOUNT, "fleet", path="/p/", now=NOW)
        tags.set_tags(made, ACCOUNT, profile.instance_profile_id, {"color": "blue"}, Tagged.INSTANCE_PROFILE)
        certificate = server_certificates.upload_server_certificate(
            made,
            ACCOUNT,
            "web",
            path="/p/",
            body="",
            private_key=SecretKey(""),
            chain=None,
            expires_at=NOW,
            now=NOW,
        )
        tags.set_tags(made, ACCOUNT, certificate.certificate_id, {"color": "blue"}, Tagged.SERVER_CERTIFICATE)
        yield made
    store.close()


def parameters_for(name: str) -> Mapping[str, Any]:
    """Return what the operation might be called with; tags and boundaries only where the API takes them."""
    parameters = dict(NEW if name in {"CreateUser", "CreateGroup", "CreateRole", "CreatePolicy"} else PARAMETERS)
    if not name.startswith(TAGGING):
        del parameters["Tags"]
    if not name.startswith("Untag"):
        del parameters["TagKeys"]
    if name not in {"CreateUser", "CreateRole", "PutUserPermissionsBoundary", "PutRolePermissionsBoundary"}:
        del parameters["PermissionsBoundary"]
    if name in {"CreateGroup", "CreatePolicyVersion", "CreateAccessKey", "CreateAccountAlias"}:
        del parameters["Tags"]
    return parameters


def needs_of(directory: Directory, name: str, caller: Caller = ALICE, **changed: Any) -> list[Need]:
    operation = OPERATIONS[name]
    assert operation.needs is not None
    return list(operation.needs(directory, caller, {**parameters_for(name), **changed}))


def fits(arn: str, pattern: str) -> bool:
    return re.fullmatch(re.sub(r"\\\$\\{.*?\\}", ".+", re.escape(pattern)), arn) is not None


every_operation = pytest.mark.parametrize("name", sorted(OPERATIONS))


def needs_in_catalogue(directory: Directory, name: str) -> list[Need]:
    """Return what an operation needs, without the actions that the catalogue does not know yet."""
    return [need for need in needs_of(directory, name) if need.action not in NOT_IN_CATALOGUE]


@pytest.mark.parametrize("action", NOT_IN_CATALOGUE)
def test_what_the_catalogue_lacks_is_decided_on_as_said(directory: Directory, action: str) -> None:
    assert catalogue.find_action(action) is None
    ((resource, shown_as),) = shown(directory, action.removeprefix("iam:"))
    assert resource == shown_as == NOT_IN_CATALOGUE[action]


@every_operation
def test_actions_are_aws_actions_on_resources_of_theirs(directory: Directory, name: str) -> None:
    needs = needs_of(directory, name)
    assert needs
    assert needs[0].action == f"iam:{name}"
    for need in needs_in_catalogue(directory, name):
        action = catalogue.find_action(need.action)
        assert action is not None
        patterns = [resource.type.arn_pattern for resource in action.resources]
        if patterns:
            assert any(fits(need.resource, pattern) for pattern in patterns), (need.resource, patterns)
        else:
            assert need.resource == NO_RESOURCE


@every_operation
def test_condition_keys_are_the_actions_own(directory: Directory, name: str) -> None:
    for need in needs_in_catalogue(directory, name):
        action = catalogue.find_action(need.action)
        assert action is not None
        known = {*action.condition_keys, *(key for each in action.resources for key in each.type.condition_keys)}
        for key in need.context:
            found = catalogue.find_condition_key(key)
            assert found is not None, key
            assert found.name in known, (need.action, key, known)


@every_operation
def test_condition_keys_of_the_action_are_given(directory: Directory, name: str) -> None:
    given = {need.action: need.context for need in needs_in_catalogue(directory, name)}
    for name_of_action, context in given.items():
        action = catalogue.find_action(name_of_action)
        assert action is not None
        wanted = {key for key in action.condition_keys if key in {"iam:PolicyARN", "iam:PermissionsBoundary"}}
        assert wanted <= context.keys()


def shown(directory: Directory, name: str, caller: Caller = ALICE, **changed: Any) -> list[tuple[str, str]]:
    """Return each need's resource as it is decided on and as a refusal names it."""
    return [(need.resource, need.shown_as or need.resource) for need in needs_of(directory, name, caller, **changed)]


SHOWN: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    ("GetUser", {}, [(f"{ARN}:user/p/alice", "user ALICE")]),
    ("GetUser", {"UserName": "bob"}, [(f"{ARN}:user/bob", "user bob")]),
    ("GetUser", {"UserName": None}, [(f"{ARN}:user/p/alice", "user alice")]),
    ("GetGroup", {}, [(f"{ARN}:group/p/devs", "group DEVS")]),
    ("GetRole", {"RoleName": "gone"}, [(f"{ARN}:role/gone", "role gone")]),
    ("CreateGroup", {"Path": "/x/"}, [(f"{ARN}:group/x/new", f"{ARN}:group/x/new")]),
    ("CreateUser", {}, [(f"{ARN}:user/new", f"{ARN}:user/new")] * 2),
    ("CreateUser", {"Tags": []}, [(f"{ARN}:user/new", f"{ARN}:user/new")]),
    ("CreatePolicy", {"Tags": []}, [(f"{ARN}:policy/new", "policy new")]),
    ("UpdateUser", {}, [(f"{ARN}:user/p/alice", "user ALICE"), (f"{ARN}:user/new/alison", "user alison")]),
    (
        "UpdateUser",
        {"NewPath": None},
        [(f"{ARN}:user/p/alice", "user ALICE"), (f"{ARN}:user/p/alison", "user alison")],
    ),
    (
        "UpdateGroup",
        {"NewGroupName": None},
        [(f"{ARN}:group/p/devs", "group DEVS"), (f"{ARN}:group/new/devs", "group devs")],
    ),
    ("UpdateUser", {"NewPath": None, "NewUserName": None}, [(f"{ARN}:user/p/alice", "user ALICE")]),
    ("ListUsers", {"PathPrefix": "/x/"}, [("*", f"{ARN}:user/x/")]),
    ("ListPolicies", {"PathPrefix": "/x/"}, [("*", "policy path /x/")]),
    ("ListAccountAliases", {}, [("*", "*")]),
    ("AddUserToGroup", {}, [(f"{ARN}:group/p/devs", "group DEVS")]),
    ("GetPolicy", {}, [(BOUNDARY, f"policy {BOUNDARY}")]),
    ("GetPolicy", {"PolicyArn": "no arn"}, [("no arn", "policy no arn")]),
    ("GetPolicyVersion", {}, [(BOUNDARY, f"policy {BOUNDARY} version v1")]),
    ("GetAccessKeyLastUsed", {}, [(f"{ARN}:user/*", f"access key {KEY}")]),
    ("GetInstanceProfile", {}, [(f"{ARN}:instance-profile/p/fleet", "instance profile FLEET")]),
    (
        "DeleteInstanceProfile",
        {"InstanceProfileName": "gone"},
        [(f"{ARN}:instance-profile/gone", "instance profile gone")],
    ),
    ("CreateInstanceProfile", {"Path": "/x/"}, [(f"{ARN}:instance-profile/x/FLEET",) * 2] * 2),
    ("CreateInstanceProfile", {"Tags": []}, [(f"{ARN}:instance-profile/FLEET",) * 2]),
    ("ListInstanceProfiles", {"PathPrefix": "/x/"}, [("*", f"{ARN}:instance-profile/x/")]),
    (
        "AddRoleToInstanceProfile",
        {},
        [(f"{ARN}:instance-profile/p/fleet", "instance profile FLEET"), (f"{ARN}:role/p/deploy",) * 2],
    ),
    (
        "AddRoleToInstanceProfile",
        {"RoleName": "gone", "InstanceProfileName": "gone"},
        [(f"{ARN}:instance-profile/gone", "instance profile gone"), (f"{ARN}:role/gone",) * 2],
    ),
    (
        "CreateServiceLinkedRole",
        {},
        [(f"{ARN}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_fleet",) * 2],
    ),
    (
        "CreateServiceLinkedRole",
        {"AWSServiceName": "none.amazonaws.com"},
        [(f"{ARN}:role/aws-service-role/none.amazonaws.com/*",) * 2],
    ),
    (
        "GetServiceLinkedRoleDeletionStatus",
        {},
        [(f"{ARN}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",) * 2],
    ),
    ("GetServiceLinkedRoleDeletionStatus", {"DeletionTaskId": "no task"}, [(f"{ARN}:role/*",) * 2]),
    ("GetServerCertificate", {}, [(f"{ARN}:server-certificate/p/web", "server certificate WEB")]),
    (
        "DeleteServerCertificate",
        {"ServerCertificateName": "gone"},
        [(f"{ARN}:server-certificate/gone", "server certificate gone")],
    ),
    ("UploadServerCertificate", {"Path": "/x/"}, [(f"{ARN}:server-certificate/x/WEB",) * 2] * 2),
    ("UploadServerCertificate", {"Tags": []}, [(f"{ARN}:server-certificate/WEB",) * 2]),
    (
        "UpdateServerCertificate",
        {},
        [
            (f"{ARN}:server-certificate/p/web", "server certificate WEB"),
            (f"{ARN}:server-certificate/new/site", "server certificate site"),
        ],
    ),
    (
        "UpdateServerCertificate",
        {"NewServerCertificateName": None, "ServerCertificateName": "gone"},
        [
            (f"{ARN}:server-certificate/gone", "server certificate gone"),
            (f"{ARN}:server-certificate/new/gone", "server certificate gone"),
        ],
    ),
    (
        "UpdateServerCertificate",
        {"NewServerCertificateName": None, "NewPath": None},
        [(f"{ARN}:server-certificate/p/web", "server certificate WEB")],
    ),
    ("ListServerCertificates", {"PathPrefix": "/x/"}, [("*", f"{ARN}:server-certificate/x/")]),
    ("ListServiceSpecificCredentials", {}, [(f"{ARN}:user/p/alice", "user ALICE")]),
    ("ListServiceSpecificCredentials", {"AllUsers": True}, [(f"{ARN}:user/*",) * 2]),
    ("SimulateCustomPolicy", {}, [("*", "*")]),
    ("SimulatePrincipalPolicy", {}, [(f"{ARN}:role/p/deploy", f"{ARN}:role/p/deploy")]),
    (
        "SimulatePrincipalPolicy",
        {"PolicySourceArn": f"{ARN}:user/ALICE"},
        [(f"{ARN}:user/p/alice", f"{ARN}:user/ALICE")],
    ),
    (
        "GetContextKeysForPrincipalPolicy",
        {"PolicySourceArn": f"{ARN}:group/gone"},
        [(f"{ARN}:group/gone", f"{ARN}:group/gone")],
    ),
    ("GenerateServiceLastAccessedDetails", {}, [(f"{ARN}:user/p/alice", f"{ARN}:user/ALICE")]),
    ("GenerateServiceLastAccessedDetails", {"Arn": BOUNDARY}, [(BOUNDARY, f"policy {BOUNDARY}")]),
    ("ListPoliciesGrantingServiceAccess", {"Arn": f"{ARN}:role/gone"}, [(f"{ARN}:role/gone", f"{ARN}:role/gone")]),
    ("GetServiceLastAccessedDetails", {}, [("*", "*")]),
    ("GenerateOrganizationsAccessReport", {}, [(f"{ARN}:access-report/o-a1b2c3d4e5/r-f6g7",) * 2]),
    (
        "GetContextKeysForPrincipalPolicy",
        {"PolicySourceArn": "arn:aws:iam::444455556666:user/alice"},
        [("arn:aws:iam::444455556666:user/alice", "arn:aws:iam::444455556666:user/alice")],
    ),
    (
        "CreateVirtualMFADevice",
        {"Path": "/a/"},
        [(f"{ARN}:mfa/a/phone", f"{ARN}:mfa/a/phone"), (f"{ARN}:mfa/a/phone", f"{ARN}:mfa/a/phone")],
    ),
    ("DeleteVirtualMFADevice", {}, [(f"{ARN}:mfa/p/phone", f"{ARN}:mfa/p/PHONE")]),
    ("DeleteVirtualMFADevice", {"SerialNumber": "GAHT12345678"}, [(f"{ARN}:mfa/GAHT12345678", "GAHT12345678")]),
    ("ListVirtualMFADevices", {}, [("*", f"{ARN}:mfa/")]),
    ("EnableMFADevice", {}, [(f"{ARN}:user/p/alice", "user ALICE")]),
    ("ChangePassword", {}, [(f"{ARN}:user/p/alice", "user alice")]),
]


@pytest.mark.parametrize(("name", "changed", "expected"), SHOWN)
def test_resources_and_how_a_refusal_names_them(
    directory: Directory, name: str, changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert shown(directory, name, **changed) == expected


def test_the_root_user_means_itself(directory: Directory) -> None:
    assert shown(directory, "ListAccessKeys", ROOT, UserName=None) == [(f"{ARN}:root", f"{ARN}:root")]


def test_a_role_session_has_no_user_of_its_own(directory: Directory) -> None:
    with pytest.raises(Fault, match="Must specify userName when calling with non-User credentials") as caught:
        needs_of(directory, "GetUser", SESSION, UserName=None)
    assert (caught.value.code, caught.value.status) == ("ValidationError", 400)


@pytest.mark.parametrize("of_root", [False, True])
def test_a_key_is_its_owners(directory: Directory, *, of_root: bool) -> None:
    owner = None if of_root else users.get_user(directory, ACCOUNT, "alice")
    key, _ = keys.create_access_key(directory, ACCOUNT, owner, now=NOW)
    ((resource, _),) = shown(directory, "GetAccessKeyLastUsed", AccessKeyId=key.access_key_id)
    assert resource == (f"{ARN}:root" if of_root else f"{ARN}:user/p/alice")


@pytest.mark.parametrize(
    ("arn", "account"),
    [
        (BOUNDARY, None),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess", None),
        ("no arn", None),
        ("arn:aws:iam::444455556666:policy/b/Bound", "444455556666"),
    ],
)
def test_a_policy_of_another_account_is_the_other_accounts(directory: Directory, arn: str, account: str | None) -> None:
    (need,) = needs_of(directory, "GetPolicy", PolicyArn=arn)
    assert need.resource_account == account


CONTEXTS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("CreateUser", {}, {"aws:RequestTag/team": "red", "aws:TagKeys": ("team",), "iam:PermissionsBoundary": BOUNDARY}),
    ("CreateUser", {"Tags": [], "PermissionsBoundary": None}, {}),
    ("TagPolicy", {}, {"aws:RequestTag/team": "red", "aws:TagKeys": ("team",), "aws:ResourceTag/color": "blue"}),
    (
        "UntagRole",
        {},
        {"aws:TagKeys": ("team",), "aws:ResourceTag/color": "blue", "iam:ResourceTag/color": "blue"},
    ),
    ("AttachGroupPolicy", {}, {"iam:PolicyARN": BOUNDARY}),
    ("AttachGroupPolicy", {"PolicyArn": "arn:aws:iam::aws:policy/X"}, {"iam:PolicyARN": "arn:aws:iam::aws:policy/X"}),
    (
        "DetachUserPolicy",
        {"PolicyArn": "other"},
        {
            "iam:PolicyARN": "other",
            "iam:PermissionsBoundary": BOUNDARY,
            "aws:ResourceTag/color": "blue",
            "iam:ResourceTag/color": "blue",
        },
    ),
    ("AttachUserPolicy", {"UserName": "gone"}, {"iam:PolicyARN": BOUNDARY}),
    ("PutUserPermissionsBoundary", {"UserName": "gone"}, {"iam:PermissionsBoundary": BOUNDARY}),
    ("SimulatePrincipalPolicy", {}, {"aws:ResourceTag/color": "blue", "iam:ResourceTag/color": "blue"}),
    (
        "CreateDelegationRequest",
        {},
        {
            "iam:DelegationDuration": "3600",
            "iam:NotificationChannel": f"arn:aws:sns:us-east-1:{ACCOUNT}:channel",
            "iam:TemplateArn": "arn:aws:iam::aws:policy-template/Example",
        },
    ),
    ("ListDelegationRequests", {}, {"iam:DelegationRequestOwner": f"{ARN}:user/p/alice"}),
    ("ListDelegationRequests", {"OwnerId": None}, {}),
    ("GenerateServiceLastAccessedDetails", {"Arn": BOUNDARY}, {"aws:ResourceTag/color": "blue"}),
    ("GenerateOrganizationsAccessReport", {}, {"iam:OrganizationsPolicyId": "p-f6g7h8i9"}),
    ("GenerateOrganizationsAccessReport", {"OrganizationsPolicyId": None}, {}),
    ("SimulatePrincipalPolicy", {"PolicySourceArn": f"{ARN}:group/devs"}, {}),
    ("AddRoleToInstanceProfile", {}, {"aws:ResourceTag/color": "blue"}),
    ("CreateInstanceProfile", {}, {"aws:RequestTag/team": "red", "aws:TagKeys": ("team",)}),
    ("UntagInstanceProfile", {}, {"aws:TagKeys": ("team",), "aws:ResourceTag/color": "blue"}),
    ("CreateServiceLinkedRole", {}, {"iam:AWSServiceName": "autoscaling.amazonaws.com"}),
    ("UploadServerCertificate", {}, {"aws:RequestTag/team": "red", "aws:TagKeys": ("team",)}),
    ("UntagServerCertificate", {}, {"aws:TagKeys": ("team",), "aws:ResourceTag/color": "blue"}),
    (
        "CreateServiceSpecificCredential",
        {"UserName": "gone"},
        {
            "iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com",
            "iam:ServiceSpecificCredentialAgeDays": "30",
        },
    ),
    (
        "CreateServiceSpecificCredential",
        {"UserName": "gone", "CredentialAgeDays": None},
        {"iam:ServiceSpecificCredentialServiceName": "bedrock.amazonaws.com"},
    ),
    ("DeleteServiceSpecificCredential", {"UserName": "gone"}, {}),
    ("DeleteVirtualMFADevice", {}, {"aws:ResourceTag/color": "blue"}),
    ("UntagMFADevice", {}, {"aws:ResourceTag/color": "blue", "aws:TagKeys": ("team",)}),
    ("TagMFADevice", {"SerialNumber": f"{ARN}:mfa/gone"}, {"aws:RequestTag/team": "red", "aws:TagKeys": ("team",)}),
]


@pytest.mark.parametrize(("name", "changed", "expected"), CONTEXTS)
def test_condition_keys_and_their_values(
    directory: Directory, name: str, changed: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert needs_of(directory, name, **changed)[0].context == expected


def test_a_role_put_into_a_profile_is_passed_to_ec2(directory: Directory) -> None:
    _, passed = needs_of(directory, "AddRoleToInstanceProfile")
    assert passed.action == "iam:PassRole"
    assert passed.context == {
        "iam:PassedToService": "ec2.amazonaws.com",
        "aws:ResourceTag/color": "blue",
        "iam:ResourceTag/color": "blue",
    }


def test_a_credential_for_a_service_is_decided_on_with_its_service(directory: Directory) -> None:
    user = users.get_user(directory, ACCOUNT, "alice")
    credential, _ = service_credentials.create_service_credential(directory, user, "codecommit.amazonaws.com", now=NOW)
    for name in ("Update", "Reset", "Delete"):
        (need,) = needs_of(
            directory, f"{name}ServiceSpecificCredential", ServiceSpecificCredentialId=credential.credential_id
        )
        assert need.context["iam:ServiceSpecificCredentialServiceName"] == "codecommit.amazonaws.com"


def test_a_device_of_another_account_is_the_other_accounts(directory: Directory) -> None:
    (need,) = needs_of(directory, "DeleteVirtualMFADevice", SerialNumber="arn:aws:iam::444455556666:mfa/phone")
    assert need.resource_account == "444455556666"


@pytest.mark.parametrize("caller", [ROOT, SESSION])
def test_only_users_have_passwords_to_change(directory: Directory, caller: Caller) -> None:
    with pytest.raises(Fault, match="Only IAM Users can change their own password") as caught:
        needs_of(directory, "ChangePassword", caller)
    assert (caught.value.code, caught.value.status) == ("InvalidUserType", 400)

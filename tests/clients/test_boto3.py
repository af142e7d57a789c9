"""Every paginator and waiter of boto3's IAM client: pages of one say what one page says."""

import hashlib
import itertools
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.session
import pytest
from botocore.exceptions import WaiterError
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.clients.accounts import allow, trust
from tests.conftest import RunningServer
from tests.e2e.identity_providers import SamlIdp
from tests.services.authenticator import enrol

LOADER = botocore.session.get_session().get_component("data_loader")
PAGINATORS: Mapping[str, Any] = LOADER.load_service_model("iam", "paginators-1")["pagination"]
TAGS = [{"Key": f"tag-{number}", "Value": str(number)} for number in range(3)]
THREE = range(3)

USER, GROUP, ROLE = {"UserName": "user-0"}, {"GroupName": "group-0"}, {"RoleName": "role-0"}
ACTIONS = {"ActionNames": ["iam:GetUser", "iam:GetRole", "iam:GetGroup"]}
# What each paginator is asked, and how many entries there are at the least.
ASKED: dict[str, tuple[dict[str, Any], int]] = {
    "GetAccountAuthorizationDetails": ({}, 9),
    "GetGroup": (GROUP, 3),
    "ListAccessKeys": (USER, 2),
    "ListAccountAliases": ({}, 1),
    "ListAttachedGroupPolicies": (GROUP, 3),
    "ListAttachedRolePolicies": (ROLE, 3),
    "ListAttachedUserPolicies": (USER, 3),
    "ListEntitiesForPolicy": ({"PolicyArn": "{account}:policy/policy-0"}, 3),
    "ListGroupPolicies": (GROUP, 3),
    "ListGroups": ({}, 3),
    "ListGroupsForUser": (USER, 3),
    "ListInstanceProfileTags": ({"InstanceProfileName": "profile-0"}, 3),
    "ListInstanceProfiles": ({}, 3),
    "ListInstanceProfilesForRole": (ROLE, 3),
    "ListMFADeviceTags": ({"SerialNumber": "{account}:mfa/device-0"}, 3),
    "ListMFADevices": (USER, 3),
    "ListOpenIDConnectProviderTags": ({"OpenIDConnectProviderArn": "{account}:oidc-provider/issuer.example.com"}, 3),
    "ListPolicies": ({"Scope": "Local"}, 3),
    "ListPolicyTags": ({"PolicyArn": "{account}:policy/policy-0"}, 3),
    "ListPolicyVersions": ({"PolicyArn": "{account}:policy/policy-0"}, 3),
    "ListRolePolicies": (ROLE, 3),
    "ListRoleTags": (ROLE, 3),
    "ListRoles": ({}, 3),
    "ListSAMLProviderTags": ({"SAMLProviderArn": "{account}:saml-provider/saml"}, 3),
    "ListSSHPublicKeys": (USER, 3),
    "ListServerCertificateTags": ({"ServerCertificateName": "certificate-0"}, 3),
    "ListServerCertificates": ({}, 3),
    "ListSigningCertificates": (USER, 2),
    "ListUserPolicies": (USER, 3),
    "ListUserTags": (USER, 3),
    "ListUsers": ({}, 3),
    "ListVirtualMFADevices": ({}, 3),
    "SimulateCustomPolicy": ({"PolicyInputList": [allow("iam:GetUser")], **ACTIONS}, 3),
    "SimulatePrincipalPolicy": ({"PolicySourceArn": "{account}:user/user-0", **ACTIONS}, 3),
}


def certificate(number: int) -> tuple[str, str]:
    """Return a certificate that vouches for itself, and its private key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{number}.example.com")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), secret.decode()


def ssh_public_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    return key.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()


@pytest.fixture(scope="module")
def account(iam: Any, account_id: str) -> str:
    """Fill an account with three of each, and return how the ARNs of what is in it begin."""
    prefix = f"arn:aws:iam::{account_id}"
    iam.create_account_alias(AccountAlias="paged")
    for number in THREE:
        iam.create_user(UserName=f"user-{number}", Tags=TAGS)
        iam.create_group(GroupName=f"group-{number}")
        iam.create_role(
            RoleName=f"role-{number}", Tags=TAGS, AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"})
        )
        iam.create_policy(PolicyName=f"policy-{number}", Tags=TAGS, PolicyDocument=allow("iam:GetUser"))
        iam.create_instance_profile(InstanceProfileName=f"profile-{number}", Tags=TAGS)
        enrol(iam, "user-0", f"device-{number}")
        iam.tag_mfa_device(SerialNumber=f"{prefix}:mfa/device-{number}", Tags=TAGS)
        body, key = certificate(number)
        iam.upload_server_certificate(
            ServerCertificateName=f"certificate-{number}", CertificateBody=body, PrivateKey=key, Tags=TAGS
        )
    for number in THREE:
        arn = f"{prefix}:policy/policy-{number}"
        iam.attach_user_policy(**USER, PolicyArn=arn)
        iam.attach_group_policy(**GROUP, PolicyArn=arn)
        iam.attach_role_policy(**ROLE, PolicyArn=arn)
        inline = {"PolicyName": f"inline-{number}", "PolicyDocument": allow("iam:ListUsers")}
        iam.put_user_policy(**USER, **inline)
        iam.put_group_policy(**GROUP, **inline)
        iam.put_role_policy(**ROLE, **inline)
        iam.add_user_to_group(**GROUP, UserName=f"user-{number}")
        iam.upload_ssh_public_key(**USER, SSHPublicKeyBody=ssh_public_key())
        iam.add_role_to_instance_profile(**ROLE, InstanceProfileName=f"profile-{number}")
    for number in (1, 2):
        iam.add_user_to_group(**USER, GroupName=f"group-{number}")
        iam.create_access_key(**USER)
        iam.upload_signing_certificate(**USER, CertificateBody=certificate(number)[0])
        iam.create_policy_version(PolicyArn=f"{prefix}:policy/policy-0", PolicyDocument=allow("iam:GetRole"))
    iam.create_open_id_connect_provider(
        Url="https://issuer.example.com",
        ThumbprintList=[hashlib.sha1(b"", usedforsecurity=False).hexdigest()],
        Tags=TAGS,
    )
    iam.create_saml_provider(Name="saml", SAMLMetadataDocument=SamlIdp().metadata(), Tags=TAGS)
    return prefix


def test_every_paginator_is_asked() -> None:
    assert set(ASKED) == set(PAGINATORS)


@pytest.mark.parametrize("operation", sorted(ASKED))
def test_pages_of_one_say_what_one_page_says(iam: Any, account: str, operation: str) -> None:
    asked, least = ASKED[operation]
    parameters = {name: in_account(value, account) for name, value in asked.items()}
    results = PAGINATORS[operation]["result_key"]
    kinds = [results] if isinstance(results, str) else results
    paginator = iam.get_paginator(botocore.xform_name(operation))

    whole = list(paginator.paginate(**parameters, PaginationConfig={"PageSize": 1000}))
    single = list(paginator.paginate(**parameters, PaginationConfig={"PageSize": 1}))
    expected = {kind: entries(whole, kind) for kind in kinds}
    assert {kind: entries(single, kind) for kind in kinds} == expected
    count = sum(map(len, expected.values()))
    assert count >= least
    assert len(whole) == 1
    assert len(single) == max(count, 1)
    assert [page["IsTruncated"] for page in single] == [True] * (len(single) - 1) + [False]
    assert ["Marker" in page for page in single] == [page["IsTruncated"] for page in single]


def in_account(value: Any, account: str) -> Any:
    return value.replace("{account}", account) if isinstance(value, str) else value


def entries(pages: list[dict[str, Any]], kind: str) -> list[str]:
    """Return what pages hold of a kind, as text: two answers need not list a policy's statements in one order."""
    found = itertools.chain.from_iterable(page.get(kind, []) for page in pages)
    return [json.dumps(entry, sort_keys=True, default=str) for entry in found]


@pytest.mark.parametrize(
    ("waiter", "there"),
    [
        ("user_exists", USER),
        ("role_exists", ROLE),
        ("instance_profile_exists", {"InstanceProfileName": "profile-0"}),
        ("policy_exists", {"PolicyArn": "{account}:policy/policy-0"}),
    ],
)
def test_waiters_wait_for_what_comes_and_give_up_on_what_does_not(
    iam: Any, account: str, waiter: str, there: dict[str, str]
) -> None:
    parameters = {name: in_account(value, account) for name, value in there.items()}
    waiting = iam.get_waiter(waiter)
    waiting.wait(**parameters, WaiterConfig={"Delay": 0, "MaxAttempts": 1})
    absent = {name: f"{value}-absent" for name, value in parameters.items()}
    with pytest.raises(WaiterError) as given_up:
        waiting.wait(**absent, WaiterConfig={"Delay": 0, "MaxAttempts": 2})
    assert given_up.value.last_response["Error"]["Code"] == "NoSuchEntity"


def test_every_waiter_is_tried(server: RunningServer) -> None:
    names = server.client("iam", server.admin).waiter_names
    assert set(names) == {"user_exists", "role_exists", "instance_profile_exists", "policy_exists"}

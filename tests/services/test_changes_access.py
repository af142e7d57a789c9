"""An operation that leaves the account's access revision as it is changes nobody's access."""

from typing import Any

import pytest

from ostiary.directory import accounts, in_force
from ostiary.directory.in_force import InForce
from ostiary.services.iam import OPERATIONS
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.identifiers import AccessKeyId
from tests.conftest import RunningServer
from tests.credentials.making import make_certificate, private_pem, rsa_key, ssh_line

CALLS = {
    "CreateUser": {"UserName": "quiet-user", "Tags": [{"Key": "a", "Value": "b"}]},
    "CreateGroup": {"GroupName": "quiet-group"},
    "CreateRole": {
        "RoleName": "quiet-role",
        "AssumeRolePolicyDocument": '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", '
        '"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}',
    },
    "CreateInstanceProfile": {"InstanceProfileName": "quiet-profile"},
    "CreateServiceLinkedRole": {"AWSServiceName": "ecs.amazonaws.com"},
    "CreateAccessKey": {"UserName": "quiet-user"},
    "UploadSSHPublicKey": {"UserName": "quiet-user", "SSHPublicKeyBody": ssh_line(rsa_key())},
    "UploadSigningCertificate": {"UserName": "quiet-user", "CertificateBody": make_certificate(rsa_key())},
    "UploadServerCertificate": {
        "ServerCertificateName": "quiet-certificate",
        "CertificateBody": make_certificate(rsa_key()),
        "PrivateKey": private_pem(rsa_key()),
    },
    "CreateServiceSpecificCredential": {"UserName": "quiet-user", "ServiceName": "codecommit.amazonaws.com"},
    "GenerateCredentialReport": {},
    "GenerateServiceLastAccessedDetails": {"Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
}


def state(server: RunningServer, admin_id: str) -> tuple[int, InForce]:
    """Return the account's revision and what applies to the administrator, straight from the database."""
    account = server.setup.account_id
    caller = Caller(CallerKind.USER, account, "", admin_id, AccessKeyId(""))
    with server.reading() as directory:
        return accounts.get_access_revision(directory, account), in_force.policies_in_force(directory, caller)


def test_every_quiet_operation_is_called_here() -> None:
    assert {name for name, operation in OPERATIONS.items() if not operation.changes_access} == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_nobodys_access_changes(server: RunningServer, iam: Any, name: str) -> None:
    if name == "CreateAccessKey":
        iam.create_user(UserName="quiet-user-2")
    admin_id = iam.get_user()["User"]["UserId"]
    before = state(server, admin_id)
    parameters = {**CALLS[name]}
    if name == "CreateAccessKey":
        parameters["UserName"] = "quiet-user-2"
    iam._make_api_call(name, parameters)  # noqa: SLF001 - calls an operation by its name
    assert state(server, admin_id) == before


def test_other_changes_raise_the_revision(server: RunningServer, iam: Any) -> None:
    admin_id = iam.get_user()["User"]["UserId"]
    revision, _ = state(server, admin_id)
    iam.tag_user(UserName="admin", Tags=[{"Key": "team", "Value": "red"}])
    assert state(server, admin_id)[0] == revision + 1

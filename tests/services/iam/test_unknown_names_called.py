"""Every operation on a user, group or role that does not exist says so in the same words."""

import re
from typing import Any

import botocore.session
import pytest

from ostiary.services.iam import OPERATIONS
from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST, refusal

NAMES = {"UserName": "user", "GroupName": "group", "RoleName": "role"}
PARAMETERS: dict[str, Any] = {
    "PolicyArn": READ_ONLY,
    "PolicyName": "p",
    "PolicyDocument": DOCUMENT,
    "PermissionsBoundary": READ_ONLY,
    "Tags": [{"Key": "a", "Value": "b"}],
    "TagKeys": ["a"],
    "Description": "d",
    "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
    "Status": "Active",
    "SSHPublicKeyId": "APKAIOSFODNN7EXAMPLE",
    "SSHPublicKeyBody": "ssh-rsa AAAA",
    "Encoding": "SSH",
    "CertificateId": "TA7SMP42TDN5Z26OBPJE7EXAMPLE",
    "CertificateBody": "certificate",
    "ServiceSpecificCredentialId": "ACCAIOSFODNN7EXAMPLE",
    "ServiceName": "codecommit.amazonaws.com",
    "SerialNumber": "arn:aws:iam::111122223333:mfa/nobodys",
    "AuthenticationCode1": "123456",
    "AuthenticationCode2": "654321",
}
MODEL = botocore.session.Session().get_service_model("iam")


def names_in(operation: str) -> list[str]:
    shape = MODEL.operation_model(operation).input_shape
    return [member for member in NAMES if shape and member in shape.members]


def on_someone(operation: str) -> bool:
    # An instance profile is looked for before the role that is put into it.
    return bool(names_in(operation)) and not re.fullmatch(
        "Create(User|Group|Role)|.*RoleToInst.*|.*RoleFrom.*", operation
    )


@pytest.mark.parametrize("operation", sorted(filter(on_someone, OPERATIONS)))
def test_who_does_not_exist_cannot_be_found(iam: Any, operation: str) -> None:
    named = dict.fromkeys(names_in(operation), "nobody")
    required = MODEL.operation_model(operation).input_shape.required_members
    parameters = {member: PARAMETERS[member] for member in required if member not in named}
    if operation == "UpdateAssumeRolePolicy":
        parameters["PolicyDocument"] = TRUST
    if operation == "CreateLoginProfile":
        parameters["Password"] = "Correct-Horse-9"
    method = next(name for name, each in iam.meta.method_to_api_mapping.items() if each == operation)
    kind = NAMES[next(iter(named))]
    assert refusal(getattr(iam, method), **named, **parameters) == (
        "NoSuchEntity",
        f"The {kind} with name nobody cannot be found.",
        404,
    )

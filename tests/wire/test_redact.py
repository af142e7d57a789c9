from typing import Any

import pytest
from botocore.model import Shape

from ostiary.wire import Route, redact
from ostiary.wire.redact import HIDDEN
from ostiary.wire.sensitive import UNMARKED
from ostiary.wire.spoken import SPOKEN
from tests.wire.calls import all_operations, botocore_model, botocore_operation, protocol_of
from tests.wire.samples import full_value

SECRET = "s3cr3t"


@pytest.mark.parametrize(
    ("operation", "values", "expected"),
    [
        (
            "iam:CreateLoginProfile",
            {"UserName": "alice", "Password": SECRET, "PasswordResetRequired": True},
            {"UserName": "alice", "Password": HIDDEN, "PasswordResetRequired": True},
        ),
        (
            "iam:ChangePassword",
            {"OldPassword": SECRET, "NewPassword": SECRET},
            {"OldPassword": HIDDEN, "NewPassword": HIDDEN},
        ),
        (
            "iam:EnableMFADevice",
            {"UserName": "alice", "AuthenticationCode1": SECRET, "AuthenticationCode2": SECRET},
            {"UserName": "alice", "AuthenticationCode1": HIDDEN, "AuthenticationCode2": HIDDEN},
        ),
        (
            "iam:CreateAccessKey",
            {"AccessKey": {"AccessKeyId": "AKIA", "SecretAccessKey": SECRET}},
            {"AccessKey": {"AccessKeyId": "AKIA", "SecretAccessKey": HIDDEN}},
        ),
        (
            "iam:CreateVirtualMFADevice",
            {"VirtualMFADevice": {"SerialNumber": "x", "Base32StringSeed": b"s3cr3t", "QRCodePNG": b"s3cr3t"}},
            {"VirtualMFADevice": {"SerialNumber": "x", "Base32StringSeed": HIDDEN, "QRCodePNG": HIDDEN}},
        ),
        (
            "iam:ListVirtualMFADevices",
            {"VirtualMFADevices": [{"SerialNumber": "x", "Base32StringSeed": b"s3cr3t"}]},
            {"VirtualMFADevices": [{"SerialNumber": "x", "Base32StringSeed": HIDDEN}]},
        ),
        ("iam:UploadServerCertificate", {"PrivateKey": SECRET}, {"PrivateKey": HIDDEN}),
        ("iam:CreateUser", {"UserName": "alice", "Path": None}, {"UserName": "alice", "Path": None}),
        ("sts:AssumeRole", {"RoleArn": "x", "TokenCode": SECRET}, {"RoleArn": "x", "TokenCode": HIDDEN}),
        (
            "sts:AssumeRole",
            {"Credentials": {"AccessKeyId": "ASIA", "SecretAccessKey": SECRET, "SessionToken": SECRET}},
            {"Credentials": {"AccessKeyId": "ASIA", "SecretAccessKey": HIDDEN, "SessionToken": HIDDEN}},
        ),
        ("sts:AssumeRole", {"Credentials": None}, {"Credentials": None}),
        ("sts:AssumeRoleWithWebIdentity", {"WebIdentityToken": SECRET}, {"WebIdentityToken": HIDDEN}),
    ],
)
def test_secrets_are_hidden(operation: str, values: dict[str, Any], expected: dict[str, Any]) -> None:
    service, name = operation.split(":")

    assert redact(Route(service, name, "query"), values) == expected


@pytest.mark.parametrize(("service", "name"), all_operations())
def test_every_marked_secret_is_hidden_and_nothing_else(service: str, name: str) -> None:
    operation = botocore_operation(service, name)
    for shape in (operation.input_shape, operation.output_shape):
        if shape is not None:
            whole = full_value(shape)

            assert redact(Route(service, name, protocol_of(service)), whole) == hidden(shape, whole)


def hidden(shape: Shape, value: Any, *, unmarked: bool = False) -> Any:
    if unmarked or shape.metadata.get("sensitive"):
        return HIDDEN
    match shape.type_name:
        case "structure":
            return {
                name: hidden(member, value[name], unmarked=(shape.name, name) in UNMARKED)
                for name, member in shape.members.items()
                if name in value
            }
        case "list":
            return [hidden(shape.member, item) for item in value]
        case "map":
            return {key: hidden(shape.value, item) for key, item in value.items()}
        case _:
            return value


def test_the_table_of_unmarked_secrets_names_what_exists() -> None:
    shapes = [
        botocore_model(service).shape_for(name) for service in SPOKEN for name in botocore_model(service).shape_names
    ]
    members = {(shape.name, name) for shape in shapes if shape.type_name == "structure" for name in shape.members}

    assert members >= UNMARKED

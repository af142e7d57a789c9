"""Examples of STS's operations that a signature proves."""

from typing import Any

from botocore.exceptions import ClientError

from tests.services.examples.stage import Example, Stage
from tests.services.iam.asking import trusting


def _role(stage: Stage) -> dict[str, Any]:
    role = stage.iam.create_role(
        RoleName=stage.fresh("Role"), AssumeRolePolicyDocument=trusting({"AWS": stage.account_id})
    )["Role"]
    return {"RoleArn": role["Arn"], "RoleSessionName": "example"}


def _message(stage: Stage) -> dict[str, Any]:
    name = stage.user()
    key = stage.iam.create_access_key(UserName=name)["AccessKey"]
    try:
        stage.server.client("iam", type(stage.server.admin).of(key)).list_users()
    except ClientError as refusal:
        headers: Any = refusal.response["ResponseMetadata"]["HTTPHeaders"]
        return {"EncodedMessage": headers["x-ostiary-authorization-message"]}
    raise AssertionError("a user without permissions listed users")


EXAMPLES: dict[str, Example] = {
    "sts:GetCallerIdentity": lambda _: {},
    "sts:GetAccessKeyInfo": lambda stage: {"AccessKeyId": stage.server.admin.access_key_id},
    "sts:GetSessionToken": lambda _: {"DurationSeconds": 900},
    "sts:AssumeRole": _role,
    "sts:DecodeAuthorizationMessage": _message,
}

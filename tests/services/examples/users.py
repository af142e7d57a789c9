"""Examples of users, their access keys, tags, policies and boundaries."""

from typing import Any

from tests.services.examples.stage import Example, Stage
from tests.services.iam.asking import DOCUMENT, READ_ONLY

_TAGS = [{"Key": "team", "Value": "red"}]


def _named(stage: Stage) -> dict[str, Any]:
    return {"UserName": stage.user()}


def _key(stage: Stage) -> dict[str, Any]:
    name = stage.user()
    key = stage.iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
    return {"UserName": name, "AccessKeyId": key}


def _attached(stage: Stage) -> dict[str, Any]:
    call = {"UserName": stage.user(), "PolicyArn": READ_ONLY}
    stage.iam.attach_user_policy(**call)
    return call


def _inline(stage: Stage) -> dict[str, Any]:
    call = {"UserName": stage.user(), "PolicyName": "inline"}
    stage.iam.put_user_policy(**call, PolicyDocument=DOCUMENT)
    return call


def _bounded(stage: Stage) -> dict[str, Any]:
    call = _named(stage)
    stage.iam.put_user_permissions_boundary(**call, PermissionsBoundary=READ_ONLY)
    return call


def _tagged(stage: Stage) -> dict[str, Any]:
    call = _named(stage)
    stage.iam.tag_user(**call, Tags=_TAGS)
    return {**call, "TagKeys": ["team"]}


EXAMPLES: dict[str, Example] = {
    "iam:CreateUser": lambda stage: {
        "UserName": stage.fresh("User"),
        "Path": "/a/",
        "Tags": _TAGS,
        "PermissionsBoundary": READ_ONLY,
    },
    "iam:GetUser": _named,
    "iam:ListUsers": lambda _: {"PathPrefix": "/"},
    "iam:UpdateUser": lambda stage: {**_named(stage), "NewUserName": stage.fresh("Renamed"), "NewPath": "/b/"},
    "iam:DeleteUser": _named,
    "iam:TagUser": lambda stage: {**_named(stage), "Tags": _TAGS},
    "iam:UntagUser": _tagged,
    "iam:ListUserTags": _named,
    "iam:CreateAccessKey": _named,
    "iam:ListAccessKeys": _named,
    "iam:UpdateAccessKey": lambda stage: {**_key(stage), "Status": "Inactive"},
    "iam:DeleteAccessKey": _key,
    "iam:GetAccessKeyLastUsed": lambda stage: {"AccessKeyId": _key(stage)["AccessKeyId"]},
    "iam:AttachUserPolicy": lambda stage: {**_named(stage), "PolicyArn": READ_ONLY},
    "iam:DetachUserPolicy": _attached,
    "iam:ListAttachedUserPolicies": _named,
    "iam:PutUserPolicy": lambda stage: {**_named(stage), "PolicyName": "inline", "PolicyDocument": DOCUMENT},
    "iam:GetUserPolicy": _inline,
    "iam:DeleteUserPolicy": _inline,
    "iam:ListUserPolicies": _named,
    "iam:PutUserPermissionsBoundary": lambda stage: {**_named(stage), "PermissionsBoundary": READ_ONLY},
    "iam:DeleteUserPermissionsBoundary": _bounded,
}

"""Examples of roles, their tags, policies and boundaries."""

from typing import Any

from tests.services.examples.stage import Example, Stage
from tests.services.iam.asking import DOCUMENT, READ_ONLY, TRUST

_TAGS = [{"Key": "team", "Value": "red"}]


def _named(stage: Stage) -> dict[str, Any]:
    name = stage.fresh("Role")
    stage.iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    return {"RoleName": name}


def _attached(stage: Stage) -> dict[str, Any]:
    call = {**_named(stage), "PolicyArn": READ_ONLY}
    stage.iam.attach_role_policy(**call)
    return call


def _inline(stage: Stage) -> dict[str, Any]:
    call = {**_named(stage), "PolicyName": "inline"}
    stage.iam.put_role_policy(**call, PolicyDocument=DOCUMENT)
    return call


def _bounded(stage: Stage) -> dict[str, Any]:
    call = _named(stage)
    stage.iam.put_role_permissions_boundary(**call, PermissionsBoundary=READ_ONLY)
    return call


def _tagged(stage: Stage) -> dict[str, Any]:
    call = _named(stage)
    stage.iam.tag_role(**call, Tags=_TAGS)
    return {**call, "TagKeys": ["team"]}


EXAMPLES: dict[str, Example] = {
    "iam:CreateRole": lambda stage: {
        "RoleName": stage.fresh("Role"),
        "AssumeRolePolicyDocument": TRUST,
        "Path": "/a/",
        "Tags": _TAGS,
        "PermissionsBoundary": READ_ONLY,
    },
    "iam:GetRole": _named,
    "iam:ListRoles": lambda _: {},
    "iam:UpdateRole": lambda stage: {**_named(stage), "Description": "new", "MaxSessionDuration": 7200},
    "iam:UpdateRoleDescription": lambda stage: {**_named(stage), "Description": "new"},
    "iam:UpdateAssumeRolePolicy": lambda stage: {**_named(stage), "PolicyDocument": TRUST},
    "iam:DeleteRole": _named,
    "iam:TagRole": lambda stage: {**_named(stage), "Tags": _TAGS},
    "iam:UntagRole": _tagged,
    "iam:ListRoleTags": _named,
    "iam:AttachRolePolicy": lambda stage: {**_named(stage), "PolicyArn": READ_ONLY},
    "iam:DetachRolePolicy": _attached,
    "iam:ListAttachedRolePolicies": _named,
    "iam:PutRolePolicy": lambda stage: {**_named(stage), "PolicyName": "inline", "PolicyDocument": DOCUMENT},
    "iam:GetRolePolicy": _inline,
    "iam:DeleteRolePolicy": _inline,
    "iam:ListRolePolicies": _named,
    "iam:PutRolePermissionsBoundary": lambda stage: {**_named(stage), "PermissionsBoundary": READ_ONLY},
    "iam:DeleteRolePermissionsBoundary": _bounded,
}

"""Examples of groups, their members and policies."""

from typing import Any

from tests.services.examples.stage import Example, Stage
from tests.services.iam.asking import DOCUMENT, READ_ONLY


def _named(stage: Stage) -> dict[str, Any]:
    name = stage.fresh("Group")
    stage.iam.create_group(GroupName=name)
    return {"GroupName": name}


def _member(stage: Stage) -> dict[str, Any]:
    call = {**_named(stage), "UserName": stage.user()}
    stage.iam.add_user_to_group(**call)
    return call


def _attached(stage: Stage) -> dict[str, Any]:
    call = {**_named(stage), "PolicyArn": READ_ONLY}
    stage.iam.attach_group_policy(**call)
    return call


def _inline(stage: Stage) -> dict[str, Any]:
    call = {**_named(stage), "PolicyName": "inline"}
    stage.iam.put_group_policy(**call, PolicyDocument=DOCUMENT)
    return call


EXAMPLES: dict[str, Example] = {
    "iam:CreateGroup": lambda stage: {"GroupName": stage.fresh("Group"), "Path": "/a/"},
    "iam:GetGroup": _named,
    "iam:ListGroups": lambda _: {},
    "iam:UpdateGroup": lambda stage: {**_named(stage), "NewGroupName": stage.fresh("Renamed")},
    "iam:DeleteGroup": _named,
    "iam:AddUserToGroup": lambda stage: {**_named(stage), "UserName": stage.user()},
    "iam:RemoveUserFromGroup": _member,
    "iam:ListGroupsForUser": lambda stage: {"UserName": _member(stage)["UserName"]},
    "iam:AttachGroupPolicy": lambda stage: {**_named(stage), "PolicyArn": READ_ONLY},
    "iam:DetachGroupPolicy": _attached,
    "iam:ListAttachedGroupPolicies": _named,
    "iam:PutGroupPolicy": lambda stage: {**_named(stage), "PolicyName": "inline", "PolicyDocument": DOCUMENT},
    "iam:GetGroupPolicy": _inline,
    "iam:DeleteGroupPolicy": _inline,
    "iam:ListGroupPolicies": _named,
}

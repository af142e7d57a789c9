"""Examples of instance profiles."""

from typing import Any

from tests.services.examples.stage import Example, Stage
from tests.services.iam.asking import TRUST

_TAGS = [{"Key": "team", "Value": "red"}]


def _named(stage: Stage) -> dict[str, Any]:
    name = stage.fresh("Profile")
    stage.iam.create_instance_profile(InstanceProfileName=name, Tags=_TAGS)
    return {"InstanceProfileName": name}


def _with_role(stage: Stage) -> dict[str, Any]:
    name = stage.fresh("Role")
    stage.iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
    return {**_named(stage), "RoleName": name}


def _filled(stage: Stage) -> dict[str, Any]:
    call = _with_role(stage)
    stage.iam.add_role_to_instance_profile(**call)
    return call


EXAMPLES: dict[str, Example] = {
    "iam:CreateInstanceProfile": lambda stage: {
        "InstanceProfileName": stage.fresh("Profile"),
        "Path": "/a/",
        "Tags": _TAGS,
    },
    "iam:GetInstanceProfile": _named,
    "iam:ListInstanceProfiles": lambda _: {"PathPrefix": "/"},
    "iam:ListInstanceProfilesForRole": lambda stage: {"RoleName": _filled(stage)["RoleName"]},
    "iam:AddRoleToInstanceProfile": _with_role,
    "iam:RemoveRoleFromInstanceProfile": _filled,
    "iam:DeleteInstanceProfile": _named,
    "iam:TagInstanceProfile": lambda stage: {**_named(stage), "Tags": _TAGS},
    "iam:UntagInstanceProfile": lambda stage: {**_named(stage), "TagKeys": ["team"]},
    "iam:ListInstanceProfileTags": _named,
}

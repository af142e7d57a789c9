"""Examples of managed policies, their versions, tags and uses, and of simulations."""

from typing import Any

from tests.services.examples.stage import Example, Stage
from tests.services.iam.asking import DOCUMENT, READ_ONLY

_TAGS = [{"Key": "team", "Value": "red"}]


def _named(stage: Stage) -> dict[str, Any]:
    policy = stage.iam.create_policy(PolicyName=stage.fresh("Policy"), PolicyDocument=DOCUMENT)["Policy"]
    return {"PolicyArn": policy["Arn"]}


def _second_version(stage: Stage) -> dict[str, Any]:
    call = _named(stage)
    version = stage.iam.create_policy_version(**call, PolicyDocument=DOCUMENT)["PolicyVersion"]
    return {**call, "VersionId": version["VersionId"]}


def _tagged(stage: Stage) -> dict[str, Any]:
    call = _named(stage)
    stage.iam.tag_policy(**call, Tags=_TAGS)
    return {**call, "TagKeys": ["team"]}


def _source(stage: Stage) -> dict[str, Any]:
    return {"PolicySourceArn": stage.iam.get_user(UserName=stage.user())["User"]["Arn"]}


EXAMPLES: dict[str, Example] = {
    "iam:CreatePolicy": lambda stage: {
        "PolicyName": stage.fresh("Policy"),
        "PolicyDocument": DOCUMENT,
        "Path": "/a/",
        "Tags": _TAGS,
    },
    "iam:GetPolicy": _named,
    "iam:ListPolicies": lambda _: {"Scope": "Local"},
    "iam:DeletePolicy": _named,
    "iam:CreatePolicyVersion": lambda stage: {**_named(stage), "PolicyDocument": DOCUMENT},
    "iam:GetPolicyVersion": lambda stage: {**_named(stage), "VersionId": "v1"},
    "iam:ListPolicyVersions": _named,
    "iam:SetDefaultPolicyVersion": _second_version,
    "iam:DeletePolicyVersion": _second_version,
    "iam:ListEntitiesForPolicy": lambda _: {"PolicyArn": READ_ONLY},
    "iam:TagPolicy": lambda stage: {**_named(stage), "Tags": _TAGS},
    "iam:UntagPolicy": _tagged,
    "iam:ListPolicyTags": _named,
    "iam:SimulateCustomPolicy": lambda _: {"PolicyInputList": [DOCUMENT], "ActionNames": ["s3:GetObject"]},
    "iam:SimulatePrincipalPolicy": lambda stage: {**_source(stage), "ActionNames": ["s3:GetObject"]},
    "iam:GetContextKeysForCustomPolicy": lambda _: {"PolicyInputList": [DOCUMENT]},
    "iam:GetContextKeysForPrincipalPolicy": _source,
}

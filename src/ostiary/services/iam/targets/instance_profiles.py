"""Instance profiles as what is acted on."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.instance_profiles import find_instance_profile
from ostiary.directory.roles import find_role
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.entities import tags_of
from ostiary.services.iam.targets.tagged import existing_by_name, made
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need

_EC2 = "ec2.amazonaws.com"


def new_instance_profile(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """CreateInstanceProfile: on the ARN to be; tags given with it need the right to tag as well."""
    arn = _arn(caller, parameters.get("Path", "/"), parameters["InstanceProfileName"])
    return made("iam:CreateInstanceProfile", "iam:TagInstanceProfile", arn, parameters)


def existing_instance_profile(action: str) -> Needs:
    """The profile named by `InstanceProfileName`, with the tags that a call passes or names."""
    return existing_by_name(
        action, "InstanceProfileName", "instance-profile", Tagged.INSTANCE_PROFILE, find_instance_profile
    )


def filled_instance_profile(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """AddRoleToInstanceProfile: on the profile, and the role is one that the caller may pass to EC2.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
    """
    yield from existing_instance_profile("iam:AddRoleToInstanceProfile")(directory, caller, parameters)
    name = parameters["RoleName"]
    role = find_role(directory, caller.account, name)
    arn = role.arn if role else iam_arn(caller.account, "role", "/", name)
    yield Need("iam:PassRole", arn, {**tags_of(directory, role), "iam:PassedToService": _EC2})


def listed_instance_profiles(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """ListInstanceProfiles: decided on `*`, while a refusal names the path asked for."""
    yield Need("iam:ListInstanceProfiles", "*", shown_as=_arn(caller, parameters.get("PathPrefix", "/"), ""))


def _arn(caller: Caller, path: str, name: str) -> str:
    return iam_arn(caller.account, "instance-profile", path, name)

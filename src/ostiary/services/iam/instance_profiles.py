"""IAM's operations on instance profiles."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import instance_profiles, roles, tags
from ostiary.directory.directory import Directory
from ostiary.directory.instance_profiles import InstanceProfile
from ostiary.directory.pages import Page
from ostiary.directory.roles import Role
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.owners import ROLE
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.roles import role_shape
from ostiary.services.iam.shapes import tags_shape
from ostiary.services.iam.tags import given_tags, tag_operations
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_instance_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Create an instance profile without a role."""
    parameters = call.parameters
    given = given_tags(call, Tagged.INSTANCE_PROFILE)
    profile = instance_profiles.create_instance_profile(
        directory,
        call.account,
        parameters["InstanceProfileName"],
        path=parameters.get("Path", "/"),
        now=call.now,
    )
    tags.set_tags(directory, call.account, profile.instance_profile_id, given, Tagged.INSTANCE_PROFILE)
    tagged = {"Tags": tags_shape(sorted(given.items()))} if given else {}
    return {"InstanceProfile": instance_profile_shape(profile, None) | tagged}


def get_instance_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Return an instance profile with its role; its tags are there even when it has none."""
    profile = _named(call, directory)
    role = roles.find_role_by_id(directory, call.account, profile.role_id) if profile.role_id else None
    tagged = tags.get_tags(directory, call.account, profile.instance_profile_id)
    return {"InstanceProfile": instance_profile_shape(profile, role) | {"Tags": tags_shape(tagged.items())}}


def list_instance_profiles(call: AuthorizedCall, directory: Directory) -> Output:
    """List instance profiles under a path, without their tags."""
    page = instance_profiles.list_instance_profiles(
        directory, call.account, requested_page(call, directory), call.parameters.get("PathPrefix", "/")
    )
    return _listed(call, directory, page)


def list_instance_profiles_for_role(call: AuthorizedCall, directory: Directory) -> Output:
    """List the instance profiles that a role is in."""
    role = roles.get_role(directory, call.account, call.parameters["RoleName"])
    page = instance_profiles.list_instance_profiles_of(directory, role, requested_page(call, directory))
    return _listed(call, directory, page)


def add_role_to_instance_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Put a role into an instance profile."""
    profile = _named(call, directory)
    role = roles.get_modifiable_role(directory, call.account, call.parameters["RoleName"])
    instance_profiles.add_role(directory, profile, role)
    return {}


def remove_role_from_instance_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Take the role out of an instance profile."""
    profile = _named(call, directory)
    role = roles.get_modifiable_role(directory, call.account, call.parameters["RoleName"])
    instance_profiles.remove_role(directory, profile, role)
    return {}


def delete_instance_profile(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete an instance profile without a role."""
    instance_profiles.delete_instance_profile(directory, _named(call, directory))
    return {}


def instance_profile_shape(profile: InstanceProfile, role: Role | None) -> dict[str, Any]:
    """Return an instance profile as IAM's `InstanceProfile`, without tags."""
    return {
        "Path": profile.path,
        "InstanceProfileName": profile.name,
        "InstanceProfileId": profile.instance_profile_id,
        "Arn": profile.arn,
        "CreateDate": profile.created_at,
        "Roles": [role_shape(role)] if role else [],
    }


def _named(call: AuthorizedCall, directory: Directory) -> InstanceProfile:
    return instance_profiles.get_instance_profile(directory, call.account, call.parameters["InstanceProfileName"])


def _listed(call: AuthorizedCall, directory: Directory, page: Page[InstanceProfile]) -> Output:
    role_ids = {profile.role_id for profile in page.items if profile.role_id}
    found = roles.find_roles_by_id(directory, call.account, role_ids)
    return page_output(
        call,
        directory,
        "InstanceProfiles",
        page,
        lambda profile: instance_profile_shape(profile, found.get(profile.role_id or "")),
    )


OPERATIONS = (
    Operation(
        "iam",
        "CreateInstanceProfile",
        targets.new_instance_profile,
        create_instance_profile,
        writes=True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "GetInstanceProfile",
        targets.existing_instance_profile("iam:GetInstanceProfile"),
        get_instance_profile,
        writes=False,
    ),
    Operation("iam", "ListInstanceProfiles", targets.listed_instance_profiles, list_instance_profiles, writes=False),
    Operation(
        "iam",
        "ListInstanceProfilesForRole",
        targets.existing(ROLE, "iam:ListInstanceProfilesForRole"),
        list_instance_profiles_for_role,
        writes=False,
    ),
    Operation(
        "iam",
        "AddRoleToInstanceProfile",
        targets.filled_instance_profile,
        add_role_to_instance_profile,
        writes=True,
    ),
    Operation(
        "iam",
        "RemoveRoleFromInstanceProfile",
        targets.existing_instance_profile("iam:RemoveRoleFromInstanceProfile"),
        remove_role_from_instance_profile,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteInstanceProfile",
        targets.existing_instance_profile("iam:DeleteInstanceProfile"),
        delete_instance_profile,
        writes=True,
    ),
    *tag_operations(
        "InstanceProfile",
        Tagged.INSTANCE_PROFILE,
        lambda call, directory: _named(call, directory).instance_profile_id,
        targets.existing_instance_profile,
    ),
)

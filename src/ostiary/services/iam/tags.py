"""IAM's operations on tags, and the tags given when something is created.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from ostiary.directory import policies, tags
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.owners import ROLE, USER, owner_of
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.services.iam.policy_arns import policy_arn
from ostiary.services.iam.shapes import tags_shape
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_RESERVED = "aws:"
_LONGEST_MARK = 150
_PREFIX = 24


def tag_user(call: AuthorizedCall, directory: Directory) -> Output:
    """Add tags to a user."""
    _set(call, directory, owner_of(call, directory, USER).unique_id, Tagged.USER)
    return {}


def untag_user(call: AuthorizedCall, directory: Directory) -> Output:
    """Remove tags from a user."""
    _remove(call, directory, owner_of(call, directory, USER).unique_id, Tagged.USER)
    return {}


def list_user_tags(call: AuthorizedCall, directory: Directory) -> Output:
    """List the tags of a user."""
    return _list(call, directory, owner_of(call, directory, USER).unique_id)


def tag_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Add tags to a role."""
    _set(call, directory, owner_of(call, directory, ROLE).unique_id, Tagged.ROLE)
    return {}


def untag_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Remove tags from a role."""
    _remove(call, directory, owner_of(call, directory, ROLE).unique_id, Tagged.ROLE)
    return {}


def list_role_tags(call: AuthorizedCall, directory: Directory) -> Output:
    """List the tags of a role."""
    return _list(call, directory, owner_of(call, directory, ROLE).unique_id)


def tag_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Add tags to a managed policy of the account's own."""
    policy = policies.get_own_policy(directory, call.account, policy_arn(call))
    _set(call, directory, policy.policy_id, Tagged.POLICY)
    return {}


def untag_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Remove tags from a managed policy of the account's own."""
    policy = policies.get_own_policy(directory, call.account, policy_arn(call))
    _remove(call, directory, policy.policy_id, Tagged.POLICY)
    return {}


def list_policy_tags(call: AuthorizedCall, directory: Directory) -> Output:
    """List the tags of a managed policy; AWS's have none."""
    policy = policies.get_policy(directory, call.account, policy_arn(call))
    return _list(call, directory, policy.policy_id)


def given_tags(call: AuthorizedCall, of: Tagged) -> dict[str, str]:
    """Return the tags that a call passes, in its order.

    Raises:
        Fault: `InvalidInput`, a key comes twice or is reserved for AWS.
    """
    passed = {tag["Key"]: tag["Value"] for tag in call.parameters.get("Tags", ())}
    if len({of.fold(key) for key in passed}) < len(call.parameters.get("Tags", ())):
        hint = "" if of is Tagged.POLICY else " Please note that Tag keys are case insensitive."
        raise Fault("InvalidInput", f"Duplicate tag keys found.{hint}", status=400)
    if any(key.lower().startswith(_RESERVED) for key in passed):
        raise Fault("InvalidInput", f"{_RESERVED} prefixed tag key names are not allowed for external use.", status=400)
    return passed


def _set(call: AuthorizedCall, directory: Directory, unique_id: str, of: Tagged) -> None:
    tags.set_tags(directory, call.account, unique_id, given_tags(call, of), of)


def _remove(call: AuthorizedCall, directory: Directory, unique_id: str, of: Tagged) -> None:
    tags.remove_tags(directory, call.account, unique_id, call.parameters["TagKeys"], of)


def _list(call: AuthorizedCall, directory: Directory, unique_id: str) -> Output:
    tagged = tags.get_tags(directory, call.account, unique_id)
    page = cut(tagged.items(), requested_page(call, directory), _mark)
    return page_output(call, directory, "Tags", page, lambda item: tags_shape([item])[0])


def _mark(item: tuple[str, str]) -> str:
    """Return the tag's key; one too long for a marker is cut, and told from its like by a digest."""
    key = item[0]
    if len(key.encode()) <= _LONGEST_MARK:
        return key
    return key[:_PREFIX] + hashlib.sha256(key.encode()).hexdigest()


OPERATIONS = (
    Operation("iam", "TagUser", targets.existing(USER, "iam:TagUser", targets.request_tags), tag_user, writes=True),
    Operation(
        "iam", "UntagUser", targets.existing(USER, "iam:UntagUser", targets.request_tags), untag_user, writes=True
    ),
    Operation("iam", "ListUserTags", targets.existing(USER, "iam:ListUserTags"), list_user_tags, writes=False),
    Operation("iam", "TagRole", targets.existing(ROLE, "iam:TagRole", targets.request_tags), tag_role, writes=True),
    Operation(
        "iam", "UntagRole", targets.existing(ROLE, "iam:UntagRole", targets.request_tags), untag_role, writes=True
    ),
    Operation("iam", "ListRoleTags", targets.existing(ROLE, "iam:ListRoleTags"), list_role_tags, writes=False),
    Operation("iam", "TagPolicy", targets.existing_policy("iam:TagPolicy"), tag_policy, writes=True),
    Operation("iam", "UntagPolicy", targets.existing_policy("iam:UntagPolicy"), untag_policy, writes=True),
    Operation("iam", "ListPolicyTags", targets.existing_policy("iam:ListPolicyTags"), list_policy_tags, writes=False),
)

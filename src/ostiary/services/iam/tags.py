"""IAM's operations on tags, and the tags given when something is created.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from ostiary.directory import policies, tags
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.owners import ROLE, USER, owner_of
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.services.iam.policy_arns import policy_arn
from ostiary.services.iam.shapes import tags_shape
from ostiary.services.iam.targets import Needs
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_RESERVED = "aws:"
_LONGEST_MARK = 150
_PREFIX = 24


def tag_operations(
    noun: str,
    of: Tagged,
    unique_id: Callable[[AuthorizedCall, Directory], str],
    needs: Callable[[str], Needs],
    *,
    short_keys_first: bool = False,
) -> tuple[Operation, Operation, Operation]:
    """Return the operations that tag, untag and list the tags of one kind of thing.

    Args:
        noun: as the API names the thing: `TagUser`, `UntagUser`, `ListUserTags`.
        of: what is tagged.
        unique_id: finds the unique ID of the one that a call names; raises `NoSuchEntity` when there is none.
        needs: returns what a call needs, given the action; it counts the tags that a call passes or names.
        short_keys_first: the tags are listed by the length of their keys, and by the keys among those of one length.
    """
    mark = _length_mark if short_keys_first else _mark

    def tag(call: AuthorizedCall, directory: Directory) -> Output:
        tags.set_tags(directory, call.account, unique_id(call, directory), given_tags(call, of), of)
        return {}

    def untag(call: AuthorizedCall, directory: Directory) -> Output:
        tags.remove_tags(directory, call.account, unique_id(call, directory), call.parameters["TagKeys"], of)
        return {}

    def list_tags(call: AuthorizedCall, directory: Directory) -> Output:
        tagged = tags.get_tags(directory, call.account, unique_id(call, directory))
        page = cut(tagged.items(), requested_page(call, directory), mark)
        return page_output(call, directory, "Tags", page, lambda item: tags_shape([item])[0])

    return (
        Operation("iam", f"Tag{noun}", needs(f"iam:Tag{noun}"), tag, writes=True),
        Operation("iam", f"Untag{noun}", needs(f"iam:Untag{noun}"), untag, writes=True),
        Operation("iam", f"List{noun}Tags", needs(f"iam:List{noun}Tags"), list_tags, writes=False),
    )


def given_tags(call: AuthorizedCall, of: Tagged) -> dict[str, str]:
    """Return the tags that a call passes, in its order.

    Raises:
        Fault: `InvalidInput`, a key comes twice or is reserved for AWS.
    """
    passed = {tag["Key"]: tag["Value"] for tag in call.parameters.get("Tags", ())}
    if len({of.fold(key) for key in passed}) < len(call.parameters.get("Tags", ())):
        hint = " Please note that Tag keys are case insensitive." if of.looks_past_case else ""
        raise Fault("InvalidInput", f"Duplicate tag keys found.{hint}", status=400)
    if any(key.lower().startswith(_RESERVED) for key in passed):
        raise Fault("InvalidInput", f"{_RESERVED} prefixed tag key names are not allowed for external use.", status=400)
    return passed


def _mark(item: tuple[str, str]) -> str:
    """Return the tag's key; one too long for a marker is cut, and told from its like by a digest."""
    key = item[0]
    if len(key.encode()) <= _LONGEST_MARK:
        return key
    return key[:_PREFIX] + hashlib.sha256(key.encode()).hexdigest()


def _length_mark(item: tuple[str, str]) -> str:
    return f"{len(item[0]):03}{_mark(item)}"


def _policy_id(call: AuthorizedCall, directory: Directory) -> str:
    arn = policy_arn(call)
    if call.call.operation == "ListPolicyTags":
        # AWS's policies can be asked about, and have none.
        return policies.get_policy(directory, call.account, arn).policy_id
    return policies.get_own_policy(directory, call.account, arn).policy_id


OPERATIONS = (
    *tag_operations(
        "User",
        Tagged.USER,
        lambda call, directory: owner_of(call, directory, USER).unique_id,
        lambda action: targets.existing(USER, action, targets.request_tags),
    ),
    *tag_operations(
        "Role",
        Tagged.ROLE,
        lambda call, directory: owner_of(call, directory, ROLE).unique_id,
        lambda action: targets.existing(ROLE, action, targets.request_tags),
    ),
    # As AWS is recorded to list them; of users and roles it is not.
    *tag_operations(
        "Policy",
        Tagged.POLICY,
        _policy_id,
        targets.existing_policy,
        short_keys_first=True,
    ),
)

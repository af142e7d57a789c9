"""What bears tags, as what is acted on: made with tags, or found by its name with those that it has."""

from collections.abc import Callable, Iterable
from typing import Protocol

from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.contexts import Context, request_tags, resource_tags
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Need


class Found(Protocol):
    """Something that has a name and tags."""

    @property
    def arn(self) -> str:
        """Its ARN, path included."""
        ...

    @property
    def unique_id(self) -> str:
        """What its tags hang on."""
        ...


def made(
    action: str,
    tag_action: str,
    arn: str,
    parameters: Parameters,
    more: Context | None = None,
    *,
    shown_as: str | None = None,
) -> Iterable[Need]:
    """Yield what it takes to make something; tags given with it need the right to tag as well.

    Args:
        action: such as `iam:CreateUser`.
        tag_action: such as `iam:TagUser`.
        arn: the ARN that it will have.
        parameters: the call's.
        more: condition keys that count for making it, and not for tagging it.
        shown_as: what a refusal calls it, when that is not its ARN.
    """
    yield Need(action, arn, request_tags(parameters) | (more or {}), shown_as=shown_as)
    if parameters.get("Tags"):
        yield Need(tag_action, arn, request_tags(parameters), shown_as=shown_as)


def existing_by_name(
    action: str,
    parameter: str,
    kind: str,
    of: Tagged,
    find: Callable[[Directory, AccountId, str], Found | None],
) -> Needs:
    """The one that a call names, with its tags and those that the call passes or names.

    Args:
        action: such as `iam:GetInstanceProfile`.
        parameter: holds its name.
        kind: as ARNs have it, such as `instance-profile`.
        of: what bears the tags.
        find: returns the account's one of that name, or None.
    """

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        name = parameters[parameter]
        found = find(directory, caller.account, name)
        arn = found.arn if found else iam_arn(caller.account, kind, "/", name)
        tagged = resource_tags(directory, caller.account, found.unique_id, of) if found else {}
        yield Need(action, arn, tagged | request_tags(parameters), shown_as=f"{kind.replace('-', ' ')} {name}")

    return needs

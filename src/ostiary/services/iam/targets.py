"""What IAM's operations act on: the permissions each call needs, on which ARN, with which condition keys.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html

An entity that does not exist is decided on under the ARN it would have, and a refusal calls it `user alice`, as AWS's
does: whoever may not ask about it does not learn whether it is there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ostiary.directory import keys, tags, users
from ostiary.directory.directory import Directory
from ostiary.values.arn import iam_arn, root_arn
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.operation import ContextValue, Need

Parameters = Mapping[str, Any]
Needs = Callable[[Directory, Caller, Parameters], Iterable[Need]]
MoreContext = Callable[[Parameters], dict[str, ContextValue]]


def anything(action: str) -> Needs:
    """An operation without resources: decided on `*`."""

    def needs(_directory: Directory, _caller: Caller, _parameters: Parameters) -> Iterable[Need]:
        yield Need(action, "*")

    return needs


def no_context(_parameters: Parameters) -> dict[str, ContextValue]:
    """Return no condition keys beyond those that every call has."""
    return {}


def request_tags(parameters: Parameters) -> dict[str, ContextValue]:
    """Return `aws:RequestTag/…` and `aws:TagKeys` for the tags that a call passes or names."""
    passed: Sequence[Mapping[str, str]] = parameters.get("Tags", ())
    keys = (*(tag["Key"] for tag in passed), *parameters.get("TagKeys", ()))
    context: dict[str, ContextValue] = {f"aws:RequestTag/{tag['Key']}": tag["Value"] for tag in passed}
    return context | {"aws:TagKeys": keys} if keys else context


def resource_tags(directory: Directory, caller: Caller, unique_id: str) -> dict[str, ContextValue]:
    """Return `aws:ResourceTag/…` and its older form `iam:ResourceTag/…` for the tags of what is acted on."""
    return {
        f"{prefix}:ResourceTag/{key}": value
        for key, value in tags.get_tags(directory, caller.account, unique_id).items()
        for prefix in ("aws", "iam")
    }


def boundary_of(parameters: Parameters) -> dict[str, ContextValue]:
    """Return `iam:PermissionsBoundary` for the boundary that a call sets."""
    boundary = parameters.get("PermissionsBoundary")
    return {"iam:PermissionsBoundary": boundary} if boundary else {}


def new_user(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:  # noqa: ARG001 - as all Needs
    """CreateUser: on the ARN that the user will have; tags given with it need the right to tag."""
    arn = iam_arn(caller.account, "user", parameters.get("Path", "/"), parameters["UserName"])
    yield Need("iam:CreateUser", arn, {**request_tags(parameters), **boundary_of(parameters)})
    if parameters.get("Tags"):
        yield Need("iam:TagUser", arn, request_tags(parameters))


def existing_user(action: str, more: MoreContext = no_context) -> Needs:
    """The user named by `UserName`, or the caller itself when the call names none."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        name = parameters.get("UserName")
        if name is None and caller.kind is CallerKind.ROOT:
            yield Need(action, root_arn(caller.account), more(parameters))
            return
        name = name or own_name(caller)
        found = users.find_user(directory, caller.account, name)
        if found is None:
            yield Need(action, iam_arn(caller.account, "user", "/", name), more(parameters), shown_as=f"user {name}")
        else:
            tagged = resource_tags(directory, caller, found.user_id)
            yield Need(action, found.arn, {**tagged, **more(parameters)})

    return needs


def renamed_user(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """UpdateUser: on the user as it is and, when the ARN changes, on the user as it will be.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html
    """
    yield from existing_user("iam:UpdateUser")(directory, caller, parameters)
    name, path = parameters.get("NewUserName"), parameters.get("NewPath")
    if name or path:
        found = users.find_user(directory, caller.account, parameters["UserName"])
        old_name, old_path = (found.name, found.path) if found else (parameters["UserName"], "/")
        yield Need("iam:UpdateUser", iam_arn(caller.account, "user", path or old_path, name or old_name))


def key_owner(action: str) -> Needs:
    """The user who owns the access key named by `AccessKeyId`."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        key = keys.find_access_key(directory, parameters["AccessKeyId"])
        if key is None or key.account != caller.account:
            shown_as = f"access key {parameters['AccessKeyId']}"
            yield Need(action, iam_arn(caller.account, "user", "/", "*"), shown_as=shown_as)
        elif key.user_id is None:
            yield Need(action, root_arn(caller.account))
        else:
            owner = users.get_user_by_id(directory, caller.account, key.user_id)
            yield Need(action, owner.arn, resource_tags(directory, caller, owner.user_id))

    return needs


def own_name(caller: Caller) -> str:
    """Return the name of the user who calls, for a call that names no user.

    Raises:
        Fault: `ValidationError`, the caller is no user.
    """
    if caller.kind is not CallerKind.USER or caller.name is None:
        raise Fault("ValidationError", "Must specify userName when calling with non-User credentials")
    return caller.name

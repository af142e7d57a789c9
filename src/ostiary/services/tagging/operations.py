"""The tagging service's operations that only look."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.tagged_resources import TaggedResource, list_tagged_resources
from ostiary.services.tagging.errors import invalid_parameter
from ostiary.services.tagging.filters import requested_filter
from ostiary.services.tagging.pages import cut, next_token, requested_start
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.operation import Need, Operation

Output = Mapping[str, Any]

_IAM_REGION = "us-east-1"
_MOST_RESOURCES = 100
_TAGS_PER_PAGE = range(100, 501, 100)
_MOST_KEYS = 1_000


def get_resources(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the resources that the filters pick, with all their tags."""
    parameters = call.parameters
    size = _requested_size(parameters)
    wanted = requested_filter(call)
    resources = {resource.arn: resource for resource in _tagged_resources(call, directory) if wanted(resource)}
    shown, last = cut(list(resources), requested_start(call, directory), size)
    return {
        "PaginationToken": next_token(call, directory, last),
        "ResourceTagMappingList": [_mapping_shape(resources[arn]) for arn in shown],
    }


def get_tag_keys(call: AuthorizedCall, directory: Directory) -> Output:
    """Return all keys of tags that are in use."""
    resources = _tagged_resources(call, directory)
    keys = sorted({key for resource in resources for key in resource.tags})
    shown, last = cut(keys, requested_start(call, directory), _MOST_KEYS)
    return {"PaginationToken": next_token(call, directory, last), "TagKeys": shown}


def get_tag_values(call: AuthorizedCall, directory: Directory) -> Output:
    """Return all values that tags of a key have."""
    key = call.parameters["Key"]
    # A page begins behind the text that the last one ended with, and a value may be empty; so it stands behind a mark.
    resources = _tagged_resources(call, directory)
    values = sorted({f"={resource.tags[key]}" for resource in resources if key in resource.tags})
    shown, last = cut(values, requested_start(call, directory), _MOST_KEYS)
    return {"PaginationToken": next_token(call, directory, last), "TagValues": [value[1:] for value in shown]}


def _tagged_resources(call: AuthorizedCall, directory: Directory) -> list[TaggedResource]:
    """Return what there is to be found in the call's region: of IAM, all in one and nothing in any other."""
    return list_tagged_resources(directory, call.account) if call.region == _IAM_REGION else []


def _requested_size(parameters: Mapping[str, Any]) -> int:
    """Return how many resources a page may have.

    `TagsPerPage` was the older way to say it: no page has more tags than that, and a resource has fifty at most.
    """
    tags_per_page = parameters.get("TagsPerPage")
    if tags_per_page is not None:
        if "ResourcesPerPage" in parameters:
            raise invalid_parameter("TagsPerPage and ResourcesPerPage cannot be given together.")
        if tags_per_page not in _TAGS_PER_PAGE:
            raise invalid_parameter("TagsPerPage must be 100, 200, 300, 400 or 500.")
        return int(tags_per_page) // 50
    size = int(parameters.get("ResourcesPerPage", _MOST_RESOURCES))
    if not 1 <= size <= _MOST_RESOURCES:
        raise invalid_parameter(f"ResourcesPerPage must be from 1 to {_MOST_RESOURCES}.")
    return size


def _mapping_shape(resource: TaggedResource) -> dict[str, Any]:
    tags = [{"Key": key, "Value": value} for key, value in resource.tags.items()]
    return {"ResourceARN": resource.arn, "Tags": tags}


def _reading(name: str, perform: Callable[[AuthorizedCall, Directory], Output]) -> Operation:
    def needs(_directory: Directory, _caller: Caller, _parameters: Mapping[str, Any]) -> Iterable[Need]:
        yield Need(f"tag:{name}", "*")

    return Operation("tagging", name, needs, perform, writes=False)


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        operation.name: operation
        for operation in (
            _reading("GetResources", get_resources),
            _reading("GetTagKeys", get_tag_keys),
            _reading("GetTagValues", get_tag_values),
        )
    }
)
"""Each operation served, by the name that the API gives it."""

"""Which resources a GetResources call asks for."""

from collections.abc import Callable, Mapping
from typing import Any

from ostiary.directory.tagged_resources import RESOURCE_KINDS, TaggedResource
from ostiary.services.tagging.errors import invalid_parameter
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.call import AuthorizedCall

Wanted = Callable[[TaggedResource], bool]


def requested_filter(call: AuthorizedCall) -> Wanted:
    """Return a function that tells whether a call asks for a resource.

    Raises:
        Fault: `InvalidParameterException`, the filters contradict each other, or name what there is not.
    """
    parameters = call.parameters
    arns = parameters.get("ResourceARNList", ())
    types = parameters.get("ResourceTypeFilters", ())
    if arns and (types or parameters.get("TagFilters")):
        raise invalid_parameter("ResourceARNList cannot be given together with TagFilters or ResourceTypeFilters.")
    _require_arns(arns)
    conditions = [*_by_tags(parameters), *_by_types(types)]
    if arns:
        conditions.append(lambda resource: resource.arn in arns)
    return lambda resource: all(condition(resource) for condition in conditions)


def _require_arns(arns: list[str]) -> None:
    for arn in arns:
        try:
            parse_arn(arn)
        except ArnError as error:
            raise invalid_parameter(f"{arn} is not a valid ARN.") from error


def _by_tags(parameters: Mapping[str, Any]) -> list[Wanted]:
    """Return what each filter asks for: a tag of that key and, when it lists values, of one of those."""
    return [_by_tag(given["Key"], given.get("Values", [])) for given in parameters.get("TagFilters", ())]


def _by_tag(key: str, values: list[str]) -> Wanted:
    return lambda resource: key in resource.tags and (not values or resource.tags[key] in values)


def _by_types(types: list[str]) -> list[Wanted]:
    if not types:
        return []
    kinds: set[str] = set()
    for text in types:
        service, colon, kind = text.partition(":")
        if not service or (colon and not kind):
            raise invalid_parameter(f"{text} is not a valid resource type.")
        if service == "iam":
            kinds |= {kind} if kind else RESOURCE_KINDS
    return [lambda resource: resource.kind in kinds]

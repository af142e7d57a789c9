"""Which resources go with an action, as far as the catalogue knows it.

An action that works on no resource is decided on `*`, whatever resources are given. One that the catalogue does not
know is decided on whatever is given, as IAM's simulator does.
"""

import re
from collections.abc import Sequence

from ostiary import catalogue
from ostiary.values.arn import is_whole_arn
from ostiary.values.fault import Fault

EVERY_RESOURCE = "*"

_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")
_PARTS = 6
_ANY_BUCKET = "arn:${Partition}:s3:::${BucketName}"
"""IAM's simulator takes the ARN of a bucket for actions on objects too."""


def given_resources(arns: Sequence[str]) -> tuple[str, ...]:
    """Return the resources of a call; `*` when it names none.

    Raises:
        Fault: `InvalidInput`, one is no ARN; `*` stands alone or not at all.
    """
    resources = tuple(arns) or (EVERY_RESOURCE,)
    if resources != (EVERY_RESOURCE,):
        for resource in resources:
            if not is_whole_arn(resource):
                raise Fault("InvalidInput", f"ResourceNames are not in a valid ARN format: {resource}.")
    return resources


def require_same_authorization(actions: Sequence[str], resources: Sequence[str]) -> None:
    """Return when the actions can be simulated on the same resources.

    Raises:
        Fault: `InvalidInput`, resources are given, and some of the actions work on resources while others do not.
    """
    with_resources = [action for action in actions if _templates(action)]
    without = [action for action in actions if not _templates(action)]
    if EVERY_RESOURCE not in resources and with_resources and without:
        raise Fault(
            "InvalidInput",
            f"Invalid Input Actions: [{','.join(with_resources)}] and [{','.join(without)}] require different "
            "authorization information.",
        )


def decided_on(action: str, resource: str) -> str | None:
    """Return the resource that the action is decided on, or None when it cannot work on that one."""
    if resource == EVERY_RESOURCE or catalogue.find_action(action) is None:
        return resource
    templates = _templates(action)
    if not templates:
        return EVERY_RESOURCE
    return resource if any(_fits(resource, template) for template in templates) else None


def shown_resource(action: str, resources: Sequence[str]) -> str:
    """Return the `EvalResourceName` of a result over several resources: an ARN template of the action's, or `*`.

    A single resource is shown itself, as IAM's simulator does.
    """
    if len(resources) == 1:
        return resources[0]
    fitting = (template for template in _templates(action) if any(_fits(each, template) for each in resources))
    return next(fitting, EVERY_RESOURCE)


def _templates(action: str) -> list[str]:
    found = catalogue.find_action(action)
    if found is None:
        return []
    templates = [resource.type.arn_pattern for resource in found.resources]
    return [*templates, _ANY_BUCKET] if templates and found.name.startswith("s3:") else templates


def _fits(resource: str, template: str) -> bool:
    """Return whether an ARN is one of a template, where a placeholder stands for anything but nothing.

    Before the last part it stands for the whole of one part, which may be empty.
    """
    parts, wanted = resource.split(":", _PARTS - 1), template.split(":", _PARTS - 1)
    before = zip(parts[:-1], wanted[:-1], strict=False)
    return all(part == want or _PLACEHOLDER.fullmatch(want) for part, want in before) and _fits_text(
        parts[-1], _PLACEHOLDER.split(wanted[-1])
    )


def _fits_text(text: str, literals: Sequence[str]) -> bool:
    """Return whether the literals stand in the text in order, with something between each two.

    The first stands at its start, the last at its end.
    """
    first, *others = literals
    if not others:
        return text == first
    *between, last = others
    position, end = len(first), len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last):
        return False
    for literal in between:
        found = text.find(literal, position + 1, end)
        if found < 0:
            return False
        position = found + len(literal)
    return position < end

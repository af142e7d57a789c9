"""Actions and resources beside each other: whether the ones ever go with the others.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Iterator, Sequence

from ostiary.analysis.lint.arn_forms import fits_form
from ostiary.analysis.lint.draft import Clause, Draft
from ostiary.analysis.lint.issue import Issue, quote, quote_all
from ostiary.analysis.lint.known import actions_of, arn_service_known, resource_types
from ostiary.analysis.lint.patterns import has_wildcard, split_arn
from ostiary.catalogue import Action
from ostiary.policy import PolicyKind

_MOST_RESOURCES = 100


def check_actions_match_resources(draft: Draft) -> Iterator[Issue]:
    """Check that each action of an Allow that is named in full works on one of the resources at least.

    In a resource's own policy it is an error to speak of another service's actions and resources; elsewhere the
    statement just has no effect on the action.
    """
    for clause in draft.clauses:
        arns = _arns(clause)
        if arns is None or clause.actions is None or clause.actions.negated or draft.kind is PolicyKind.TRUST:
            continue
        arn_services = {arn[2] for arn in arns}
        if draft.kind is PolicyKind.RESOURCE:
            yield from _check_services(clause, arn_services)
        if not clause.allows:
            continue
        for word in clause.actions.words:
            found = () if has_wildcard(word.text) else actions_of(word.text)
            if not found or any(_works_on(found[0], arn) for arn in arns):
                continue
            if draft.kind is not PolicyKind.RESOURCE or _services_of(found[0]) & arn_services:
                message, help_ = _describe(found[0], word.text, len(arns))
                yield Issue("ACTION_NEVER_MATCHES_RESOURCE", word.path, message, help_)


def _arns(clause: Clause) -> list[Sequence[str]] | None:
    """Return the resources, or None when there is one that any action may match."""
    resources = clause.resources
    if resources is None or resources.negated or not 0 < len(resources.words) <= _MOST_RESOURCES:
        return None
    arns = []
    for word in resources.words:
        parts = split_arn(word.text)
        # A fault in the ARN has its own finding.
        if parts is None or has_wildcard(parts[2]) or "${" in parts[2] or not arn_service_known(parts[2]):
            return None
        arns.append(parts)
    return arns


def _services_of(action: Action) -> set[str]:
    return {action.name.partition(":")[0], *(resource.type.arn_pattern.split(":")[2] for resource in action.resources)}


def _works_on(action: Action, arn: Sequence[str]) -> bool:
    for resource in action.resources:
        form = resource.type.arn_pattern.split(":", len(arn) - 1)
        # The catalogue has some patterns that no ARN is written like; they say nothing.
        if len(form) != len(arn) or "${" in form[2] or (form[2] == arn[2] and fits_form(arn[5], form[5])):
            return True
    return False


def _describe(action: Action, text: str, count: int) -> tuple[str, str]:
    where = "does not work on the resource" if count == 1 else "works on none of the resources"
    if not action.resources:
        return (
            f"{quote(text)} works on no resource in particular, so the statement has no effect on it",
            "allow it on `*`, in a statement of its own",
        )
    forms = dict.fromkeys(resource.type.arn_pattern for resource in action.resources)
    return f"{quote(text)} {where} listed here", f"it works on {quote_all(forms, joiner='or')}"


def _check_services(clause: Clause, arn_services: set[str]) -> Iterator[Issue]:
    words = clause.actions.words if clause.actions else ()
    reached: set[str] = set()
    for word in words:
        found = actions_of(word.text)
        services = {service for action in found for service in _services_of(action)}
        if not found:
            return  # A lone star, or a fault that has its own finding: nothing can be said of the resources.
        if not services & arn_services:
            message = f"the policy of a resource of {quote_all(sorted(arn_services))} is not about {quote(word.text)}"
            yield Issue("UNSUPPORTED_ACTION_IN_POLICY", word.path, message, "remove it")
        reached |= services
    for word in clause.resources.words if clause.resources else ():
        service = word.text.split(":")[2]
        if len(arn_services) > 1 and service not in reached and resource_types(service, frozenset()):
            message = f"none of the actions works on resources of `{service}`"
            yield Issue("UNSUPPORTED_RESOURCE_ARN_IN_POLICY", word.path, message, "remove it")

"""Powers that reach further than they look: passing roles to services, and making roles for services.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.analysis.lint.draft import Clause, Draft, Element, Word
from ostiary.analysis.lint.issue import Issue, Mark, quote
from ostiary.analysis.lint.known import may_match
from ostiary.analysis.lint.patterns import has_wildcard, split_arn
from ostiary.policy import PolicyKind

_KINDS = (PolicyKind.IDENTITY, PolicyKind.BOUNDARY, PolicyKind.SESSION)


@dataclass(frozen=True, slots=True)
class _Power:
    action: str
    code: str
    held_in_by: tuple[str, str]
    """The condition key that says for which service, in lower case and as it is written."""
    any_role: tuple[str, ...]
    """Resources of an ARN that stand for every role there is."""
    deed: str
    advice: str


_POWERS = (
    _Power(
        "iam:PassRole",
        "PASS_ROLE",
        ("iam:passedtoservice", "iam:PassedToService"),
        ("*", "role*", "role/*"),
        "any role can be passed to a service, also one with more rights",
        "name the roles",
    ),
    _Power(
        "iam:CreateServiceLinkedRole",
        "CREATE_SLR",
        ("iam:awsservicename", "iam:AWSServiceName"),
        ("*", "role*", "role/*", "role/aws-service-role/*"),
        "roles can be made for any service that has its own",
        "name the service in the role's path, as in `arn:aws:iam::*:role/aws-service-role/name.amazonaws.com/*`",
    ),
)


def check_powers(draft: Draft) -> Iterator[Issue]:
    """Check that roles can be passed and made only where they are named."""
    if draft.kind not in _KINDS:
        return
    for clause in draft.clauses:
        if clause.allows and clause.actions and clause.resources:
            for power in _POWERS:
                yield from _check(clause, clause.actions, clause.resources, power)


def _check(clause: Clause, actions: Element, resources: Element, power: _Power) -> Iterator[Issue]:
    given = _given_by(actions, power.action)
    if given is None:
        return
    if resources.negated:
        star = None
    else:
        star = next((word for word in resources.words if _is_any_role(word.text, power)), None)
        if star is None or clause.condition_on(power.held_in_by[0]):
            return
    wild = given.text.lower() != power.action.lower()
    if actions.negated:
        code = "STAR_IN_RESOURCE_AND_NOT_ACTION" if star else "NOT_ACTION_AND_NOT_RESOURCE"
        how = f"`NotAction` leaves `{power.action}` allowed"
    elif wild:
        code = "STAR_IN_ACTION_AND_RESOURCE" if star else "STAR_IN_ACTION_AND_NOT_RESOURCE"
        how = f"{quote(given.text)} takes in `{power.action}`"
    else:
        code = "STAR_IN_RESOURCE" if star else "NOT_RESOURCE"
        how = f"`{power.action}` is allowed"
    if star:
        message = f"{how} on {quote(star.text)}: {power.deed}"
        help_ = f"{power.advice}, or add a condition on `{power.held_in_by[1]}`"
        yield Issue(f"{power.code}_WITH_{code}", star.path, message, help_)
    else:
        message = f"{how} on all but the resources listed: {power.deed}"
        yield Issue(f"{power.code}_WITH_{code}", resources.path, message, f"{power.advice} in `Resource`", Mark.KEY)


def _given_by(actions: Element, action: str) -> Word | None:
    """Return what gives the action: the word that names it best, or for NotAction the first, or None."""
    matching = [word for word in actions.words if may_match(word.text, action)]
    if actions.negated:
        return None if matching or not actions.words else actions.words[0]
    return min(matching, key=lambda word: has_wildcard(word.text), default=None)


def _is_any_role(resource: str, power: _Power) -> bool:
    if resource == "*":
        return True
    parts = split_arn(resource)
    return parts is not None and may_match(parts[2], "iam") and parts[5] in power.any_role

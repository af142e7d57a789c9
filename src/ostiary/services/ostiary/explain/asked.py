"""What is asked: an action on a resource, with what the gate would look up about the resource."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ostiary.catalogue import find_action, find_service
from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind, find_entity
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.roles import Role
from ostiary.questions import owner_of, unknown_action_note
from ostiary.services.iam.entity_arns import EntityArn, find_entity_arn
from ostiary.services.iam.simulate.resources import EVERY_RESOURCE, decided_on
from ostiary.services.iam.targets import Needs, own_password
from ostiary.services.iam.targets.entities import tags_of
from ostiary.services.ostiary.targets import own_or_named
from ostiary.values.arn import is_whole_arn
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Need
from ostiary.wire import operation_names

_ASSUME_ROLE = "sts:assumerole"

_ON_ONESELF: Mapping[str, Needs] = MappingProxyType(
    {
        "iam:changepassword": own_password,
        "ostiary:listsigninsessions": own_or_named("ostiary:ListSignInSessions"),
        "ostiary:endsigninsession": own_or_named("ostiary:EndSignInSession"),
    }
)
"""What users may do to themselves by another rule than their policies."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A known action on a resource that it can be decided on."""

    action: str
    resource: str
    notes: tuple[str, ...]
    """What is decided other than asked, and what may not have been meant, each as a sentence."""


def read_asked(parameters: Mapping[str, Any]) -> Asked:
    """Return what a call asks about.

    Raises:
        Fault: `ValidationError`, the action is not known, the resource is no ARN, or it has to be one and is not.
    """
    action, resource = parameters["Action"], parameters.get("Resource", EVERY_RESOURCE)
    _require_known(action)
    if resource != EVERY_RESOURCE and not is_whole_arn(resource):
        raise Fault("ValidationError", f"{resource} is not an ARN.")
    if action.lower().startswith(_ASSUME_ROLE) and _role_arn(resource) is None:
        raise Fault("ValidationError", f"{action} is decided on by the role's trust policy too: name one role's ARN.")
    fitting = decided_on(action, resource)
    if fitting is None:
        return Asked(action, resource, (f"{resource} is not of a kind that AWS documents for {action}.",))
    refitted = f"{action} has no resources, so it was decided on * in place of {resource}."
    return Asked(action, fitting, () if fitting == resource else (refitted,))


def looked_up_resource(asked: Asked, account: AccountId) -> EntityArn | None:
    """Return the user or role that is acted on, if its tags and its trust policy have a say in that."""
    named = find_entity_arn(asked.resource)
    if named is None or named.kind is EntityKind.GROUP or named.account != account:
        return None
    return named if asked.action.lower().startswith(("iam:", "sts:", "ostiary:")) else None


def find_named(directory: Directory, named: EntityArn) -> Entity | None:
    """Return the user or role that an ARN names, or None when there is none; with another path it is nobody's ARN."""
    found = find_entity(directory, named.account, named.kind, named.name)
    return found if found and found.arn.lower() == named.text.lower() else None


def need_of(asked: Asked, principal: Caller, directory: Directory) -> Need:
    """Return what the gate would ask of a principal's call, as far as action and resource tell it.

    Raises:
        Fault: `InvalidInput`, it takes the trust policy of a role of another account.
        NoSuchEntity: it takes that of a role that is not there.
    """
    own_rule = _ON_ONESELF.get(asked.action.lower())
    if own_rule and principal.kind is CallerKind.USER and asked.resource == principal.arn:
        (need,) = own_rule(directory, principal, {})
        return need
    named = looked_up_resource(asked, principal.account)
    entity = find_named(directory, named) if named else None
    is_trusted = asked.action.lower().startswith("sts:") and _role_arn(asked.resource) is not None
    if is_trusted and named is None:
        raise Fault("InvalidInput", f"The trust policy of {asked.resource} is another account's to know.")
    if is_trusted and named is not None and entity is None:
        raise NoSuchEntity(Noun.ROLE, named.name)
    return Need(
        asked.action,
        entity.arn if entity else asked.resource,
        tags_of(directory, entity),
        resource_policy=entity.trust_policy if is_trusted and isinstance(entity, Role) else None,
        resource_policy_must_allow=is_trusted,
        resource_account=owner_of(asked.resource),
    )


def _require_known(action: str) -> None:
    if find_action(action) is not None or action.lower() in _served_actions():
        return
    service = find_service(action.partition(":")[0])
    sentence = unknown_action_note(action) if service else None
    raise Fault("ValidationError", sentence or f"{action} is not an action of a service that is known.")


def _served_actions() -> frozenset[str]:
    """Return IAM's and STS's actions in lower case; some are newer than the catalogue."""
    services = ("iam", "sts")
    return frozenset(f"{service}:{name}".lower() for service in services for name in operation_names(service))


def _role_arn(resource: str) -> EntityArn | None:
    named = find_entity_arn(resource)
    return named if named is not None and named.kind is EntityKind.ROLE else None

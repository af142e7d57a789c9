"""What AWS publishes about itself: services, actions, resource types, condition keys and managed policies."""

from ostiary.catalogue.condition_keys import (
    ConditionKey,
    condition_key_type,
    find_condition_key,
    list_global_condition_keys,
)
from ostiary.catalogue.errors import CatalogueError, DataError, PatternError
from ostiary.catalogue.managed_policies import ManagedPolicy, find_managed_policy, list_managed_policies
from ostiary.catalogue.service_linked_roles import (
    ServiceLinkedRole,
    find_service_linked_role,
    list_service_linked_roles,
)
from ostiary.catalogue.services import (
    Action,
    ActionResource,
    ResourceType,
    Service,
    find_action,
    find_service,
    find_service_name,
    list_actions,
    list_services,
    match_actions,
)

__all__ = [
    "Action",
    "ActionResource",
    "CatalogueError",
    "ConditionKey",
    "DataError",
    "ManagedPolicy",
    "PatternError",
    "ResourceType",
    "Service",
    "ServiceLinkedRole",
    "condition_key_type",
    "find_action",
    "find_condition_key",
    "find_managed_policy",
    "find_service",
    "find_service_linked_role",
    "find_service_name",
    "list_actions",
    "list_global_condition_keys",
    "list_managed_policies",
    "list_service_linked_roles",
    "list_services",
    "match_actions",
]

"""What IAM's operations act on: the permissions each call needs, on which ARN, with which condition keys.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html

A refusal names a user, group or role as AWS's does, as `user alice`, and an entity that does not exist is decided on
under the ARN it would have: whoever may not ask about it does not learn whether it is there.
"""

from ostiary.services.iam.targets.access_keys import key_owner
from ostiary.services.iam.targets.account import anything, listed
from ostiary.services.iam.targets.contexts import attached_policy, boundary_acted_on, request_tags
from ostiary.services.iam.targets.delegation_requests import (
    existing_delegation_request,
    listed_delegation_requests,
    new_delegation_request,
)
from ostiary.services.iam.targets.entities import existing, new_entity, own_name, renamed
from ostiary.services.iam.targets.instance_profiles import (
    existing_instance_profile,
    filled_instance_profile,
    listed_instance_profiles,
    new_instance_profile,
)
from ostiary.services.iam.targets.mfa_devices import existing_mfa_device, listed_mfa_devices, new_mfa_device
from ostiary.services.iam.targets.named import named_by
from ostiary.services.iam.targets.own_password import own_password, password_policy
from ostiary.services.iam.targets.policies import existing_policy, existing_version, listed_policies, new_policy
from ostiary.services.iam.targets.policy_source import policy_source
from ostiary.services.iam.targets.providers import existing_oidc_provider, existing_saml_provider
from ostiary.services.iam.targets.reports import organizations_report, report_subject
from ostiary.services.iam.targets.server_certificates import (
    existing_server_certificate,
    listed_server_certificates,
    new_server_certificate,
    renamed_server_certificate,
)
from ostiary.services.iam.targets.service_credentials import (
    existing_service_credential,
    listed_service_credentials,
    new_service_credential,
)
from ostiary.services.iam.targets.service_linked_roles import new_service_linked_role, role_in_deletion
from ostiary.services.iam.targets.tagged import made
from ostiary.services.iam.targets.words import Needs

__all__ = [
    "Needs",
    "anything",
    "attached_policy",
    "boundary_acted_on",
    "existing",
    "existing_delegation_request",
    "existing_instance_profile",
    "existing_mfa_device",
    "existing_oidc_provider",
    "existing_policy",
    "existing_saml_provider",
    "existing_server_certificate",
    "existing_service_credential",
    "existing_version",
    "filled_instance_profile",
    "key_owner",
    "listed",
    "listed_delegation_requests",
    "listed_instance_profiles",
    "listed_mfa_devices",
    "listed_policies",
    "listed_server_certificates",
    "listed_service_credentials",
    "made",
    "named_by",
    "new_delegation_request",
    "new_entity",
    "new_instance_profile",
    "new_mfa_device",
    "new_policy",
    "new_server_certificate",
    "new_service_credential",
    "new_service_linked_role",
    "organizations_report",
    "own_name",
    "own_password",
    "password_policy",
    "policy_source",
    "renamed",
    "renamed_server_certificate",
    "report_subject",
    "request_tags",
    "role_in_deletion",
]

"""IAM's operations on service-specific credentials."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ostiary.directory import service_credentials
from ostiary.directory.directory import Directory
from ostiary.directory.service_credentials import API_KEY_SERVICES, ServiceCredential, require_service
from ostiary.services.iam import targets
from ostiary.services.iam.owners import named_or_own_user
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.statuses import requested_active, status_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation
from ostiary.values.secret import SecretKey

Output = Mapping[str, Any]


def create_service_specific_credential(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a user a credential for one service; the answer is the only place its secret is ever shown.

    Raises:
        Fault: `ValidationError`, the credential is to expire and the service's credentials do not.
    """
    user = named_or_own_user(call, directory)
    service, days = call.parameters["ServiceName"], call.parameters.get("CredentialAgeDays")
    require_service(service)
    if days is not None and service not in API_KEY_SERVICES:
        raise Fault("ValidationError", f"CredentialAgeDays is not supported for service {service}")
    expires_at = None if days is None else call.now + timedelta(days=days)
    credential, secret = service_credentials.create_service_credential(
        directory, user, service, expires_at=expires_at, now=call.now
    )
    return {"ServiceSpecificCredential": _shown_once(call, credential, secret)}


def list_service_specific_credentials(call: AuthorizedCall, directory: Directory) -> Output:
    """List credentials without secrets: those of a user or of all users, for one service or for all.

    Raises:
        Fault: `ValidationError`, a user is named and all are asked for.
    """
    of_all = call.parameters.get("AllUsers", False)
    if of_all and "UserName" in call.parameters:
        raise Fault("ValidationError", "UserName and AllUsers cannot be specified together.")
    user = None if of_all else named_or_own_user(call, directory)
    service = call.parameters.get("ServiceName")
    if service is not None:
        require_service(service)
    page = service_credentials.list_service_credentials(
        directory, call.account, requested_page(call, directory), user=user, service=service
    )
    return page_output(
        call, directory, "ServiceSpecificCredentials", page, lambda credential: _listed_shape(call, credential)
    )


def update_service_specific_credential(call: AuthorizedCall, directory: Directory) -> Output:
    """Make a credential usable or unusable."""
    credential = _named(call, directory)
    service_credentials.set_service_credential_status(directory, credential, active=requested_active(call))
    return {}


def reset_service_specific_credential(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a credential a new secret, which only this answer shows."""
    credential = _named(call, directory)
    secret = service_credentials.reset_service_credential(directory, credential)
    return {"ServiceSpecificCredential": _shown_once(call, credential, secret)}


def delete_service_specific_credential(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a credential."""
    service_credentials.delete_service_credential(directory, _named(call, directory))
    return {}


def _named(call: AuthorizedCall, directory: Directory) -> ServiceCredential:
    user = named_or_own_user(call, directory)
    return service_credentials.get_service_credential(directory, user, call.parameters["ServiceSpecificCredentialId"])


def _listed_shape(call: AuthorizedCall, credential: ServiceCredential) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "CreateDate": credential.created_at,
        "ServiceName": credential.service,
        "ServiceSpecificCredentialId": credential.credential_id,
        "UserName": credential.user_name,
        "Status": status_of(active=credential.active, expires_at=credential.expires_at, now=call.now),
    }
    shape["ServiceCredentialAlias" if credential.is_api_key else "ServiceUserName"] = credential.service_user_name
    if credential.expires_at is not None:
        shape["ExpirationDate"] = credential.expires_at
    return shape


def _shown_once(call: AuthorizedCall, credential: ServiceCredential, secret: SecretKey) -> dict[str, Any]:
    member = "ServiceCredentialSecret" if credential.is_api_key else "ServicePassword"
    return _listed_shape(call, credential) | {member: secret.reveal()}


OPERATIONS = (
    Operation(
        "iam",
        "CreateServiceSpecificCredential",
        targets.new_service_credential(),
        create_service_specific_credential,
        writes=True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "ListServiceSpecificCredentials",
        targets.listed_service_credentials,
        list_service_specific_credentials,
        writes=False,
    ),
    Operation(
        "iam",
        "UpdateServiceSpecificCredential",
        targets.existing_service_credential("iam:UpdateServiceSpecificCredential"),
        update_service_specific_credential,
        writes=True,
    ),
    Operation(
        "iam",
        "ResetServiceSpecificCredential",
        targets.existing_service_credential("iam:ResetServiceSpecificCredential"),
        reset_service_specific_credential,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteServiceSpecificCredential",
        targets.existing_service_credential("iam:DeleteServiceSpecificCredential"),
        delete_service_specific_credential,
        writes=True,
    ),
)

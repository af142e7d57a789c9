"""Service-specific credentials, which are decided on under the user who owns them."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind
from ostiary.directory.service_credentials import find_service_credential
from ostiary.services.iam.targets.contexts import Context
from ostiary.services.iam.targets.entities import existing
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need

_SERVICE = "iam:ServiceSpecificCredentialServiceName"
_AGE = "iam:ServiceSpecificCredentialAgeDays"


def new_service_credential() -> Needs:
    """CreateServiceSpecificCredential: the user, with the service and the days that the credential is to last."""
    return existing(EntityKind.USER, "iam:CreateServiceSpecificCredential", _asked_for)


def existing_service_credential(action: str) -> Needs:
    """The user, with the service of the credential named by `ServiceSpecificCredentialId`."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        found = find_service_credential(directory, caller.account, parameters["ServiceSpecificCredentialId"])
        service: Context = {_SERVICE: found.service} if found else {}
        yield from existing(EntityKind.USER, action, lambda *_: service)(directory, caller, parameters)

    return needs


def listed_service_credentials(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """ListServiceSpecificCredentials: the user, or every user with `AllUsers`."""
    action = "iam:ListServiceSpecificCredentials"
    if parameters.get("AllUsers"):
        yield Need(action, iam_arn(caller.account, "user", "/", "*"))
    else:
        yield from existing(EntityKind.USER, action)(directory, caller, parameters)


def _asked_for(parameters: Parameters, _entity: Entity | None) -> Context:
    days = parameters.get("CredentialAgeDays")
    age: Context = {} if days is None else {_AGE: str(days)}
    return {_SERVICE: parameters["ServiceName"], **age}

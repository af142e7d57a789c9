"""AssumeRole: temporary credentials for a role.

Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.roles import Role
from ostiary.services.sts.mfa import prove_second_factor, takes_code
from ostiary.services.sts.role_session import authorized_role, open_role_session, role_needs, session_seconds
from ostiary.services.sts.session_tags import combine_tags
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.fault import Fault
from ostiary.values.operation import ContextValue, Need, Operation

_MOST_SECONDS_CHAINED = 3_600


def assume_role(call: AuthorizedCall, directory: Directory) -> Mapping[str, Any]:
    """Return credentials that act as the role, narrowed by the session policies that the call passes."""
    parameters, calling = call.parameters, call.caller.session
    role = authorized_role(directory, parameters["RoleArn"])
    if parameters.get("ProvidedContexts"):
        # Only AWS's own context providers make assertions, and none of them is here to vouch for one.
        raise Fault("InvalidParameterValue", "The specified context assertion is not valid.")
    chained = call.caller.kind is CallerKind.ASSUMED_ROLE
    return open_role_session(
        call,
        directory,
        role,
        name=parameters["RoleSessionName"],
        seconds=_seconds(parameters, role, chained=chained),
        session_tags=combine_tags(parameters, calling),
        source_identity=_source_identity(parameters, calling),
        chained=chained,
    )


def _needs(directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    context: dict[str, ContextValue] = {"sts:RoleSessionName": parameters["RoleSessionName"]}
    if "ExternalId" in parameters:
        context["sts:ExternalId"] = parameters["ExternalId"]
    return role_needs(
        directory,
        "sts:AssumeRole",
        parameters["RoleArn"],
        context,
        session_tags=combine_tags(parameters, caller.session),
        passed_transitive_keys=tuple(parameters.get("TransitiveTagKeys", ())),
        source_identity=_source_identity(parameters, caller.session),
    )


def _seconds(parameters: Mapping[str, Any], role: Role, *, chained: bool) -> int:
    if chained and parameters.get("DurationSeconds", 0) > _MOST_SECONDS_CHAINED:
        raise Fault(
            "ValidationError",
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        )
    return session_seconds(parameters, role)


def _source_identity(parameters: Mapping[str, Any], calling: Session | None) -> str | None:
    """Return the new session's source identity; one that the calling session carries stays for good."""
    given: str | None = parameters.get("SourceIdentity")
    carried = calling.source_identity if calling else None
    if given and carried and given != carried:
        raise Fault("AccessDenied", "SourceIdentity cannot be changed once it is set.", status=403)
    return carried or given


OPERATIONS = (
    Operation(
        "sts",
        "AssumeRole",
        _needs,
        assume_role,
        writes=False,
        writes_if=takes_code,
        changes_access=False,
        hands_out_credentials=True,
        # The sessions that come of it know nothing of the code: AWS's do not either.
        second_factor=prove_second_factor,
    ),
)

"""The password of the user who calls."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.directory.password_policy import find_password_policy
from ostiary.services.iam.targets.entities import existing
from ostiary.services.iam.targets.oneself import allowing_oneself
from ostiary.services.iam.targets.words import Parameters
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.operation import Need

_ACTION = "iam:ChangePassword"


def own_password(directory: Directory, caller: Caller, _parameters: Parameters) -> Iterable[Need]:
    """ChangePassword: the caller's own user. The account's password policy can allow it, as a resource's policy would.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_enable-user-change.html

    Raises:
        Fault: `InvalidUserType`, the caller is no user.
    """
    if caller.kind is not CallerKind.USER:
        raise Fault("InvalidUserType", "Only IAM Users can change their own password", status=400)
    policy = find_password_policy(directory, caller.account)
    allowing = allowing_oneself(_ACTION, caller.arn) if policy and policy.allow_users_to_change else None
    for need in existing(EntityKind.USER, _ACTION)(directory, caller, {}):
        yield Need(need.action, need.resource, need.context, resource_policy=allowing, shown_as=need.shown_as)

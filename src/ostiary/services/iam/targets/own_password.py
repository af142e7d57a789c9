"""The password of the user who calls, and what it is held to."""

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
_READ_POLICY = "iam:GetAccountPasswordPolicy"


def own_password(directory: Directory, caller: Caller, _parameters: Parameters) -> Iterable[Need]:
    """ChangePassword: the caller's own user. The account's password policy can allow it, as a resource's policy would.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_enable-user-change.html

    Raises:
        Fault: `InvalidUserType`, the caller is no user.
    """
    if caller.kind is not CallerKind.USER:
        raise Fault("InvalidUserType", "Only IAM Users can change their own password", status=400)
    allowing = allowing_oneself(_ACTION, caller.arn) if _may_all_change(directory, caller) else None
    for need in existing(EntityKind.USER, _ACTION)(directory, caller, {}):
        yield Need(need.action, need.resource, need.context, resource_policy=allowing, shown_as=need.shown_as)


def password_policy(directory: Directory, caller: Caller, _parameters: Parameters) -> Iterable[Need]:
    """GetAccountPasswordPolicy: on `*`. Whom the policy lets choose a password, it lets see what that is held to.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html
    """
    allows = caller.kind is CallerKind.USER and _may_all_change(directory, caller)
    yield Need(_READ_POLICY, "*", resource_policy=allowing_oneself(_READ_POLICY, caller.arn, "*") if allows else None)


def _may_all_change(directory: Directory, caller: Caller) -> bool:
    policy = find_password_policy(directory, caller.account)
    return policy is not None and policy.allow_users_to_change

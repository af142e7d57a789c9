"""What the service's operations act on, beyond what IAM's do."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.services.iam.targets import Needs, existing
from ostiary.services.iam.targets.oneself import allowing_oneself
from ostiary.services.iam.targets.words import Parameters
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.operation import Need


def own_or_named(action: str) -> Needs:
    """The user that the call names; of oneself it takes no permission, though a policy may deny it.

    Args:
        action: such as `ostiary:EndSignInSession`.
    """
    named = existing(EntityKind.USER, action)

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        for need in named(directory, caller, parameters):
            is_own = caller.kind is CallerKind.USER and need.resource == caller.arn
            allowing = allowing_oneself(action, caller.arn) if is_own else None
            yield Need(need.action, need.resource, need.context, resource_policy=allowing, shown_as=need.shown_as)

    return needs

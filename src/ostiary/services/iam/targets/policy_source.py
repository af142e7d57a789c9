"""The user, group or role whose policies a call asks about."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.entities import find_entity
from ostiary.services.iam.entity_arns import parse_entity_arn
from ostiary.services.iam.targets.entities import tags_of
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def policy_source(action: str, parameter: str = "PolicySourceArn") -> Needs:
    """The user, group or role named by an ARN; a refusal names the ARN as it was given.

    Args:
        action: such as `iam:SimulatePrincipalPolicy`.
        parameter: which parameter has the ARN.
    """

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        named = parse_entity_arn(parameters[parameter])
        found = None
        if named.account == caller.account:
            found = find_entity(directory, caller.account, named.kind, named.name)
        arn = found.arn if found else named.text
        yield Need(action, arn, tags_of(directory, found), shown_as=named.text)

    return needs

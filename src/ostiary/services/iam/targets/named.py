"""What a call names by its whole ARN."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def named_by(action: str, parameter: str) -> Needs:
    """The thing whose ARN stands in a parameter; whether it exists does not matter to the decision.

    Args:
        action: such as `iam:AcquireRole`.
        parameter: such as `TemplateArn`.
    """

    def needs(_directory: Directory, _caller: Caller, parameters: Parameters) -> Iterable[Need]:
        yield Need(action, parameters[parameter])

    return needs

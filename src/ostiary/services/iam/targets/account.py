"""Operations on the account as a whole."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def anything(action: str) -> Needs:
    """An operation without resources: decided on `*`."""

    def needs(_directory: Directory, _caller: Caller, _parameters: Parameters) -> Iterable[Need]:
        yield Need(action, "*")

    return needs


def listed(kind: EntityKind, action: str) -> Needs:
    """An operation that lists users, groups or roles: decided on `*`, while a refusal names the path asked for."""

    def needs(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        path = iam_arn(caller.account, kind.value.lower(), parameters.get("PathPrefix", "/"), "")
        yield Need(action, "*", shown_as=path)

    return needs

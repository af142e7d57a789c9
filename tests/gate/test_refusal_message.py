"""What goes into the encoded message of a refusal: what the caller sent or is, and nothing that was looked up."""

from typing import Any

import pytest

from ostiary.credentials import MasterKey, RefusedCall, Sealer, message_codec
from ostiary.gate.refusal_message import ReadParameters, encode_refusal
from ostiary.services import find_operation
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.operation import Need, Operation

ACCOUNT = AccountId("111122223333")
ALICE = Caller(
    CallerKind.USER,
    ACCOUNT,
    "arn:aws:iam::111122223333:user/alice",
    "AIDAEXAMPLEALICE0000",
    AccessKeyId("AKIAIOSFODNN7EXAMPLE"),
    name="alice",
)
SEALER = Sealer(MasterKey.generate())
OLGA = "arn:aws:iam::111122223333:user/olga"


def operation() -> Operation:
    found = find_operation("iam", "DeleteUser")
    assert found is not None
    return found


def sealed(context: dict[str, str], *needs: Need, unmet: int = 0) -> tuple[int, RefusedCall]:
    message = encode_refusal(
        SEALER,
        ALICE,
        operation(),
        parameters=ReadParameters({"UserName": "olga"}),
        needs=needs,
        unmet=unmet,
        context=context,
        explicit_deny=False,
    )
    assert message is not None
    return len(message), message_codec(SEALER).open(message, ACCOUNT)


def test_nothing_that_was_looked_up_is_in_it() -> None:
    plain = Need("iam:DeleteUser", OLGA, shown_as="user olga")
    looked_up = Need(
        "iam:DeleteUser",
        "arn:aws:iam::111122223333:user/division/olga",
        {"aws:ResourceTag/team": "blue"},
        resource_policy="{}",
        resource_policy_must_allow=True,
        shown_as="user olga",
    )
    context = {"aws:username": "alice"}
    assert sealed(context, plain) == sealed(context | {"aws:PrincipalTag/team": "red"}, looked_up)


def test_the_need_that_was_not_met_is_told() -> None:
    _, refused = sealed({}, Need("iam:CreateUser", OLGA), Need("iam:TagUser", OLGA), unmet=1)
    assert (refused.need, refused.action, refused.resource) == (1, "iam:TagUser", OLGA)
    assert (refused.service, refused.operation) == ("iam", "DeleteUser")


@pytest.mark.parametrize(
    ("parameters", "read"),
    [({"UserName": "olga", "PolicyDocument": "{}"}, {"UserName": "olga"}), ({"PolicyDocument": "{}"}, {})],
)
def test_only_parameters_that_were_read_are_remembered(parameters: dict[str, Any], read: dict[str, Any]) -> None:
    asked = ReadParameters(parameters)
    assert asked.get("UserName") == parameters.get("UserName")
    assert asked.get("Path", "/") == "/"
    assert len(asked) == len(list(asked)) == len(parameters)
    assert asked.read == read

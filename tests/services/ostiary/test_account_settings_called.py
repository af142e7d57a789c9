"""GetAccountSettings and UpdateAccountSettings."""

from collections.abc import Callable
from typing import Any

from tests.conftest import RunningServer
from tests.services.ostiary.calling import User, refusal


def test_a_second_factor_is_not_required_until_somebody_says_so(ostiary: Any) -> None:
    for required in (False, True, False):
        ostiary.update_account_settings(MfaRequired=required)
        answer = ostiary.get_account_settings()
        assert answer["MfaRequired"] is required


def test_each_takes_its_permission(server: RunningServer, new_user: Callable[..., User]) -> None:
    reader = new_user({"Action": "ostiary:GetAccountSettings"})
    client = server.client("ostiary", reader.key)
    assert client.get_account_settings()["MfaRequired"] is False
    assert refusal(client.update_account_settings, MfaRequired=True) == (
        "AccessDeniedException",
        (
            f"User: {reader.arn} is not authorized to perform: ostiary:UpdateAccountSettings on resource: * "
            "because no identity-based policy allows the ostiary:UpdateAccountSettings action"
        ),
        403,
    )
    assert client.get_account_settings()["MfaRequired"] is False


def test_bad_input(ostiary: Any) -> None:
    assert refusal(ostiary.update_account_settings)[0] == "ValidationException"
    assert refusal(ostiary.update_account_settings, MfaRequired="yes")[0] == "SerializationException"

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


KEY_LIMITS = ("AccessKeyWarningDays", "AccessKeyMaximumDays")


def key_limits(ostiary: Any) -> tuple[int | None, ...]:
    answer = ostiary.get_account_settings()
    return tuple(answer.get(name) for name in KEY_LIMITS)


def test_the_ages_of_access_keys_are_set_one_by_one_and_taken_away(ostiary: Any) -> None:
    assert key_limits(ostiary) == (None, None)
    steps: list[tuple[dict[str, Any], tuple[int | None, int | None]]] = [
        ({"AccessKeyWarningDays": 60}, (60, None)),
        ({"AccessKeyMaximumDays": 90}, (60, 90)),
        ({"AccessKeyWarningDays": 89}, (89, 90)),
        ({"AccessKeyWarningDays": 3649, "AccessKeyMaximumDays": 3650}, (3649, 3650)),
        ({"MfaRequired": False}, (3649, 3650)),
        ({"AccessKeyWarningDays": 0}, (None, 3650)),
        ({"AccessKeyWarningDays": 1, "AccessKeyMaximumDays": 0}, (1, None)),
        ({"AccessKeyWarningDays": 0, "AccessKeyMaximumDays": 0}, (None, None)),
    ]
    for given, expected in steps:
        ostiary.update_account_settings(**given)
        assert key_limits(ostiary) == expected


def test_keys_are_not_deactivated_before_they_are_warned_of(ostiary: Any) -> None:
    ostiary.update_account_settings(AccessKeyWarningDays=60, AccessKeyMaximumDays=90)
    for given in (
        {"AccessKeyWarningDays": 90},
        {"AccessKeyMaximumDays": 60},
        {"AccessKeyMaximumDays": 7},
        {"MfaRequired": True, "AccessKeyWarningDays": 91},
    ):
        code, message, status = refusal(ostiary.update_account_settings, **given)
        assert (code, status) == ("InvalidInput", 400)
        assert "must be less than AccessKeyMaximumDays" in message
    assert key_limits(ostiary) == (60, 90)
    assert ostiary.get_account_settings()["MfaRequired"] is False


def test_bad_input(ostiary: Any) -> None:
    assert refusal(ostiary.update_account_settings) == ("InvalidInput", "Name at least one setting to change.", 400)
    for days in (-1, 3651):
        assert refusal(ostiary.update_account_settings, AccessKeyMaximumDays=days)[0] == "ValidationException"
    assert refusal(ostiary.update_account_settings, MfaRequired="yes")[0] == "SerializationException"

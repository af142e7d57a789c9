"""The account's password policy and its other settings, through boto3."""

from typing import Any

import pytest

from tests.services.iam.asking import answer, refusal

DEFAULTS = {
    "MinimumPasswordLength": 6,
    "RequireSymbols": False,
    "RequireNumbers": False,
    "RequireUppercaseCharacters": False,
    "RequireLowercaseCharacters": False,
    "AllowUsersToChangePassword": False,
    "ExpirePasswords": False,
}
ALL = {
    "MinimumPasswordLength": 14,
    "RequireSymbols": True,
    "RequireNumbers": True,
    "RequireUppercaseCharacters": True,
    "RequireLowercaseCharacters": True,
    "AllowUsersToChangePassword": True,
    "MaxPasswordAge": 90,
    "PasswordReusePrevention": 24,
    "HardExpiry": True,
}


def test_there_is_none_at_first(iam: Any, account_id: str) -> None:
    none = ("NoSuchEntity", f"The Password Policy with domain name {account_id} cannot be found.", 404)
    assert refusal(iam.get_account_password_policy) == none
    assert refusal(iam.delete_account_password_policy) == (
        "NoSuchEntity",
        "The account policy with name PasswordPolicy cannot be found.",
        404,
    )


def test_what_a_call_leaves_out_goes_back_to_its_default(iam: Any) -> None:
    assert answer(iam.update_account_password_policy, **ALL) == {}
    assert answer(iam.get_account_password_policy) == {"PasswordPolicy": {**ALL, "ExpirePasswords": True}}
    assert answer(iam.update_account_password_policy) == {}
    assert answer(iam.get_account_password_policy) == {"PasswordPolicy": DEFAULTS}
    assert answer(iam.delete_account_password_policy) == {}
    assert refusal(iam.get_account_password_policy)[0] == "NoSuchEntity"


@pytest.mark.parametrize(("version", "number"), [("v2Token", 2), ("v1Token", 1)])
def test_the_global_endpoints_tokens(iam: Any, version: str, number: int) -> None:
    assert answer(iam.set_security_token_service_preferences, GlobalEndpointTokenVersion=version) == {}
    assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == number

"""Account properties, through boto3."""

from typing import Any

from tests.services.iam.asking import answer, refusal


def test_properties_are_set_by_namespace_and_the_others_stay(iam: Any) -> None:
    assert answer(iam.get_account_properties) == {"Properties": {}}
    assert (
        answer(iam.put_account_properties, Properties={"RoleManager/Enabled": "true", "RoleManager/a-b_9": "x"}) == {}
    )
    assert answer(iam.put_account_properties, Properties={"Other/Limit": "17"}) == {}
    assert answer(iam.put_account_properties, Properties={"RoleManager/Enabled": "false"}) == {}
    assert answer(iam.get_account_properties) == {
        "Properties": {"Other/Limit": "17", "RoleManager/Enabled": "false", "RoleManager/a-b_9": "x"}
    }


def test_a_refused_call_sets_nothing(iam: Any) -> None:
    before = answer(iam.get_account_properties)
    assert refusal(iam.put_account_properties, Properties={"A/Good": "1", "B/Good": "1"})[0] == "InvalidInput"
    assert refusal(iam.put_account_properties, Properties={"A/Good": "1", "A/Bad/": "1"})[0] == "InvalidInput"
    assert answer(iam.get_account_properties) == before


def test_there_are_a_hundred_at_most(iam: Any) -> None:
    there = len(answer(iam.get_account_properties)["Properties"])
    iam.put_account_properties(Properties={f"Many/P{number}": "1" for number in range(100 - there)})
    iam.put_account_properties(Properties={"Many/P0": "2"})
    assert refusal(iam.put_account_properties, Properties={"Many/OneMore": "1"}) == (
        "InvalidInput",
        "An account can have at most 100 account properties.",
        400,
    )

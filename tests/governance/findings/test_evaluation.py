"""Controls are asked each by itself, and called as Security Hub calls them."""

from collections.abc import Iterator

import pytest

from ostiary.governance.controls import CONTROLS, AccountFacts, Control, Result, Severity, Status
from ostiary.governance.controls.control import USER
from ostiary.governance.findings import control_id, evaluate_account, find_control, list_controls, list_failing
from tests.governance.controls.building import account
from tests.governance.findings.saying import ALICE


def control(key: str, *results: Result, error: Exception | None = None) -> Control:
    def check(_facts: AccountFacts) -> Iterator[Result]:
        yield from results
        if error:
            raise error

    return Control(key, "t", Severity.HIGH, USER, "d", "r", check)


def result(status: Status, arn: str = ALICE) -> Result:
    return Result(arn, USER, status, "so")


def test_a_control_that_breaks_says_nothing_and_does_not_keep_the_others_from_speaking(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = control("broken", result(Status.FAILED), error=ZeroDivisionError("no such thing"))
    evaluation = evaluate_account(
        account(),
        [control("first", result(Status.PASSED)), broken, control("last", result(Status.FAILED))],
    )
    assert evaluation.failures == {"broken": "ZeroDivisionError"}
    assert [each.control.key for each in evaluation.said.values()] == ["first", "last"]
    assert [each.key for each in list_failing(evaluation)] == ["last"]
    assert "control broken could not be asked of account 111122223333" in caplog.text


def test_every_control_has_one_id_and_is_found_by_it() -> None:
    ids = [control_id(each) for each in CONTROLS]
    assert len(set(ids)) == len(CONTROLS) == len(list_controls())
    assert [find_control(name) for name in ids] == list(CONTROLS)
    assert {"IAM.3", "OSTIARY.root-account-not-used"} <= set(ids)
    assert find_control("IAM.999") is None


def test_no_account_breaks_a_control() -> None:
    assert evaluate_account(account(), CONTROLS).failures == {}

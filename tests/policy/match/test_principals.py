"""NotPrincipal and a session whose issuer is known by its unique ID alone."""

import pytest

from ostiary.policy import Grant, Principal, PrincipalElement, PrincipalKind
from ostiary.policy.match import compile_principal

ACCOUNT = "111122223333"
ROLE_ID = "AROADEPLOY0000000000"
SESSION_ARN = f"arn:aws:sts::{ACCOUNT}:assumed-role/Deploy/ci"
SESSION = Principal(PrincipalKind.ROLE_SESSION, SESSION_ARN, ACCOUNT, issuer_id=ROLE_ID)


@pytest.mark.parametrize(
    ("listed", "denies", "expected"),
    [
        ((ROLE_ID,), False, Grant.NONE),
        ((SESSION_ARN, ACCOUNT), True, Grant.DIRECT),
        ((SESSION_ARN, ACCOUNT, ROLE_ID), True, Grant.NONE),
    ],
)
def test_the_issuer_counts_though_only_its_id_is_known(listed: tuple[str, ...], denies: bool, expected: Grant) -> None:  # noqa: FBT001 - a table's column
    element = PrincipalElement(aws=listed, negated=True)
    assert compile_principal(element, denies=denies)(SESSION) is expected

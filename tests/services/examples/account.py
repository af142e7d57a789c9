"""Examples of the account's alias and summary."""

from typing import Any

from tests.services.examples.stage import Example, Stage


def _alias(stage: Stage) -> dict[str, Any]:
    return {"AccountAlias": f"{stage.fresh('alias-').lower()}-{stage.account_id}"}


def _aliased(stage: Stage) -> dict[str, Any]:
    call = _alias(stage)
    stage.iam.create_account_alias(**call)
    return call


EXAMPLES: dict[str, Example] = {
    "iam:CreateAccountAlias": _alias,
    "iam:DeleteAccountAlias": _aliased,
    "iam:ListAccountAliases": lambda _: {},
    "iam:GetAccountSummary": lambda _: {},
}

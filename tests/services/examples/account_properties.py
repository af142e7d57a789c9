"""Examples of account properties."""

from tests.services.examples.stage import Example

EXAMPLES: dict[str, Example] = {
    "iam:GetAccountProperties": lambda _: {},
    "iam:PutAccountProperties": lambda _: {"Properties": {"RoleManager/Enabled": "true"}},
}

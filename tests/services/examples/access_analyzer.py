"""One call of each of IAM Access Analyzer's operations that are served."""

from tests.services.examples.stage import Example

EXAMPLES: dict[str, Example] = {
    "access-analyzer:ValidatePolicy": lambda _: {"policyDocument": "{}", "policyType": "IDENTITY_POLICY"},
}

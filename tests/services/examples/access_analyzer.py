"""One call of each of IAM Access Analyzer's operations that are served."""

from typing import Any

from tests.services.examples.stage import Example, RightlyRefused, Stage


def _generation(stage: Stage) -> dict[str, Any]:
    return {"policyGenerationDetails": {"principalArn": f"arn:aws:iam::{stage.account_id}:user/{stage.user()}"}}


def _generated(stage: Stage) -> dict[str, Any]:
    analyzer = stage.server.client("accessanalyzer", stage.server.admin)
    return {"jobId": analyzer.start_policy_generation(**_generation(stage))["jobId"]}


EXAMPLES: dict[str, Example] = {
    "access-analyzer:ValidatePolicy": lambda _: {"policyDocument": "{}", "policyType": "IDENTITY_POLICY"},
    "access-analyzer:StartPolicyGeneration": _generation,
    "access-analyzer:GetGeneratedPolicy": _generated,
    "access-analyzer:ListPolicyGenerations": lambda _: {},
    "access-analyzer:CancelPolicyGeneration": RightlyRefused(_generated, "ValidationException"),
}

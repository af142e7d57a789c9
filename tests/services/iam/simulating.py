"""Policies and questions for IAM's simulator."""

import json
from collections.abc import Callable
from typing import Any

OBJECT = "arn:aws:s3:::reports/q1.csv"
OTHER_OBJECT = "arn:aws:s3:::private/q1.csv"


def document(*statements: dict[str, Any]) -> str:
    """Return a policy in compact form; statements allow everything on everything unless they say otherwise."""
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [everything | each for each in statements]})


def allow(action: str = "*", resource: str = "*", **elements: Any) -> dict[str, Any]:
    """Return a statement."""
    return {"Action": action, "Resource": resource, **elements}


def deny(action: str = "*", resource: str = "*", **elements: Any) -> dict[str, Any]:
    """Return a statement that denies."""
    return allow(action, resource, Effect="Deny", **elements)


def entry(name: str, kind: str, *values: str) -> dict[str, Any]:
    """Return a context entry."""
    return {"ContextKeyName": name, "ContextKeyType": kind, "ContextKeyValues": list(values)}


def simulate(call: Callable[..., Any], **parameters: Any) -> list[dict[str, Any]]:
    """Return the results of a simulation, all of them on one page."""
    answer = call(**parameters)
    assert not answer["IsTruncated"]
    results: list[dict[str, Any]] = answer["EvaluationResults"]
    return results


def sources(result: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the policies that a result points to, with their types."""
    return [(each["SourcePolicyId"], each["SourcePolicyType"]) for each in result["MatchedStatements"]]

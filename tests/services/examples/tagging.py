"""One call of each of the tagging service's operations."""

from tests.services.examples.stage import Example

EXAMPLES: dict[str, Example] = {
    "tagging:GetResources": lambda _: {"TagFilters": [{"Key": "team", "Values": ["red"]}]},
    "tagging:GetTagKeys": lambda _: {},
    "tagging:GetTagValues": lambda _: {"Key": "team"},
}

"""One call of each of CloudTrail's operations that are served."""

from tests.services.examples.stage import Example

EXAMPLES: dict[str, Example] = {
    "cloudtrail:LookupEvents": lambda _: {
        "LookupAttributes": [{"AttributeKey": "Username", "AttributeValue": "admin"}],
        "MaxResults": 5,
    },
}

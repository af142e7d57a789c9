"""What is told to who calls a service that is not served: that they may not, as in an account that does not use it."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.wire import Elsewhere

# Operations that are called often and whose actions go by other names.
# Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html and its like
_ACTIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("s3", "ListBuckets"): "s3:ListAllMyBuckets",
        ("s3", "HeadBucket"): "s3:ListBucket",
        ("s3", "ListObjects"): "s3:ListBucket",
        ("s3", "ListObjectsV2"): "s3:ListBucket",
        ("s3", "HeadObject"): "s3:GetObject",
        ("s3", "GetBucketEncryption"): "s3:GetEncryptionConfiguration",
        ("lambda", "Invoke"): "lambda:InvokeFunction",
    }
)


def not_served(elsewhere: Elsewhere, caller: Caller) -> Fault:
    """Return the refusal of a call for a service that is not served here."""
    service, operation = elsewhere.action_prefix, elsewhere.operation
    action = _ACTIONS.get((service, operation), f"{service}:{operation}")
    return Fault(
        "AccessDenied",
        f"User: {caller.arn} is not authorized to perform: {action} because {service} is not served here",
        status=403,
    )

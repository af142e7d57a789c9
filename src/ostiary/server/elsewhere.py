"""What is told to who calls a service that is not served: that they may not, as in an account that does not use it."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.services import served_operations
from ostiary.values.call import Call
from ostiary.values.caller import Caller
from ostiary.values.fault import Fault
from ostiary.wire import action_prefix

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


def not_served(call: Call, caller: Caller) -> Fault:
    """Return the refusal of a call for an operation that is not served here, of whatever service."""
    service = action_prefix(call.service)
    action = _ACTIONS.get((service, call.operation), f"{service}:{call.operation}")
    missing = action if call.service in served_operations() else service
    return Fault(
        "AccessDenied",
        f"User: {caller.arn} is not authorized to perform: {action} because {missing} is not served here",
        status=403,
    )

"""What IAM asks of a value of Resource or NotResource.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
"""

_PARTITIONS = frozenset(
    {"*", "aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"}
)
_IAM_PATHS = (
    "user/",
    "federated-user/",
    "role/",
    "group/",
    "instance-profile/",
    "mfa/",
    "server-certificate/",
    "policy/",
    "sms-mfa/",
    "saml-provider/",
    "oidc-provider/",
    "report/",
    "access-report/",
)
# Newer than IAM's sentence: what AWS's own policies and guides name besides.
_IAM_PATHS_UNTOLD = ("root", "role-template/")
_PARTS_AFTER_PARTITION = 4
_ABSENT = ("", "", "", "*")
_FEWEST_PARTS = 3


def find_resource_fault(resource: str) -> str | None:
    """Return IAM's sentence on what is wrong with a resource, or None."""
    if resource == "*":
        return None
    parts = resource.split(":", 5)
    if len(parts) == 1:
        return f'Resource {resource} must be in ARN format or "*".'
    if parts[1] not in _PARTITIONS:
        return f'Partition "{parts[1]}" is not valid for resource "{_completed(parts)}".'
    if len(parts) < _FEWEST_PARTS:
        return "Resource vendor must be fully qualified and cannot contain regexes."
    return _find_service_fault(resource, *parts[2:], *_ABSENT[len(parts) - 2 :])


def _find_service_fault(resource: str, service: str, region: str, account: str, path: str) -> str | None:
    """Return what is wrong by the rules of the services that IAM knows, or None."""
    if service == "iam":
        if region:
            return f"IAM resource {resource} cannot contain region information."
        if path != "*" and not path.startswith(_IAM_PATHS + _IAM_PATHS_UNTOLD):
            return f'IAM resource path must either be "*", root, or start with {", ".join(_IAM_PATHS)}.'
    # A bucket has neither region nor account; what S3 keeps in regions, such as access points, has both.
    if service == "s3" and region and not account:
        return f"Resource {resource} can not contain region information."
    return None


def fails_legacy_parsing(resource: str) -> bool:
    """Return whether IAM's older parser, which still has its say, chokes on a resource that has no other fault."""
    if resource == "*":
        return False
    parts = resource.split(":")
    return not parts[2] or (len(parts) <= _PARTS_AFTER_PARTITION + 1 and "::" in resource)


def _completed(parts: list[str]) -> str:
    """Return an ARN of the parts, those that are missing written as `*`."""
    after_partition = parts[2:] if parts[2:] != [""] else []
    missing = ["*"] * (_PARTS_AFTER_PARTITION - len(after_partition))
    return ":".join(["arn", parts[1], *after_partition, *missing])

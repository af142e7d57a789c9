"""Where IAM does not answer in the model's sentence or order but in its own.

Names and paths pass the generated checks of length and are then looked at by IAM's own code, which says only the first
thing that it finds. The sentences are as IAM gives them, seen with `userName`, `roleName`, `policyName`, `path` and
`pathPrefix`; all names of the same pattern are taken to be alike.

IAM repeats no value that breaks a constraint, as it did until 2024 and STS does still. It names the members of a call
in the order of a Java `HashMap` of their names, which recorded answers of CreateOpenIDConnectProvider and
UpdateAccountPasswordPolicy show.

Source for the rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from collections.abc import Iterable, Mapping

_NAME_PATTERN = r"[\w+=,.@-]+"
_NAME_RULE = "It must contain only alphanumeric characters and/or the following: +=,.@_-"
_PATH_RULE = "It must begin and end with / and contain only alphanumeric characters and/or / characters."
_PATH_PREFIX_RULE = "It must begin with the / character and contain only alphanumeric characters and/or / characters."

# The model's documentation lets wildcards stand in this name, and its pattern does not.
# Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_InlinePolicyIdentifierType.html
_PATTERNS_BY_MEMBER = {"AttachmentName": r"[\w+=,.@*?-]+"}

_ELEMENT_RULES_BY_MEMBER = {"TagKeys": ("Member must not be null",)}

# CloudTrail documents errors of its own for these.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
_LEFT_TO_SERVICES = frozenset(
    {("cloudtrail", "AttributeKey"), ("cloudtrail", "EventCategory"), ("cloudtrail", "MaxResults")}
)

_FEWEST_BUCKETS = 16

_RULES_BY_MEMBER = {"Path": _PATH_RULE, "NewPath": _PATH_RULE, "PathPrefix": _PATH_PREFIX_RULE}


def own_pattern(service: str, member: str, pattern: str | None) -> str | None:
    """Return the pattern that the service holds `member` to, which is the model's `pattern` but where that is wrong."""
    return _PATTERNS_BY_MEMBER.get(member, pattern) if service == "iam" else pattern


def is_left_to_service(service: str, member: str) -> bool:
    """Tell whether the service itself holds `member` to the model, and says in its own code what is wrong."""
    return (service, member) in _LEFT_TO_SERVICES


def own_rule(service: str, member: str, pattern: str) -> str | None:
    """Return the rule that the service states when `member` does not match `pattern`, or None for the model's."""
    if service != "iam":
        return None
    if pattern == _NAME_PATTERN:
        return _NAME_RULE
    return _RULES_BY_MEMBER.get(member)


def own_sentence(path: str, rule: str) -> str:
    """Return the sentence for the parameter at `path`, which does not keep `rule`."""
    return f"The specified value for {path} is invalid. {rule}"


def own_element_rules(service: str, member: str) -> tuple[str, ...]:
    """Return what the service states of the elements of a list beyond the model."""
    return _ELEMENT_RULES_BY_MEMBER.get(member, ()) if service == "iam" else ()


def repeats_values(service: str) -> bool:
    """Tell whether the service repeats a value that breaks a constraint, and says `null` of one that is missing."""
    return service != "iam"


def own_order(service: str, shown_names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return a structure's members with the names they are shown by, in the order in which the service checks them."""
    if service != "iam":
        return shown_names.items()
    buckets = _FEWEST_BUCKETS
    while len(shown_names) * 4 > buckets * 3:
        buckets *= 2
    return sorted(shown_names.items(), key=lambda names: _java_hash(names[1]) % buckets)


def _java_hash(text: str) -> int:
    """Return the hash by which a `HashMap` of Java places a key."""
    hashed = 0
    for character in text:
        hashed = (hashed * 31 + ord(character)) & 0xFFFF_FFFF
    return hashed ^ hashed >> 16

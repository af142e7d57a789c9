"""Where IAM does not answer in the model's sentence but in one of its own.

Names and paths pass the generated checks of length and are then looked at by IAM's own code, which says only the first
thing that it finds. The sentences are as IAM gives them, seen with `userName`, `roleName`, `policyName`, `path` and
`pathPrefix`; all names of the same pattern are taken to be alike.

Source for the rules: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

_NAME_PATTERN = r"[\w+=,.@-]+"
_NAME_RULE = "It must contain only alphanumeric characters and/or the following: +=,.@_-"
_PATH_RULE = "It must begin and end with / and contain only alphanumeric characters and/or / characters."
_PATH_PREFIX_RULE = "It must begin with the / character and contain only alphanumeric characters and/or / characters."

# The model's documentation lets wildcards stand in this name, and its pattern does not.
# Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_InlinePolicyIdentifierType.html
_PATTERNS_BY_MEMBER = {"AttachmentName": r"[\w+=,.@*?-]+"}

_RULES_BY_MEMBER = {"Path": _PATH_RULE, "NewPath": _PATH_RULE, "PathPrefix": _PATH_PREFIX_RULE}


def own_pattern(service: str, member: str, pattern: str | None) -> str | None:
    """Return the pattern that the service holds `member` to, which is the model's `pattern` but where that is wrong."""
    return _PATTERNS_BY_MEMBER.get(member, pattern) if service == "iam" else pattern


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

"""The checks there are: each with its code, its severity and what it is about.

Codes, severities and pages are IAM Access Analyzer's, but for the few at the end, which are Ostiary's own.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ostiary.analysis.lint.finding import Severity

_PAGE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html"
_ANCHORS = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "security-warning",
    Severity.WARNING: "general-warning",
    Severity.SUGGESTION: "suggestion",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check."""

    code: str
    severity: Severity
    title: str
    """What it finds, in a few words."""
    link: str
    """The page that explains it."""
    refused: bool = False
    """AWS does not take a policy with it."""


_ERRORS = {
    "ARN_ACCOUNT_NOT_ALLOWED": "an account in an ARN of a service whose ARNs have none",
    "ARN_REGION_NOT_ALLOWED": "a Region in an ARN of a service whose ARNs have none",
    "DATA_TYPE_MISMATCH": "a value of another JSON type than its element takes",
    "DUPLICATE_KEYS_WITH_DIFFERENT_CASE": "a condition key twice under one operator, in different case",
    "EMPTY_VARIABLE": "a policy variable without a name",
    "FEDERATED_PRINCIPAL_NOT_SUPPORTED": "a federated principal outside a role trust policy",
    "INVALID_ACTION": "an action that does not exist",
    "INVALID_ARN_ACCOUNT": "an account in an ARN that is not twelve digits",
    "INVALID_ARN_PREFIX": "a resource that does not begin with arn:",
    "INVALID_ARN_REGION": "a Region in an ARN that does not exist",
    "INVALID_ARN_RESOURCE": "an ARN of no kind of resource that its service has",
    "INVALID_ARN_SERVICE_CASE": "capital letters in an ARN's service",
    "INVALID_CONDITION_DATA_TYPE": "values of several JSON types for one condition key",
    "INVALID_CONDITION_KEY_FORMAT": "a condition key that is not service:name",
    "INVALID_CONDITION_MULTIPLE_BOOLEAN": "several values where a boolean is compared",
    "INVALID_CONDITION_OPERATOR": "a condition operator that does not exist",
    "INVALID_EFFECT": "an effect that is neither Allow nor Deny",
    "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY": "a federated principal that is no provider",
    "INVALID_GLOBAL_CONDITION_KEY": "a global condition key that does not exist",
    "INVALID_KMS_KEY_VALUE": "a condition value that should be the ARN of a KMS key",
    "INVALID_PARTITION": "a partition in an ARN that does not exist",
    "INVALID_POLICY_ELEMENT": "an element that policies do not have",
    "INVALID_PRINCIPAL_FORMAT": "a principal that is neither * nor an object",
    "INVALID_PRINCIPAL_KEY": "a type of principal that does not exist",
    "INVALID_REGION": "a Region in a condition that does not exist",
    "INVALID_SERVICE": "a service in an ARN or a condition key that does not exist",
    "INVALID_SERVICE_CONDITION_KEY": "a condition key that its service does not have",
    "INVALID_SERVICE_IN_ACTION": "a service in an action that does not exist",
    "INVALID_SERVICE_PRINCIPAL_FORMAT": "a service principal that is not written as one",
    "INVALID_VARIABLE_FOR_OPERATOR": "a policy variable under an operator that takes none",
    "INVALID_VERSION": "a version of the policy language that does not exist",
    "INVALID_VPCE_FORMAT": "a VPC endpoint that is not written as one",
    "INVALID_VPC_FORMAT": "a VPC that is not written as one",
    "JSON_SYNTAX_ERROR": "a text that is not JSON",
    "MISMATCHED_ACTION_FOR_PRINCIPAL": "a way of assuming a role that none of the principals can go",
    "MISSING_ACTION": "a statement without Action and NotAction",
    "MISSING_ACTION_FOR_CONDITION_KEY": "a condition on what only another action can set",
    "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY": "trust in Roles Anywhere without all the actions it takes",
    "MISSING_ARN_ACCOUNT": "an ARN without the account that it needs",
    "MISSING_ARN_FIELD": "an ARN with fewer than six parts",
    "MISSING_ARN_REGION": "an ARN without the Region that it needs",
    "MISSING_BRACE_IN_VARIABLE": "a policy variable that is not closed",
    "MISSING_EFFECT": "a statement without Effect",
    "MISSING_PRINCIPAL": "a statement without the Principal that its kind of policy needs",
    "MISSING_QUALIFIER": "a multivalued condition key under an operator for single values",
    "MISSING_QUOTE_IN_VARIABLE": "a policy variable's default without quotes",
    "MISSING_RESOURCE": "a statement without Resource and NotResource",
    "MISSING_STATEMENT": "a policy without statements",
    "MISSING_TAG_KEY_IN_CONDITION": "a condition on a tag without the tag's key",
    "NULL_WITH_IF_EXISTS": "the operator Null with IfExists",
    "POLICY_SIZE_EXCEEDS_RCP_QUOTA": "a resource control policy over its quota",
    "POLICY_SIZE_EXCEEDS_SCP_QUOTA": "a service control policy over its quota",
    "PRIVATE_IP_ADDRESS": "only private addresses for aws:SourceIp",
    "PRIVATE_NOT_IP_ADDRESS": "only private addresses for aws:SourceIp, under a negated operator",
    "RCP_SYNTAX_ERROR_ACTION": "an action in a resource control policy that such policies do not cover",
    "RCP_SYNTAX_ERROR_ALLOW": "an Allow in a resource control policy that is not that of RCPFullAWSAccess",
    "RCP_SYNTAX_ERROR_NOTACTION": "NotAction in a resource control policy",
    "RCP_SYNTAX_ERROR_PRINCIPAL": "a principal other than * in a resource control policy",
    "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL": "NotPrincipal in a role trust policy",
    "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE": "a resource in a role trust policy",
    "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL": "the principal * in a role trust policy",
    "SCP_SYNTAX_ERROR_PRINCIPAL": "a principal in a service control policy",
    "TYPE_MISMATCH_IP_RANGE": "a value that is no IP address under an operator that compares them",
    "UNIQUE_SIDS_REQUIRED": "a statement ID that is used twice",
    "UNSUPPORTED_ACTION_FOR_CONDITION_KEY": "actions that a condition key does not come with",
    "UNSUPPORTED_ACTION_IN_POLICY": "an action that the policy of such a resource cannot be about",
    "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL": "a condition key that service principals do not have",
    "UNSUPPORTED_ELEMENT_COMBINATION": "two elements that exclude each other",
    "UNSUPPORTED_PRINCIPAL": "a principal in a policy that speaks of who it is attached to",
    "UNSUPPORTED_RESOURCE_ARN_IN_POLICY": "a resource that the policy of such a resource cannot be about",
    "UNSUPPORTED_SID": "a statement ID with other characters than letters and digits",
    "UNSUPPORTED_SPACE_IN_VARIABLE": "a space in a policy variable's name",
    "UNSUPPORTED_WILDCARD_IN_PRINCIPAL": "a wildcard within a principal",
    "VARIABLE_UNSUPPORTED_IN_ELEMENT": "a policy variable in an element that takes none",
    "VARIABLE_UNSUPPORTED_IN_VERSION": "a policy variable in a version of the language that has none",
    "VARIABLE_USAGE_TOO_PERMISSIVE": "a policy variable in what identifies an account or an organisation",
    "WILDCARD_USAGE_TOO_PERMISSIVE": "a wildcard in what identifies an account or an organisation",
}
_SECURITY_WARNINGS = {
    "ALLOW_WITH_NOT_PRINCIPAL": "an Allow to everybody but a few",
    "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE": "a Deny on a tag of all actions but a few",
    "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE": "a Deny on a tag that the actions do not come with",
    "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT": "DynamoDB attributes held in, but not for reads that name none",
    "FORALLVALUES_WITH_SINGLE_VALUED_KEY": "ForAllValues with a key that has a single value",
    "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE": "ForAnyValue with the audience of a token",
    "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL": "trust in an OIDC provider without a condition",
    "MISSING_GITHUB_REPO_CONDITION_KEY": "trust in GitHub without a condition on the repository",
    "MISSING_PAIRED_CONDITION_KEYS": "a condition key that means little without another",
    "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE": "iam:PassRole by way of NotAction and NotResource",
    "PASS_ROLE_WITH_NOT_RESOURCE": "iam:PassRole by way of NotResource",
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE": "iam:PassRole by way of a wildcard and NotResource",
    "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE": "iam:PassRole by way of a wildcard, for any role",
    "PASS_ROLE_WITH_STAR_IN_RESOURCE": "iam:PassRole for any role",
    "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION": "iam:PassRole by way of NotAction, for any role",
    "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL": "access for a service, on whosever behalf it acts",
    "S3_PREFIX_IN_NEGATIVE_CONTEXT": "an S3 prefix that is to be kept out",
    "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS": "an ARN compared as if it were any text",
    "UNTRUSTWORTHY_CONDITION_KEY": "a condition on what callers can make up",
}
_WARNINGS = {
    "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE": "service-linked roles by way of NotAction and NotResource",
    "CREATE_SLR_WITH_NOT_RESOURCE": "service-linked roles by way of NotResource",
    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE": "service-linked roles by way of a wildcard and NotResource",
    "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE": "service-linked roles by way of a wildcard, for any service",
    "CREATE_SLR_WITH_STAR_IN_RESOURCE": "service-linked roles for any service",
    "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION": "service-linked roles by way of NotAction, for any service",
    "DEPRECATED_GLOBAL_CONDITION_KEY": "a global condition key that has a successor",
    "INVALID_DATE_VALUE": "a date in seconds since 1970",
    "INVALID_ROLE_REFERENCE": "a role named by its unique ID",
    "INVALID_USER_REFERENCE": "a user named by its unique ID",
    "MISSING_VERSION": "a policy without Version",
    "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA": "an identity-based policy over its quota",
    "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA": "a resource-based policy over its quota",
    "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA": "a role trust policy over its quota",
    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY": "a resource control policy on principals, services not spared",
    "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY": "a resource control policy on services, users not spared",
    "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK": "a resource control policy on a source that may be absent",
    "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED": "trust in more of GitHub than a repository and a branch",
    "TYPE_MISMATCH": "an operator that is not for the key's type",
    "TYPE_MISMATCH_BOOLEAN": "a value that is neither true nor false where booleans are compared",
    "TYPE_MISMATCH_DATE": "a value that is no date where dates are compared",
    "TYPE_MISMATCH_NUMBER": "a value that is no number where numbers are compared",
    "TYPE_MISMATCH_STRING": "a value that is not base 64 where bytes are compared",
    "UNIQUE_SIDS_RECOMMENDED": "a statement ID that is used twice, in a policy that may",
    "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES": "a key that few services know, with the actions of all",
    "WILDCARD_WITHOUT_LIKE_OPERATOR": "a wildcard under an operator that takes it for plain text",
}
_SUGGESTIONS = {
    "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE": "an Allow on a tag of all actions but a few",
    "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE": "an Allow on a tag that the actions do not come with",
    "CONFIRM_AUDIENCE_CLAIM_TYPE": "ForAllValues with the audience of a token",
    "EMPTY_ARRAY_ACTION": "a list of actions without any",
    "EMPTY_ARRAY_CONDITION": "a condition without values",
    "EMPTY_ARRAY_CONDITION_FORALLVALUES": "a condition without values, under ForAllValues",
    "EMPTY_ARRAY_CONDITION_FORANYVALUE": "a condition without values, under ForAnyValue",
    "EMPTY_ARRAY_CONDITION_IFEXISTS": "a condition without values, under IfExists",
    "EMPTY_ARRAY_PRINCIPAL": "a list of principals without any",
    "EMPTY_ARRAY_RESOURCE": "a list of resources without any",
    "EMPTY_OBJECT_CONDITION": "a condition block with nothing in it",
    "EMPTY_OBJECT_PRINCIPAL": "a principal with nothing in it",
    "EMPTY_SID_VALUE": "a statement ID without a character",
    "IMPROVE_IP_RANGE": "bits of an IP range that do not count",
    "IRRELEVANT_CONDITION_KEY_IN_POLICY": "a key that says nothing new in a resource's own policy",
    "NULL_WITH_QUALIFIER": "the operator Null with ForAllValues or ForAnyValue",
    "PRIVATE_IP_ADDRESS_SUBSET": "private addresses among those for aws:SourceIp",
    "PRIVATE_NOT_IP_ADDRESS_SUBSET": "private addresses among those for aws:SourceIp, under a negated operator",
    "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL": "access for a service held in by a weaker key",
    "REDUNDANT_ACTION": "an action that another covers",
    "REDUNDANT_CONDITION_VALUE_NUM": "several bounds where one decides",
    "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION": "a condition that every value meets",
    "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY": "a role session beside its role",
    "REDUNDANT_RESOURCE": "a resource that another covers",
    "REDUNDANT_STATEMENT": "a statement that stands there already",
    "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION": "a condition that no value meets",
    "WILDCARD_IN_SERVICE_NAME": "a wildcard in a service's name",
}
_REFUSED = frozenset(
    {
        *("DATA_TYPE_MISMATCH", "INVALID_ARN_PREFIX", "INVALID_CONDITION_OPERATOR", "INVALID_EFFECT"),
        *("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", "INVALID_PARTITION", "INVALID_POLICY_ELEMENT"),
        *("INVALID_PRINCIPAL_FORMAT", "INVALID_PRINCIPAL_KEY", "INVALID_VERSION", "JSON_SYNTAX_ERROR"),
        *("MISSING_ACTION", "MISSING_EFFECT", "MISSING_PRINCIPAL", "MISSING_RESOURCE", "MISSING_STATEMENT"),
        *("NULL_WITH_IF_EXISTS", "RCP_SYNTAX_ERROR_ALLOW", "RCP_SYNTAX_ERROR_NOTACTION", "RCP_SYNTAX_ERROR_PRINCIPAL"),
        *("RCP_SYNTAX_ERROR_ACTION", "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE", "SCP_SYNTAX_ERROR_PRINCIPAL"),
        *("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", "TYPE_MISMATCH_DATE", "UNIQUE_SIDS_REQUIRED"),
        *("UNIQUE_SIDS_RECOMMENDED", "UNSUPPORTED_ACTION_IN_POLICY", "UNSUPPORTED_ELEMENT_COMBINATION"),
        *("UNSUPPORTED_PRINCIPAL", "UNSUPPORTED_SID", "UNSUPPORTED_WILDCARD_IN_PRINCIPAL"),
    }
)
_DOCUMENTED = {
    code: Check(code, severity, title, f"{_PAGE}#access-analyzer-reference-policy-checks-{anchor}", code in _REFUSED)
    for severity, titles in (
        (Severity.ERROR, _ERRORS),
        (Severity.SECURITY_WARNING, _SECURITY_WARNINGS),
        (Severity.WARNING, _WARNINGS),
        (Severity.SUGGESTION, _SUGGESTIONS),
    )
    for code, title in titles.items()
    for anchor in [f"{_ANCHORS[severity]}-{code.lower().replace('_', '-')}"]
}
_USER_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_OWN = {
    check.code: check
    for check in (
        Check(
            "MALFORMED_POLICY",
            Severity.ERROR,
            "a policy that AWS refuses, in AWS's words",
            f"{_USER_GUIDE}/reference_policies_grammar.html",
            refused=True,
        ),
        Check(
            "ACTION_NEVER_MATCHES_RESOURCE",
            Severity.WARNING,
            "an action that works on none of the resources beside it",
            "https://docs.aws.amazon.com/service-authorization/latest/reference/"
            "reference_policies_actions-resources-contextkeys.html",
        ),
        Check(
            "POLICY_NOT_CHECKED_WHOLE",
            Severity.WARNING,
            "a policy that lists so much that not all of it was looked at",
            f"{_USER_GUIDE}/reference_iam-quotas.html",
        ),
    )
}
CHECKS: Mapping[str, Check] = {**_DOCUMENTED, **_OWN}
"""All checks by their code."""

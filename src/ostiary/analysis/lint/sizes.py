"""How long a policy may be.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html and
https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ostiary.analysis.lint.draft import Draft
from ostiary.analysis.lint.issue import Issue, Mark
from ostiary.policy import PolicyKind

_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Quota:
    code: str
    characters: int
    counts_white_space: bool = False
    hint: str = "split it into several policies, or gather actions under a wildcard"


_MANAGED = _Quota("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", 6_144)
_QUOTAS = {
    PolicyKind.IDENTITY: _MANAGED,
    PolicyKind.BOUNDARY: _MANAGED,
    PolicyKind.SESSION: _Quota("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", 2_048, counts_white_space=True),
    PolicyKind.TRUST: _Quota(
        "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", 2_048, hint="shorten it, or have the account's quota raised"
    ),
    # The quota of S3, the largest there is; other services' are theirs to check.
    PolicyKind.RESOURCE: _Quota("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", 20_480, counts_white_space=True),
    PolicyKind.SERVICE_CONTROL: _Quota("POLICY_SIZE_EXCEEDS_SCP_QUOTA", 10_240, counts_white_space=True),
    PolicyKind.RESOURCE_CONTROL: _Quota("POLICY_SIZE_EXCEEDS_RCP_QUOTA", 5_120, counts_white_space=True),
}


def check_all_is_read(draft: Draft) -> Iterator[Issue]:
    """Check that there is not too much to look at; what is too much is left, and said to be."""
    if draft.unread is not None:
        yield Issue(
            "POLICY_NOT_CHECKED_WHOLE",
            draft.unread,
            "the policy lists so much that this statement, and what follows it, was not looked at",
            "check its statements in several policies, each of a size that AWS takes",
            Mark.OPENING,
        )


def check_size(draft: Draft) -> Iterator[Issue]:
    """Check that the policy keeps the quota of its kind, with white space counted where AWS counts it."""
    quota = _QUOTAS[draft.kind]
    size = len(draft.text if quota.counts_white_space else _WHITE_SPACE.sub("", draft.text))
    if size > quota.characters:
        white_space = "" if quota.counts_white_space else ", white space not counted"
        article = "an" if draft.kind is PolicyKind.IDENTITY else "a"
        allowed = f"{article} {draft.kind.value} may have {quota.characters:,}"
        message = f"the policy has {size:,} characters{white_space}; {allowed}"
        if draft.kind is PolicyKind.IDENTITY:
            message += " when it is managed"
        yield Issue(quota.code, (), message, quota.hint, Mark.OPENING)

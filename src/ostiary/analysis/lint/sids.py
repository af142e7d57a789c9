"""Statement IDs.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
"""

import re
from collections.abc import Iterator

from ostiary.analysis.lint.draft import Draft
from ostiary.analysis.lint.issue import Issue, quote
from ostiary.policy import PolicyKind

_SID = re.compile(r"[0-9A-Za-z]*", re.ASCII)


def check_sids(draft: Draft) -> Iterator[Issue]:
    """Check that statement IDs are of letters and digits, and each used once.

    The services that keep resource-based policies are freer in both.
    """
    free = draft.kind is PolicyKind.RESOURCE
    seen: set[str] = set()
    for clause in draft.clauses:
        sid = clause.written.get("Sid")
        if not isinstance(sid, str) or not sid:
            continue
        path = (*clause.path, "Sid")
        if not free and not _SID.fullmatch(sid):
            better = re.sub(r"[^0-9A-Za-z]", "", sid)
            help_ = f"write {quote(better)}" if better else "use letters and digits"
            message = f"the statement ID {quote(sid)} has other characters than letters and digits"
            yield Issue("UNSUPPORTED_SID", path, message, help_)
        if sid in seen:
            code = "UNIQUE_SIDS_RECOMMENDED" if free else "UNIQUE_SIDS_REQUIRED"
            help_ = "give this statement a name of its own"
            yield Issue(code, path, f"another statement has the ID {quote(sid)} already", help_)
        seen.add(sid)

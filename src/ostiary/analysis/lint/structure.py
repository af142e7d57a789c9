"""Elements: which there are, which there must be, and what JSON type each takes.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from collections.abc import Iterator
from typing import Any

from ostiary.analysis.lint.draft import Draft
from ostiary.analysis.lint.issue import Issue, Mark, quote
from ostiary.policy import PolicyKind
from ostiary.policy.spans import Path

_POLICY_ELEMENTS = ("Version", "Id", "Statement")
_STATEMENT_ELEMENTS = (
    *("Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"),
)
_VERSIONS = ("2012-10-17", "2008-10-17")
_PAIRS = (("Action", "NotAction"), ("Resource", "NotResource"), ("Principal", "NotPrincipal"))


def check_version(draft: Draft) -> Iterator[Issue]:
    """Check the policy's version: that it is there and is one."""
    if not isinstance(draft.written, dict):
        return
    version = draft.root.get("Version")
    if "Version" not in draft.root:
        help_ = 'add `"Version": "2012-10-17"`; without it the rules of 2008 hold, which know no policy variables'
        yield Issue("MISSING_VERSION", (), "the policy does not say its `Version`", help_, Mark.OPENING)
    elif isinstance(version, str) and version not in _VERSIONS:
        message = f"{quote(version)} is no version of the policy language"
        yield Issue(
            "INVALID_VERSION", ("Version",), message, "write `2012-10-17`, a fixed name and not a date to update"
        )


def check_elements(draft: Draft) -> Iterator[Issue]:
    """Check that all elements are known, and that none of them exclude each other."""
    yield from _unknown(draft, draft.root, (), _POLICY_ELEMENTS, "a policy")
    for clause in draft.clauses:
        yield from _unknown(draft, clause.written, clause.path, _STATEMENT_ELEMENTS, "a statement")
        for name, negated in _PAIRS:
            if name in clause.written and negated in clause.written:
                message = f"`{name}` and `{negated}` cannot stand in the same statement"
                help_ = "keep one of them, or make two statements of this one"
                yield Issue("UNSUPPORTED_ELEMENT_COMBINATION", (*clause.path, negated), message, help_, Mark.KEY)


def _unknown(draft: Draft, block: Any, path: Path, known: tuple[str, ...], owner: str) -> Iterator[Issue]:
    for name in block:
        if name in known:
            continue
        meant = draft.guesses.nearest(name, known)
        if meant and meant.lower() == name.lower():
            help_ = f"write `{meant}`: the case of element names counts"
        elif meant:
            help_ = f"did you mean `{meant}`?"
        else:
            help_ = f"remove it; the elements of {owner} are {', '.join(f'`{each}`' for each in known)}"
        message = f"{quote(name)} is no element of {owner}"
        yield Issue("INVALID_POLICY_ELEMENT", (*path, name), message, help_, Mark.KEY)


def check_statements(draft: Draft) -> Iterator[Issue]:
    """Check that there are statements, each with all that it needs."""
    if not isinstance(draft.written, dict):
        return
    if draft.root.get("Statement", []) == []:
        mark = Mark.VALUE if "Statement" in draft.root else Mark.OPENING
        path: Path = ("Statement",) if "Statement" in draft.root else ()
        yield Issue("MISSING_STATEMENT", path, "the policy has no statement", "add at least one to `Statement`", mark)
    for clause in draft.clauses:
        written = clause.written
        if "Effect" not in written:
            help_ = 'add `"Effect": "Allow"` or `"Effect": "Deny"`'
            yield Issue("MISSING_EFFECT", clause.path, "the statement has no `Effect`", help_, Mark.OPENING)
        if not clause.actions:
            help_ = "say which actions it is about in `Action`, or in `NotAction` which it is not"
            yield Issue("MISSING_ACTION", clause.path, "the statement has no `Action`", help_, Mark.OPENING)
        if not clause.resources and draft.kind is not PolicyKind.TRUST:
            help_ = "say which resources it is about in `Resource`; `*` stands for all"
            yield Issue("MISSING_RESOURCE", clause.path, "the statement has no `Resource`", help_, Mark.OPENING)
        if not clause.principals and draft.kind.names_principals:
            message = f"a statement of a {draft.kind.value} must say whom it is about"
            help_ = (
                'add `"Principal": "*"`'
                if draft.kind is PolicyKind.RESOURCE_CONTROL
                else 'add a `Principal`, such as `{"AWS": "111122223333"}` for an account'
            )
            yield Issue("MISSING_PRINCIPAL", clause.path, message, help_, Mark.OPENING)


def check_effects(draft: Draft) -> Iterator[Issue]:
    """Check that each effect is one of the two."""
    for clause in draft.clauses:
        effect = clause.written.get("Effect")
        if isinstance(effect, str) and effect not in ("Allow", "Deny"):
            meant = draft.guesses.nearest(effect, ("Allow", "Deny"))
            help_ = f"write `{meant}`, exactly so" if meant else "write `Allow` or `Deny`"
            yield Issue("INVALID_EFFECT", (*clause.path, "Effect"), f"{quote(effect)} is no effect", help_)


def check_no_misplaced_elements(draft: Draft) -> Iterator[Issue]:
    """Check that a kind of policy has no element that only others take."""
    for clause in draft.clauses:
        for element in clause.elements:
            if draft.kind is PolicyKind.TRUST and element.name.endswith("Resource"):
                yield Issue(
                    "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
                    element.path,
                    f"a role trust policy has no `{element.name}`",
                    "remove it: the policy is about the role that it belongs to",
                    Mark.KEY,
                )
        for principal in clause.principals:
            if draft.kind is PolicyKind.SERVICE_CONTROL:
                yield Issue(
                    "SCP_SYNTAX_ERROR_PRINCIPAL",
                    principal.path,
                    f"a service control policy has no `{principal.name}`",
                    "remove it, and test `aws:PrincipalArn` in a `Condition` where only some principals are meant",
                    Mark.KEY,
                )
            elif not draft.kind.names_principals:
                yield Issue(
                    "UNSUPPORTED_PRINCIPAL",
                    principal.path,
                    f"the {draft.kind.value} has a `{principal.name}`",
                    "remove it: the policy is about whoever it is attached to",
                    Mark.KEY,
                )

"""Role trust policies: who may assume the role, and by which way.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html and
https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
"""

import re
from collections.abc import Iterator

from ostiary.analysis.lint.draft import Clause, Draft, PrincipalWord, WrittenCondition
from ostiary.analysis.lint.issue import Issue, Mark, quote, quote_all
from ostiary.analysis.lint.known import may_match
from ostiary.analysis.lint.patterns import has_wildcard
from ostiary.policy import PolicyKind

_ASSUME, _SAML, _OIDC = "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"
_BESIDE = ("sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext")
_TRUST_ACTIONS = (_ASSUME, _SAML, _OIDC, *_BESIDE)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_PROVIDER = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:(?P<kind>saml|oidc)-provider/(?P<name>[^*?]+)", re.ASCII)
_SESSION = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):sts::(?P<account>[0-9]{12}):assumed-role/(?P<role>[^/]+)/[^/]+", re.ASCII
)
_ROLE = re.compile(
    r"arn:(?P<partition>aws[a-z-]*):iam::(?P<account>[0-9]{12}):role/(?:[^/]+/)*(?P<role>[^/]+)", re.ASCII
)
_GITHUB = "token.actions.githubusercontent.com"
_ROLES_ANYWHERE = "rolesanywhere.amazonaws.com"
_ANYWHERE_ACTIONS = (_ASSUME, "sts:SetSourceIdentity", "sts:TagSession")
_SET_BY = (
    (("sts:sourceidentity",), "sts:SetSourceIdentity"),
    (("sts:transitivetagkeys", "aws:tagkeys", "aws:requesttag/"), "sts:TagSession"),
)


def check_trust(draft: Draft) -> Iterator[Issue]:
    """Check the statements of a role trust policy one by one."""
    if draft.kind is not PolicyKind.TRUST:
        return
    for clause in draft.clauses:
        yield from _check_actions(clause)
        yield from _check_ways(clause)
        yield from _check_providers(clause)
        yield from _check_sessions(clause)
        yield from _check_conditions(clause)
        if clause.allows:
            yield from _check_github(clause)
    yield from _check_roles_anywhere(draft)


def _names(clause: Clause, action: str) -> bool:
    return clause.actions is not None and any(may_match(word.text, action) for word in clause.actions.words)


def _check_actions(clause: Clause) -> Iterator[Issue]:
    for word in clause.actions.words if clause.actions else ():
        if not any(may_match(word.text, action) for action in _TRUST_ACTIONS):
            message = f"a role trust policy is not about {quote(word.text)}"
            help_ = "list only what assuming a role takes, such as `sts:AssumeRole`"
            yield Issue("UNSUPPORTED_ACTION_IN_POLICY", word.path, message, help_)


def _way_of(principal: PrincipalWord) -> str:
    """Return the one action by which a principal assumes a role."""
    if principal.type != "Federated":
        return _ASSUME
    provider = _PROVIDER.fullmatch(principal.text)
    return _SAML if provider and provider["kind"] == "saml" else _OIDC


def _check_ways(clause: Clause) -> Iterator[Issue]:
    if clause.principal is None or clause.actions is None or not clause.principal.words:
        return
    ways = {_way_of(principal) for principal in clause.principal.words}
    folded = {action.lower(): action for action in (_ASSUME, _SAML, _OIDC)}
    for word in clause.actions.words:
        action = folded.get(word.text.lower())
        if action and action not in ways:
            shown = quote_all(principal.text for principal in clause.principal.words)
            help_ = f"use {quote_all(sorted(ways), joiner='or')}"
            message = f"{shown} cannot assume a role with `{action}`"
            yield Issue("MISMATCHED_ACTION_FOR_PRINCIPAL", word.path, message, help_)


def _check_providers(clause: Clause) -> Iterator[Issue]:
    for word in clause.principal.of_type("Federated") if clause.principal else ():
        if "*" in word.text or "?" in word.text:
            continue
        provider = _PROVIDER.fullmatch(word.text)
        if not provider and not _DOMAIN.fullmatch(word.text):
            message = f"{quote(word.text)} is no identity provider"
            help_ = "write a domain name, or the ARN of a SAML or OIDC provider"
            yield Issue("INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY", word.path, message, help_)
            continue
        host = provider["name"] if provider else word.text
        saml = provider and provider["kind"] == "saml"
        if saml or not clause.allows or host == _GITHUB or not _names(clause, _OIDC):
            continue
        if not any(condition.folded.startswith(f"{host.lower()}:") for condition in clause.conditions):
            message = f"anybody whom {quote(host)} vouches for may assume the role"
            help_ = f"add a condition on {quote(f'{host}:aud')} or {quote(f'{host}:sub')}"
            yield Issue("MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL", word.path, message, help_)


def _check_github(clause: Clause) -> Iterator[Issue]:
    words = clause.principal.of_type("Federated") if clause.principal else []
    github = next((word for word in words if word.text.endswith(f"/{_GITHUB}") or word.text == _GITHUB), None)
    if github is None or not _names(clause, _OIDC):
        return
    subject = clause.condition_on(f"{_GITHUB}:sub")
    if subject is None:
        message = "any repository on GitHub may assume the role"
        help_ = f"add a condition on `{_GITHUB}:sub`, such as `repo:owner/name:ref:refs/heads/main`"
        yield Issue("MISSING_GITHUB_REPO_CONDITION_KEY", github.path, message, help_)
    elif subject.operator.takes_wildcards:
        branch_held = clause.condition_on(f"{_GITHUB}:ref") is not None
        for value in subject.values:
            repository = ":".join(value.text.split(":")[:2])
            if has_wildcard(repository if branch_held else value.text):
                message = f"{quote(value.text)} stands for more than one repository and branch"
                help_ = "write both out, as in `repo:owner/name:ref:refs/heads/main`"
                yield Issue("SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED", value.path, message, help_)


def _check_sessions(clause: Clause) -> Iterator[Issue]:
    words = clause.principal.of_type("AWS") if clause.principal else []
    roles = {
        match.group("partition", "account", "role"): word for word in words if (match := _ROLE.fullmatch(word.text))
    }
    for word in words:
        session = _SESSION.fullmatch(word.text)
        role = roles.get(session.group("partition", "account", "role")) if session else None
        if role:
            message = f"{quote(word.text)} is a session of {quote(role.text)}, which is listed too"
            yield Issue("REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY", word.path, message, "remove it")


def _check_conditions(clause: Clause) -> Iterator[Issue]:
    if clause.actions is None:
        return
    for keys, action in _SET_BY:
        condition: WrittenCondition | None = clause.condition_on(*keys)
        if condition and not _names(clause, action):
            message = f"only `{action}` sets {quote(condition.key)}, and the statement is not about it"
            help_ = f"add `{action}` to `Action`"
            yield Issue("MISSING_ACTION_FOR_CONDITION_KEY", condition.path, message, help_, Mark.KEY)


def _check_roles_anywhere(draft: Draft) -> Iterator[Issue]:
    trusting = [
        (clause, word)
        for clause in draft.clauses
        if clause.allows and clause.principal
        for word in clause.principal.of_type("Service")
        if word.text == _ROLES_ANYWHERE
    ]
    missing = [action for action in _ANYWHERE_ACTIONS if not any(_names(clause, action) for clause, _ in trusting)]
    if trusting and missing:
        message = f"Roles Anywhere needs {quote_all(missing)} as well to assume the role"
        help_ = f"allow {quote_all(_ANYWHERE_ACTIONS)}"
        yield Issue("MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY", trusting[0][1].path, message, help_)

"""Principal and NotPrincipal.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

import re
from collections.abc import Iterator

from ostiary.analysis.lint.draft import Clause, Draft, PrincipalWord, WrittenPrincipal
from ostiary.analysis.lint.issue import Issue, Mark, quote, quote_all
from ostiary.analysis.lint.known_values import invalid_service, is_service_principal
from ostiary.policy import PolicyKind

_TYPES = ("AWS", "Service", "Federated", "CanonicalUser")
_ROLE_ID = re.compile(r"AROA[A-Z0-9]{12,}", re.ASCII)
_USER_ID = re.compile(r"AIDA[A-Z0-9]{12,}", re.ASCII)
_SOURCES = ("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths")
_SOURCES_SHOWN = "`aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`"
# What stands in for a source, and is weaker.
_WEAKER = ("aws:referer", "aws:sourceip", "aws:useragent", "aws:sourceowner")
_OF_IDENTITIES = ("aws:principalorgid", "aws:principalorgpaths", "aws:principaltag/")


def check_principals(draft: Draft) -> Iterator[Issue]:
    """Check how principals are written, and which types and wildcards there are among them."""
    if not draft.kind.names_principals:
        return
    for clause in draft.clauses:
        for principal in clause.principals:
            if draft.kind is PolicyKind.RESOURCE_CONTROL:
                yield from _check_everybody(principal)
            else:
                yield from _check_form(draft, principal)
                for word in principal.words:
                    yield from _check_word(draft, word)


def _check_everybody(principal: WrittenPrincipal) -> Iterator[Issue]:
    if principal.negated or principal.written != "*":
        message = "a resource control policy is about everybody"
        mark = Mark.KEY if principal.negated else Mark.VALUE
        help_ = 'write `"Principal": "*"`, and test the principal in a `Condition`'
        yield Issue("RCP_SYNTAX_ERROR_PRINCIPAL", principal.path, message, help_, mark)


def _check_form(draft: Draft, principal: WrittenPrincipal) -> Iterator[Issue]:
    written, trust = principal.written, draft.kind is PolicyKind.TRUST
    if isinstance(written, dict):
        for name in written:
            if name not in _TYPES:
                meant = draft.guesses.nearest(name, _TYPES)
                help_ = f"did you mean `{meant}`?" if meant else f"use {quote_all(_TYPES, joiner='or')}"
                message = f"{quote(name)} is no type of principal"
                yield Issue("INVALID_PRINCIPAL_KEY", (*principal.path, name), message, help_, Mark.KEY)
    elif written != "*":
        message = "a principal is written under its type"
        help_ = f'write `{{"AWS": {written!r}}}`'.replace("'", '"') if isinstance(written, str) else "make it an object"
        yield Issue("INVALID_PRINCIPAL_FORMAT", principal.path, message, help_)
    if trust and written == "*":
        message = "a role trust policy does not take `*` for everybody"
        help_ = 'name who is trusted; `{"AWS": "*"}` is taken, and trusts every account there is'
        yield Issue("ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL", principal.path, message, help_)
    if trust and principal.negated:
        message = "a role trust policy does not take `NotPrincipal`"
        help_ = "name who is trusted in `Principal`"
        yield Issue("ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL", principal.path, message, help_, Mark.KEY)


def _check_word(draft: Draft, word: PrincipalWord) -> Iterator[Issue]:
    text = word.text
    if ("*" in text or "?" in text) and not (word.type == "AWS" and text == "*"):
        message = f"a wildcard within a principal, as in {quote(text)}, stands for nothing"
        help_ = (
            "name each principal, or the account, and test `aws:PrincipalArn` in a `Condition`"
            if word.type == "AWS"
            else "name each principal"
        )
        yield Issue("UNSUPPORTED_WILDCARD_IN_PRINCIPAL", word.path, message, help_)
    elif word.type == "Service" and not is_service_principal(text):
        yield invalid_service(word.path, text, "name.amazonaws.com")
    elif word.type == "AWS" and _ROLE_ID.fullmatch(text):
        message = f"{quote(text)} is the ID of a role, perhaps of one that was deleted"
        yield Issue("INVALID_ROLE_REFERENCE", word.path, message, "write the role's ARN")
    elif word.type == "AWS" and _USER_ID.fullmatch(text):
        message = f"{quote(text)} is the ID of a user, perhaps of one who was deleted"
        yield Issue("INVALID_USER_REFERENCE", word.path, message, "write the user's ARN")
    if word.type == "Federated" and draft.kind is PolicyKind.RESOURCE:
        message = f"{quote(text)} can only assume a role, not use a resource"
        help_ = "name the role that its people assume"
        yield Issue("FEDERATED_PRINCIPAL_NOT_SUPPORTED", word.path, message, help_)


def check_breadth(draft: Draft) -> Iterator[Issue]:
    """Check that nobody is let in by not being named, nor services on whosever behalf."""
    for clause in draft.clauses:
        if not clause.allows or not draft.kind.names_principals:
            continue
        for principal in clause.principals:
            if principal.negated:
                message = "`Allow` with `NotPrincipal` lets in everybody else, also those who sign in nowhere"
                help_ = "name who is let in with `Principal`, or make it a `Deny`"
                yield Issue("ALLOW_WITH_NOT_PRINCIPAL", principal.path, message, help_, Mark.KEY)
        if draft.kind is PolicyKind.RESOURCE:
            yield from _check_services(clause)


def _check_services(clause: Clause) -> Iterator[Issue]:
    """Check that services act only on behalf of somebody known."""
    services = clause.principal.of_type("Service") if clause.principal else []
    if not services or clause.principal is None:
        return
    first = services[0]
    weaker = clause.condition_on(*_WEAKER)
    if clause.condition_on(*_SOURCES):
        pass
    elif weaker:
        message = f"{quote(weaker.key)} says little of on whose behalf {quote(first.text)} acts"
        help_ = f"test {_SOURCES_SHOWN} instead"
        yield Issue("RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", weaker.path, message, help_, Mark.KEY)
    else:
        message = f"{quote(first.text)} is let in on whosever behalf it acts, also that of strangers"
        help_ = f"add a condition on {_SOURCES_SHOWN}"
        yield Issue("RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL", first.path, message, help_)
    if len(services) == len(clause.principal.words):
        for condition in clause.conditions:
            if condition.operator.asks_for_more and condition.folded.startswith(_OF_IDENTITIES):
                message = f"services do not have {quote(condition.key)}, so they are never let in"
                help_ = f"test {_SOURCES_SHOWN} instead"
                yield Issue("UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL", condition.path, message, help_, Mark.KEY)

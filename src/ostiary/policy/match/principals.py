"""The Principal and NotPrincipal elements.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
"""

import re
from collections.abc import Callable, Iterator
from enum import IntEnum

from ostiary.policy.document import PrincipalElement
from ostiary.policy.principal import ROOT_ARN, Principal, PrincipalKind

_ACCOUNT = re.compile(r"[0-9]{12}", re.ASCII)


class Grant(IntEnum):
    """How a statement reaches the caller; the more directly, the fewer other policies can still stand in the way.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
    """

    NONE = 0
    """It does not."""
    ACCOUNT = 1
    """Through the account, which only delegates: the account's own policies must allow too."""
    ISSUER = 2
    """Through the role of a role session, or the user of a federated user session."""
    DIRECT = 3
    """By name, or as one of everybody."""


PrincipalTest = Callable[[Principal], Grant]


def compile_principal(element: PrincipalElement, *, denies: bool) -> PrincipalTest:
    """Return a test of whether, and how, the element reaches a principal.

    AWS looks at an account, a role and a session in turn. So a Deny with NotPrincipal spares a caller only when each
    of these is listed, and an Allow with NotPrincipal takes in a caller only when none is.

    Args:
        element: Principal or NotPrincipal.
        denies: the statement's effect is Deny.
    """
    listed = _Listed(element)
    if not element.negated:
        return listed.reach
    spared = all if denies else any

    def test(principal: Principal) -> Grant:
        return Grant.NONE if spared(listed.facets(principal)) else Grant.DIRECT

    return test


class _Listed:
    """The principals that an element lists, ready to be looked up."""

    __slots__ = ("_accounts", "_canonical", "_everyone", "_federated", "_named", "_services")

    def __init__(self, element: PrincipalElement) -> None:
        self._everyone = element.everyone or "*" in element.aws
        self._accounts = frozenset(account for value in element.aws if (account := _account(value)))
        self._named = frozenset(element.aws)
        self._services = frozenset(element.service)
        self._federated = frozenset(element.federated)
        self._canonical = frozenset(element.canonical_user)

    def reach(self, principal: Principal) -> Grant:
        """Return how the list reaches a principal."""
        if self._everyone:
            return Grant.DIRECT
        if not principal.has_policies:
            return Grant.DIRECT if self._outsider(principal) else Grant.NONE
        if self._self(principal):
            return Grant.DIRECT
        if self._issuer(principal):
            return Grant.ISSUER
        return Grant.ACCOUNT if self._account(principal) else Grant.NONE

    def facets(self, principal: Principal) -> Iterator[bool]:
        """Yield for each thing that the principal is whether it is listed."""
        if self._everyone:
            yield True
        elif not principal.has_policies:
            yield self._outsider(principal)
        else:
            if principal.kind is not PrincipalKind.ROOT:
                yield self._self(principal)
            if principal.issuer_arn is not None or principal.issuer_id is not None:
                yield self._issuer(principal)
            yield self._account(principal)

    def _outsider(self, principal: Principal) -> bool:
        if principal.kind is PrincipalKind.SERVICE:
            return principal.arn in self._services
        return principal.kind is PrincipalKind.FEDERATED and principal.arn in self._federated

    def _self(self, principal: Principal) -> bool:
        if principal.kind is PrincipalKind.ROOT:
            return self._account(principal)
        return principal.arn in self._named or principal.unique_id in self._named

    def _issuer(self, principal: Principal) -> bool:
        return principal.issuer_arn in self._named or principal.issuer_id in self._named

    def _account(self, principal: Principal) -> bool:
        return principal.account in self._accounts or principal.canonical_id in self._canonical


def _account(value: str) -> str | None:
    """Return the account that an `AWS` value stands for, in either of its forms."""
    if _ACCOUNT.fullmatch(value):
        return value
    root = ROOT_ARN.fullmatch(value)
    return root["account"] if root else None

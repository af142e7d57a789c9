"""Asking: one set of policies and one principal, many requests."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ostiary.catalogue import find_action
from ostiary.policy import (
    Explanation,
    PolicyError,
    Principal,
    PrincipalKind,
    explain,
    explanation_lines,
    parse_principal,
    parse_question,
    parse_request,
)
from ostiary.policy.explain_text import MARKS, Marks
from ostiary.questions.errors import UnusableQuestion
from ostiary.questions.texts import PolicyTexts

SESSION_NAME = "session"
"""What the session is called when a role's ARN is given for a principal: a role acts only in sessions."""

_ROLE_ARN = re.compile(r"arn:(?P<partition>aws[a-z-]*):iam::(?P<account>[0-9]{12}):role/([^/]+/)*(?P<name>[^/]+)")
_ACTION = re.compile(r"[a-z0-9-]+:[a-z0-9]+", re.ASCII | re.IGNORECASE)
_RESOURCE = re.compile(r"\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+", re.DOTALL)
_OWNED = re.compile(r"arn:[^:]+:[^:]+:[^:]*:(?P<account>[0-9]{12}):.+", re.ASCII | re.DOTALL)

_PRINCIPAL_TYPES = {
    PrincipalKind.ROOT: "Account",
    PrincipalKind.USER: "User",
    PrincipalKind.ROLE_SESSION: "AssumedRole",
    PrincipalKind.FEDERATED_USER: "FederatedUser",
    PrincipalKind.ANONYMOUS: "Anonymous",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request comes to, and why. It is true when the request is allowed."""

    explanation: Explanation
    question: Mapping[str, Any]
    """The question as JSON, such that `parse_question` takes it: with all that was filled in."""
    note: str | None = None
    """What was decided other than asked, as a sentence."""

    def lines(self, *, verbose: bool = False, marks: Marks = MARKS) -> list[str]:
        """Return the explanation as lines of text, as `explanation_lines` does."""
        return explanation_lines(self.explanation, verbose=verbose, marks=marks)

    def __bool__(self) -> bool:
        return self.explanation.decision.allowed


def answer_question(written: Mapping[str, Any]) -> Answer:
    """Return the answer to a question in JSON, exactly as it is written: nothing is filled in.

    Raises:
        UnusableQuestion: it is none, or has a policy that is none.
    """
    try:
        question = parse_question(written)
    except PolicyError as error:
        raise UnusableQuestion(error.message) from error
    return Answer(
        explain(question.request, question.policies, question.resource_policies),
        written,
    )


class Asker:
    """Asks what one principal may do under one set of policies."""

    def __init__(
        self,
        texts: PolicyTexts,
        principal: str | Mapping[str, Any],
        context: Mapping[str, Any] | None = None,
        resource_account: str | None = None,
    ) -> None:
        """Compile the policies.

        Args:
            texts: all that bind the principal and guard the resource.
            principal: as in a question in JSON, or a role's ARN, which stands for a session of the role.
            context: condition keys of every request. Those that follow from the principal are filled in.
            resource_account: who owns the resources whose ARN does not say; the principal's own account else.

        Raises:
            UnusableQuestion: a policy is refused, or the principal is none.
        """
        self._texts = texts
        self._policies, self._resource_policies = texts.compile()
        self._written_principal = _as_session(principal)
        try:
            self._principal = parse_principal(self._written_principal)
        except PolicyError as error:
            raise UnusableQuestion(error.message) from error
        self._context = context or {}
        self._resource_account = resource_account
        self._written_policies = texts.as_json()

    def ask(
        self,
        action: str,
        resource: str = "*",
        context: Mapping[str, Any] | None = None,
        resource_account: str | None = None,
    ) -> Answer:
        """Return whether the principal may do this, and why.

        An action that knows no resources is decided on `*`, whatever resource is given.

        Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

        Args:
            action: such as `s3:GetObject`, without wildcards.
            resource: an ARN, or `*`.
            context: condition keys besides those of every request; they win over these.
            resource_account: who owns the resource, if its ARN does not say.

        Raises:
            UnusableQuestion: action, resource or context are none.
        """
        if not _ACTION.fullmatch(action):
            raise UnusableQuestion(f"`{action}` is no action: expected one such as s3:GetObject")
        if not _RESOURCE.fullmatch(resource):
            raise UnusableQuestion(f"`{resource}` is no resource: expected an ARN or *")
        fitting = fit_resource(action, resource)
        owner = resource_account or self._resource_account or _owner(fitting)
        request = {
            "principal": self._written_principal,
            "action": action,
            "resource": fitting,
            "context": _merge(self._derived_context(owner), self._context, context or {}),
            **({"resource_account": owner} if owner else {}),
        }
        try:
            explanation = explain(parse_request(request), self._policies, self._resource_policies)
        except PolicyError as error:
            raise UnusableQuestion(error.message) from error
        note = (
            None
            if fitting == resource
            else f"{action} has no resources, so it was decided on * in place of {resource}."
        )
        question = {"request": request, "policies": self._written_policies}
        return Answer(explanation, question, note)

    def _derived_context(self, resource_account: str | None) -> dict[str, str]:
        principal = self._principal
        owner = resource_account or principal.account
        return principal_context(principal) | ({"aws:ResourceAccount": owner} if owner else {})


def fit_resource(action: str, resource: str) -> str:
    """Return the resource that an action is decided on: `*` for an action that has no resources."""
    known = find_action(action)
    return "*" if known is not None and not known.resources else resource


def principal_context(principal: Principal) -> dict[str, str]:
    """Return the condition keys that follow from who asks.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    is_session = principal.kind is PrincipalKind.ROLE_SESSION and principal.issuer_arn
    name = principal.arn.rpartition("/")[2]
    unique_ids = {
        PrincipalKind.ROOT: principal.account,
        PrincipalKind.USER: principal.unique_id,
        PrincipalKind.ROLE_SESSION: principal.issuer_id and f"{principal.issuer_id}:{name}",
    }
    is_service = principal.kind is PrincipalKind.SERVICE
    found = {
        "aws:PrincipalArn": (principal.issuer_arn if is_session else principal.arn) if principal.account else None,
        "aws:PrincipalAccount": principal.account,
        "aws:PrincipalType": _PRINCIPAL_TYPES.get(principal.kind),
        "aws:PrincipalIsAWSService": "true" if is_service else "false",
        "aws:PrincipalServiceName": principal.arn if is_service else None,
        "aws:username": name if principal.kind is PrincipalKind.USER else None,
        "aws:userid": unique_ids.get(principal.kind),
    }
    return {key: value for key, value in found.items() if value}


def _as_session(principal: str | Mapping[str, Any]) -> str | Mapping[str, Any]:
    role = _ROLE_ARN.fullmatch(principal) if isinstance(principal, str) else None
    if role is None:
        return principal
    arn = f"arn:{role['partition']}:sts::{role['account']}:assumed-role/{role['name']}/{SESSION_NAME}"
    return {"kind": "role_session", "arn": arn, "account": role["account"], "issuer_arn": role[0]}


def _owner(resource: str) -> str | None:
    owned = _OWNED.fullmatch(resource)
    return owned["account"] if owned else None


def _merge(*contexts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of all; where two differ only by case, as policies see no difference, the later one's."""
    merged: dict[str, tuple[str, Any]] = {}
    for context in contexts:
        merged |= {str(key).lower(): (key, _as_list(value)) for key, value in context.items()}
    return dict(merged.values())


def _as_list(value: Any) -> Any:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value

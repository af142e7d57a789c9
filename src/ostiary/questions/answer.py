"""Asking: one set of policies and one principal, many requests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.catalogue import find_action
from ostiary.policy import (
    AccessRequest,
    Explanation,
    PolicyError,
    explain,
    explanation_lines,
    parse_principal,
    parse_question,
    parse_request,
)
from ostiary.policy.explain_text import MARKS, Marks
from ostiary.policy.explain_words import show
from ostiary.policy.question_values import parse_context, write_json
from ostiary.questions.errors import UnusableQuestion
from ostiary.questions.principals import as_session, principal_context
from ostiary.questions.texts import PolicyTexts, document_as_json
from ostiary.questions.unknown_actions import unknown_action_note
from ostiary.values.operation import ContextValue

_ACTION = re.compile(r"[a-z0-9-]+:[a-z0-9]+", re.ASCII | re.IGNORECASE)
_RESOURCE = re.compile(r"\*|arn:[^:]+:[^:]+:[^:]*:[^:]*:.+", re.DOTALL)
_OWNED = re.compile(r"arn:[^:]+:[^:]+:[^:]*:(?P<account>[0-9]{12}):.+", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request comes to, and why. It is true when the request is allowed."""

    explanation: Explanation
    question: Mapping[str, Any]
    """The question as JSON, such that `parse_question` takes it: with all that was filled in, and every value that
    policies compare as a text, as it was compared."""
    notes: tuple[str, ...] = ()
    """What was decided other than asked, and what may not have been meant, each as a sentence."""

    def lines(self, *, verbose: bool = False, marks: Marks = MARKS) -> list[str]:
        """Return the explanation as lines of text, as `explanation_lines` does."""
        return explanation_lines(self.explanation, verbose=verbose, marks=marks)

    def with_note(self, note: str) -> "Answer":
        """Return the same with one more note."""
        return Answer(self.explanation, self.question, (*self.notes, note))

    def __bool__(self) -> bool:
        return self.explanation.decision.allowed


def answer_question(written: Mapping[str, Any]) -> Answer:
    """Return the answer to a question in JSON, exactly as it is written: nothing is filled in.

    Raises:
        UnusableQuestion: it is none, or has a policy that is none, or its `resource_account` contradicts the ARN.
    """
    try:
        question = parse_question(written)
        context = parse_context(written["request"].get("context"))
    except PolicyError as error:
        raise UnusableQuestion(error.message) from error
    _require_owner(question.request)
    return Answer(
        explain(question.request, question.policies, question.resource_policies),
        {
            "request": {**written["request"], "context": _as_json(context)},
            "policies": {name: _documents_as_json(each) for name, each in written["policies"].items()},
        },
        _notes(question.request),
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
            resource_account: who owns the resources whose ARN does not say; the principal's own account else. A request
                whose ARN says otherwise is refused.

        Raises:
            UnusableQuestion: a policy is refused, or the principal or the context is none.
        """
        self._texts = texts
        self._policies, self._resource_policies = texts.compile()
        self._written_principal = as_session(principal)
        try:
            self._principal = parse_principal(self._written_principal)
            self._context = parse_context(context)
        except PolicyError as error:
            raise UnusableQuestion(error.message) from error
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
            UnusableQuestion: action, resource or context are none, or the ARN has another account than was given.
        """
        if not _ACTION.fullmatch(action):
            raise UnusableQuestion(f"`{show(action)}` is no action: expected one such as s3:GetObject")
        if not _RESOURCE.fullmatch(resource):
            raise UnusableQuestion(f"`{show(resource)}` is no resource: expected an ARN or *")
        fitting = fit_resource(action, resource)
        owner = resource_account or self._resource_account or owner_of(fitting)
        try:
            derived = parse_context(self._derived_context(owner))
            merged = _merge(derived, self._context, parse_context(context))
            request = {
                "principal": self._written_principal,
                "action": action,
                "resource": fitting,
                "context": _as_json(merged),
                **({"resource_account": owner} if owner else {}),
            }
            asked = parse_request(request)
        except PolicyError as error:
            raise UnusableQuestion(error.message) from error
        _require_owner(asked)
        refitted = f"{action} has no resources, so it was decided on * in place of {show(resource)}."
        return Answer(
            explain(asked, self._policies, self._resource_policies),
            {"request": request, "policies": self._written_policies},
            (*(() if fitting == resource else (refitted,)), *_notes(asked)),
        )

    def _derived_context(self, resource_account: str | None) -> dict[str, str]:
        principal = self._principal
        owner = resource_account or principal.account
        return principal_context(principal) | ({"aws:ResourceAccount": owner} if owner else {})


def fit_resource(action: str, resource: str) -> str:
    """Return the resource that an action is decided on: `*` for an action that has no resources."""
    known = find_action(action)
    return "*" if known is not None and not known.resources else resource


def owner_of(resource: str) -> str | None:
    """Return the account that a resource belongs to, if its ARN says."""
    owned = _OWNED.fullmatch(resource)
    return owned["account"] if owned else None


def _require_owner(request: AccessRequest) -> None:
    """Refuse a request whose ARN says that the resource belongs to another account than was said beside it.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
    """
    owner = owner_of(request.resource)
    if owner and request.resource_account not in (None, owner):
        raise UnusableQuestion(
            f"{show(request.resource)} belongs to account {owner}, as its ARN says, "
            f"not to {show(request.resource_account or '')}"
        )


def _notes(request: AccessRequest) -> tuple[str, ...]:
    note = unknown_action_note(request.action)
    return (note,) if note else ()


def _merge(*contexts: Mapping[str, ContextValue]) -> dict[str, ContextValue]:
    """Return the keys of all; where two differ only by case, as policies see no difference, the later one's."""
    merged: dict[str, tuple[str, ContextValue]] = {}
    for context in contexts:
        merged |= {key.lower(): (key, value) for key, value in context.items()}
    return dict(merged.values())


def _as_json(context: Mapping[str, ContextValue]) -> dict[str, Any]:
    return {key: value if isinstance(value, str) else list(value) for key, value in context.items()}


def _documents_as_json(written: Any) -> Any:
    """Return what a question has of a kind of policy, with numbers as texts and no policy as a text."""
    if isinstance(written, list | tuple):
        return [_documents_as_json(each) for each in written]
    return document_as_json(written if isinstance(written, str) else write_json(written))

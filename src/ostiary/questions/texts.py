"""The texts of the policies that a question is about, each with the name it is spoken of by."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ostiary.policy import (
    CompiledPolicy,
    ControlLevel,
    MalformedPolicy,
    PolicyKind,
    PolicySet,
    PolicySource,
    ResourcePolicies,
    compile_policy,
    parse_policy,
)
from ostiary.questions.errors import UnusableQuestion


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy's document as text."""

    name: str
    """Such as the file's name, or the ARN of a managed policy."""
    text: str


@dataclass(frozen=True, slots=True)
class LevelTexts:
    """The control policies at one level of an organisation."""

    target: str
    policies: tuple[PolicyText, ...]


@dataclass(frozen=True, slots=True)
class PolicyTexts:
    """All the policies of a question; what is absent and what is empty differ as in `PolicySet`."""

    identity: tuple[PolicyText, ...] = ()
    boundary: tuple[PolicyText, ...] | None = None
    session: tuple[PolicyText, ...] | None = None
    service_control: tuple[LevelTexts, ...] = ()
    resource_control: tuple[LevelTexts, ...] = ()
    resource: PolicyText | None = None
    trust: PolicyText | None = None
    """A role trust policy in place of `resource`; it must always allow."""

    def with_trust(self, trust: PolicyText) -> "PolicyTexts":
        """Return the same with a role trust policy as the resource's own."""
        return PolicyTexts(
            self.identity, self.boundary, self.session, self.service_control, self.resource_control, None, trust
        )

    def compile(self) -> tuple[PolicySet, ResourcePolicies]:
        """Return the policies in the form that decisions take.

        Raises:
            UnusableQuestion: one of them is refused; the message has its name and IAM's sentence.
        """
        if self.resource and self.trust:
            raise UnusableQuestion("a resource-based policy and a role trust policy exclude each other")
        own_kind = PolicyKind.TRUST if self.trust else PolicyKind.RESOURCE
        own = self.trust or self.resource
        return (
            PolicySet(
                identity=_compile_each(self.identity, PolicyKind.IDENTITY),
                boundary=_compile_present(self.boundary, PolicyKind.BOUNDARY),
                session=_compile_present(self.session, PolicyKind.SESSION),
                service_control=_levels(self.service_control, PolicyKind.SERVICE_CONTROL),
            ),
            ResourcePolicies(
                policy=_compile(own, own_kind) if own else None,
                must_allow=self.trust is not None,
                resource_control=_levels(self.resource_control, PolicyKind.RESOURCE_CONTROL),
            ),
        )

    def as_json(self) -> dict[str, Any]:
        """Return the `policies` of a question in JSON; they have to be such that `compile` takes them."""
        lists = {"identity": self.identity, "boundary": self.boundary, "session": self.session}
        levels = {"service_control": self.service_control, "resource_control": self.resource_control}
        own = {"resource": self.resource, "trust": self.trust}
        return {
            **{name: _documents(texts) for name, texts in lists.items() if texts is not None},
            **{name: [_documents(level.policies) for level in texts] for name, texts in levels.items() if texts},
            **{name: document_as_json(text.text) for name, text in own.items() if text is not None},
        }


def document_as_json(text: str) -> Any:
    """Return a policy that was accepted as a JSON value, numbers as texts.

    Numbers stand only where a condition's values do, and there they are compared as they are written: as texts nobody
    who reads them again can make others of them.
    """
    return json.loads(text, parse_int=str, parse_float=str)


def _documents(texts: Iterable[PolicyText]) -> list[Any]:
    return [document_as_json(each.text) for each in texts]


def _levels(levels: Iterable[LevelTexts], kind: PolicyKind) -> tuple[ControlLevel, ...]:
    return tuple(ControlLevel(level.target, _compile_each(level.policies, kind)) for level in levels)


def _compile_present(texts: Iterable[PolicyText] | None, kind: PolicyKind) -> tuple[CompiledPolicy, ...] | None:
    return None if texts is None else _compile_each(texts, kind)


def _compile_each(texts: Iterable[PolicyText], kind: PolicyKind) -> tuple[CompiledPolicy, ...]:
    return tuple(_compile(each, kind) for each in texts)


def _compile(text: PolicyText, kind: PolicyKind) -> CompiledPolicy:
    try:
        return compile_policy(parse_policy(text.text, kind), PolicySource(kind, text.name, text.name))
    except MalformedPolicy as error:
        raise UnusableQuestion(f"{text.name}{_place(error)}: no {kind.value}: {error.message}") from error


def _place(error: BaseException) -> str:
    """Return where in a text the JSON ends to be such, if that is what is wrong with it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, json.JSONDecodeError):
            return f":{cause.lineno}:{cause.colno}"
        cause = cause.__cause__
    return ""

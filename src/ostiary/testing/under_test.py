"""Policies under test: what the `policies` fixture gives."""

import warnings
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from ostiary.policy.explain_text import verdict
from ostiary.questions import (
    Answer,
    Asker,
    LevelTexts,
    PolicyText,
    PolicyTexts,
    UnusableQuestion,
    read_document,
    read_level,
    read_policy,
    unknown_action_note,
)
from ostiary.testing.unknown_action import UnknownActionWarning

Source = str | Path | Mapping[str, Any]
"""A policy: the path of its file, or the document itself."""

Sources = Source | Iterable[Source]
"""One policy or several."""


class Result:
    """Whether what was expected of a request is so; true when it is. As a string it is the explanation."""

    __slots__ = ("_when_asked", "answer", "holds")

    def __init__(self, answer: Answer, when_asked: Callable[["Result"], None], *, holds: bool) -> None:
        self.answer = answer
        """The answer itself, with its explanation."""
        self.holds = holds
        self._when_asked = when_asked

    def __bool__(self) -> bool:
        self._when_asked(self)
        return self.holds

    def __repr__(self) -> str:
        return f"<{verdict(self.answer.explanation)}>"

    def __str__(self) -> str:
        notes = [line for note in self.answer.notes for line in ("", f"Note: {note}")]
        return "\n".join([*self.answer.lines(), *notes])


class PoliciesUnderTest:
    """Some policies and a principal, to be asked what they allow."""

    def __init__(self, asker: Asker, when_asked: Callable[[Result], None]) -> None:
        self._asker = asker
        self._when_asked = when_asked

    def allows(
        self,
        action: str,
        resource: str = "*",
        *,
        context: Mapping[str, Any] | None = None,
        resource_account: str | None = None,
    ) -> Result:
        """Return whether the request is allowed.

        Warns with `UnknownActionWarning` of an action that its service is not known to have.

        Args:
            action: such as `s3:GetObject`.
            resource: an ARN.
            context: condition keys, besides those that the policies were put under test with.
            resource_account: who owns the resource, if its ARN does not say.

        Raises:
            UnusableQuestion: this is no request.
        """
        return self._ask(action, resource, context, resource_account, expected=True)

    def denies(
        self,
        action: str,
        resource: str = "*",
        *,
        context: Mapping[str, Any] | None = None,
        resource_account: str | None = None,
    ) -> Result:
        """Return whether the request is denied, be it explicitly or for want of an Allow.

        Warns as `allows` does.

        Args:
            action: as for `allows`.
            resource: as for `allows`.
            context: as for `allows`.
            resource_account: as for `allows`.

        Raises:
            UnusableQuestion: as for `allows`.
        """
        return self._ask(action, resource, context, resource_account, expected=False)

    def _ask(
        self, action: str, resource: str, context: Mapping[str, Any] | None, account: str | None, *, expected: bool
    ) -> Result:
        answer = self._asker.ask(action, resource, context, account)
        if (note := unknown_action_note(action)) is not None:
            warnings.warn(note, UnknownActionWarning, stacklevel=3)
        result = Result(answer, self._when_asked, holds=bool(answer) is expected)
        self._when_asked(result)
        return result


class Policies:
    """Puts policies under test; paths are relative to a folder."""

    def __init__(self, folder: Path, when_asked: Callable[[Result], None]) -> None:
        self._folder = folder
        self._when_asked = when_asked

    def __call__(
        self,
        *identity: Source,
        principal: str | Mapping[str, Any],
        boundary: Source | None = None,
        session: Sources | None = None,
        scp: Iterable[Sources] = (),
        rcp: Iterable[Sources] = (),
        resource_policy: Source | None = None,
        trust_policy: Source | None = None,
        context: Mapping[str, Any] | None = None,
        resource_account: str | None = None,
    ) -> PoliciesUnderTest:
        """Return the policies, ready to be asked.

        Args:
            identity: the principal's identity-based policies.
            principal: the ARN of a user, a role, a session, a root user or a provider; a service's name; or `*`.
            boundary: the permissions boundary.
            session: the session policies; none at all and an empty list differ.
            scp: the levels of service control policies from the organisation's root down: each a policy, a list of
                policies, or a directory that holds them.
            rcp: resource control policies likewise.
            resource_policy: the resource's own policy.
            trust_policy: the trust policy of the role that is the resource.
            context: condition keys of every request.
            resource_account: who owns the resources whose ARN does not say.

        Raises:
            QuestionsError: a file cannot be read, a policy is refused, or the principal is none.
        """
        texts = PolicyTexts(
            identity=tuple(map(self._text, identity)),
            boundary=None if boundary is None else (self._text(boundary),),
            session=None if session is None else tuple(map(self._text, _each(session))),
            service_control=tuple(self._level(number, each) for number, each in enumerate(scp)),
            resource_control=tuple(self._level(number, each) for number, each in enumerate(rcp)),
            resource=None if resource_policy is None else self._text(resource_policy),
            trust=None if trust_policy is None else self._text(trust_policy),
        )
        return PoliciesUnderTest(Asker(texts, principal, context, resource_account), self._when_asked)

    def _text(self, source: Source) -> PolicyText:
        if isinstance(source, Mapping):
            return read_document(source, "the document given")
        if not isinstance(source, str | Path):
            raise UnusableQuestion("a policy must be the path of a file or an object")
        return read_policy(self._folder / source, str(source))

    def _level(self, number: int, sources: Sources) -> LevelTexts:
        if isinstance(sources, str | Path):
            return read_level(self._folder / sources, str(sources))
        return LevelTexts(f"level {number}", tuple(map(self._text, _each(sources))))


def _each(sources: Sources) -> Iterable[Source]:
    if isinstance(sources, str | Path | Mapping):
        return (sources,)
    if not isinstance(sources, Iterable):
        raise UnusableQuestion("policies must be paths of files or objects, one or a list of them")
    return sources

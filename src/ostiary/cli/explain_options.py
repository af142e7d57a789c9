"""What `ostiary explain` and `ostiary simulate` are told: policy files, a principal and its circumstances."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from ostiary.cli.client import Server
from ostiary.questions import (
    Answer,
    Asker,
    PolicyTexts,
    QuestionsError,
    UnusableQuestion,
    owner_of,
    printable,
    read_json_file,
    read_level,
    read_policy,
)

F = TypeVar("F", bound=Callable[..., Any])

FORMATS = click.Choice(["text", "json"])

_SOME_ACCOUNT = "123456789012"
_ASSUME_ROLE = "sts:assumerole"
_LOOKED_UP = "not asked of the server: organisation control policies, session policies, the resource's own policy."
_LOOKED_UP_TRUST = "not asked of the server: organisation control policies, session policies."
_ROLE_ARN = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/.+", re.ASCII)


class BadInput(click.ClickException):
    """The question cannot be asked; one line says why, and the exit status is 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Say so on standard error."""
        click.echo(f"ostiary: {printable(' '.join(self.message.splitlines()))}", file=file, err=True)


@dataclass(frozen=True, slots=True)
class Given:
    """The options that both commands take, as they were given."""

    policy: tuple[Path, ...]
    boundary: Path | None
    session: tuple[Path, ...]
    scp: tuple[Path, ...]
    rcp: tuple[Path, ...]
    resource_policy: Path | None
    trust_policy: Path | None
    principal: str | None
    context: tuple[str, ...]
    context_file: Path | None
    resource_account: str | None

    @property
    def has_files(self) -> bool:
        """Whether any policy was given: then nothing is looked up."""
        several = (self.policy, self.session, self.scp, self.rcp)
        return any(several) or any((self.boundary, self.resource_policy, self.trust_policy))

    def texts(self) -> PolicyTexts:
        """Return the policies in the files.

        Raises:
            UnreadableFile: one of them cannot be read.
        """
        return PolicyTexts(
            identity=tuple(map(read_policy, self.policy)),
            boundary=(read_policy(self.boundary),) if self.boundary else None,
            session=tuple(map(read_policy, self.session)) if self.session else None,
            service_control=tuple(map(read_level, self.scp)),
            resource_control=tuple(map(read_level, self.rcp)),
            resource=read_policy(self.resource_policy) if self.resource_policy else None,
            trust=read_policy(self.trust_policy) if self.trust_policy else None,
        )

    def read_context(self) -> dict[str, Any]:
        """Return the condition keys that were given; one that is repeated is multivalued.

        Raises:
            UnreadableFile: the context file cannot be read.
            UnusableQuestion: it is no object, or an option is not `key=value`.
        """
        found: dict[str, Any] = {}
        if self.context_file is not None:
            written = read_json_file(self.context_file)
            if not isinstance(written, dict):
                raise UnusableQuestion(f"{self.context_file}: expected an object of condition keys and values")
            found.update(written)
        repeated: dict[str, list[str]] = {}
        for each in self.context:
            key, equals, value = each.partition("=")
            if not equals or not key:
                raise UnusableQuestion(f"--context {each}: expected key=value, such as aws:SourceIp=192.0.2.1")
            repeated.setdefault(key, []).append(value)
        return found | {key: values[0] if len(values) == 1 else values for key, values in repeated.items()}


class Inquiry:
    """Makes an `Asker` of what was given: of the files, or of what a server says of the principal."""

    def __init__(self, given: Given, resources: Sequence[str]) -> None:
        """Read the files, or ask the server.

        Args:
            given: the options.
            resources: what will be asked about; without `--principal` the caller is a user of the first one's account.

        Raises:
            QuestionsError: a file, an option or the server's answer is of no use.
        """
        self._given = given
        self._context = given.read_context()
        self._server: Server | None = None
        if given.has_files:
            self._texts = given.texts()
            self._principal: Any = given.principal or _someone(given, resources)
        else:
            self._server = Server()
            found = self._server.look_up(given.principal or self._server.caller_arn())
            self._texts, self._principal = found.texts, found.principal
            self._context = {**found.context, **self._context}
        self._asker = self._make_asker(self._texts)
        self._by_role: dict[str, Asker] = {}

    def ask(self, action: str, resource: str) -> Answer:
        """Return the answer about this: for taking on a role, with its trust policy looked up.

        Raises:
            QuestionsError: the server does not tell it, or this is no request.
        """
        if self._server is None:
            return self._asker.ask(action, resource)
        takes_on = action.lower().startswith(_ASSUME_ROLE) and _ROLE_ARN.fullmatch(resource) is not None
        asker = self._with_trust(self._server, resource) if takes_on else self._asker
        return asker.ask(action, resource).with_note(_LOOKED_UP_TRUST if takes_on else _LOOKED_UP)

    def _with_trust(self, server: Server, resource: str) -> Asker:
        if resource not in self._by_role:
            trust = server.trust_policy(resource)
            self._by_role[resource] = self._make_asker(self._texts.with_trust(trust))
        return self._by_role[resource]

    def _make_asker(self, texts: PolicyTexts) -> Asker:
        return Asker(texts, self._principal, self._context, self._given.resource_account)


def open_inquiry(given: Given, resources: Sequence[str]) -> Inquiry:
    """Return the inquiry that the options make.

    Raises:
        BadInput: they make none.
    """
    try:
        return Inquiry(given, resources)
    except QuestionsError as error:
        raise BadInput(str(error)) from error


def question_options(function: F) -> F:
    """Add the options of `Given`."""
    file = click.Path(path_type=Path)
    options = [
        click.option("--policy", type=file, multiple=True, help="An identity-based policy of the principal."),
        click.option("--boundary", type=file, help="The principal's permissions boundary."),
        click.option("--session", type=file, multiple=True, help="A session policy."),
        click.option(
            "--scp",
            type=file,
            multiple=True,
            metavar="PATH",
            help="The service control policies of one level, from the organisation's root down: a file or a directory.",
        ),
        click.option("--rcp", type=file, multiple=True, metavar="PATH", help="Resource control policies likewise."),
        click.option("--resource-policy", type=file, help="The resource's own policy."),
        click.option("--trust-policy", type=file, help="The trust policy of the role that is the resource."),
        click.option("--principal", help="An ARN, a service such as ec2.amazonaws.com, or * for anybody."),
        click.option(
            "--context", multiple=True, metavar="KEY=VALUE", help="A condition key; repeat it for more values."
        ),
        click.option("--context-file", type=file, help="Condition keys as a JSON object."),
        click.option("--resource-account", help="Who owns the resource, if its ARN does not say."),
    ]
    for option in reversed(options):
        function = option(function)
    return function


def _someone(given: Given, resources: Sequence[str]) -> str:
    owners = (owner for resource in resources if (owner := owner_of(resource)))
    return f"arn:aws:iam::{given.resource_account or next(owners, _SOME_ACCOUNT)}:user/someone"

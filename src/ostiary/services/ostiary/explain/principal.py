"""Who makes the call that is explained: the caller as they are, or a user, a role or the root user of the account."""

from dataclasses import dataclass

from ostiary.directory.directory import Directory
from ostiary.directory.entities import Entity, EntityKind, get_entity
from ostiary.directory.errors import NoSuchEntity, Noun
from ostiary.directory.roles import Role
from ostiary.directory.users import User
from ostiary.questions import SESSION_NAME
from ostiary.services.iam.entity_arns import EntityArn, find_entity_arn
from ostiary.values.arn import root_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_NOUNS = {EntityKind.USER: Noun.USER, EntityKind.ROLE: Noun.ROLE}


@dataclass(frozen=True, slots=True)
class ExplainedPrincipal:
    """A principal as whom the gate would decide a call."""

    caller: Caller
    entity: Entity | None
    """The user or role whose policies apply; None for the root user, to whom none do."""
    is_asking: bool
    """It is the caller of ExplainDecision, with whatever that call came with."""


def identity_arn(caller: Caller) -> str:
    """Return the ARN of the user, role or root user behind a caller, whatever the session."""
    return caller.session.issuer_arn if caller.session and caller.session.issuer_arn else caller.arn


def parse_principal_arn(arn: str, account: AccountId) -> EntityArn | None:
    """Return which user or role an ARN names, or None for the account's root user.

    Raises:
        Fault: `ValidationError`, it names nobody who could make a call.
    """
    if arn == root_arn(account):
        return None
    named = find_entity_arn(arn)
    if named is None or named.kind not in _NOUNS:
        raise Fault("ValidationError", f"{arn} is not the ARN of a user, of a role or of the account's root user.")
    return named


def explained_principal(call: AuthorizedCall, directory: Directory) -> ExplainedPrincipal:
    """Return the principal that a call names by `PrincipalArn`, or its caller when it names none.

    Raises:
        NoSuchEntity: the account has no such user or role.
    """
    arn = call.parameters.get("PrincipalArn")
    named = parse_principal_arn(arn or identity_arn(call.caller), call.account)
    entity = None
    if named is not None:
        if named.account != call.account:
            raise NoSuchEntity(_NOUNS[named.kind], named.name)
        entity = get_entity(directory, call.account, named.kind, named.name)
    if arn is None:
        return ExplainedPrincipal(call.caller, entity, is_asking=True)
    return ExplainedPrincipal(_caller(call, entity), entity, is_asking=False)


def _caller(call: AuthorizedCall, entity: Entity | None) -> Caller:
    """Return somebody as they call with a long-term key; a role, which has none, in a session that began just now."""
    account = call.account
    match entity:
        case User():
            return Caller(CallerKind.USER, account, entity.arn, entity.user_id, None, entity.name)
        case Role():
            return Caller(
                CallerKind.ASSUMED_ROLE,
                account,
                f"arn:aws:sts::{account}:assumed-role/{entity.name}/{SESSION_NAME}",
                f"{entity.role_id}:{SESSION_NAME}",
                None,
                entity.name,
                Session(call.now, call.now, issuer_arn=entity.arn, issuer_id=entity.role_id, name=SESSION_NAME),
            )
        case _:
            return Caller(CallerKind.ROOT, account, root_arn(account), account, None)

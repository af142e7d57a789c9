"""Policy documents as callers send them: checked before they are kept, kept as they were sent."""

import re

from ostiary.directory import accounts, roles, users
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind, find_entity
from ostiary.policy import MalformedPolicy, PolicyDocument, PolicyKind, parse_policy
from ostiary.values.arn import Arn, ArnError, parse_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_UNIQUE_ID = re.compile(r"A[A-Z0-9]+", re.ASCII)


def inline_document(text: str) -> str:
    """Return the text if it is an identity-based policy for one user, group or role.

    Raises:
        Fault: `MalformedPolicyDocument`, it is not.
    """
    _parse(text, PolicyKind.IDENTITY)
    return text


def managed_document(text: str) -> str:
    """Return the text if it can be a version of a managed policy.

    Raises:
        Fault: `MalformedPolicyDocument`, it cannot.
    """
    _parse(text, PolicyKind.IDENTITY, managed=True)
    return text


def trust_document(call: AuthorizedCall, directory: Directory, text: str) -> str:
    """Return the text if it is a trust policy whose principals exist.

    Users and roles are looked up when their account is on this server. Other accounts cannot be looked into: as nobody
    can sign as theirs, what is said of them is taken as it is given, and grants nothing here.

    Raises:
        Fault: `MalformedPolicyDocument`, the text is no trust policy or trusts a user or role that does not exist.
    """
    for statement in _parse(text, PolicyKind.TRUST).statements:
        for principal in statement.principal.aws if statement.principal else ():
            if not _exists(call.account, directory, principal):
                raise _malformed(f'Invalid principal in policy: "AWS":"{principal}"')
    return text


def simulated_document(text: str, kind: PolicyKind) -> PolicyDocument:
    """Return the policy that `text` writes, for operations that look at policies without keeping them.

    Raises:
        Fault: `InvalidInput`, it is none of its kind.
    """
    try:
        return parse_policy(text, kind)
    except MalformedPolicy as error:
        raise Fault("InvalidInput", str(error)) from error


def _parse(text: str, kind: PolicyKind, *, managed: bool = False) -> PolicyDocument:
    try:
        return parse_policy(text, kind, managed=managed)
    except MalformedPolicy as error:
        raise _malformed(str(error)) from error


def _malformed(sentence: str) -> Fault:
    return Fault("MalformedPolicyDocument", sentence, status=400)


def _exists(account: AccountId, directory: Directory, principal: str) -> bool:
    if _UNIQUE_ID.fullmatch(principal):
        found = users.find_user_by_id(directory, account, principal) or roles.find_role_by_id(
            directory, account, principal
        )
        return found is not None
    try:
        arn = parse_arn(principal)
    except ArnError:
        # The policy language lets through `*` and account IDs besides ARNs.
        return True
    owner = AccountId(arn.account)
    if accounts.find_account(directory, owner) is None:
        return True
    return _exists_in(owner, directory, arn)


def _exists_in(owner: AccountId, directory: Directory, arn: Arn) -> bool:
    kind, _, path = arn.resource.partition("/")
    match kind:
        case "user" | "role":
            named = find_entity(directory, owner, EntityKind(kind.capitalize()), path.rpartition("/")[2])
            return named is not None and named.arn == str(arn)
        case "assumed-role":
            return roles.find_role(directory, owner, path.partition("/")[0]) is not None
        case _:
            return True

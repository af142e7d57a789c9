"""The facts of an account of an installation: few queries, and what a few kinds of state come to."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, update

from ostiary.directory import attachments, keys, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.directory.policies import get_policy
from ostiary.governance.controls import account_facts, evaluate
from ostiary.store import schema
from tests.directory.enrolling import enrol, enrol_passkey
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


@contextmanager
def counting(made: Directory) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(made.connection, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(made.connection, "before_cursor_execute", note)


def test_queries_do_not_grow_with_the_account(directory: Directory) -> None:
    with counting(directory) as few:
        account_facts(directory, ACCOUNT, now=NOW)
    policy = get_policy(directory, ACCOUNT, ADMINISTRATOR)
    for number in range(20):
        user = users.create_user(directory, ACCOUNT, f"user{number}", now=NOW)
        keys.create_access_key(directory, ACCOUNT, user, now=NOW)
        attachments.attach_policy(directory, ACCOUNT, user.user_id, policy, Quota.ATTACHED_POLICIES_PER_USER)
    with counting(directory) as many:
        facts = account_facts(directory, ACCOUNT, now=NOW)
    assert len(many) == len(few) <= 25
    assert len(facts.users) == 20
    assert facts.aws_policies[0].attachments == 20


def test_another_accounts_things_are_not_told(directory: Directory) -> None:
    users.create_user(directory, OTHER_ACCOUNT, "stranger", now=NOW)
    facts = account_facts(directory, ACCOUNT, now=NOW)
    assert facts.users == ()
    assert {finding.resource_arn for finding in evaluate(facts)} == {f"arn:aws:iam::{ACCOUNT}:root"}


def test_devices_are_told_apart(directory: Directory) -> None:
    for name in ("with-codes", "with-passkey", "with-neither"):
        users.create_user(directory, ACCOUNT, name, now=NOW)
    enrol(directory, users.get_user(directory, ACCOUNT, "with-codes"), "codes")
    enrol_passkey(directory, users.get_user(directory, ACCOUNT, "with-passkey"), "key")
    enrol(directory, None, "of-root")
    facts = account_facts(directory, ACCOUNT, now=NOW)
    told = {
        user.name: (user.credentials.has_mfa, user.credentials.has_virtual_mfa)  # type: ignore[union-attr] # all are told
        for user in facts.users
    }
    assert told == {"with-codes": (True, True), "with-passkey": (True, False), "with-neither": (False, False)}
    assert (facts.root.has_mfa, facts.root.has_virtual_mfa) == (True, True)


def test_the_root_users_last_use_is_that_of_password_or_key(directory: Directory) -> None:
    assert account_facts(directory, ACCOUNT, now=NOW).root.last_used_at is None
    keys.create_access_key(directory, ACCOUNT, None, now=NOW)
    table = schema.access_keys
    directory.connection.execute(update(table).where(table.c.account_id == ACCOUNT).values(last_used_at=NOW))
    later = NOW + timedelta(days=1)
    accounts = schema.accounts
    directory.connection.execute(
        update(accounts).where(accounts.c.account_id == ACCOUNT).values(root_password_last_used_at=later)
    )
    root = account_facts(directory, ACCOUNT, now=later).root
    assert (root.last_used_at, root.has_access_key) == (later, True)


@pytest.mark.parametrize("kept", [True, False], ids=["as the account once had it", "as the catalogue has it"])
def test_aws_policies_are_those_that_are_in_force(directory: Directory, kept: bool) -> None:  # noqa: FBT001 - a case
    if kept:
        facts = {"account_id": ACCOUNT, "arn": ADMINISTRATOR, "default_version": 1}
        directory.connection.execute(
            insert(schema.aws_policies).values(
                **facts, policy_id="ANPA", attachable=True, created_at=NOW, updated_at=NOW
            )
        )
        directory.connection.execute(
            insert(schema.aws_policy_versions).values(
                account_id=ACCOUNT, arn=ADMINISTRATOR, version=1, document="{}", created_at=NOW
            )
        )
    user = users.create_user(directory, ACCOUNT, "admin", now=NOW)
    policy = get_policy(directory, ACCOUNT, ADMINISTRATOR)
    attachments.attach_policy(directory, ACCOUNT, user.user_id, policy, Quota.ATTACHED_POLICIES_PER_USER)
    (told,) = account_facts(directory, ACCOUNT, now=NOW).aws_policies
    assert (told.name, told.attachments) == ("AdministratorAccess", 1)
    assert (told.document == "{}") is kept

"""Accounts: what is unique over the whole server, aliases, revisions and the summary."""

import pytest

from ostiary.directory import accounts, attachments, keys, policies, summary, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity, Noun, Quota
from ostiary.values.identifiers import AccountId
from tests.directory.facts import ACCOUNT, DOCUMENT, NOW, OTHER_ACCOUNT

NEW = AccountId("777788889999")


@pytest.mark.parametrize(
    ("account", "email", "alias"),
    [
        (ACCOUNT, "new@example.com", None),
        (NEW, f"root@{ACCOUNT}.example", None),
        (NEW, "new@example.com", "taken"),
    ],
    ids=["id", "email", "alias"],
)
def test_accounts_share_nothing(directory: Directory, account: AccountId, email: str, alias: str | None) -> None:
    accounts.create_alias(directory, ACCOUNT, "taken")
    with pytest.raises(EntityAlreadyExists) as caught:
        accounts.create_account(directory, account, root_email=email, root_password_hash="-", alias=alias, now=NOW)
    assert caught.value.noun is Noun.ACCOUNT


def test_an_account_that_does_not_exist(directory: Directory) -> None:
    assert accounts.find_account(directory, NEW) is None
    for get in (accounts.get_account, accounts.get_access_revision):
        with pytest.raises(NoSuchEntity):
            get(directory, NEW)


def test_an_account_has_one_alias_at_a_time(directory: Directory) -> None:
    for alias in ("first", "second", "second"):
        accounts.create_alias(directory, ACCOUNT, alias)
        assert accounts.get_account(directory, ACCOUNT).alias == alias
    accounts.create_alias(directory, OTHER_ACCOUNT, "first")
    with pytest.raises(EntityAlreadyExists) as caught:
        accounts.create_alias(directory, OTHER_ACCOUNT, "second")
    assert (caught.value.noun, caught.value.name) == (Noun.ALIAS, "second")
    assert accounts.get_account(directory, OTHER_ACCOUNT).alias == "first"


def test_only_its_own_alias_can_be_taken_from_an_account(directory: Directory) -> None:
    accounts.create_alias(directory, ACCOUNT, "mine")
    for account, alias in ((OTHER_ACCOUNT, "mine"), (ACCOUNT, "other")):
        with pytest.raises(NoSuchEntity) as caught:
            accounts.delete_alias(directory, account, alias)
        assert (caught.value.noun, caught.value.name) == (Noun.ALIAS, alias)
    accounts.delete_alias(directory, ACCOUNT, "mine")
    assert accounts.get_account(directory, ACCOUNT).alias is None


def test_a_revision_is_the_accounts_own(directory: Directory) -> None:
    before = [accounts.get_access_revision(directory, each) for each in (ACCOUNT, OTHER_ACCOUNT)]
    accounts.raise_revision(directory, ACCOUNT)
    assert accounts.get_access_revision(directory, ACCOUNT) == before[0] + 1
    assert accounts.get_access_revision(directory, OTHER_ACCOUNT) == before[1]


def test_the_summary_counts_what_is_there(directory: Directory) -> None:
    empty = summary.get_summary(directory, ACCOUNT)
    user = users.create_user(directory, ACCOUNT, "u", now=NOW)
    users.create_user(directory, OTHER_ACCOUNT, "u", now=NOW)
    policy = policies.create_policy(directory, ACCOUNT, "p", document=DOCUMENT, now=NOW)
    attachments.attach_policy(directory, ACCOUNT, user.user_id, policy, Quota.ATTACHED_POLICIES_PER_USER)
    keys.create_access_key(directory, ACCOUNT, None, now=NOW)
    full = summary.get_summary(directory, ACCOUNT)
    grown = {name: full[name] - empty[name] for name in full if full[name] != empty[name]}
    assert grown == {"Users": 1, "Policies": 1, "PolicyVersionsInUse": 1, "AccountAccessKeysPresent": 1}

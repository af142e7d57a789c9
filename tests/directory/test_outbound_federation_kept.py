"""An account's issuer of tokens: made once, its own, and sealed."""

import pytest
from sqlalchemy import select, update

from ostiary.credentials import SealBroken
from ostiary.directory.directory import Directory
from ostiary.directory.outbound_federation import (
    disable_federation,
    enable_federation,
    find_federation,
    find_federation_by_issuer,
)
from ostiary.store import schema
from tests.directory.facts import ACCOUNT, OTHER_ACCOUNT


def test_an_issuer_is_made_once_and_stays(directory: Directory) -> None:
    assert find_federation(directory, ACCOUNT) is None
    made = enable_federation(directory, ACCOUNT)
    disable_federation(directory, ACCOUNT)
    disabled = find_federation(directory, ACCOUNT)
    again = enable_federation(directory, ACCOUNT)
    assert disabled is not None
    assert (made.enabled, disabled.enabled, again.enabled) == (True, False, True)
    assert made.issuer == disabled.issuer == again.issuer
    assert made.signer.public_keys() == disabled.signer.public_keys() == again.signer.public_keys()


def test_each_account_has_its_own(directory: Directory) -> None:
    one, other = enable_federation(directory, ACCOUNT), enable_federation(directory, OTHER_ACCOUNT)
    assert one.issuer != other.issuer
    assert one.signer.public_keys() != other.signer.public_keys()
    found = find_federation_by_issuer(directory, other.issuer.rpartition("/")[2])
    assert found is not None
    assert found.account == OTHER_ACCOUNT
    assert find_federation_by_issuer(directory, "made-up") is None


def test_the_keys_of_one_account_cannot_be_put_in_anothers_place(directory: Directory) -> None:
    enable_federation(directory, ACCOUNT)
    enable_federation(directory, OTHER_ACCOUNT)
    table = schema.outbound_federation
    sealed = directory.connection.scalar(select(table.c.sealed_keys).where(table.c.account_id == ACCOUNT))
    directory.connection.execute(update(table).where(table.c.account_id == OTHER_ACCOUNT).values(sealed_keys=sealed))
    assert b"PRIVATE KEY" not in (sealed or b"")
    with pytest.raises(SealBroken):
        find_federation(directory, OTHER_ACCOUNT)

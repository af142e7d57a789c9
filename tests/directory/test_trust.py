"""Trust policies follow a principal that is renamed and stop trusting one that is deleted."""

import json
from typing import Any

import pytest

from ostiary.directory import accounts, roles, users
from ostiary.directory.directory import Directory
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

ALICE = f"arn:aws:iam::{ACCOUNT}:user/p/alice"
BOB = f"arn:aws:iam::{ACCOUNT}:user/bob"


def trusting(principal: Any, **more: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, **more}]})


def trust_of(directory: Directory, name: str, account: Any = ACCOUNT) -> Any:
    return json.loads(roles.get_role(directory, account, name).trust_policy)["Statement"]


def create_role(directory: Directory, trust: str, account: Any = ACCOUNT, name: str = "r") -> roles.Role:
    return roles.create_role(directory, account, name, trust_policy=trust, now=NOW)


@pytest.fixture
def alice(directory: Directory) -> users.User:
    return users.create_user(directory, ACCOUNT, "alice", path="/p/", now=NOW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ALICE, "ID"),
        ([ALICE], ["ID"]),
        ([BOB, ALICE, "*"], [BOB, "ID", "*"]),
    ],
    ids=["alone", "list", "among others"],
)
@pytest.mark.parametrize("account", [ACCOUNT, OTHER_ACCOUNT])
def test_a_deleted_user_leaves_an_id_behind(
    directory: Directory, alice: users.User, before: Any, after: Any, account: Any
) -> None:
    create_role(directory, trusting({"AWS": before, "Service": "ec2.amazonaws.com"}), account)
    revision = accounts.get_access_revision(directory, account)
    users.delete_user(directory, alice)
    (statement,) = trust_of(directory, "r", account)
    expected = json.loads(json.dumps(after).replace("ID", alice.user_id))
    assert statement["Principal"] == {"AWS": expected, "Service": "ec2.amazonaws.com"}
    assert accounts.get_access_revision(directory, account) == revision + 1


def test_a_new_user_of_the_old_name_is_not_trusted(directory: Directory, alice: users.User) -> None:
    create_role(directory, trusting({"AWS": ALICE}))
    users.delete_user(directory, alice)
    users.create_user(directory, ACCOUNT, "alice", path="/p/", now=NOW)
    assert ALICE not in roles.get_role(directory, ACCOUNT, "r").trust_policy


def test_a_renamed_user_is_still_trusted(directory: Directory, alice: users.User) -> None:
    create_role(directory, trusting({"AWS": ALICE}))
    users.update_user(directory, alice, new_name="Alison", new_path="/")
    assert trust_of(directory, "r")[0]["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:user/Alison"}


def test_an_update_that_changes_no_name_changes_no_document(directory: Directory, alice: users.User) -> None:
    document = trusting({"AWS": ALICE}).replace(":", " :")
    create_role(directory, document)
    users.update_user(directory, alice)
    assert roles.get_role(directory, ACCOUNT, "r").trust_policy == document


def test_a_deleted_role_leaves_an_id_behind(directory: Directory) -> None:
    trusted = create_role(directory, trusting({"Service": "ec2.amazonaws.com"}), name="trusted")
    create_role(directory, trusting({"AWS": trusted.arn}))
    roles.delete_role(directory, trusted)
    assert trust_of(directory, "r")[0]["Principal"] == {"AWS": trusted.role_id}


@pytest.mark.parametrize(
    "document",
    [
        trusting({"AWS": ALICE + "x"}),
        trusting({"AWS": ALICE.upper()}),
        trusting({"Service": "ec2.amazonaws.com"}, Condition={"ArnEquals": {"aws:PrincipalArn": ALICE}}),
        trusting("*", Sid=ALICE),
        trusting({"AWS": BOB}).replace(":", " :\n"),
    ],
    ids=["longer", "other case", "condition", "sid", "other user"],
)
def test_what_is_not_that_principal_is_left_to_the_letter(
    directory: Directory, alice: users.User, document: str
) -> None:
    create_role(directory, document)
    users.delete_user(directory, alice)
    assert roles.get_role(directory, ACCOUNT, "r").trust_policy == document


@pytest.mark.parametrize("spelling", [ALICE.replace("/", "\\/"), ALICE.replace("a", "\\u0061")])
def test_jsons_other_spellings_do_not_hide_a_principal(directory: Directory, alice: users.User, spelling: str) -> None:
    create_role(directory, trusting({"AWS": "X"}).replace("X", spelling))
    users.delete_user(directory, alice)
    assert trust_of(directory, "r")[0]["Principal"] == {"AWS": alice.user_id}


def test_a_role_follows_who_is_trusted_now(directory: Directory, alice: users.User) -> None:
    role = create_role(directory, trusting({"AWS": BOB}))
    roles.set_trust_policy(directory, role, trusting({"AWS": ALICE}))
    users.update_user(directory, alice, new_name="alison")
    users.update_user(directory, users.get_user(directory, ACCOUNT, "alison"), new_name="alina")
    assert trust_of(directory, "r")[0]["Principal"] == {"AWS": f"arn:aws:iam::{ACCOUNT}:user/p/alina"}


def test_a_path_may_hold_what_json_escapes(directory: Directory) -> None:
    odd = users.create_user(directory, ACCOUNT, "odd", path='/a"b\\c/', now=NOW)
    create_role(directory, trusting({"AWS": odd.arn}))
    users.delete_user(directory, odd)
    assert trust_of(directory, "r")[0]["Principal"] == {"AWS": odd.user_id}


def test_a_role_that_trusts_somebody_can_be_deleted(directory: Directory, alice: users.User) -> None:
    roles.delete_role(directory, create_role(directory, trusting({"AWS": ALICE})))
    users.delete_user(directory, alice)
    assert roles.find_role(directory, ACCOUNT, "r") is None


def test_the_rest_of_the_document_means_the_same(directory: Directory, alice: users.User) -> None:
    condition = {"NumericLessThan": {"aws:MultiFactorAuthAge": "1.10"}, "Bool": {"aws:SecureTransport": True}}
    document = trusting({"AWS": ALICE}, Condition=condition).replace('"1.10"', "1.10")
    create_role(directory, document)
    users.delete_user(directory, alice)
    assert trust_of(directory, "r")[0]["Condition"] == condition

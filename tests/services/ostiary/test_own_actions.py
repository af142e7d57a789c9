"""What the catalogue says of Ostiary's own service, held against what its operations need."""

from collections.abc import Iterator

import pytest

from ostiary import catalogue
from ostiary.directory import accounts, users
from ostiary.directory.directory import Directory
from ostiary.services.ostiary import OPERATIONS
from ostiary.values.arn import root_arn
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer

PARAMETERS = {"SessionId": "S", "Action": "s3:GetObject", "Name": "key", "State": "s", "Credential": "{}"}


@pytest.fixture(scope="module")
def directory(server: RunningServer) -> Iterator[Directory]:
    with server.changing() as opened:
        account = server.setup.account_id
        accounts.get_account(opened, account)
        users.create_user(opened, account, "alice", path="/", now=system_clock())
        yield opened


def needed(directory: Directory, server: RunningServer) -> dict[str, set[str]]:
    """Return the actions that the operations need, each with what they are decided on."""
    account = server.setup.account_id
    root = Caller(CallerKind.ROOT, account, root_arn(account), account, None)
    alice = users.get_user(directory, account, "alice")
    user = Caller(CallerKind.USER, account, alice.arn, alice.user_id, None, alice.name)
    found: dict[str, set[str]] = {}
    for operation in OPERATIONS.values():
        assert operation.needs is not None
        for caller in (root, user):
            for need in operation.needs(directory, caller, PARAMETERS):
                found.setdefault(need.action, set()).add(need.resource)
    return found


def test_each_action_that_is_needed_is_known(directory: Directory, server: RunningServer) -> None:
    for action, resources in needed(directory, server).items():
        known = catalogue.find_action(action)
        assert known is not None, action
        assert known.name == action
        assert bool(known.resources) is (resources != {"*"}), action


def test_each_own_action_is_needed(directory: Directory, server: RunningServer) -> None:
    service = catalogue.find_service("ostiary")
    assert service is not None
    own = {action for action in needed(directory, server) if action.startswith("ostiary:")}
    assert own == {action.name for action in service.actions}

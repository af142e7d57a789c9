"""How much longer a call takes in an account of 10,000 users than in one of 20, both on one server.

What lists, gets and authorises must stay within 1.5 times; the rest is shown beside it. Rounds alternate between the
accounts, so that what else the machine does meets both; medians are shown.
"""

import json
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from benches.load import calls_per_second, first_answer, signed
from benches.servers import BIN, Target, free_port, running, wait_for
from ostiary.directory import accounts, attachments, groups, inline_policies, keys, policies, roles, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.directory.quotas import set_quota
from ostiary.server.data_directory import DataDirectory
from ostiary.server.vault import open_vault
from ostiary.values.clock import system_clock
from ostiary.values.identifiers import AccountId

ROUNDS = 7
CALLS = 40
MOST = 1.5
CALLERS = 2
APART = 5
"""Users that have a path, in either account."""
MEMBERS = 10
"""Of the first group, in either account."""
UNUSABLE_HASH = "-"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ASSUME = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"},
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"},
        ],
    }
)


@dataclass(frozen=True)
class Size:
    """How much there is in an account."""

    account: AccountId
    users: int
    groups: int
    roles: int


SMALL = Size(AccountId("111111111111"), users=20, groups=4, roles=10)
LARGE = Size(AccountId("222222222222"), users=10_000, groups=1_000, roles=2_000)


@dataclass(frozen=True)
class Side:
    """One account under measurement: who calls in it."""

    size: Size
    admin: Target
    user: Target
    """May read users and assume roles, and nothing else."""


@dataclass(frozen=True)
class Probe:
    """One kind of call."""

    name: str
    request: Callable[[Side, int, int], bytes]
    """Makes the call of a round and a number."""
    bounded: bool
    expected: int = HTTPStatus.OK


def trust(account: AccountId, user_name: str) -> str:
    principal = {"AWS": f"arn:aws:iam::{account}:user/{user_name}"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def fill(directory: Directory, size: Size, port: int) -> Side:
    """Fill an account: each user is in a group that has a policy, and each role trusts a user."""
    account, now = size.account, system_clock()
    accounts.create_account(
        directory, account, root_email=f"{account}@example.com", root_password_hash=UNUSABLE_HASH, now=now
    )
    doomed = ROUNDS * CALLS
    for quota, most in {Quota.USERS: size.users, Quota.GROUPS: size.groups, Quota.ROLES: size.roles}.items():
        set_quota(directory, account, quota, most + 2 * doomed)
    read_only = policies.get_attachable_policy(directory, account, READ_ONLY)
    administrator = policies.get_attachable_policy(directory, account, ADMINISTRATOR)
    made_groups = [groups.create_group(directory, account, f"group-{n}", now=now) for n in range(size.groups)]
    for group in made_groups[1:]:
        attachments.attach_policy(directory, account, group.group_id, read_only, Quota.ATTACHED_POLICIES_PER_GROUP)
    made_users = [
        users.create_user(directory, account, f"user-{n}", path="/" if n < size.users - APART else "/apart/", now=now)
        for n in range(size.users)
    ]
    for number, user in enumerate(made_users[CALLERS:]):
        group = made_groups[0] if number < MEMBERS else made_groups[1 + number % (size.groups - 1)]
        groups.add_member(directory, group, user)
    for number in range(size.roles + doomed):
        name = f"role-{number}" if number < size.roles else f"doomed-{number - size.roles}"
        trusted = f"user-{1 + number % (size.users - 1)}" if number < size.roles else "user-2"
        roles.create_role(directory, account, name, trust_policy=trust(account, trusted), now=now)
    admin, user = made_users[:CALLERS]
    attachments.attach_policy(directory, account, admin.user_id, administrator, Quota.ATTACHED_POLICIES_PER_USER)
    inline_policies.put_inline_policy(
        directory, account, user.user_id, "assume", ASSUME, quota=Quota.USER_POLICY_SIZE, owner=user.name
    )
    targets = []
    for caller in (admin, user):
        key, secret = keys.create_access_key(directory, account, caller, now=now)
        targets.append(Target("ostiary", port, key.access_key_id, secret.reveal()))
    return Side(size, *targets)


@contextmanager
def filled_server() -> Iterator[tuple[Side, Side]]:
    """Run a server on both accounts."""
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([BIN / "ostiary", "init", "--data", data], check=True, capture_output=True)
        home, port = DataDirectory(Path(data)), free_port()
        with closing(home.open_store()) as store, store.write() as connection:
            vault = open_vault(home.master_key())
            directory = Directory(connection, vault.sealer, vault.tokens)
            small, large = (fill(directory, size, port) for size in (SMALL, LARGE))
        with running([str(BIN / "ostiary"), "serve", "--data", data, "--port", str(port)]):
            probe = signed(small.admin, "GetUser")
            wait_for(lambda: first_answer(small.admin, probe))
            yield small, large


def user_name(number: int) -> str:
    return f"user-{CALLERS + number % (SMALL.users - CALLERS)}"


PROBES = (
    Probe("ListUsers, a page of 20", lambda s, _, __: signed(s.admin, "ListUsers", MaxItems="20"), bounded=True),
    Probe("ListUsers under a path", lambda s, _, __: signed(s.admin, "ListUsers", PathPrefix="/apart/"), bounded=True),
    Probe("ListRoles, a page of 10", lambda s, _, __: signed(s.admin, "ListRoles", MaxItems="10"), bounded=True),
    Probe("GetUser", lambda s, _, n: signed(s.admin, "GetUser", UserName=user_name(n)), bounded=True),
    Probe("GetRole", lambda s, _, n: signed(s.admin, "GetRole", RoleName=f"role-{n % 10}"), bounded=True),
    Probe("GetGroup", lambda s, _, __: signed(s.admin, "GetGroup", GroupName="group-0"), bounded=True),
    Probe("allowed by a policy", lambda s, _, n: signed(s.user, "GetUser", UserName=user_name(n)), bounded=True),
    Probe(
        "refused",
        lambda s, _, n: signed(s.user, "GetGroup", GroupName=f"group-{n % 4}"),
        bounded=True,
        expected=HTTPStatus.FORBIDDEN,
    ),
    Probe(
        "AssumeRole",
        lambda s, _, __: signed(
            s.user,
            "AssumeRole",
            "sts",
            RoleArn=f"arn:aws:iam::{s.size.account}:role/role-0",
            RoleSessionName="bench",
        ),
        bounded=True,
    ),
    Probe("GetAccountSummary", lambda s, _, __: signed(s.admin, "GetAccountSummary"), bounded=False),
    Probe("CreateUser", lambda s, r, n: signed(s.admin, "CreateUser", UserName=f"new-{r}-{n}"), bounded=False),
    Probe("DeleteUser", lambda s, r, n: signed(s.admin, "DeleteUser", UserName=f"new-{r}-{n}"), bounded=False),
    Probe(
        "DeleteRole", lambda s, r, n: signed(s.admin, "DeleteRole", RoleName=f"doomed-{r * CALLS + n}"), bounded=False
    ),
)


def milliseconds(probe: Probe, side: Side, number: int) -> float:
    requests = [probe.request(side, number, call) for call in range(CALLS)]
    return 1_000 / calls_per_second(side.admin, requests, 1, probe.expected)


def main() -> None:
    with filled_server() as (small, large):
        print(f"{'milliseconds a call':<32}{'20 users':>10}{'10,000':>10}{'ratio':>8}")
        for probe in PROBES:
            rounds = [[milliseconds(probe, side, number) for side in (small, large)] for number in range(ROUNDS)]
            few, many = (statistics.median(pair[side] for pair in rounds) for side in (0, 1))
            ratio = statistics.median(pair[1] / pair[0] for pair in rounds)
            over = f"  over {MOST}" if probe.bounded and ratio > MOST else ""
            print(f"{probe.name:<32}{few:>10.2f}{many:>10.2f}{ratio:>8.2f}{over}")


if __name__ == "__main__":
    main()

"""Sessions, sign-ins under way, and failures that make the next attempt wait."""

from datetime import timedelta

import pytest

from ostiary.directory import sign_in_failures, sign_in_flows, sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_failures import (
    Counted,
    Subject,
    count_attempt,
    forgive_attempt,
    network_of,
    take_back_attempt,
)
from ostiary.directory.sign_in_sessions import Client, SignInSession
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def start(directory: Directory, owner: str = "AIDAALICE", client: Client = "console") -> tuple[SignInSession, str]:
    return sign_in_sessions.start_session(
        directory,
        ACCOUNT,
        owner,
        client=client,
        mfa_authenticated_at=None,
        address="192.0.2.1",
        user_agent="a browser " * 200,
        now=NOW,
    )


class TestSessions:
    def test_a_token_proves_its_session(self, directory: Directory) -> None:
        session, token = start(directory)
        assert sign_in_sessions.find_session(directory, token, now=NOW) == session
        assert len(session.user_agent) == 1_024
        assert token not in repr(session)

    @pytest.mark.parametrize(
        "change",
        [
            lambda _: "",
            lambda token: token[:-1],
            lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
            lambda token: token.replace(ACCOUNT, OTHER_ACCOUNT),
            lambda token: f"{token}\n",
            lambda token: token.lower(),
        ],
        ids=["nothing", "short", "other secret", "other account", "line end", "other case"],
    )
    def test_anything_else_proves_nothing(self, directory: Directory, change: object) -> None:
        _, token = start(directory)
        changed = change(token)  # type: ignore[operator] # a function, one of those above
        assert sign_in_sessions.find_session(directory, changed, now=NOW) is None

    @pytest.mark.parametrize(
        ("client", "later", "lasts"),
        [
            ("console", 59 * MINUTE, True),
            ("console", HOUR, False),
            ("command-line", 11 * HOUR, True),
            ("command-line", 12 * HOUR, False),
        ],
    )
    def test_it_ends_when_it_is_left_alone_or_old(
        self, directory: Directory, client: Client, later: timedelta, *, lasts: bool
    ) -> None:
        session, token = start(directory, client=client)
        found = sign_in_sessions.find_session(directory, token, now=NOW + later)
        assert (found is not None) == lasts
        assert sign_in_sessions.is_alive(directory, ACCOUNT, session.session_id, now=NOW + later) == lasts

    def test_use_keeps_it_but_not_for_ever(self, directory: Directory) -> None:
        session, token = start(directory)
        for half_hours in range(1, 24):
            moment = NOW + half_hours * HOUR / 2
            assert sign_in_sessions.is_due_to_be_noted(session, now=moment)
            sign_in_sessions.note_use(directory, session, now=moment)
            assert sign_in_sessions.find_session(directory, token, now=moment)
        assert sign_in_sessions.find_session(directory, token, now=NOW + 12 * HOUR) is None

    def test_a_new_token_replaces_the_old(self, directory: Directory) -> None:
        session, token = start(directory, client="command-line")
        newer = sign_in_sessions.replace_token(directory, session)
        assert sign_in_sessions.find_session(directory, token, now=NOW) is None
        assert sign_in_sessions.find_session(directory, newer, now=NOW) == session

    def test_one_persons_are_ended_but_one(self, directory: Directory) -> None:
        kept, _ = start(directory)
        gone, _ = start(directory)
        others, _ = start(directory, owner="AIDABOB")
        assert sign_in_sessions.end_sessions_of(directory, ACCOUNT, "AIDAALICE", but=kept.session_id) == 1
        alive = [
            session
            for session in (kept, gone, others)
            if sign_in_sessions.is_alive(directory, ACCOUNT, session.session_id, now=NOW)
        ]
        assert alive == [kept, others]
        assert not sign_in_sessions.end_session(directory, OTHER_ACCOUNT, kept.session_id)

    def test_nobody_fills_the_room(self, directory: Directory) -> None:
        for _ in range(60):
            start(directory)
        assert len(sign_in_sessions.list_sessions(directory, ACCOUNT, "AIDAALICE", now=NOW)) == 50


class TestFlows:
    def test_it_is_found_as_far_as_it_got_and_ends_once(self, directory: Directory) -> None:
        flow, token = sign_in_flows.start_flow(directory, ACCOUNT, "AIDAALICE", now=NOW)
        asked = sign_in_flows.with_challenge(directory, flow, b"challenge")
        assert sign_in_flows.find_flow(directory, token, now=NOW) == asked
        proven = sign_in_flows.with_second_factor(directory, asked, now=NOW)
        assert (proven.challenge, proven.mfa_authenticated_at) == (None, NOW)
        assert sign_in_flows.find_flow(directory, token, now=NOW) == proven
        assert [sign_in_flows.end_flow(directory, flow) for _ in range(2)] == [True, False]
        assert sign_in_flows.find_flow(directory, token, now=NOW) is None

    def test_it_takes_a_quarter_of_an_hour_at_the_most(self, directory: Directory) -> None:
        _, token = sign_in_flows.start_flow(directory, ACCOUNT, None, now=NOW)
        assert sign_in_flows.find_flow(directory, token, now=NOW + timedelta(minutes=14, seconds=59))
        assert sign_in_flows.find_flow(directory, token, now=NOW + timedelta(minutes=15)) is None

    def test_it_is_over_when_the_password_is_another(self, directory: Directory) -> None:
        flow, token = sign_in_flows.start_flow(directory, ACCOUNT, "AIDAALICE", password_hash="old", now=NOW)
        asked = sign_in_flows.with_challenge(directory, flow, b"challenge")
        assert (asked.is_since_password("old"), asked.is_since_password("new")) == (True, False)
        changed = sign_in_flows.with_new_password(directory, asked, "new")
        assert sign_in_flows.find_flow(directory, token, now=NOW) == changed
        assert (changed.is_since_password("old"), changed.is_since_password("new")) == (False, True)


ALICE = Counted(ACCOUNT, Subject.NAME, "111122223333/alice")
BOB = Counted(ACCOUNT, Subject.NAME, "111122223333/bob")
HOME = Counted(sign_in_flows.NOBODY, Subject.ADDRESS, "192.0.2.1")


class TestFailures:
    def test_the_first_few_cost_nothing_and_then_each_waits_twice_as_long(self, directory: Directory) -> None:
        moment, waits = NOW, []
        for _ in range(20):
            assert count_attempt(directory, [ALICE], now=moment) is None
            wait = sign_in_failures.longest_wait(directory, [ALICE], now=moment) or timedelta(0)
            waits.append(int(wait.total_seconds()))
            moment += wait
        assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900, 900, 900]

    def test_what_nobody_looked_at_does_not_count_and_forgives_nothing(self, directory: Directory) -> None:
        for _ in range(4):
            count_attempt(directory, [ALICE, HOME], now=NOW)
        for _ in range(10):
            assert count_attempt(directory, [ALICE, HOME], now=NOW) is None
            take_back_attempt(directory, [ALICE, HOME])
        assert count_attempt(directory, [ALICE, HOME], now=NOW) is None
        assert count_attempt(directory, [ALICE, HOME], now=NOW) is not None

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:0DB8:1:2::", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::1", "::/64"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
        ],
    )
    def test_who_has_an_ipv6_address_has_its_whole_network(self, address: str, network: str) -> None:
        assert network_of(address) == network

    def test_who_does_not_wait_is_not_heard(self, directory: Directory) -> None:
        for _ in range(5):
            assert count_attempt(directory, [ALICE], now=NOW) is None
        for _ in range(100):
            assert count_attempt(directory, [ALICE], now=NOW) == timedelta(seconds=1)
        assert count_attempt(directory, [ALICE], now=NOW + timedelta(seconds=1)) is None

    def test_names_are_the_same_in_any_case(self, directory: Directory) -> None:
        for name in ("alice", "ALICE", "Alice", "aLICE", "alicE"):
            count_attempt(directory, [Counted(ACCOUNT, Subject.NAME, name)], now=NOW)
        assert count_attempt(directory, [Counted(ACCOUNT, Subject.NAME, "AlicE")], now=NOW)

    def test_many_names_from_one_address_wait_as_well(self, directory: Directory) -> None:
        names = [Counted(ACCOUNT, Subject.NAME, f"user-{number}") for number in range(21)]
        waits = [count_attempt(directory, [name, HOME], now=NOW) for name in names]
        assert waits == [None] * 20 + [timedelta(seconds=1)]

    def test_success_forgives_the_name_all_and_the_address_one(self, directory: Directory) -> None:
        for _ in range(4):
            count_attempt(directory, [ALICE, HOME], now=NOW)
        forgive_attempt(directory, [ALICE, HOME])
        assert [count_attempt(directory, [ALICE], now=NOW) for _ in range(6)][:5] == [None] * 5
        for _ in range(17):
            assert count_attempt(directory, [HOME], now=NOW) is None
        assert count_attempt(directory, [HOME], now=NOW) is not None

    def test_they_are_forgotten_after_a_day(self, directory: Directory) -> None:
        for _ in range(5):
            count_attempt(directory, [ALICE, BOB], now=NOW)
        assert count_attempt(directory, [ALICE], now=NOW + timedelta(days=1)) is None
        assert sign_in_failures.longest_wait(directory, [ALICE, BOB], now=NOW + timedelta(days=1)) is None

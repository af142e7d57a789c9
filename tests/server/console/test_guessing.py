"""Guessing at the sign-in page: how many attempts get through, and what an answer tells of a name."""

import math
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from ostiary.credentials import verify_password
from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_failures import Counted, Subject, count_attempt
from tests.conftest import RunningServer
from tests.directory.facts import ACCOUNT, NOW
from tests.e2e.at_the_page import AtThePage, Refused, make_user, signed_in

_MINUTES = 60
_EACH = timedelta(milliseconds=50)
"""Who guesses tries so often, whatever the answers say."""
_AT_ONCE = 16
_TRIES = 3


@contextmanager
def rolled_back(server: RunningServer) -> Iterator[Directory]:
    """Open a transaction that leaves nothing behind."""
    with server.changing() as directory:
        yield directory
        transaction = directory.connection.get_transaction()
        assert transaction is not None
        transaction.rollback()


def let_through(directory: Directory, guess: Callable[[int], tuple[Counted, ...]], seconds: int) -> list[int]:
    """Return how many guesses that never succeed are looked at, minute by minute."""
    minutes: Counter[int] = Counter()
    number, now, end = 0, NOW, NOW + timedelta(seconds=seconds)
    while now < end:
        wait = count_attempt(directory, guess(number), now=now)
        if wait is None:
            minutes[int((now - NOW).total_seconds()) // 60] += 1
            number += 1
            now += _EACH
        else:
            # Trying while one has to wait is not looked at, and costs nothing more.
            now += wait
    return [minutes[minute] for minute in range(seconds // 60)]


def one_name(number: int) -> tuple[Counted, ...]:
    """Guess one user's password from ever new addresses."""
    return _counted("alice", f"192.0.2.{number}")


def one_address(number: int) -> tuple[Counted, ...]:
    """Guess ever other users' passwords from one address."""
    return _counted(f"user-{number}", "192.0.2.1")


def everywhere(number: int) -> tuple[Counted, ...]:
    """Guess ever other users' passwords from ever new addresses."""
    return _counted(f"user-{number}", f"address-{number}")


def _counted(name: str, address: str) -> tuple[Counted, ...]:
    return (
        Counted(ACCOUNT, Subject.NAME, name),
        Counted(ACCOUNT, Subject.ADDRESS, address),
        Counted(ACCOUNT, Subject.ACCOUNT, ACCOUNT),
    )


@pytest.mark.parametrize(
    ("guess", "first_minute", "hour"),
    [(one_name, 10, 20), (one_address, 25, 35), (everywhere, 220, 1_000)],
    ids=lambda value: value.__name__ if callable(value) else str(value),
)
def test_few_guesses_are_looked_at(
    server: RunningServer, guess: Callable[[int], tuple[Counted, ...]], first_minute: int, hour: int
) -> None:
    with rolled_back(server) as directory:
        minutes = let_through(directory, guess, _MINUTES * 60)
    figures = (
        f"{guess.__name__}: {minutes[0]} in the first minute, {sum(minutes)} in an hour, {minutes[-1]} in the last"
    )
    print(f"\n{figures}")  # noqa: T201 - whoever runs it with -s sees the figures
    assert 0 < minutes[0] <= first_minute, figures
    assert sum(minutes) <= hour, figures


def test_many_at_once_gain_nothing(server: RunningServer, iam: Any) -> None:
    user = make_user(iam, mfa=False)
    forget_failures(server)
    statuses: list[int] = []

    def guess(number: int) -> None:
        try:
            AtThePage(server).sign_in(user.name, f"Wrong-Horse-{number}")
        except Refused as refused:
            statuses.append(refused.status)

    start = time.monotonic()
    guesses = [threading.Thread(target=guess, args=(number,)) for number in range(_AT_ONCE)]
    for thread in guesses:
        thread.start()
    for thread in guesses:
        thread.join()
    seconds = time.monotonic() - start
    counted = Counter(statuses)
    print(f"\nof {_AT_ONCE} guesses at once: {dict(counted)}")  # noqa: T201 - whoever runs it with -s sees the figures
    assert set(counted) == {401, 429}
    # Five cost no wait, and each after those waits for twice as long as the one before.
    assert counted[401] <= 5 + math.floor(math.log2(seconds + 1))


def test_an_answer_does_not_tell_names_apart(server: RunningServer, iam: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_user(iam, mfa=False)
    iam.create_user(UserName="without-password")
    forget_failures(server)
    account, page = server.account_id, AtThePage(server)
    proven: list[str] = []

    def counting(password: str, password_hash: str) -> None:
        # What it costs stands in the hash, before its salt.
        proven.append(password_hash.rpartition("$")[0].rpartition("$")[0])
        verify_password(password, password_hash)

    monkeypatch.setattr("ostiary.gate.sign_in.verify_password", counting)
    kinds: dict[str, dict[str, str]] = {
        "known": {"kind": "user", "account": account, "userName": user.name},
        "unknown": {"kind": "user", "account": account, "userName": "nobody"},
        "without password": {"kind": "user", "account": account, "userName": "without-password"},
        "unknown account": {"kind": "user", "account": "000000000001", "userName": user.name},
        "root": {"kind": "root", "email": server.setup.root_email},
        "unknown root": {"kind": "root", "email": "nobody@a.example"},
    }
    answers: set[str] = set()
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(_TRIES):
        for kind, names in kinds.items():
            start = time.perf_counter()
            with pytest.raises(Refused) as refused:
                page.ask("sign-in", **names, password="Wrong-Horse-1")
            times[kind].append(time.perf_counter() - start)
            answers.add(f"{refused.value.status} {refused.value}")
    medians = ", ".join(f"{kind} {statistics.median(taken) * 1000:.0f} ms" for kind, taken in times.items())
    print(f"\n{medians}")  # noqa: T201 - whoever runs it with -s sees the figures
    assert len(answers) == 1, answers
    # The clock depends on who else is busy; the work does not: one hash for each attempt, and all cost the same.
    assert len(proven) == _TRIES * len(kinds)
    assert len(set(proven)) == 1
    assert "argon2id" in proven[0]


def test_a_person_is_not_kept_out_by_what_others_guess_of_other_names(server: RunningServer, iam: Any) -> None:
    user, other = make_user(iam, mfa=False), make_user(iam, mfa=False)
    forget_failures(server)
    for number in range(6):
        with pytest.raises(Refused):
            AtThePage(server).sign_in(other.name, f"Wrong-Horse-{number}")
    assert signed_in(server, user).cookies["ostiary-session"]


def forget_failures(server: RunningServer) -> None:
    """Let time pass, as far as failures are concerned: all tests come from one address."""
    with server.changing() as directory:
        directory.connection.exec_driver_sql("DELETE FROM sign_in_failures")

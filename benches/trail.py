"""What the trail gives and costs: verifying it, finding one changed byte, look-ups, and its share of a signed call.

Rounds with and without recording alternate on one server, so that what else the machine does meets both; medians are
shown. The server of this bench has what makes and writes events taken away and put back between rounds, on a signal:
the product has no switch for it.
"""

import os
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Connection, event

from benches.load import calls_per_second, first_answer, signed
from benches.servers import Target, free_port, running, wait_for
from ostiary.audit import AuditEvent, Sought, describe_call, look_up_events, verify_trail, write_events
from ostiary.credentials import MasterKey, Sealer
from ostiary.server import pipeline
from ostiary.server.data_directory import DataDirectory
from ostiary.server.serve import make_worker_app, server_config
from ostiary.server.setup import SetupRequest, set_up_account
from ostiary.store import Store, open_store
from ostiary.values.call import Call, HttpRequest
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.clock import system_clock
from ostiary.values.decided import Decided
from ostiary.values.identifiers import AccessKeyId, AccountId

EVENTS = 100_000
AT_ONCE = 5_000
USERS = 200
ACCOUNT = AccountId("111122223333")
SEALER = Sealer(MasterKey.generate())
START = datetime(2026, 1, 1, tzinfo=UTC)
SECONDS_APART = 60
LOOK_UPS = 20
CHANGED = 61_803

ROUNDS = 81
CALLS = 25
MOST = 0.15


def happened(number: int) -> AuditEvent:
    """Return the event of a call of one of the users, each of which makes a change now and then."""
    user = f"user-{number * 7_919 % USERS}"
    reads = number % 10 != 0
    operation = "GetUser" if reads else "CreateUser"
    caller = Caller(
        kind=CallerKind.USER,
        account=ACCOUNT,
        arn=f"arn:aws:iam::{ACCOUNT}:user/{user}",
        unique_id=f"AIDA{user}",
        name=user,
        access_key_id=AccessKeyId(f"AKIA{user}"),
    )
    request = HttpRequest("POST", "/", "", (("user-agent", "aws-cli/2.15.0"),), b"", "192.0.2.1")
    called = Call(request, "iam", operation, f"request-{number}", START + timedelta(seconds=number * SECONDS_APART))
    arn = f"arn:aws:iam::{ACCOUNT}:user/new-{number}"
    return describe_call(
        called,
        account=ACCOUNT,
        caller=caller,
        presented_key=None,
        region="us-east-1",
        read_only=reads,
        parameters={"UserName": f"new-{number}"},
        output=None if reads else {"User": {"UserName": f"new-{number}", "Arn": arn}},
        fault=None,
        decided=(Decided(f"iam:{operation}", arn, "allowed", ("Administrators/AdministratorAccess#0",)),),
    )


@contextmanager
def filled_store() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as path, closing(open_store(f"sqlite:///{path}/trail.db")) as store:
        store.create_schema()
        start = time.perf_counter()
        for first in range(0, EVENTS, AT_ONCE):
            with store.write() as connection:
                write_events(connection, SEALER, [happened(number) for number in range(first, first + AT_ONCE)])
        print(f"{EVENTS:,} events described and written in {time.perf_counter() - start:.1f} s")
        yield store


def show_verifying(store: Store) -> None:
    with store.read() as connection:
        start = time.perf_counter()
        verdict = verify_trail(connection, SEALER, ACCOUNT)
        seconds = time.perf_counter() - start
    assert verdict.is_intact
    print(f"verified in {seconds:.2f} s, {verdict.events / seconds:,.0f} events a second")
    with store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE events SET body = substr(body, 1, 300) || '~' || substr(body, 302) WHERE sequence = ?", (CHANGED,)
        )
    with store.read() as connection:
        verdict = verify_trail(connection, SEALER, ACCOUNT)
    assert [broken.sequence for broken in verdict.breaks] == [CHANGED]
    print(f"one byte changed: {verdict.breaks[0].sentence}")


LOOKED_UP = {
    "by user": [Sought("Username", f"user-{number}") for number in range(LOOK_UPS)],
    "by name": [Sought("EventName", name) for name in ("GetUser", "CreateUser") * (LOOK_UPS // 2)],
    "by key": [Sought("AccessKeyId", f"AKIAuser-{number}") for number in range(LOOK_UPS)],
    "by time": [
        Sought(start=START + timedelta(days=day), end=START + timedelta(days=day + 1)) for day in range(LOOK_UPS)
    ],
    "changes": [Sought("ReadOnly", "false")] * LOOK_UPS,
}


def show_looking_up(store: Store) -> None:
    for name, each in LOOKED_UP.items():
        with store.read() as connection:
            taken = [_milliseconds(connection, sought) for sought in each]
            plan = _plan(connection, each[0])
        print(f"look-up {name:<8} {statistics.median(taken):6.2f} ms a page of 50   {plan}")


def _milliseconds(connection: Connection, sought: Sought) -> float:
    start = time.perf_counter()
    found = look_up_events(connection, ACCOUNT, sought).events
    assert found
    return (time.perf_counter() - start) * 1_000


def _plan(connection: Connection, sought: Sought) -> str:
    run: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        run.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    look_up_events(connection, ACCOUNT, sought)
    event.remove(connection, "before_cursor_execute", note)
    ((statement, parameters),) = run
    return "; ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters))


def serve(data: str, port: str) -> None:
    """Serve, recording from SIGUSR1 on and not recording from SIGUSR2 on."""
    made, written = pipeline.Pipeline._event, pipeline.record_events  # noqa: SLF001 - as the module says

    def switch(number: int, _frame: object) -> None:
        records = number == signal.SIGUSR1
        pipeline.Pipeline._event = made if records else (lambda *_, **__: None)  # noqa: SLF001 - as above
        pipeline.record_events = written if records else (lambda *_: None)

    app = make_worker_app(DataDirectory(Path(data)))
    signal.signal(signal.SIGUSR1, switch)
    signal.signal(signal.SIGUSR2, switch)
    listening = socket.create_server(("127.0.0.1", int(port)))
    uvicorn.Server(server_config(app)).run(sockets=[listening])


def show_cost() -> bool:
    """Print what recording adds to a signed call; tell whether that is little enough."""
    good = True
    with tempfile.TemporaryDirectory() as data:
        home, port = DataDirectory(Path(data)), free_port()
        home.create()
        admin = set_up_account(home, SetupRequest(), system_clock).admin
        target = Target("ostiary", port, admin.access_key_id, admin.secret_access_key)
        with running([sys.executable, "-m", "benches.trail", "serve", data, str(port)]) as process:
            probe = signed(target, "GetUser")
            wait_for(lambda: first_answer(target, probe))
            for action in ("GetUser", "CreateUser"):
                taken: dict[bool, list[float]] = {True: [], False: []}
                for number in range(ROUNDS + 1):
                    for records in (True, False) if number % 2 else (False, True):
                        os.kill(process.pid, signal.SIGUSR1 if records else signal.SIGUSR2)
                        taken[records].append(_round(target, action, f"{number}-{records}"))
                with_it, without = (taken[records][1:] for records in (True, False))
                added = statistics.median(a / b for a, b in zip(with_it, without, strict=True)) - 1
                good &= added < MOST
                print(
                    f"{action:<11} {statistics.median(without):5.2f} ms without recording, "
                    f"{statistics.median(with_it):5.2f} ms with: {added:+.1%}" + ("" if added < MOST else "  TOO MUCH")
                )
    return good


def _round(target: Target, action: str, label: str) -> float:
    calls = [
        signed(target, action, UserName="admin" if action == "GetUser" else f"new-{label}-{number}")
        for number in range(CALLS)
    ]
    taken = 1_000 / calls_per_second(target, calls, connections=1)
    if action == "CreateUser":
        calls_per_second(
            target, [signed(target, "DeleteUser", UserName=f"new-{label}-{n}") for n in range(CALLS)], connections=1
        )
    return taken


def main() -> None:
    if sys.argv[1:2] == ["serve"]:
        serve(*sys.argv[2:])
        return
    if sys.argv[1:2] == ["cost"]:
        sys.exit(not show_cost())
    with filled_store() as store:
        show_looking_up(store)
        show_verifying(store)
    if not show_cost():
        sys.exit(f"recording takes more than {MOST:.0%} of a call")


if __name__ == "__main__":
    main()

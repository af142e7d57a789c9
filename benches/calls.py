"""Signed calls a second and the cold start of Ostiary and moto_server, measured side by side in one run.

Ostiary authenticates, decides and records each call and keeps its state on disk; moto_server does none of these. Rounds
alternate between the two, so that what else the machine does meets both; medians are shown.
"""

import statistics
from collections.abc import Callable
from contextlib import ExitStack

from benches.load import calls_per_second, first_answer, signed
from benches.servers import Server, Target, moto, ostiary, running, wait_for

ROUNDS = 5
USERS = 100
CONNECTIONS = (1, 4)
CALLS = {"GetUser": 300, "ListUsers": 60, "CreateUser": 150}


def cold_start(server: Server) -> float:
    """Return the seconds from starting the process to the first answered call."""
    request = (
        signed(server.target, "GetUser") if server.target.name == "ostiary" else signed(server.target, "ListUsers")
    )
    with running(server.command):
        return wait_for(lambda: first_answer(server.target, request))


def requests_for(action: str, target: Target, label: str) -> list[bytes]:
    """Return the calls of one round; the users that CreateUser makes are deleted again by `clean_up`."""
    count = CALLS[action]
    match action:
        case "GetUser":
            return [signed(target, action, UserName=f"user-{index % USERS}") for index in range(count)]
        case "ListUsers":
            return [signed(target, action, MaxItems=str(USERS))] * count
        case _:
            return [signed(target, action, UserName=f"new-{label}-{index}") for index in range(count)]


def clean_up(target: Target, label: str) -> None:
    calls_per_second(
        target,
        [signed(target, "DeleteUser", UserName=f"new-{label}-{index}") for index in range(CALLS["CreateUser"])],
        connections=4,
    )


def rate(target: Target, action: str, connections: int, label: str) -> float:
    measured = calls_per_second(target, requests_for(action, target, label), connections)
    if action == "CreateUser":
        clean_up(target, label)
    return measured


def row(name: str, ours: list[float], theirs: list[float], ratio: Callable[[float, float], float], unit: str) -> str:
    own, other = statistics.median(ours), statistics.median(theirs)
    times = statistics.median(ratio(a, b) for a, b in zip(ours, theirs, strict=True))
    return f"{name:<32}{own:>10.2f}{other:>10.2f}  {unit:<9}{times:>8.1f} x"


def main() -> None:
    with ExitStack() as stack:
        servers = [stack.enter_context(ostiary()), stack.enter_context(moto())]
        print(f"{'median of ' + str(ROUNDS) + ' rounds':<32}{'ostiary':>10}{'moto':>10}  {'':<9}{'better':>10}")
        starts = [[cold_start(server) for server in servers] for _ in range(ROUNDS)]
        ours, theirs = ([pair[side] for pair in starts] for side in (0, 1))
        print(row("cold start to first answer", ours, theirs, lambda a, b: b / a, "seconds"))

        targets = [server.target for server in servers]
        for server in servers:
            stack.enter_context(running(server.command))
            probe = signed(server.target, "ListUsers")
            wait_for(lambda server=server, probe=probe: first_answer(server.target, probe))
            calls_per_second(
                server.target,
                [signed(server.target, "CreateUser", UserName=f"user-{index}") for index in range(USERS)],
                connections=1,
            )
        for action in CALLS:
            for connections in CONNECTIONS:
                rounds = [
                    [rate(target, action, connections, f"{connections}-{number}") for target in targets]
                    for number in range(ROUNDS)
                ]
                ours, theirs = ([pair[side] for pair in rounds] for side in (0, 1))
                name = f"{action}, {connections} connection{'s' if connections > 1 else ''}"
                print(row(name, ours, theirs, lambda a, b: a / b, "calls/s"))


if __name__ == "__main__":
    main()

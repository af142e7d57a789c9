"""Microseconds a decision of Ostiary and other engines, side by side in one run, on policies like those people have.

All engines get the same rules and requests, each in its own form and made ready beforehand; before anything is timed,
they must give the same answers. Requests differ and come in turn, so that nobody gains by remembering answers.
"""

import textwrap
from collections import Counter
from collections.abc import Sequence

from benches.costs import COLUMNS, costs_of, print_memory
from benches.engines.casbin import Casbin
from benches.engines.cedar import Cedar, IndexedCedar
from benches.engines.engine import Call, Engine
from benches.engines.naive import Naive
from benches.engines.ostiary import Ostiary, OstiaryFromValues
from benches.engines.vakt import Vakt
from benches.measure import ROUNDS, Stream, take_rounds, times_faster
from benches.rules import Workload
from benches.workloads import many_statements_name, workloads

_OSTIARY = Ostiary()
_PEERS: Sequence[Engine] = (Cedar(), IndexedCedar(), Casbin(), Vakt(), Naive())
ENGINES: Sequence[Engine] = (_OSTIARY, OstiaryFromValues(), *_PEERS)
_GROWTH = (many_statements_name(100), many_statements_name(10_000))
_NAME_WIDTH = 32
_WIDTH = 16


def main() -> None:
    print(_row(f"us a decision, median of {ROUNDS} rounds", [engine.name for engine in ENGINES]))
    ratios, mixes, costs, sized = [], [], {}, {}
    for workload in workloads():
        calls = [engine.calls(workload) for engine in ENGINES]
        mixes.append(f"{workload.name}: {_agreed(workload, calls)}")
        streams = [Stream(each) for each in calls]
        take_rounds(streams)
        print(_row(workload.name, [f"{stream.median * 1e6:,.1f}" for stream in streams]), flush=True)
        ratios.append(_row(workload.name, [f"{times_faster(stream, streams[0]):,.1f} x" for stream in streams]))
        costs[workload.name] = costs_of(workload, calls[0])
        if workload.name in _GROWTH:
            sized[workload.name] = Stream(calls[0])
    print("\n" + _row("times as long as ostiary", [engine.name for engine in ENGINES]))
    print("\n".join(ratios))
    print("\nAll engines gave the same answer to every request:")
    _print_list(mixes)
    print("\n" + _row("ostiary alone", COLUMNS))
    for name, cost in costs.items():
        print(_row(name, cost.cells))
    # Both sizes in the same rounds: taken minutes apart, their ratio would be that of the machine's moods.
    take_rounds(list(sized.values()))
    few, many = (sized[name] for name in _GROWTH)
    _print_list(
        [
            f"growth: {_GROWTH[1]} take {times_faster(many, few):.2f} times as long as {_GROWTH[0]}, measured in turn",
            "kept a decision: memory still held after it; nothing is remembered of requests, answers or reasons",
            "parse+compile: one user's policies, from their texts to the set that `decide` takes",
            "new action: the first decision about an action; what is worked out for it is kept for the next ones",
        ]
    )
    print()
    print_memory()
    print("\nHow the rules were translated:")
    _print_list([engine.note for engine in ENGINES])


def _agreed(workload: Workload, calls: Sequence[list[Call]]) -> str:
    """Return the mix of answers.

    Raises:
        AssertionError: an engine gives another answer than Ostiary.
    """
    decisions = [_OSTIARY.decision(call()) for call in calls[0]]
    expected = [decision.allowed for decision in decisions]
    for engine, own_calls in zip(ENGINES, calls, strict=True):
        for request, wanted, call in zip(workload.requests, expected, own_calls, strict=True):
            allowed = engine.allowed(call())
            assert allowed is wanted, f"{engine.name} says {allowed} to {request.action} on {request.resource}"
    kinds = Counter(
        "allowed" if each.allowed else "denied explicitly" if each.explicit_deny else "denied for want of an allow"
        for each in decisions
    )
    return ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{_NAME_WIDTH}}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells)


def _print_list(lines: Sequence[str]) -> None:
    for line in lines:
        print(textwrap.fill(line, 120, initial_indent="  ", subsequent_indent="    "))


if __name__ == "__main__":
    main()

"""What Ostiary's engine costs beside the decision itself: explaining, compiling, first uses, growth and memory."""

import statistics
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass

from benches.engines.engine import Call
from benches.engines.ostiary import PolicySets, access_request, explaining_calls
from benches.measure import Stream, take_rounds, undisturbed
from benches.rules import User, Workload
from benches.workloads import many_users
from ostiary.policy import AccessRequest, PolicySet, decide

COLUMNS = ("decide", "explain", "kept a decision", "parse+compile", "new action")
_NEW_SETS = 5
_KIBIBYTE = 1_024
_USERS = 1_000


@dataclass(frozen=True)
class Costs:
    """What one workload costs; times in seconds."""

    decide: float
    explain: float
    bytes_kept: float
    compile: float
    new_action: float

    @property
    def cells(self) -> tuple[str, ...]:
        """The costs as they are printed, in the order of `COLUMNS`."""
        return (
            f"{self.decide * 1e6:,.1f} us",
            f"{self.explain * 1e6:,.0f} us",
            f"{self.bytes_kept:,.0f} B",
            f"{self.compile * 1e3:,.1f} ms",
            f"{self.new_action * 1e6:,.0f} us",
        )


def costs_of(workload: Workload, calls: Sequence[Call]) -> Costs:
    """Return what a workload costs.

    Args:
        workload: the workload.
        calls: Ostiary's calls for it, each made before.
    """
    decides, explains = Stream(calls), Stream(explaining_calls(workload))
    take_rounds([decides, explains])
    compiling, new_action = _first_uses(workload)
    return Costs(decides.median, explains.median, _bytes_kept(calls), compiling, new_action)


def print_memory() -> None:
    """Print the memory that each of many users' policies takes, when they share managed policies and when not."""
    workload = many_users(_USERS)
    requests = [access_request(request) for request in workload.requests[:10]]
    print(f"memory a principal ({workload.name}: ten in a group's managed policy, five of their own)")
    for label, shared in (("managed policies compiled once", True), ("compiled for each user", False)):
        made, used = _bytes_a_principal(workload.users, requests, shared=shared)
        print(f"  {label:<30}{made / _KIBIBYTE:>10.1f} KiB; {used / _KIBIBYTE:.1f} KiB after ten actions each")


def _first_uses(workload: Workload) -> tuple[float, float]:
    """Return the median seconds to make a user's policy set of texts, and to decide the first time on an action."""
    user = workload.users[0]
    size = len(user.rules)
    requests = {request.action: access_request(request) for request in workload.requests}
    compiling: list[float] = []
    first: list[float] = []
    for _ in range(_NEW_SETS if size < _USERS else 1):
        start = time.perf_counter()
        policies = PolicySets(shared=False).make(user)
        compiling.append(time.perf_counter() - start)
        with undisturbed():
            first += [_seconds(request, policies) for request in requests.values()]
    return statistics.median(compiling), statistics.median(first)


def _seconds(request: AccessRequest, policies: PolicySet) -> float:
    start = time.perf_counter()
    decide(request, policies)
    return time.perf_counter() - start


def _bytes_kept(calls: Sequence[Call]) -> float:
    """Return the memory that is still held once all the decisions are made and gone."""
    with undisturbed():
        tracemalloc.start()
        for call in calls:
            call()
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return held / len(calls)


def _bytes_a_principal(
    users: Sequence[User], requests: Sequence[AccessRequest], *, shared: bool
) -> tuple[float, float]:
    for user in users:
        # Written down now, the texts do not count.
        _ = [policy.document for policy in user.policies]
    make = PolicySets(shared=shared).make
    with undisturbed():
        tracemalloc.start()
        sets = [make(user) for user in users]
        made, _ = tracemalloc.get_traced_memory()
        for policies in sets:
            for request in requests:
                decide(request, policies)
        used, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return made / len(users), used / len(users)

"""`make fuzz`: a million questions put to engine, reference and checker, and hostile texts put to the parser.

    python -m tests.differential.fuzz --cases 1000000 [--seed N] [--processes 2]

A question that is not agreed on is printed as JSON, as small as leaving things out makes it; kept in tests/cases/found/
it is asked again on every run of the tests.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from random import Random
from typing import Any

from tests.differential.agreement import Answer, Unsettled, agree_on, agreed_answers
from tests.differential.hostile import examine_texts

BATCH = 10_000
TEXTS_PER_BATCH = 200
REPORT_EVERY = 10

Json = dict[str, Any]


def seeded(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - a question is to be found again by its seed


def run_batch(seed: str, cases: int) -> Counter[Answer]:
    """Return how often each answer was agreed on.

    Raises:
        Unsettled: for the smallest question like the first that is not agreed on.
    """
    examine_texts(seeded(seed), TEXTS_PER_BATCH)
    try:
        return Counter(agreed_answers(seeded(seed), cases))
    except Unsettled as found:
        small = smallest(found.question, fails_as(found.__cause__))
        raise Unsettled(small, f"seed {seed}: {found.why}") from found


def smallest(question: Any, fails: Callable[[Any], bool]) -> Any:
    """Leave out whatever can be left out while the question still fails."""
    while (smaller := next(filter(fails, without_one_thing(question)), None)) is not None:
        question = smaller
    return question


def fails_as(error: BaseException | None) -> Callable[[Json], bool]:
    """Return what says whether a question fails with an error of the same kind, not merely for what was left out."""

    def fails(question: Json) -> bool:
        try:
            agree_on(question)
        except Exception as found:  # noqa: BLE001 - whatever is raised is compared
            return type(found) is type(error)
        return False

    return fails


def without_one_thing(value: Any) -> Iterator[Any]:
    """Yield the value with one member or item left out, at any depth, the largest parts first."""
    if isinstance(value, dict):
        for key in value:
            yield {each: kept for each, kept in value.items() if each != key}
        for key, inner in value.items():
            for smaller in without_one_thing(inner):
                yield {**value, key: smaller}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
        for index, inner in enumerate(value):
            for smaller in without_one_thing(inner):
                yield [*value[:index], smaller, *value[index + 1 :]]


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is a command; its progress is read as it goes


def main() -> int:
    """Run it, and return the exit status: 1 when something is not agreed on."""
    arguments = argparse.ArgumentParser(description="Ask engine, reference and certificate checker the same questions.")
    arguments.add_argument("--cases", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=int(time.time()))
    arguments.add_argument("--processes", type=int, default=2)
    chosen = arguments.parse_args()
    sizes = [min(BATCH, chosen.cases - start) for start in range(0, chosen.cases, BATCH)]
    seeds = [f"{chosen.seed}/{number}" for number in range(len(sizes))]
    started, counts = time.monotonic(), Counter[Answer]()
    say(f"{chosen.cases:,} cases from seed {chosen.seed} in {chosen.processes} processes")
    with ProcessPoolExecutor(chosen.processes) as workers:
        try:
            for number, batch in enumerate(workers.map(run_batch, seeds, sizes), 1):
                counts += batch
                if number % REPORT_EVERY == 0 or number == len(sizes):
                    rate = counts.total() / (time.monotonic() - started)
                    say(f"{counts.total():>12,} cases, {rate:,.0f} a second")
        except Unsettled as found:
            workers.shutdown(cancel_futures=True)
            say(f"disagreement, {found.why}\n{json.dumps(found.question, indent=2)}")
            return 1
    for (decision, kind), count in sorted(counts.items(), key=str):
        say(f"{count:>12,}  {count / counts.total():6.1%}  {decision}{f' by {kind}' if kind else ''}")
    say(f"{counts.total():,} cases, {len(sizes) * TEXTS_PER_BATCH:,} hostile texts, no disagreement")
    return 0


if __name__ == "__main__":
    sys.exit(main())

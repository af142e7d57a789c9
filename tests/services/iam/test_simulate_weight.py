"""The bound on what one simulation takes: it counts what statements list, not statements."""

import json
import tracemalloc
from typing import Any

import pytest

from ostiary.policy import PolicyKind
from ostiary.services.iam.simulate.caller import nobody
from ostiary.services.iam.simulate.evaluate import Evaluator, Simulation
from ostiary.services.iam.simulate.policies import SimulatedPolicies, given_policies
from ostiary.services.iam.simulate.weight import weigh
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import ContextValue
from tests.services.iam.simulating import OBJECT, allow, document, entry

DECISION = 20
MANY = [f"arn:aws:s3:::b/{number:05}" for number in range(2_000)]


def simulated(*statements: dict[str, Any]) -> SimulatedPolicies:
    return SimulatedPolicies(given_policies("PolicyInputList", [document(*statements)], PolicyKind.IDENTITY))


def asking(**condition: Any) -> dict[str, Any]:
    return allow(Condition={"StringLike": condition})


WEIGHTS: list[tuple[list[dict[str, Any]], dict[str, ContextValue], int]] = [
    ([allow()], {}, 3),
    ([allow(), allow()], {}, 6),
    ([allow() | {"Action": ["s3:Get*", "s3:Put*"], "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::b", "*"]}], {}, 6),
    ([allow(resource="arn:aws:s3:::${a:b}/${c:d}")], {}, 23),
    ([allow(resource="arn:aws:s3:::" + "x" * 200)], {}, 5),
    ([asking(k=["a", "b"])], {}, 6),
    ([asking(k=["a", "b"])], {"k": "x"}, 6),
    ([asking(k=["a", "b"])], {"k": ()}, 6),
    ([asking(K=["a", "b"])], {"k": ("x", "y", "z")}, 10),
    ([asking(k=["a", "b"])], {"k": "x" * 4_000}, 14),
    ([asking(k=["a", "b"])], {"other": "x" * 4_000}, 6),
]


@pytest.mark.parametrize(("statements", "context", "weight"), WEIGHTS)
def test_a_statement_weighs_what_it_lists(
    statements: list[dict[str, Any]], context: dict[str, ContextValue], weight: int
) -> None:
    assert weigh(simulated(*statements).compiled, context) == DECISION + weight


def test_principals_weigh_too() -> None:
    principals = {"AWS": ["111122223333", "444455556666"], "Service": "s3.amazonaws.com"}
    text = document({"Principal": principals, "Resource": OBJECT})
    assert weigh([given_policies("x", [text], PolicyKind.RESOURCE)[0].compiled], {}) == DECISION + 6


def test_a_statement_that_lists_much_leaves_room_for_few_actions(iam: Any) -> None:
    policy = document(allow() | {"Resource": MANY})
    names = [f"s3:Get{number}" for number in range(200)]
    answer = iam.simulate_custom_policy(PolicyInputList=[policy], ActionNames=names, MaxItems=1000)
    assert (len(answer["EvaluationResults"]), answer["IsTruncated"]) == (148, True)


def test_a_decision_weighs_even_where_policies_say_nothing(iam: Any) -> None:
    names = [f"s3:Get{number}" for number in range(200)]
    resources = [f"{OBJECT}{number}" for number in range(300)]
    given = {"PolicyInputList": [document(allow("iam:*"))], "ActionNames": names, "ResourceArns": resources}
    answer = iam.simulate_custom_policy(**given, MaxItems=1000)
    assert (len(answer["EvaluationResults"]), answer["IsTruncated"]) == (43, True)


def test_what_is_too_much_for_one_action_is_refused(unchecked: Any) -> None:
    values = [f"v{number}" for number in range(400)]
    with pytest.raises(unchecked.exceptions.InvalidInputException, match="must not exceed 300000"):
        unchecked.simulate_custom_policy(
            PolicyInputList=[document(asking(**{"x:key": values}))],
            ActionNames=["s3:GetObject"],
            ContextEntries=[entry("X:Key", "stringList", *values, *values)],
        )


def test_deciding_on_ever_new_actions_takes_no_more_memory() -> None:
    policies = simulated(json.loads(document(allow() | {"Resource": MANY}))["Statement"][0])
    evaluator = Evaluator(Simulation(nobody(AccountId("111122223333")), policies, {}, None))
    evaluator.evaluate("s3:Get", MANY[:1])
    tracemalloc.start()
    try:
        for number in range(30):
            evaluator.evaluate(f"s3:Get{number}", MANY[:1])
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # What is worked out for one action takes more than this.
    assert kept < 200_000

"""Every case of tests/cases/policy, put to the product and to the reference evaluator."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.policy.cases import ACCOUNT, ALICE, CALLERS, DEPLOY, Question, ask_engine, ask_model, cases_of, document

Evaluator = Callable[[Question], tuple[str, str | None]]

both_evaluators = pytest.mark.parametrize("ask", [ask_engine, ask_model], ids=["engine", "model"])

NAMES = {
    "user": {"AWS": ALICE},
    "role": {"AWS": DEPLOY},
    "session": {"AWS": CALLERS["session"]["arn"]},
    "federated_user": {"AWS": CALLERS["federated_user"]["arn"]},
    "account": {"AWS": ACCOUNT},
    "service": {"Service": "ec2.amazonaws.com"},
    "everybody": "*",
    "stranger": {"AWS": "arn:aws:iam::999988887777:user/mallory"},
}


def named(name: str) -> pytest.MarkDecorator:
    cases = list(cases_of(name))
    return pytest.mark.parametrize(
        "case", cases, ids=[f"{case['source'].split('/')[-1]}: {case['note']}" for case in cases]
    )


@both_evaluators
@named("conditions.yaml")
def test_condition(ask: Evaluator, case: dict[str, Any]) -> None:
    everything = {"Action": "*", "Resource": "*"}
    version = case.get("version", "2012-10-17")
    allow = {**everything, "Effect": "Allow", "Condition": case["condition"]}
    deny = {**everything, "Effect": "Deny", "Condition": case["condition"]}
    question = Question(CALLERS["alice"], context=case["context"], identity=(document(allow, version=version),))
    assert ask(question)[0] == ("allow" if case["met"] is True else "implicit deny")
    always = document({**everything, "Effect": "Allow"})
    question = Question(CALLERS["alice"], context=case["context"], identity=(always, document(deny, version=version)))
    assert ask(question)[0] == ("allow" if case["met"] is False else "explicit deny")


@both_evaluators
@named("statements.yaml")
def test_statement(ask: Evaluator, case: dict[str, Any]) -> None:
    allow = document({"Effect": "Allow", **case["statement"]}, version=case.get("version", "2012-10-17"))
    question = Question(
        CALLERS["alice"],
        action=case.get("action", "iam:GetUser"),
        resource=case.get("resource", ALICE),
        context=case.get("context", {}),
        identity=(allow,),
    )
    assert ask(question)[0] == ("allow" if case["applies"] else "implicit deny")


@both_evaluators
@named("principals.yaml")
def test_principal(ask: Evaluator, case: dict[str, Any]) -> None:
    element = {"Principal": case["principal"]} if "principal" in case else {"NotPrincipal": case["not_principal"]}
    caller = CALLERS[case["caller"]]
    everything = {"Action": "*", "Resource": "*"}
    allow = {"Effect": "Allow", **everything, **element}
    limited = Question(caller, attached=document(allow), identity=(), boundary=())
    allowing = document({"Effect": "Allow", **everything})
    answers = {
        "identity allows, the resource must": ask(
            Question(caller, attached=document(allow), identity=(allowing,), trust=True)
        )[0],
        "identity allows nothing": ask(Question(caller, attached=document(allow), trust=True))[0],
        "nor does the boundary": ask(limited)[0],
    }
    expected = {"none": 0, "account": 1, "role": 2, "direct": 3}[case["reach"]]
    wanted = ["allow"] * expected + ["implicit deny"] * (3 - expected)
    if caller["kind"] == "ROOT":
        wanted[-1] = "allow"  # The root user needs nobody's leave in its own account.
    assert list(answers.values()) == wanted

    deny = {"Effect": "Deny", **everything, **element}
    everybody = {"Effect": "Allow", **everything, "Principal": "*"}
    answer, _ = ask(Question(caller, attached=document(everybody, deny), identity=(allowing,)))
    assert answer == ("explicit deny" if case.get("denied", expected > 0) else "allow")


@both_evaluators
@named("layers.yaml")
def test_layers(ask: Evaluator, case: dict[str, Any]) -> None:
    question = Question(
        CALLERS[case["caller"]],
        owner=case.get("owner"),
        identity=_documents(case.get("identity", "nothing")) or (),
        boundary=_documents(case.get("boundary")),
        session=_documents(case.get("session")),
        attached=_attached(case),
        trust=case.get("trust", False),
    )
    assert ask(question) == (case["expect"], case.get("layer"))


def _statements(holds: str | list[str], **element: Any) -> list[dict[str, Any]]:
    elements = {"Action": "iam:GetUser", "Resource": "*", **element}
    effects = {"allow": {"Effect": "Allow", **elements}, "deny": {"Effect": "Deny", **elements}}
    nothing = {"Effect": "Allow", **elements, "Action": "s3:GetObject"}
    return [effects.get(each, nothing) for each in ([holds] if isinstance(holds, str) else holds)]


def _documents(holds: str | list[str] | None) -> tuple[dict[str, Any], ...] | None:
    return None if holds is None else tuple(document(statement) for statement in _statements(holds))


def _attached(case: dict[str, Any]) -> dict[str, Any] | None:
    holds = case.get("resource")
    return None if holds is None else document(*_statements(holds, Principal=NAMES[case["names"]]))

"""Which policies make an administrator: those with a statement that allows everything on everything.

Security Hub's IAM.1 looks at single statements, with `Action` and `Resource` of `*`; a Deny elsewhere does not excuse
one. A statement that allows with `NotAction` is counted too where it leaves a way in IAM to give oneself the rest;
without one, as in PowerUserAccess, it is not.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1
"""

from functools import cache

from ostiary.governance.controls.documents import actions_of, allowing, is_about, nobodys
from ostiary.governance.controls.escalation import ALONE
from ostiary.policy import CompiledPolicy, CompiledStatement
from ostiary.values.identifiers import AccountId


def find_administration(policy: CompiledPolicy, account: AccountId) -> str | None:
    """Return how a policy makes an administrator, or None."""
    anything = nobodys(account, "anything", "nobodys")
    for statement in allowing(policy):
        if is_about(statement, anything) and (how := _all_actions(statement)):
            return f"allows {how} on every resource"
    return None


def _all_actions(statement: CompiledStatement) -> str | None:
    if statement.written.actions.negated:
        gives_the_rest = any(map(statement.action.test, _iam_alone()))
        return "by NotAction what gives everything" if gives_the_rest else None
    # Tried last to first, the actions of the many services that nobody writes about come early.
    is_all = all(statement.action.test(action) for action in reversed(_all_folded()))
    return "every action" if is_all else None


@cache
def _iam_alone() -> tuple[str, ...]:
    return tuple(action.lower() for action in ALONE if action.startswith("iam:"))


@cache
def _all_folded() -> tuple[str, ...]:
    return tuple(action.lower() for action in actions_of("*"))

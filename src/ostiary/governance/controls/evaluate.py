"""Asks controls about an account."""

from collections.abc import Iterable, Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Finding, Status
from ostiary.governance.controls.facts import AccountFacts, NotToldError
from ostiary.governance.controls.registry import CONTROLS


def evaluate(facts: AccountFacts, controls: Iterable[Control] = CONTROLS) -> tuple[Finding, ...]:
    """Return what the controls say of an account's resources, control by control.

    A control that needs what the facts do not tell says so, once, of the account: `NOT_AVAILABLE`. One that is about
    things of which the account has none says nothing.
    """
    return tuple(finding for control in controls for finding in _findings(facts, control))


def _findings(facts: AccountFacts, control: Control) -> Iterator[Finding]:
    try:
        # All or nothing: what was said before the facts ran out is no verdict on the account.
        results = tuple(control.check(facts))
    except NotToldError as error:
        yield Finding(control, facts.arn, ACCOUNT, Status.NOT_AVAILABLE, str(error))
        return
    for result in results:
        yield Finding(control, result.resource_arn, result.resource_type, result.status, result.reason)

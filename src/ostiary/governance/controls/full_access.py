"""Policies that allow every action of a service on every resource."""

from collections.abc import Iterator

from ostiary.governance.controls.control import Result
from ostiary.governance.controls.documents import actions_of, check_inline, check_managed, is_allowed_on, nobodys
from ostiary.governance.controls.facts import AccountFacts
from ostiary.policy import CompiledPolicy


def check_full_access(facts: AccountFacts, service: str, resource: str) -> Iterator[Result]:
    """Yield for each of the account's own policies, managed and inline, whether it allows less than all of a service.

    Args:
        facts: the account.
        service: such as `kms`.
        resource: as `nobodys` has it.
    """
    arn = nobodys(facts.account, service, resource)

    def find_fault(policy: CompiledPolicy) -> str | None:
        is_full = all(is_allowed_on(policy, action, arn) for action in actions_of(service))
        return f"allows {service}:* on every resource" if is_full else None

    yield from check_managed(facts.policies, find_fault, f"allows less than all of {service}")
    yield from check_inline(facts, find_fault, f"no inline policy allows all of {service}")

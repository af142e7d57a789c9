"""From a `PolicyDocument` to a `CompiledPolicy`: all the work on a policy that needs no request."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ostiary.policy.document import Condition, Effect, PolicyDocument, PolicySource, Statement, StatementRef
from ostiary.policy.match import (
    EVERY_RESOURCE,
    ON_MALFORMED,
    ActionMatch,
    ConditionTest,
    Context,
    PrincipalTest,
    ResourceMatch,
    Truth,
    compile_actions,
    compile_condition,
    compile_principal,
    compile_resources,
    find_operator,
)
from ostiary.policy.request import AccessRequest


@dataclass(frozen=True, slots=True)
class CompiledCondition:
    """One condition, ready to be tested."""

    written: Condition
    test: ConditionTest = field(repr=False)


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """One statement, ready to be matched.

    `fits_resource` and `meets_conditions` are what a decision asks; there what cannot be decided has been settled
    (`OnMalformed`). `resource.test` and the single conditions are what an explanation asks.
    """

    ref: StatementRef
    written: Statement
    denies: bool
    action: ActionMatch
    resource: ResourceMatch
    reaches: PrincipalTest | None = field(repr=False)
    """How it reaches a principal; None when it is about whoever the policy is attached to."""
    conditions: tuple[CompiledCondition, ...]
    fits_resource: Callable[[AccessRequest], Truth] | None = field(repr=False)
    """True-like when the statement speaks of the request's resource; None when it speaks of every one."""
    meets_conditions: Callable[[Context], Truth] | None = field(repr=False)
    """True-like when the conditions hold; None when there are none."""

    @property
    def spares(self) -> bool:
        """It denies to everybody but whom it lists."""
        return self.denies and self.written.principal is not None and self.written.principal.negated

    def sparing_nobody(self) -> "CompiledStatement":
        """Return the statement with nobody spared."""
        return CompiledStatement(
            self.ref,
            self.written,
            self.denies,
            self.action,
            self.resource,
            None,
            self.conditions,
            self.fits_resource,
            self.meets_conditions,
        )


@dataclass(frozen=True, slots=True)
class CompiledPolicy:
    """A policy that can be decided with."""

    source: PolicySource
    statements: tuple[CompiledStatement, ...]
    _by_action: dict[str, list[CompiledStatement]] = field(repr=False, compare=False)
    """Those that write an action out in full."""
    _by_service: dict[str, list[CompiledStatement]] = field(repr=False, compare=False)
    """Those with a wildcard in the name of an action."""
    _of_any_action: list[CompiledStatement] = field(repr=False, compare=False)
    """Those with a wildcard for the service, and those with NotAction."""

    def select(self, action_key: str) -> list[CompiledStatement]:
        """Return the statements that speak of an action, in the order of the document.

        Args:
            action_key: the action, in lower case.
        """
        found = {each.ref.index: each for each in self._by_action.get(action_key, ())}
        service = action_key.partition(":")[0]
        for statements in (self._by_service.get(service, ()), self._of_any_action):
            found |= {each.ref.index: each for each in statements if each.action.test(action_key)}
        return [found[index] for index in sorted(found)]

    def sparing_nobody(self) -> "CompiledPolicy":
        """Return the policy as it is for a principal with a permissions boundary.

        A Deny with NotPrincipal denies it, whomever that lists.

        Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
        """
        return _indexed(self.source, tuple(each.sparing_nobody() if each.spares else each for each in self.statements))


def compile_policy(document: PolicyDocument, source: PolicySource) -> CompiledPolicy:
    """Return the policy in the form that `decide` takes.

    A managed policy needs to be compiled only once: what it does as an identity-based policy, a boundary or a session
    policy follows from its place in the `PolicySet`.

    Args:
        document: the parsed policy.
        source: where it comes from; its statements carry this into every decision.
    """
    statements = tuple(
        _compile_statement(statement, StatementRef(source, index, statement.sid), variables=document.has_variables)
        for index, statement in enumerate(document.statements)
    )
    return _indexed(source, statements)


def _indexed(source: PolicySource, statements: tuple[CompiledStatement, ...]) -> CompiledPolicy:
    by_action: dict[str, list[CompiledStatement]] = {}
    by_service: dict[str, list[CompiledStatement]] = {}
    of_any_action = []
    for statement in statements:
        if statement.action.services is None:
            of_any_action.append(statement)
            continue
        for literal in statement.action.literals:
            by_action.setdefault(literal, []).append(statement)
        for service in statement.action.services:
            by_service.setdefault(service, []).append(statement)
    return CompiledPolicy(source, statements, by_action, by_service, of_any_action)


def _compile_statement(statement: Statement, ref: StatementRef, *, variables: bool) -> CompiledStatement:
    denies = statement.effect is Effect.DENY
    resource = EVERY_RESOURCE
    if statement.resources is not None:
        resource = compile_resources(statement.resources, variables=variables)
    conditions = tuple(_compile_conditions(statement.conditions, variables=variables))
    return CompiledStatement(
        ref,
        statement,
        denies,
        action=compile_actions(statement.actions),
        resource=resource,
        reaches=None if statement.principal is None else compile_principal(statement.principal, denies=denies),
        conditions=conditions,
        fits_resource=_settle_resource(resource, denies=denies),
        meets_conditions=ON_MALFORMED.settle([each.test for each in conditions], denies=denies),
    )


def _settle_resource(resource: ResourceMatch, *, denies: bool) -> Callable[[AccessRequest], Truth] | None:
    if resource.test is None or not resource.leaves_open:
        return resource.test
    return ON_MALFORMED.settle([resource.test], denies=denies)


def _compile_conditions(conditions: tuple[Condition, ...], *, variables: bool) -> Iterable[CompiledCondition]:
    for condition in conditions:
        operator = find_operator(condition.operator)
        test = _undecidable if operator is None else compile_condition(condition, operator, variables=variables)
        yield CompiledCondition(condition, test)


def _undecidable(_: object) -> None:
    # `parse_policy` lets no unknown operator through; a document made in another way fails closed.
    return None

"""From a `PolicyDocument` to a `CompiledPolicy`: all the work on a policy that needs no request."""

from dataclasses import dataclass, field

from ostiary.policy.document import Condition, Effect, PolicyDocument, PolicySource, Statement, StatementRef
from ostiary.policy.match import (
    ActionTest,
    ConditionTest,
    Grant,
    PrincipalTest,
    ResourceTest,
    compile_actions,
    compile_condition,
    compile_principal,
    compile_resources,
    find_operator,
)
from ostiary.policy.principal import Principal

_VERSION_WITH_VARIABLES = "2012-10-17"


@dataclass(frozen=True, slots=True)
class CompiledCondition:
    """One condition, ready to be tested."""

    written: Condition
    test: ConditionTest = field(repr=False)


@dataclass(frozen=True, slots=True)
class CompiledStatement:
    """One statement, ready to be matched."""

    ref: StatementRef
    written: Statement
    denies: bool
    speaks_of_action: ActionTest = field(repr=False)
    speaks_of_resource: ResourceTest = field(repr=False)
    reaches: PrincipalTest = field(repr=False)
    conditions: tuple[CompiledCondition, ...]


@dataclass(frozen=True, slots=True)
class CompiledPolicy:
    """A policy that can be decided with."""

    source: PolicySource
    statements: tuple[CompiledStatement, ...]
    denies: tuple[CompiledStatement, ...] = field(repr=False)
    """Those of `statements` whose effect is Deny; they are looked at first."""
    allows: tuple[CompiledStatement, ...] = field(repr=False)
    """Those of `statements` whose effect is Allow."""


def compile_policy(document: PolicyDocument, source: PolicySource) -> CompiledPolicy:
    """Return the policy in the form that `decide` takes.

    A managed policy needs to be compiled only once: what it does as an identity-based policy, a boundary or a session
    policy follows from its place in the `PolicySet`.

    Args:
        document: the parsed policy.
        source: where it comes from; its statements carry this into every decision.
    """
    variables = document.version == _VERSION_WITH_VARIABLES
    statements = tuple(
        _compile_statement(statement, StatementRef(source, index, statement.sid), variables=variables)
        for index, statement in enumerate(document.statements)
    )
    return CompiledPolicy(
        source,
        statements,
        denies=tuple(statement for statement in statements if statement.denies),
        allows=tuple(statement for statement in statements if not statement.denies),
    )


def _compile_statement(statement: Statement, ref: StatementRef, *, variables: bool) -> CompiledStatement:
    denies = statement.effect is Effect.DENY
    return CompiledStatement(
        ref,
        statement,
        denies,
        speaks_of_action=compile_actions(statement.actions),
        speaks_of_resource=_any_resource
        if statement.resources is None
        else compile_resources(statement.resources, variables=variables),
        reaches=_anyone if statement.principal is None else compile_principal(statement.principal, denies=denies),
        conditions=tuple(_compile_conditions(statement.conditions, variables=variables)),
    )


def _compile_conditions(conditions: tuple[Condition, ...], *, variables: bool) -> list[CompiledCondition]:
    compiled = []
    for condition in conditions:
        operator = find_operator(condition.operator)
        test = _undecidable if operator is None else compile_condition(condition, operator, variables=variables)
        compiled.append(CompiledCondition(condition, test))
    return compiled


def _any_resource(*_: object) -> bool:
    return True


def _anyone(_: Principal) -> Grant:
    # Without a Principal element the statement is about whoever the policy is attached to.
    return Grant.DIRECT


def _undecidable(_: object) -> None:
    # `parse_policy` lets no unknown operator through; a document made in another way fails closed.
    return None

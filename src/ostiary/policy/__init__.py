"""The policy language: parses policies, compiles them, decides requests with them and explains the decision."""

from ostiary.policy.compile import CompiledPolicy, CompiledStatement, compile_policy
from ostiary.policy.decide import Decision, PolicySet, decide
from ostiary.policy.document import (
    Condition,
    Effect,
    Patterns,
    PolicyDocument,
    PolicyKind,
    PolicySource,
    PrincipalElement,
    Statement,
    StatementRef,
)
from ostiary.policy.errors import MalformedPolicy, PolicyError
from ostiary.policy.evaluate import match_statement
from ostiary.policy.explain import (
    Explanation,
    LayerOutcome,
    Mismatch,
    MismatchReason,
    StatementOutcome,
    explain,
    explanation_lines,
)
from ostiary.policy.match import Grant
from ostiary.policy.parse import parse_policy
from ostiary.policy.phrases import denial_phrase
from ostiary.policy.principal import Principal, PrincipalKind
from ostiary.policy.request import AccessRequest

__all__ = [
    "AccessRequest",
    "CompiledPolicy",
    "CompiledStatement",
    "Condition",
    "Decision",
    "Effect",
    "Explanation",
    "Grant",
    "LayerOutcome",
    "MalformedPolicy",
    "Mismatch",
    "MismatchReason",
    "Patterns",
    "PolicyDocument",
    "PolicyError",
    "PolicyKind",
    "PolicySet",
    "PolicySource",
    "Principal",
    "PrincipalElement",
    "PrincipalKind",
    "Statement",
    "StatementOutcome",
    "StatementRef",
    "compile_policy",
    "decide",
    "denial_phrase",
    "explain",
    "explanation_lines",
    "match_statement",
    "parse_policy",
]

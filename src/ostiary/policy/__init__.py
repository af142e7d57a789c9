"""The policy language: parses policies, compiles them, decides requests with them and explains the decision."""

from ostiary.policy.certificate import LAYER_NAMES, certify
from ostiary.policy.compile import CompiledPolicy, CompiledStatement, compile_policy
from ostiary.policy.decide import decide
from ostiary.policy.decision import Decision
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
from ostiary.policy.errors import MalformedPolicy, MalformedQuestion, PolicyError
from ostiary.policy.evaluate import match_statement
from ostiary.policy.explain import (
    Explanation,
    LayerOutcome,
    Mismatch,
    MismatchReason,
    PolicyOutcome,
    StatementOutcome,
    explain,
)
from ostiary.policy.explain_text import explanation_lines
from ostiary.policy.match import Grant
from ostiary.policy.parse import parse_policy
from ostiary.policy.phrases import denial_phrase
from ostiary.policy.policy_set import NO_RESOURCE_POLICIES, ControlLevel, PolicySet, ResourcePolicies
from ostiary.policy.principal import Principal, PrincipalKind
from ostiary.policy.question import (
    Question,
    parse_policies,
    parse_principal,
    parse_question,
    parse_request,
    request_json,
)
from ostiary.policy.request import AccessRequest

__all__ = [
    "LAYER_NAMES",
    "NO_RESOURCE_POLICIES",
    "AccessRequest",
    "CompiledPolicy",
    "CompiledStatement",
    "Condition",
    "ControlLevel",
    "Decision",
    "Effect",
    "Explanation",
    "Grant",
    "LayerOutcome",
    "MalformedPolicy",
    "MalformedQuestion",
    "Mismatch",
    "MismatchReason",
    "Patterns",
    "PolicyDocument",
    "PolicyError",
    "PolicyKind",
    "PolicyOutcome",
    "PolicySet",
    "PolicySource",
    "Principal",
    "PrincipalElement",
    "PrincipalKind",
    "Question",
    "ResourcePolicies",
    "Statement",
    "StatementOutcome",
    "StatementRef",
    "certify",
    "compile_policy",
    "decide",
    "denial_phrase",
    "explain",
    "explanation_lines",
    "match_statement",
    "parse_policies",
    "parse_policy",
    "parse_principal",
    "parse_question",
    "parse_request",
    "request_json",
]

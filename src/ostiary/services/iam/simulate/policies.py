"""The policies that take part in a simulation, named as IAM's answers name them."""

from dataclasses import dataclass
from functools import cached_property

from ostiary.policy import (
    CompiledPolicy,
    ControlLevel,
    PolicyDocument,
    PolicyKind,
    PolicySet,
    PolicySource,
    ResourcePolicies,
    compile_policy,
)
from ostiary.policy.spans import Spans, find_spans
from ostiary.services.iam.documents import simulated_document
from ostiary.services.iam.policy_sources import AttachedText, InlineText


@dataclass(frozen=True)
class SimulatedPolicy:
    """One policy: its text, to point into, and what it comes to."""

    source: PolicySource
    """Its `name` is what IAM calls the `SourcePolicyId`."""
    text: str
    document: PolicyDocument
    compiled: CompiledPolicy

    @cached_property
    def spans(self) -> Spans:
        """Where each value stands in the text, found when it is first asked for."""
        return find_spans(self.text)


@dataclass(frozen=True, slots=True)
class SimulatedPolicies:
    """All policies of a simulation."""

    identity: tuple[SimulatedPolicy, ...]
    boundary: SimulatedPolicy | None = None
    resource: SimulatedPolicy | None = None
    service_control: tuple[ControlLevel, ...] = ()

    @property
    def by_source(self) -> dict[PolicySource, SimulatedPolicy]:
        """Those that answers may point to; service control policies are not among them."""
        named = (*self.identity, *filter(None, (self.boundary, self.resource)))
        return {policy.source: policy for policy in named}

    @property
    def compiled(self) -> tuple[CompiledPolicy, ...]:
        """All that a decision has to look at."""
        controls = (policy for level in self.service_control for policy in level.policies)
        return (*(policy.compiled for policy in self.by_source.values()), *controls)

    def binding(self) -> PolicySet:
        """Return those that bind the caller, with nothing worked out of them yet."""
        return PolicySet(
            identity=tuple(policy.compiled for policy in self.identity),
            boundary=(self.boundary.compiled,) if self.boundary else None,
            service_control=self.service_control,
        )

    def guarding(self) -> ResourcePolicies:
        """Return those that guard the resources, with nothing worked out of them yet."""
        return ResourcePolicies(self.resource.compiled if self.resource else None)


def given_policies(parameter: str, texts: list[str], kind: PolicyKind) -> tuple[SimulatedPolicy, ...]:
    """Return the policies of a parameter, named after it and their place in it: `PolicyInputList.1`.

    Raises:
        Fault: `InvalidInput`, one of them is no policy of its kind.
    """
    names = (f"{parameter}.{number}" for number in range(1, len(texts) + 1))
    return tuple(make_policy(PolicySource(kind, name, name), text) for name, text in zip(names, texts, strict=True))


def kept_policy(kept: InlineText | AttachedText, kind: PolicyKind) -> SimulatedPolicy:
    """Return a policy of the account: a managed one goes by its name, an inline one as `user_alice_Policy`."""
    if isinstance(kept, AttachedText):
        return make_policy(PolicySource(kind, kept.arn, kept.name), kept.document)
    owner = (kept.owner_kind.value.lower(), kept.owner, kept.name)
    # Names hold no slash, so the ID is unique where the name that IAM gives it may not be.
    return make_policy(PolicySource(kind, "/".join(owner), "_".join(owner)), kept.document)


def make_policy(source: PolicySource, text: str) -> SimulatedPolicy:
    """Return a policy ready to be simulated.

    Raises:
        Fault: `InvalidInput`, it is no policy of its kind.
    """
    document = simulated_document(text, source.kind)
    return SimulatedPolicy(source, text, document, compile_policy(document, source))

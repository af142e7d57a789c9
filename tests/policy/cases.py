"""The cases of tests/cases/policy, and the one way in which both evaluators are asked about them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ostiary.policy import (
    AccessRequest,
    CompiledPolicy,
    PolicyKind,
    PolicySet,
    PolicySource,
    Principal,
    PrincipalKind,
    ResourcePolicies,
    compile_policy,
    decide,
    parse_policy,
)
from tests.model.iam_model import is_authorized

FOLDER = Path(__file__).parents[1] / "cases" / "policy"
ACCOUNT = "111122223333"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
DEPLOY = f"arn:aws:iam::{ACCOUNT}:role/Deploy"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"

CALLERS: Mapping[str, Mapping[str, Any]] = {
    "root": {"kind": "ROOT", "arn": ROOT, "account": ACCOUNT},
    "alice": {
        "kind": "USER",
        "arn": ALICE,
        "account": ACCOUNT,
        "unique_id": "AIDAALICE00000000000",
        "canonical_id": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be",
    },
    "session": {
        "kind": "ROLE_SESSION",
        "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/Deploy/ci",
        "account": ACCOUNT,
        "issuer_arn": DEPLOY,
        "issuer_id": "AROADEPLOY0000000000",
    },
    "federated_user": {
        "kind": "FEDERATED_USER",
        "arn": f"arn:aws:sts::{ACCOUNT}:federated-user/fred",
        "account": ACCOUNT,
        "issuer_arn": ALICE,
        "issuer_id": "AIDAALICE00000000000",
    },
    "federated_root": {
        "kind": "FEDERATED_USER",
        "arn": f"arn:aws:sts::{ACCOUNT}:federated-user/fred",
        "account": ACCOUNT,
        "issuer_arn": ROOT,
    },
    "service": {"kind": "SERVICE", "arn": "ec2.amazonaws.com", "account": ""},
    "saml": {"kind": "FEDERATED", "arn": f"arn:aws:iam::{ACCOUNT}:saml-provider/corp", "account": ""},
    "web": {"kind": "FEDERATED", "arn": "accounts.google.com", "account": ""},
    "anonymous": {"kind": "ANONYMOUS", "arn": "", "account": ""},
}


@dataclass(frozen=True)
class Question:
    """A request and the documents that apply to it, as plain as the model wants them."""

    caller: Mapping[str, Any]
    action: str = "iam:GetUser"
    resource: str = ALICE
    context: Mapping[str, Any] = field(default_factory=dict)
    owner: str | None = None
    identity: tuple[Mapping[str, Any], ...] = ()
    boundary: tuple[Mapping[str, Any], ...] | None = None
    session: tuple[Mapping[str, Any], ...] | None = None
    attached: Mapping[str, Any] | None = None
    trust: bool = False

    @property
    def request(self) -> AccessRequest:
        caller = dict(self.caller)
        kind = PrincipalKind[caller.pop("kind")]
        return AccessRequest(Principal(kind, **caller), self.action, self.resource, self.values, self.owner)

    @property
    def values(self) -> dict[str, Any]:
        return {key: value if isinstance(value, str) else tuple(value) for key, value in self.context.items()}

    @property
    def policies(self) -> PolicySet:
        return PolicySet(
            identity=_compile_all(self.identity, PolicyKind.IDENTITY) or (),
            boundary=_compile_all(self.boundary, PolicyKind.BOUNDARY),
            session=_compile_all(self.session, PolicyKind.SESSION),
        )

    @property
    def resource_policies(self) -> ResourcePolicies:
        # A case may give a trust policy a Resource, so it is parsed as any resource's policy is.
        attached_kind = PolicyKind.TRUST if self.trust else PolicyKind.RESOURCE
        return ResourcePolicies(
            None if self.attached is None else compiled(self.attached, PolicyKind.RESOURCE, attached_kind),
            must_allow=self.trust,
        )


_LAYERS = {
    PolicyKind.IDENTITY: "identity",
    PolicyKind.BOUNDARY: "boundary",
    PolicyKind.SESSION: "session",
    PolicyKind.RESOURCE: "resource",
    PolicyKind.TRUST: "trust",
}


def ask_engine(question: Question) -> tuple[str, str | None]:
    """Return the product's answer in the model's words."""
    decision = decide(question.request, question.policies, question.resource_policies)
    if decision.allowed:
        return "allow", None
    assert decision.layer is not None
    return "explicit deny" if decision.explicit_deny else "implicit deny", _LAYERS[decision.layer]


def ask_model(question: Question) -> tuple[str, str | None]:
    """Return the reference evaluator's answer."""
    policies = {
        "identity": list(question.identity),
        "boundary": None if question.boundary is None else list(question.boundary),
        "session": None if question.session is None else list(question.session),
        "trust" if question.trust else "resource": question.attached,
    }
    request = {
        "principal": {**question.caller, "kind": question.caller["kind"].lower()},
        "action": question.action,
        "resource": question.resource,
        "context": question.context,
        "resource_account": question.owner,
    }
    decision, layer = is_authorized({"request": request, "policies": policies})
    return decision.replace("_", " "), layer


def compiled(
    document: Mapping[str, Any], kind: PolicyKind = PolicyKind.IDENTITY, source_kind: PolicyKind | None = None
) -> CompiledPolicy:
    """Return a document compiled, by way of its text."""
    source = PolicySource(source_kind or kind, "inline", f"test {kind.value}")
    return compile_policy(parse_policy(json.dumps(document), kind), source)


def document(*statements: Mapping[str, Any], version: str = "2012-10-17") -> dict[str, Any]:
    return {"Version": version, "Statement": list(statements)}


def cases_of(name: str) -> Iterator[dict[str, Any]]:
    """Yield the cases of one file, each with its page."""
    for group in yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")):
        for case in group["cases"]:
            yield {"source": group["source"], **case}


def _compile_all(
    documents: tuple[Mapping[str, Any], ...] | None, kind: PolicyKind
) -> tuple[CompiledPolicy, ...] | None:
    return None if documents is None else tuple(compiled(each, kind) for each in documents)

"""A question in plain JSON: a request and the policies that decide it, as the conformance vectors write them.

The form is described in `conformance/README.md`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.policy.certificate import LAYER_NAMES
from ostiary.policy.compile import CompiledPolicy, compile_policy
from ostiary.policy.document import PolicyKind, PolicySource
from ostiary.policy.errors import MalformedQuestion
from ostiary.policy.parse import parse_policy
from ostiary.policy.policy_set import ControlLevel, PolicySet, ResourcePolicies
from ostiary.policy.principal import Principal, PrincipalKind
from ostiary.policy.question_values import parse_context, write_json
from ostiary.policy.request import AccessRequest

_PRINCIPAL_KINDS = {
    "root": PrincipalKind.ROOT,
    "user": PrincipalKind.USER,
    "role_session": PrincipalKind.ROLE_SESSION,
    "federated_user": PrincipalKind.FEDERATED_USER,
    "service": PrincipalKind.SERVICE,
    "federated": PrincipalKind.FEDERATED,
    "anonymous": PrincipalKind.ANONYMOUS,
}
_KIND_NAMES = {kind: name for name, kind in _PRINCIPAL_KINDS.items()}
_KINDS_BY_NAME = {name: kind for kind, name in LAYER_NAMES.items()}
_PRINCIPAL_FIELDS = frozenset({"kind", "arn", "account", "issuer_arn", "unique_id", "issuer_id", "canonical_id"})
_REQUEST_FIELDS = frozenset({"principal", "action", "resource", "resource_account", "context"})
_ARN = re.compile(r"arn:(?P<partition>aws[a-z-]*):(iam|sts)::(?P<account>[0-9]{12}):(?P<type>[a-z-]+)(/.*)?", re.ASCII)
_SESSION_ARN = re.compile(r"arn:aws[a-z-]*:sts::[0-9]{12}:assumed-role/(?P<role>[^/]+)/[^/]+", re.ASCII)
_DOMAIN = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
_KINDS_BY_ARN_TYPE = {
    "root": PrincipalKind.ROOT,
    "user": PrincipalKind.USER,
    "assumed-role": PrincipalKind.ROLE_SESSION,
    "federated-user": PrincipalKind.FEDERATED_USER,
    "saml-provider": PrincipalKind.FEDERATED,
    "oidc-provider": PrincipalKind.FEDERATED,
}
_OF_NO_ACCOUNT = (PrincipalKind.SERVICE, PrincipalKind.FEDERATED, PrincipalKind.ANONYMOUS)
_MAY_BE_EMPTY = {"account": _OF_NO_ACCOUNT, "arn": (PrincipalKind.ANONYMOUS,)}
"""Which members of a principal may be empty for whom; elsewhere an empty one could stand for a fact and prove none."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that `decide` takes."""

    request: AccessRequest
    policies: PolicySet
    resource_policies: ResourcePolicies


def parse_question(written: Mapping[str, Any]) -> Question:
    """Return the question that a JSON value asks; its policies may be JSON values, or JSON texts.

    Raises:
        MalformedQuestion: it is none; the message names the member.
        MalformedPolicy: one of its policies is none.
    """
    request, policies = _member(written, "request", dict), _member(written, "policies", dict)
    return Question(parse_request(request), *parse_policies(policies))


def parse_policies(written: Mapping[str, Any]) -> tuple[PolicySet, ResourcePolicies]:
    """Return the policies of a question.

    Raises:
        MalformedQuestion: as for `parse_question`.
        MalformedPolicy: likewise.
    """
    _refuse_unknown(written, _KINDS_BY_NAME.keys(), "policies")
    layers = {_KINDS_BY_NAME[name]: value for name, value in written.items() if value is not None}
    if PolicyKind.RESOURCE in layers and PolicyKind.TRUST in layers:
        raise MalformedQuestion("policies: `resource` and `trust` exclude each other")
    own_kind = PolicyKind.TRUST if PolicyKind.TRUST in layers else PolicyKind.RESOURCE
    own = layers.get(own_kind)
    return (
        PolicySet(
            identity=_policies(layers, PolicyKind.IDENTITY) or (),
            boundary=_policies(layers, PolicyKind.BOUNDARY),
            session=_policies(layers, PolicyKind.SESSION),
            service_control=_levels(layers, PolicyKind.SERVICE_CONTROL),
        ),
        ResourcePolicies(
            policy=None if own is None else _policy(own, own_kind, LAYER_NAMES[own_kind]),
            must_allow=own_kind is PolicyKind.TRUST,
            resource_control=_levels(layers, PolicyKind.RESOURCE_CONTROL),
        ),
    )


def parse_request(written: Mapping[str, Any]) -> AccessRequest:
    """Return the request of a question.

    Raises:
        MalformedQuestion: as for `parse_question`.
    """
    _refuse_unknown(written, _REQUEST_FIELDS, "request")
    account = written.get("resource_account")
    if account is not None and not isinstance(account, str):
        raise MalformedQuestion("`resource_account` must be a text")
    return AccessRequest(
        parse_principal(written.get("principal", "")),
        _member(written, "action", str),
        _member(written, "resource", str),
        parse_context(written.get("context")),
        account,
    )


def parse_principal(written: object) -> Principal:
    """Return the principal that an object describes, or that an ARN, a domain name or `*` names.

    Raises:
        MalformedQuestion: it is none.
    """
    if isinstance(written, str):
        return _named_principal(written)
    if not isinstance(written, Mapping):
        raise MalformedQuestion("`principal` must be a text or an object")
    _refuse_unknown(written, _PRINCIPAL_FIELDS, "principal")
    kind = _PRINCIPAL_KINDS.get(_member(written, "kind", str))
    if kind is None:
        raise MalformedQuestion(f"`kind` must be one of {', '.join(_PRINCIPAL_KINDS)}")
    facts = {name: value for name, value in written.items() if name != "kind" and value is not None}
    if not all(isinstance(value, str) for value in facts.values()):
        raise MalformedQuestion("the members of `principal` must be texts")
    empty = sorted(name for name, value in facts.items() if not value and kind not in _MAY_BE_EMPTY.get(name, ()))
    if empty:
        raise MalformedQuestion(f"`{empty[0]}` is empty: leave it out when it is not known")
    arn = _ARN.fullmatch(facts.get("arn", ""))
    if "account" not in facts and arn and kind not in _OF_NO_ACCOUNT:
        facts["account"] = arn["account"]
    if kind not in _OF_NO_ACCOUNT and not facts.get("account"):
        raise MalformedQuestion("`principal` lacks its `account`")
    return Principal(kind, **facts)


def _named_principal(name: str) -> Principal:
    if name == "*":
        return Principal(PrincipalKind.ANONYMOUS)
    arn = _ARN.fullmatch(name)
    kind = _KINDS_BY_ARN_TYPE.get(arn["type"]) if arn else None
    if arn and kind in _OF_NO_ACCOUNT:
        return Principal(PrincipalKind.FEDERATED, name)
    session = _SESSION_ARN.fullmatch(name)
    if arn and kind and (kind is PrincipalKind.ROLE_SESSION) == bool(session):
        issuer = f"arn:{arn['partition']}:iam::{arn['account']}:role/{session['role']}" if session else None
        return Principal(kind, name, arn["account"], issuer_arn=issuer)
    if _DOMAIN.fullmatch(name):
        is_service = name.endswith((".amazonaws.com", ".amazonaws.com.cn"))
        return Principal(PrincipalKind.SERVICE if is_service else PrincipalKind.FEDERATED, name)
    raise MalformedQuestion(
        f"`{name}` is no principal: expected the ARN of a user, a role session, a root user or a provider, "
        "a service's name or `*`"
    )


def _levels(layers: Mapping[PolicyKind, Any], kind: PolicyKind) -> tuple[ControlLevel, ...]:
    name, levels = LAYER_NAMES[kind], layers.get(kind, [])
    if not isinstance(levels, list | tuple) or not all(isinstance(level, list | tuple) for level in levels):
        raise MalformedQuestion(f"`{name}` must be a list of levels, each a list of policies")
    return tuple(
        ControlLevel(
            f"level {number}", tuple(_policy(each, kind, f"{name}/{number}/{i}") for i, each in enumerate(level))
        )
        for number, level in enumerate(levels)
    )


def _policies(layers: Mapping[PolicyKind, Any], kind: PolicyKind) -> tuple[CompiledPolicy, ...] | None:
    written = layers.get(kind)
    if written is None:
        return None
    name = LAYER_NAMES[kind]
    if not isinstance(written, list | tuple):
        raise MalformedQuestion(f"`{name}` must be a list of policies")
    return tuple(_policy(each, kind, f"{name}/{number}") for number, each in enumerate(written))


def _policy(written: object, kind: PolicyKind, name: str) -> CompiledPolicy:
    try:
        text = written if isinstance(written, str) else write_json(written)
    except MalformedQuestion as error:
        raise MalformedQuestion(f"{name}: {error.message}") from error
    return compile_policy(parse_policy(text, kind), PolicySource(kind, name, name))


def _member(written: Mapping[str, Any], name: str, kind: type) -> Any:
    value = written.get(name)
    if not isinstance(value, kind):
        raise MalformedQuestion(f"`{name}` must be {'an object' if kind is dict else 'a text'}")
    return value


def _refuse_unknown(written: Mapping[str, Any], known: Any, name: str) -> None:
    unknown = sorted(map(str, written.keys() - known))
    if unknown:
        raise MalformedQuestion(f"{name}: unknown member `{unknown[0]}`; expected {', '.join(sorted(known))}")


def request_json(request: AccessRequest) -> dict[str, Any]:
    """Return a request as a question writes it, with nothing left to infer.

    Its principal is an object with all that is known of it, its condition keys are in lower case with texts as values.
    `parse_request` takes it, and so does `conformance/check_certificate.py`, which takes no other form.
    """
    principal = request.principal
    facts = {name: getattr(principal, name) for name in sorted(_PRINCIPAL_FIELDS - {"kind"})}
    return {
        "principal": {"kind": _KIND_NAMES[principal.kind], **{name: fact for name, fact in facts.items() if fact}},
        "action": request.action,
        "resource": request.resource,
        **({} if request.resource_account is None else {"resource_account": request.resource_account}),
        "context": {key: each if isinstance(each, str) else list(each) for key, each in request.context.items()},
    }

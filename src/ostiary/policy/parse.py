"""From text to a `PolicyDocument`, refusing what IAM refuses in the order in which it looks.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html for the grammar; the sentences
and the order of the checks are as people have met them at IAM.
"""

from collections.abc import Mapping
from typing import Any

from ostiary.policy.document import (
    Condition,
    Effect,
    Patterns,
    PolicyDocument,
    PolicyKind,
    PrincipalElement,
    Statement,
    Version,
)
from ostiary.policy.errors import MalformedPolicy
from ostiary.policy.json_text import SYNTAX_ERRORS, JsonNumber, is_text, read_json
from ostiary.policy.match import find_operator
from ostiary.policy.rules import LEGACY_PARSING, check_rules
from ostiary.policy.rules_control import check_control_policy

# IAM says of a trust policy that it is no JSON, and of the others less.
_NO_JSON = {PolicyKind.TRUST: "This policy contains invalid Json"}
_POLICY_ELEMENTS = frozenset({"Version", "Id", "Statement"})
_STATEMENT_ELEMENTS = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    }
)
_PRINCIPAL_TYPES = frozenset({"AWS", "Service", "Federated", "CanonicalUser"})
_EFFECTS = {effect.value: effect for effect in Effect}
_VERSIONS: dict[object, Version] = {"2008-10-17": "2008-10-17", "2012-10-17": "2012-10-17"}


def parse_policy(text: str, kind: PolicyKind, *, managed: bool = False) -> PolicyDocument:
    """Return the policy that `text` writes.

    Whether the principals in it exist, and whether it keeps to the account's quotas, is for others to say.

    Args:
        text: the document, in JSON.
        kind: where the policy is to stand; each place has its own grammar.
        managed: it is the document of a managed policy, which must be of version 2012-10-17.

    Raises:
        MalformedPolicy: the document breaks the grammar; the message is IAM's sentence, or that of Organizations.
    """
    try:
        written = read_json(text)
    except MalformedPolicy as error:
        raise MalformedPolicy(_NO_JSON.get(kind, SYNTAX_ERRORS)) from error
    if not isinstance(written, dict) or not written.keys() <= _POLICY_ELEMENTS:
        raise MalformedPolicy(SYNTAX_ERRORS)
    version = written.get("Version", "2008-10-17")
    policy_id = written.get("Id")
    if not isinstance(version, str) or version not in _VERSIONS or not (policy_id is None or is_text(policy_id)):
        raise MalformedPolicy(SYNTAX_ERRORS)
    blocks = _blocks(written.get("Statement"))
    statements = tuple(_statement(block) for block in blocks)
    if managed and version != "2012-10-17":
        raise MalformedPolicy("Policy document must be version 2012-10-17 or greater.")
    if any(block["Effect"] not in _EFFECTS for block in blocks):
        raise MalformedPolicy(LEGACY_PARSING)
    document = PolicyDocument(kind, _VERSIONS[version], statements, policy_id)
    if kind.controls_organisation:
        check_control_policy(document)
    check_rules(statements, kind)
    return document


def _blocks(written: object) -> list[Mapping[str, Any]]:
    """Return the statements, still as they are written; one alone needs no list around it."""
    blocks = [written] if isinstance(written, dict) else written
    if not isinstance(blocks, list) or not blocks:
        raise MalformedPolicy(SYNTAX_ERRORS)
    if not all(isinstance(block, dict) and block.keys() <= _STATEMENT_ELEMENTS for block in blocks):
        raise MalformedPolicy(SYNTAX_ERRORS)
    return blocks


def _statement(block: Mapping[str, Any]) -> Statement:
    effect = block.get("Effect")
    sid = block.get("Sid")
    # IAM finds fault with the effect's case only later, so that its other complaints come first.
    if not isinstance(effect, str) or effect.capitalize() not in _EFFECTS or not (sid is None or is_text(sid)):
        raise MalformedPolicy(SYNTAX_ERRORS)
    return Statement(
        effect=_EFFECTS[effect.capitalize()],
        actions=_patterns(block, "Action", "NotAction") or Patterns(()),
        resources=_patterns(block, "Resource", "NotResource"),
        principal=_principal(block),
        conditions=tuple(_conditions(block.get("Condition", {}))),
        sid=sid,
    )


def _one_of(block: Mapping[str, Any], name: str, negated_name: str) -> tuple[Any, bool] | None:
    """Return an element's value and whether it is the negated one, or None when it is absent."""
    if name in block and negated_name in block:
        raise MalformedPolicy(SYNTAX_ERRORS)
    if name in block:
        return block[name], False
    return (block[negated_name], True) if negated_name in block else None


def _patterns(block: Mapping[str, Any], name: str, negated_name: str) -> Patterns | None:
    element = _one_of(block, name, negated_name)
    return None if element is None else Patterns(_texts(element[0]), negated=element[1])


def _principal(block: Mapping[str, Any]) -> PrincipalElement | None:
    element = _one_of(block, "Principal", "NotPrincipal")
    if element is None:
        return None
    written, negated = element
    if written == "*":
        return PrincipalElement(everyone=True, negated=negated)
    if not isinstance(written, dict) or not written.keys() <= _PRINCIPAL_TYPES:
        raise MalformedPolicy(SYNTAX_ERRORS)
    return PrincipalElement(
        aws=_texts(written.get("AWS", [])),
        service=_texts(written.get("Service", [])),
        federated=_texts(written.get("Federated", [])),
        canonical_user=_texts(written.get("CanonicalUser", [])),
        negated=negated,
    )


def _texts(written: object) -> tuple[str, ...]:
    values = written if isinstance(written, list) else [written]
    if not all(map(is_text, values)):
        raise MalformedPolicy(SYNTAX_ERRORS)
    return tuple(values)


def _conditions(written: object) -> list[Condition]:
    if not isinstance(written, dict):
        raise MalformedPolicy(SYNTAX_ERRORS)
    conditions: list[Condition] = []
    for operator, keys in written.items():
        # IAM does not look at the name of an operator that is given no keys.
        if not isinstance(keys, dict) or (keys and find_operator(operator) is None):
            raise MalformedPolicy(SYNTAX_ERRORS)
        for key, values in keys.items():
            if not is_text(key):
                raise MalformedPolicy(SYNTAX_ERRORS)
            conditions.append(Condition(operator, key, _condition_values(values)))
    return conditions


def _condition_values(written: object) -> tuple[str, ...]:
    values = written if isinstance(written, list) else [written]
    return tuple(map(_condition_value, values))


def _condition_value(written: object) -> str:
    if isinstance(written, bool):
        return "true" if written else "false"
    if isinstance(written, JsonNumber):
        return written.text
    if isinstance(written, str) and is_text(written):
        return written
    raise MalformedPolicy(SYNTAX_ERRORS)

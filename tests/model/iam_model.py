"""The reference evaluator: slow, short, and written from the AWS documentation alone.

It shares nothing with `ostiary.policy`: policies are plain JSON, wildcards become regular expressions. It answers
`allow`, `explicit deny` or `implicit deny`, the latter two with the kind of policy that is in the way.

Pages: reference_policies_evaluation-logic*, reference_policies_elements_*, reference_policies_variables,
reference_policies_condition-single-vs-multi-valued-context-keys, all under
https://docs.aws.amazon.com/IAM/latest/UserGuide/.
"""

import base64
import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

UNDECIDED = "undecided"
DIRECTLY, BY_ROLE, BY_ACCOUNT = 3, 2, 1

Json = Mapping[str, Any]
Verdict = bool | str
"""True, False or UNDECIDED."""


def is_authorized(request: Json, policies: Json) -> tuple[str, str | None]:
    """Return `(answer, kind of policy in the way)`."""
    layers = layers_of(request["principal"], policies)

    # Step one: an explicit deny in any policy ends the matter.
    for layer, documents in layers.items():
        if any(reach for reach in reaches(documents, request, "Deny")):
            return "explicit deny", layer

    # Step two: somebody must allow.
    allows = {layer: max(reaches(documents, request, "Allow"), default=0) for layer, documents in layers.items()}
    missing = missing_allow(request, policies, allows)
    return ("implicit deny", missing) if missing else ("allow", None)


def layers_of(principal: Json, policies: Json) -> dict[str, Any]:
    """Return the policies that bind the principal; identity-based ones and boundaries do not bind a root user."""
    layers = {}
    if not is_root(principal):
        layers["identity"] = policies.get("identity") or []
        layers["boundary"] = policies.get("boundary")
    layers["session"] = policies.get("session")
    resource = policies.get("resource")
    layers[resource_kind(policies)] = None if resource is None else [resource]
    return {layer: documents for layer, documents in layers.items() if documents is not None}


def is_root(principal: Json) -> bool:
    federated = principal["kind"] == "FEDERATED_USER" and (principal.get("issuer_arn") or "").endswith(":root")
    return federated or principal["kind"] == "ROOT"


def resource_kind(policies: Json) -> str:
    return "trust" if policies.get("must_allow") else "resource"


def missing_allow(request: Json, policies: Json, allows: Mapping[str, int]) -> str | None:
    """Return the kind of policy whose Allow is missing, or None when nothing is.

    The table "resource-based policies and implicit denies in other policy types": within an account, naming the user
    or the session settles it; naming the role only does so for the identity-based policies.
    """
    principal = request["principal"]
    by_resource = allows.get(resource_kind(policies), 0)
    same_account = request.get("resource_account") in (None, principal["account"])
    needed = []
    if principal["kind"] not in ("SERVICE", "FEDERATED", "ANONYMOUS"):
        if same_account and by_resource == DIRECTLY:
            return None
        if not is_root(principal) and not (same_account and by_resource == BY_ROLE):
            needed.append("identity")
        needed += [layer for layer in ("boundary", "session") if layer in allows]
        if not same_account or policies.get("must_allow"):
            needed.append(resource_kind(policies))
    else:
        needed.append(resource_kind(policies))
    return next((layer for layer in needed if not allows.get(layer)), None)


def reaches(documents: Iterable[Json], request: Json, effect: str) -> list[int]:
    """Return for each applying statement how it reaches the principal."""
    found = []
    for document in documents:
        statements = document["Statement"]
        for statement in statements if isinstance(statements, list) else [statements]:
            if statement["Effect"] == effect:
                reach = applies(statement, document.get("Version", "2008-10-17"), request)
                if reach:
                    found.append(reach)
    return found


def applies(statement: Json, version: str, request: Json) -> int:
    """Return how a statement reaches the principal, 0 when it does not apply."""
    deny = statement["Effect"] == "Deny"
    verdicts = [action_verdict(statement, request), resource_verdict(statement, version, request)]
    for operator, keys in statement.get("Condition", {}).items():
        for key, values in keys.items():
            verdicts.append(condition_verdict(operator, key, as_list(values), version, request["context"]))
    if False in verdicts or (UNDECIDED in verdicts and not deny):
        return 0
    return principal_reach(statement, request["principal"], deny=deny)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def wildcard(pattern: str) -> str:
    """Return a regular expression for `*` and `?`."""
    return "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in pattern)


def action_verdict(statement: Json, request: Json) -> bool:
    element = "Action" if "Action" in statement else "NotAction"
    hit = any(
        re.fullmatch(wildcard(pattern), request["action"], re.IGNORECASE | re.DOTALL)
        for pattern in as_list(statement[element])
    )
    return hit == (element == "Action")


def resource_verdict(statement: Json, version: str, request: Json) -> Verdict:
    if "Resource" not in statement and "NotResource" not in statement:
        return True
    element = "Resource" if "Resource" in statement else "NotResource"
    verdicts: list[Verdict] = []
    for pattern in as_list(statement[element]):
        if pattern == "*":
            verdicts.append(True)
            continue
        expression = arn_expression(pattern, version, request["context"], only_last=True)
        if expression is None:
            # The account or partition that is written out still rules a resource out.
            rest = pattern.split("${")[0].split(":", 5)
            could = len(rest) < 6 or arn_matches(":".join(rest[:5]) + ":*", request["resource"])
            verdicts.append(UNDECIDED if could and element == "NotResource" and is_arn(request["resource"]) else False)
        else:
            verdicts.append(re.fullmatch(expression, request["resource"], re.DOTALL) is not None)
    return verdict_of_any(verdicts, negated=element == "NotResource")


def is_arn(text: str) -> bool:
    return text.count(":") >= 5


def arn_matches(pattern: str, resource: str) -> bool:
    expression = arn_expression(pattern, "2008-10-17", {}, only_last=True)
    return expression is not None and re.fullmatch(expression, resource, re.DOTALL) is not None


def arn_expression(pattern: str, version: str, context: Json, *, only_last: bool = False) -> str | None:
    """Return a regular expression for an ARN pattern, or None when a variable has no value.

    In the first five parts a wildcard stops at the colon; missing parts are `*`.
    """
    expression, parts, position = "", 1, 0
    while position < len(pattern):
        if version == "2012-10-17" and pattern.startswith("${", position) and "}" in pattern[position:]:
            end = pattern.index("}", position)
            inside = pattern[position + 2 : end]
            if only_last and parts < 6 and inside not in ("*", "?", "$"):
                return None
            value = variable(inside, context)
            if value is None:
                return None
            expression += re.escape(value)
            position = end + 1
            continue
        character = pattern[position]
        if character == ":" and parts < 6:
            parts += 1
        if character in "*?":
            any_one = "." if parts == 6 else "[^:]"
            expression += any_one + ("*" if character == "*" else "")
        else:
            expression += re.escape(character)
        position += 1
    return expression + "".join(":.*" if part == 6 else ":[^:]*" for part in range(parts + 1, 7))


def variable(inside: str, context: Json) -> str | None:
    """Return what stands for `${inside}`, or None."""
    if inside in ("*", "?", "$"):
        return inside
    plain = re.fullmatch(r"\s*([^,]*?)\s*", inside)
    defaulted = re.fullmatch(r"\s*([^,]*?)\s*,\s*'(.*)'\s*", inside, re.DOTALL)
    if plain and plain[1]:
        value = look_up(context, plain[1])
    elif defaulted and defaulted[1]:
        value = look_up(context, defaulted[1], defaulted[2])
    else:
        return None
    return value if isinstance(value, str) else None


def look_up(context: Json, key: str, default: Any = None) -> Any:
    return next((value for name, value in context.items() if name.lower() == key.lower()), default)


def verdict_of_any(verdicts: list[Verdict], *, negated: bool = False) -> Verdict:
    """Return whether any holds, or with `negated` whether none does."""
    if True in verdicts:
        return not negated
    return UNDECIDED if UNDECIDED in verdicts else negated


def condition_verdict(operator: str, key: str, wanted: list[Any], version: str, context: Json) -> Verdict:
    name = operator.lower()
    quantifier = None
    if ":" in name:
        quantifier, name = name.split(":")
    if_exists = name.endswith("ifexists")
    name = name.removesuffix("ifexists")
    value = look_up(context, key, ())
    missing = value == ()
    if name == "null":
        return verdict_of_any(
            [UNDECIDED if boolean(each) is None else boolean(each) == missing for each in map(text_of, wanted)]
        )
    negated = "not" in name
    name = name.replace("not", "")
    if missing:
        if if_exists or quantifier == "forallvalues":
            return True
        return negated and quantifier is None
    values = [value] if isinstance(value, str) else list(value)
    verdicts = [
        verdict_of_any(
            [compare(name, each, want, version, context, negated=negated) for want in map(text_of, wanted)]
            or [compare(name, each, None, version, context, negated=negated)],
            negated=negated,
        )
        for each in values
    ]
    return set_verdict(quantifier, values, verdicts)


def set_verdict(quantifier: str | None, values: list[str], verdicts: list[Verdict]) -> Verdict:
    """Return what the verdicts on a key's values come to, by the operator's set qualifier."""
    if quantifier is None:
        return verdicts[0] if len(values) == 1 else UNDECIDED
    if not any(values):
        return quantifier == "forallvalues"
    if quantifier == "foranyvalue":
        return verdict_of_any(verdicts)
    return False if False in verdicts else UNDECIDED if UNDECIDED in verdicts else True


def text_of(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def compare(name: str, actual: str, want: str | None, version: str, context: Json, *, negated: bool) -> Verdict:
    """Compare one value of the request with one of the policy, or None when the policy lists none."""
    if name.startswith(("string", "arn")):
        return want is not None and compare_text(name, actual, want, version, context, negated=negated)
    reader = next(reader for family, reader in READERS.items() if name.startswith(family))
    left = reader(actual)
    if left is None:
        return UNDECIDED
    if want is None:
        return False
    right = network(want) if name == "ipaddress" else reader(want)
    if right is None:
        return UNDECIDED
    relation = next((relation for suffix, relation in RELATIONS.items() if name.endswith(suffix)), None)
    if relation is not None:
        return relation(left, right)
    return left in right if name == "ipaddress" else left == right


def compare_text(name: str, actual: str, want: str, version: str, context: Json, *, negated: bool) -> Verdict:
    no_value = UNDECIDED if negated else False
    if name.startswith("arn"):
        if want == "*":
            want = "*:*:*:*:*:*"
        expression = arn_expression(want, version, context)
        if expression is None:
            return no_value
        outside = re.sub(r"\$\{[^}]*\}", "", want) if version == "2012-10-17" else want
        if outside.count(":") < 5 or not is_arn(actual):
            return UNDECIDED
        return re.fullmatch(expression, actual, re.DOTALL) is not None
    pieces = re.split(r"\$\{([^}]*)\}", want) if version == "2012-10-17" else [want]
    expression = ""
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            expression += wildcard(piece) if name == "stringlike" else re.escape(piece)
        else:
            value = variable(piece, context)
            if value is None:
                return no_value
            expression += re.escape(value)
    flags = re.DOTALL | (re.IGNORECASE if name.endswith("ignorecase") else 0)
    return re.fullmatch(expression, actual, flags) is not None


def number(text: str) -> Fraction | None:
    return Fraction(text) if re.fullmatch(r"[+-]?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,2})?", text, re.ASCII) else None


def boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


def binary(text: str) -> bytes | None:
    try:
        decoded = base64.b64decode(text)
    except ValueError:
        return None
    return decoded if base64.b64encode(decoded).decode() == text else None


def address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def moment(text: str) -> datetime | None:
    """Return a moment by trying the forms of the W3C note one after the other."""
    if re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text)) if len(text) < 12 else None
    text = re.sub(r"Z$", "+0000", text.upper()).replace(":", "")
    text = re.sub(r"([+-]\d\d)$", r"\g<1>00", text) if "T" in text else text
    for form in (
        "%Y-%m",
        "%Y-%m-%d",
        "%Y-%m-%dT%H%M%z",
        "%Y-%m-%dT%H%M%S%z",
        "%Y-%m-%dT%H%M%S.%f%z",
        "%Y-%m-%dT%H%M%S",
    ):
        with suppress(ValueError):
            found = datetime.strptime(text, form)  # noqa: DTZ007 - what names no zone is in UTC, as the next line says
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


READERS: dict[str, Callable[[str], Any]] = {
    "numeric": number,
    "date": moment,
    "binary": binary,
    "bool": boolean,
    "ip": address,
}
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "lessthan": lambda left, right: left < right,
    "lessthanequals": lambda left, right: left <= right,
    "greaterthan": lambda left, right: left > right,
    "greaterthanequals": lambda left, right: left >= right,
}


def principal_reach(statement: Json, principal: Json, *, deny: bool) -> int:
    if "Principal" not in statement and "NotPrincipal" not in statement:
        return DIRECTLY
    if "Principal" in statement:
        return max((reach for reach, named in facets(statement["Principal"], principal) if named), default=0)
    named = [named for _, named in facets(statement["NotPrincipal"], principal)]
    spared = all(named) if deny else any(named)
    return 0 if spared else DIRECTLY


def facets(element: Any, principal: Json) -> list[tuple[int, bool]]:
    """Return for each thing that the principal is: how directly it is meant by its name, and whether it is named."""
    if element == "*" or "*" in as_list(element.get("AWS", [])):
        return [(DIRECTLY, True)]
    kind = principal["kind"]
    if kind == "ANONYMOUS":
        return [(DIRECTLY, False)]
    if kind in ("SERVICE", "FEDERATED"):
        return [(DIRECTLY, principal["arn"] in as_list(element.get(kind.capitalize(), [])))]
    aws = as_list(element.get("AWS", []))
    account = principal["account"]
    by_account = any(value == account or re.fullmatch(rf"arn:aws[a-z-]*:iam::{account}:root", value) for value in aws)
    by_account = by_account or principal.get("canonical_id") in as_list(element.get("CanonicalUser", []))
    if kind == "ROOT":
        return [(DIRECTLY, by_account)]
    found = [(DIRECTLY, principal["arn"] in aws or principal.get("unique_id") in aws), (BY_ACCOUNT, by_account)]
    if principal.get("issuer_arn"):
        found.append((BY_ROLE, principal["issuer_arn"] in aws or principal.get("issuer_id") in aws))
    return found

"""The reference evaluator: slow, short, and written from the AWS documentation alone.

It shares nothing with `ostiary.policy`: policies are plain JSON, wildcards become regular expressions. It answers
`allow`, `explicit_deny` or `implicit_deny`, the latter two with the kind of policy that is in the way.

Pages: reference_policies_evaluation-logic*, reference_policies_elements_*, reference_policies_variables,
reference_policies_condition-single-vs-multi-valued-context-keys and access_policies_boundaries under
https://docs.aws.amazon.com/IAM/latest/UserGuide/; orgs_manage_policies_scps*, orgs_manage_policies_rcps* under
https://docs.aws.amazon.com/organizations/latest/userguide/.
"""

import base64
import ipaddress
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

UNDECIDED = "undecided"
DIRECTLY, BY_ROLE, BY_ACCOUNT = 3, 2, 1
ESCAPES = ("*", "?", "$")
DATE_FORMS = [f"{day}{clock}" for clock in ("", "T", "T%H", "T%H:%M") for day in ("%Y", "%Y-%m", "%Y-%m-%d")]
DATE_FORMS += [f"{day}T%H:%M:%S" for day in ("%Y", "%Y-%m", "%Y-%m-%d")]

Json = Mapping[str, Any]
Verdict = bool | str
"""True, False or UNDECIDED."""
Pieces = tuple[tuple[str, bool], ...]
"""The pieces of a pattern: text, and whether it is filled in for a variable, so that nothing in it is a wildcard."""
Levels = list[list[Json]]
"""The policies of one kind, by level: from an organisation's root to the account, and one level for all others."""


def is_authorized(question: Json) -> tuple[str, str | None]:
    """Return `(decision, kind of policy in the way)` for a request and its policies."""
    policies = question["policies"]
    request = {**question["request"], "principal": principal_of(question["request"]["principal"])}
    request["context"] = context_of(request.get("context", {}))
    layers = layers_of(request["principal"], policies)
    request["bounded"] = "boundary" in layers and belongs_to_an_account(request["principal"])

    # Step one: an explicit deny in any policy ends the matter.
    for layer, levels in layers.items():
        if any(reach(documents, request, "Deny") for documents in levels):
            return "explicit_deny", layer

    # Step two: somebody must allow, and for an organisation on every level.
    for layer in needed_layers(request, layers):
        if not all(reach(documents, request, "Allow") for documents in layers[layer]):
            return "implicit_deny", layer
    return "allow", None


def principal_of(written: Any) -> Json:
    """Return the principal with all that a name alone says of it."""
    principal = dict(written) if isinstance(written, dict) else named_principal(written)
    principal.setdefault("arn", "")
    nobody_of_an_account = principal["kind"] in ("service", "federated", "anonymous")
    account = "" if nobody_of_an_account else principal["arn"].split(":")[4]
    return {"account": account, **{key: value for key, value in principal.items() if value is not None}}


def named_principal(name: str) -> dict[str, str]:
    if name == "*":
        return {"kind": "anonymous"}
    if not name.startswith("arn:"):
        return {"kind": "service" if name.endswith(".amazonaws.com") else "federated", "arn": name}
    _, partition, _, _, account, resource = name.split(":", 5)
    if resource.startswith("assumed-role/"):
        issuer = f"arn:{partition}:iam::{account}:role/{resource.split('/')[1]}"
        return {"kind": "role_session", "arn": name, "issuer_arn": issuer}
    kinds = {"federated-user": "federated_user", "saml-provider": "federated", "oidc-provider": "federated"}
    return {"kind": kinds.get(kind := resource.split("/")[0], kind), "arn": name}


def context_of(written: Json) -> dict[str, Any]:
    """Return the context by lower-case key; a key written twice, once in capitals, has all the values."""
    context: dict[str, Any] = {}
    for key, value in written.items():
        name = key.lower()
        context[name] = value if name not in context else [*as_list(context[name]), *as_list(value)]
    return context


def layers_of(principal: Json, policies: Json) -> dict[str, Levels]:
    """Return the policies that bind the principal, by kind, in the order in which AWS names them.

    Service control policies bind the users, roles and root users of an account, resource control policies everyone; a
    service-linked role is bound by neither. Identity-based policies and boundaries do not bind a root user.
    """
    layers: dict[str, Levels] = {}
    service_linked = principal["kind"] == "role_session" and ":role/aws-service-role/" in principal.get(
        "issuer_arn", ""
    )
    if not service_linked:
        layers["resource_control"] = policies.get("resource_control") or []
    if not service_linked and belongs_to_an_account(principal):
        layers["service_control"] = policies.get("service_control") or []
    if not is_root(principal):
        layers["identity"] = [policies.get("identity") or []]
    for layer in ("boundary", "session"):
        if policies.get(layer) is not None and not (layer == "boundary" and is_root(principal)):
            layers[layer] = [policies[layer]]
    own = "trust" if "trust" in policies else "resource"
    layers[own] = [[] if policies.get(own) is None else [policies[own]]]
    return layers


def belongs_to_an_account(principal: Json) -> bool:
    return principal["kind"] in ("user", "role_session", "federated_user", "root")


def is_root(principal: Mapping[str, str]) -> bool:
    by_root = principal["kind"] == "federated_user" and principal.get("issuer_arn", "").endswith(":root")
    return by_root or principal["kind"] == "root"


def needed_layers(request: Json, layers: Mapping[str, Levels]) -> Iterator[str]:
    """Yield the kinds of policy that have to allow.

    The table "resource-based policies and implicit denies in other policy types": within an account, naming the user
    or the session settles it; naming the role only does so for the identity-based policies. An organisation's policies
    are needed in any case, and so is a role's trust policy.
    """
    principal = request["principal"]
    own = "trust" if "trust" in layers else "resource"
    same_account = request.get("resource_account") in (None, principal["account"])
    by_resource = reach(layers[own][0], request, "Allow")
    yield from (layer for layer in ("resource_control", "service_control") if layer in layers)
    if not belongs_to_an_account(principal):
        yield own
    elif not (same_account and by_resource == DIRECTLY):
        if not is_root(principal) and not (same_account and by_resource == BY_ROLE):
            yield "identity"
        yield from (layer for layer in ("boundary", "session") if layer in layers)
        if not same_account or own == "trust":
            yield own


def reach(documents: list[Json], request: Json, effect: str) -> int:
    """Return how the statements of this effect that apply reach the principal at best, 0 when none applies."""
    return max(
        (
            applies(statement, document.get("Version", "2008-10-17"), request)
            for document in documents
            for statement in as_list(document["Statement"])
            if statement["Effect"] == effect
        ),
        default=0,
    )


def applies(statement: Json, version: str, request: Json) -> int:
    """Return how a statement reaches the principal, 0 when it does not apply."""
    deny = statement["Effect"] == "Deny"
    if not action_matches(statement, request["action"]):
        return 0
    verdicts = [resource_verdict(statement, version, request)]
    for name, keys in statement.get("Condition", {}).items():
        for key, values in keys.items():
            verdicts.append(condition_verdict(name, key, as_list(values), version, request["context"]))
    if False in verdicts or (UNDECIDED in verdicts and not deny):
        return 0
    return principal_reach(statement, request, deny=deny)


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def action_matches(statement: Json, action: str) -> bool:
    element = "Action" if "Action" in statement else "NotAction"
    hit = any(action_expression(pattern).fullmatch(action) for pattern in as_list(statement[element]))
    return hit == (element == "Action")


@cache
def action_expression(pattern: str) -> re.Pattern[str]:
    return re.compile(wildcard(pattern), re.IGNORECASE | re.DOTALL)


def wildcard(pattern: str, any_one: str = ".") -> str:
    """Return a regular expression for `*` and `?`, each standing for characters that `any_one` describes."""
    return re.sub(r"\\([*?])", lambda found: any_one + found[1].replace("?", ""), re.escape(pattern))


def resource_verdict(statement: Json, version: str, request: Json) -> Verdict:
    if "Resource" not in statement and "NotResource" not in statement:
        return True
    element = "Resource" if "Resource" in statement else "NotResource"
    verdicts = [
        resource_matches(pattern, version, request, negated=element == "NotResource")
        for pattern in as_list(statement[element])
    ]
    return verdict_of_any(verdicts, negated=element == "NotResource")


def resource_matches(pattern: str, version: str, request: Json, *, negated: bool) -> Verdict:
    if pattern == "*" or request["resource"].count(":") < 5:
        return pattern == "*"
    pieces = filled(pattern, version, request["context"], only_resource_part=True)
    if pieces is not None:
        return arn_expression(pieces, of_resource=True).fullmatch(request["resource"]) is not None
    # Without a value nothing matches, but NotResource fails closed unless the parts before already differ.
    before = re.split(r"\$\{(?![*?$]\})", pattern)[0].split(":")
    could_be = ":".join([*before[:5], "*"]) if len(before) > 5 else "*:*:*:*:*:*"
    matches = arn_expression(filled(could_be, version, {}), of_resource=True).fullmatch(request["resource"])
    return UNDECIDED if negated and matches else False


@lru_cache(100_000)
def arn_expression(pieces: Pieces, *, of_resource: bool = False) -> re.Pattern[str]:
    """Return a regular expression for an ARN pattern whose missing parts are `*`.

    In the first five parts a wildcard stops at the colon, but for a `*` at the end of a part in a Resource element.
    Such a pattern with parts missing can also mean just what it says.
    """
    expression, colons = "", 0
    for place, (text, filled_in) in enumerate(pieces):
        if filled_in:
            # A colon that is filled in separates no parts, so that nothing fits where a part ends at one.
            expression += re.escape(text) if colons == 5 or ":" not in text else "(?!)"
            continue
        parts = text.split(":", max(5 - colons, 0)) if colons < 5 else [text]
        for index, part in enumerate(parts):
            if index:
                expression += ":"
                colons += 1
            ends_here = index < len(parts) - 1 or place == len(pieces) - 1
            crosses = of_resource and ends_here and part.endswith("*")
            expression += wildcard(part.removesuffix("*") if crosses else part, "." if colons == 5 else "[^:]")
            expression += ".*" if crosses else ""
    missing = "".join(":.*" if colon == 5 else ":[^:]*" for colon in range(colons + 1, 6))
    return re.compile(f"{expression}({missing}){'?' if of_resource else ''}", re.DOTALL)


@lru_cache(100_000)
def string_expression(name: str, pieces: Pieces) -> re.Pattern[str]:
    expression = "".join(
        wildcard(text) if name == "stringlike" and not filled_in else re.escape(text) for text, filled_in in pieces
    )
    return re.compile(expression, re.DOTALL | (re.IGNORECASE if name.endswith("ignorecase") else 0))


def filled(pattern: str, version: str, context: Json, *, only_resource_part: bool = False) -> Pieces | None:
    """Return the pieces of a pattern with its variables filled in, or None when one of them has no value.

    With `only_resource_part` neither has a variable before the fifth colon, but for an escape.
    """
    if version != "2012-10-17" or "${" not in pattern:
        return ((pattern, False),)
    pieces, colons = [], 0
    for index, piece in enumerate(re.split(r"\$\{([^}]*)\}", pattern)):
        is_variable = index % 2 == 1
        value = variable(piece, context) if is_variable else piece
        if value is None or (is_variable and only_resource_part and colons < 5 and piece not in ESCAPES):
            return None
        pieces.append((value, is_variable))
        colons += 0 if is_variable else piece.count(":")
    return tuple(pieces)


def variable(inside: str, context: Json) -> str | None:
    """Return what stands for `${inside}`, or None; a key with several values fills in nothing."""
    if inside in ESCAPES:
        return inside
    plain = re.fullmatch(r"\s*([^,]*?)\s*", inside)
    defaulted = re.fullmatch(r"\s*([^,]*?)\s*,\s*'(.*)'\s*", inside, re.DOTALL)
    if plain and plain[1]:
        value = context.get(plain[1].lower())
    elif defaulted and defaulted[1]:
        value = context.get(defaulted[1].lower(), defaulted[2])
    else:
        return None
    return value if isinstance(value, str) else None


def verdict_of_any(verdicts: list[Verdict], *, negated: bool = False) -> Verdict:
    """Return whether any holds, or with `negated` whether none does."""
    if True in verdicts:
        return not negated
    return UNDECIDED if UNDECIDED in verdicts else negated


def condition_verdict(operator: str, key: str, wanted: list[Any], version: str, context: Json) -> Verdict:
    quantifier, _, name = operator.lower().rpartition(":")
    if_exists = name.endswith("ifexists")
    name = name.removesuffix("ifexists")
    value = context.get(key.lower(), [])
    missing = value == []
    wanted = [text_of(want) for want in wanted]
    if name == "null":
        return verdict_of_any([UNDECIDED if boolean(each) is None else boolean(each) == missing for each in wanted])
    negated = "not" in name
    name = name.replace("not", "")
    if missing:
        return if_exists or quantifier == "forallvalues" or (negated and not quantifier)
    verdicts = [
        verdict_of_any(
            [compare(name, each, want, version, context, negated=negated) for want in wanted or [None]],
            negated=negated,
        )
        for each in as_list(value)
    ]
    return set_verdict(quantifier, as_list(value), verdicts)


def set_verdict(quantifier: str, values: list[str], verdicts: list[Verdict]) -> Verdict:
    """Return what the verdicts on a key's values come to, by the operator's set qualifier."""
    if not quantifier:
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
    relation: Callable[[Any, Any], bool] = RELATIONS.get(re.sub("^(numeric|date)", "", name), operator.eq)
    return relation(left, right)


def compare_text(name: str, actual: str, want: str, version: str, context: Json, *, negated: bool) -> Verdict:
    if name.startswith("arn") and want == "*":
        want = "*:*:*:*:*:*"
    pieces = filled(want, version, context)
    if pieces is None:
        return UNDECIDED if negated else False
    if name.startswith("string"):
        return string_expression(name, pieces).fullmatch(actual) is not None
    if sum(text.count(":") for text, filled_in in pieces if not filled_in) < 5 or actual.count(":") < 5:
        return UNDECIDED
    return arn_expression(pieces).fullmatch(actual) is not None


@cache
def number(text: str) -> Fraction | None:
    return Fraction(text) if re.fullmatch(r"[+-]?\d{1,40}(\.\d{1,40})?([eE][+-]?\d{1,2})?", text, re.ASCII) else None


def boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


@cache
def binary(text: str) -> bytes | None:
    with suppress(ValueError):
        decoded = base64.b64decode(text)
        return decoded if base64.b64encode(decoded).decode() == text else None
    return None


@cache
def address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    with suppress(ValueError):
        found = ipaddress.ip_address(text)
        return getattr(found, "ipv4_mapped", None) or found
    return None


@cache
def network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    with suppress(ValueError):
        found = ipaddress.ip_network(text, strict=False)
        mapped = getattr(found.network_address, "ipv4_mapped", None)
        return ipaddress.ip_network((mapped, found.prefixlen - 96)) if mapped else found
    return None


@cache
def moment(text: str) -> Fraction | None:
    """Return the seconds since 1970 that a text writes, by trying the forms of the W3C note one after the other."""
    if re.fullmatch("[0-9]{1,19}", text):
        return Fraction(text) if int(text) < 2**63 else None
    # What can be a month or a day is no zone.
    text += "Z" if re.fullmatch("[0-9]+(-[0-9]{1,2}){0,2}", text) else ""
    parts = re.fullmatch(r"(?a)(?!\d{10})0*(\d*)([-\dTt:]*?)(\.\d{1,9})?([Zz]|[+-]\d\d(?::?\d\d)?)?", text)
    if parts is None:
        return None
    year, rest, fraction, zone = parts.groups("")
    offset = re.sub("[Zz]", "+00", zone or "Z").replace(":", "").ljust(5, "0")
    for form in DATE_FORMS[-3:] if fraction else DATE_FORMS:
        with suppress(ValueError):
            found = datetime.strptime(f"{year:0>4}{rest.upper()}{offset}", f"{form}%z")
            return Fraction(int(found.timestamp())) + Fraction(f"0{fraction}")
    return None


READERS = {"numeric": number, "date": moment, "binary": binary, "bool": boolean, "ip": address}
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "ipaddress": lambda left, right: left in right,
    "lessthan": operator.lt,
    "lessthanequals": operator.le,
    "greaterthan": operator.gt,
    "greaterthanequals": operator.ge,
}


def principal_reach(statement: Json, request: Json, *, deny: bool) -> int:
    if "Principal" not in statement and "NotPrincipal" not in statement:
        return DIRECTLY
    if "Principal" in statement:
        return max((how for how, named in facets(statement["Principal"], request["principal"]) if named), default=0)
    named = [named for _, named in facets(statement["NotPrincipal"], request["principal"])]
    # A Deny with NotPrincipal spares nobody who has a permissions boundary, says the page on boundaries.
    spared = all(named) and not request["bounded"] if deny else any(named)
    return 0 if spared else DIRECTLY


def facets(element: Any, principal: Json) -> list[tuple[int, bool]]:
    """Return for each thing that the principal is: how directly it is meant by its name, and whether it is named."""
    if element == "*" or "*" in as_list(element.get("AWS", [])):
        return [(DIRECTLY, True)]
    kind = principal["kind"]
    if kind == "anonymous":
        return [(DIRECTLY, False)]
    if kind in ("service", "federated"):
        return [(DIRECTLY, principal["arn"] in as_list(element.get(kind.capitalize(), [])))]
    aws = as_list(element.get("AWS", []))
    account = principal["account"]
    by_account = any(value == account or re.fullmatch(rf"arn:aws[a-z-]*:iam::{account}:root", value) for value in aws)
    by_account = by_account or principal.get("canonical_id") in as_list(element.get("CanonicalUser", []))
    if kind == "root":
        return [(DIRECTLY, by_account)]
    found = [(DIRECTLY, principal["arn"] in aws or principal.get("unique_id") in aws), (BY_ACCOUNT, by_account)]
    if issuer := {principal.get("issuer_arn"), principal.get("issuer_id")} - {None}:
        found.append((BY_ROLE, not issuer.isdisjoint(aws)))
    return found

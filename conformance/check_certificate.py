"""Check the certificate of an authorization decision: who has read this file need trust no other.

    python conformance/check_certificate.py QUESTION.json CERTIFICATE.json  (or one file, a question with "certificate")

A question is a request and the policies it was decided by; a certificate names the statements that settled it. Nothing
is believed: each statement is compared here anew. Truth is a number, 1, 0 or MAYBE where values cannot be compared, so
that `max` is "any", `min` is "all" and `1 -` is "not". MAYBE makes an Allow fail and lets a Deny apply.
"""
# ruff: noqa: D102, D103, FBT001, FBT002, INP001, PLR0917, PLR2004 - one short file, its names and flags read in place

import json
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

MAYBE = 0.5
DIRECTLY, BY_ISSUER, BY_ACCOUNT = 3, 2, 1  # how a statement may name the principal
CONTROLS = ("resource_control", "service_control")  # an organisation's policies, level by level
ARN_KINDS = {"user": "user", "root": "root", "assumed-role": "role_session", "federated-user": "federated_user"}
INSIDE, OUTSIDE = (
    ARN_KINDS.values(),
    ("service", "federated", "anonymous"),
)  # kinds of principal: of an account, of none
ELEMENTS = {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"}
OPERATOR = re.compile(
    r"((forallvalues|foranyvalue):)?(null|((string|arn|numeric|date)(not)?equals|string(not)?equalsignorecase|bool|"
    r"(string|arn)(not)?like|(numeric|date)(less|greater)than(equals)?|binaryequals|(not)?ipaddress)(ifexists)?)"
)
ORDERS = {"lessthan": (-1,), "lessthanequals": (-1, 0), "greaterthan": (1,), "greaterthanequals": (0, 1)}
NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")
BASE64 = re.compile(r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?")
DATE = re.compile(
    r"(\d{4}-\d\d)(-\d\d(?=T|$))?(?:(?<=-\d\d-\d\d)T(\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)


class CertificateRefused(Exception):  # noqa: N818 - the word for what happens to it
    """The certificate does not prove the decision it names."""


def check(question: Any, certificate: Any) -> None:
    """Return when the certificate proves its decision; raise CertificateRefused otherwise."""
    try:
        Case(question["request"], question["policies"]).check(**certificate)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise CertificateRefused(str(error)) from error


def demand(fact: object, otherwise: str) -> None:
    if not fact:
        raise ValueError(otherwise)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Case:
    """A question, and what is true of the statements in it."""

    def __init__(self, request: Any, policies: Any) -> None:
        self.action, self.resource, self.context = request["action"].lower(), request["resource"], dict[str, Any]()
        for key, value in (request.get("context") or {}).items():  # one key in two spellings has the values of both
            seen = self.context.get(key.lower())
            self.context[key.lower()] = value if seen is None else [*listed(seen), *listed(value)]
        principal = request["principal"]
        if isinstance(principal, str):  # a name alone says what it can
            arn = re.fullmatch(r"arn:([^:]+):[^:]+::(\d{12}):([a-z-]+)(?:/([^/]+).*)?", principal)
            outside = "anonymous" if principal == "*" else "federated"
            outside = "service" if principal.endswith((".amazonaws.com", ".amazonaws.com.cn")) else outside
            kind = ARN_KINDS.get(arn[3], outside) if arn else outside
            issuer = f"arn:{arn[1]}:iam::{arn[2]}:role/{arn[4]}" if arn and kind == "role_session" else ""
            principal = {"kind": kind, "arn": principal, "issuer_arn": issuer}
        me = {"arn": "", "issuer_arn": ""} | {name: fact for name, fact in principal.items() if fact is not None}
        kind, inside = me["kind"], me["kind"] in INSIDE
        demand(inside or kind in OUTSIDE, f"unknown kind of principal: {kind}")
        account = me.get("account") or (me["arn"].split(":")[4] if inside else "")
        self.inside, self.near = inside, request.get("resource_account") in (None, account)
        by_account = {("AWS", account), ("CanonicalUser", me.get("canonical_id"))}
        self.names = {DIRECTLY: {("AWS", me["arn"]), ("AWS", me.get("unique_id"))}, BY_ACCOUNT: by_account}
        self.names |= {BY_ISSUER: {("AWS", me["issuer_arn"]), ("AWS", me.get("issuer_id"))}} if me["issuer_arn"] else {}
        if kind == "root" or not inside:
            self.names = {DIRECTLY: by_account if inside else {(kind.capitalize(), me["arn"])}}
        is_root = kind == "root" or (kind == "federated_user" and me["issuer_arn"].endswith(":root"))
        is_linked = kind == "role_session" and ":role/aws-service-role/" in me["issuer_arn"]
        unbound = {*(("identity", "boundary") if is_root else ()), *(CONTROLS if is_linked else CONTROLS[1 + inside :])}
        given = {layer: written for layer, written in policies.items() if written is not None}
        own = "trust" if "trust" in given else "resource"
        given |= {"identity": given.get("identity", []), own: [given[own]] if own in given else []}
        layers = [layer for layer in (*CONTROLS, "identity", "boundary", "session", own) if layer in given]
        demand(len(layers) == len(given), "unknown kind of policy")
        # A spot is a kind of policy, and its level if it has any; these bind the principal and are named in this order.
        self.spots, self.statements = list[Any](), dict[str, Any]()
        for layer in layers:
            for level, documents in enumerate(given[layer]) if layer in CONTROLS else [(None, given[layer])]:
                self.spots += [(layer, level)] if layer not in unbound else []
                for number, document in enumerate(documents):
                    for index, body in enumerate(listed(document["Statement"])):
                        path = (layer, level, None if layer == own else number, index)
                        demand(body.keys() <= ELEMENTS and body["Effect"] in ("Allow", "Deny"), f"no statement: {path}")
                        address = "/".join(str(step) for step in path if step is not None)
                        self.statements[address] = (layer, level), body, document.get("Version") == "2012-10-17"

    def check(self, version: Any, decision: Any, layer: Any, level: Any, applies: Any, fails: Any) -> None:
        """Decide anew; then see that the certificate says so, says nothing untrue and leaves nothing out."""
        failing = {address: self.failing(body, variables) for address, (_, body, variables) in self.statements.items()}
        alive, own = {address for address in failing if not failing[address]}, self.at(self.spots[-1], "Allow")
        denied = [spot for spot in self.spots if self.at(spot, "Deny") & alive]
        lacking = [spot for spot in self.needed(own & alive) if not self.at(spot, "Allow") & alive]
        here = (denied or lacking or [(None, None)])[0]
        expected = "explicit_deny" if denied else "implicit_deny" if lacking else "allow"
        demand((version, decision, layer, level) == (1, expected, *here), f"the decision is {expected} by {here}")
        untrue = {*applies} - alive | {address for address in fails if fails[address] not in failing[address]}
        demand(not untrue, f"not true: {untrue}")
        if denied:
            demand(len(applies) == 1 and self.at(here, "Deny").issuperset(applies) and not fails, "not the Deny alone")
            return
        to_tell = {address for spot in self.spots for address in self.at(spot, "Deny")}
        to_tell |= (self.at(here, "Allow") | own) - alive if lacking else set()
        untold = {address for address in to_tell - {*fails} if "action" not in failing[address]}
        demand(not untold, f"not told: {untold}")
        granted = [self.at(spot, "Allow").intersection(applies) for spot in self.needed(own.intersection(applies))]
        demand(lacking or all(granted), "an Allow that is needed is not named")

    def at(self, spot: Any, effect: str) -> set[str]:
        return {at for at, (where, body, _) in self.statements.items() if where == spot and body["Effect"] == effect}

    def needed(self, granting: set[str]) -> list[Any]:
        """Return where an Allow is needed when these Allows of the resource's own policy apply."""
        grant = max((self.reach(self.statements[address][1]) for address in granting), default=0) if self.near else 0
        own, layers = self.spots[-1][0], {*CONTROLS}
        layers |= {own} if own == "trust" or not (self.near and self.inside) else set()
        layers |= {"boundary", "session"} if self.inside and grant != DIRECTLY else set()
        layers |= {"identity"} if self.inside and grant < BY_ISSUER else set()
        return [spot for spot in self.spots if spot[0] in layers]

    def failing(self, body: Any, variables: bool) -> list[Any]:
        """Return the parts of a statement that keep it from applying."""
        truths: list[tuple[Any, float]] = [("principal", self.reach(body) > 0)]
        actions, negated = element(body, "Action")
        truth: float = max(fnmatchcase(self.action, action.lower().replace("[", "[[]")) for action in actions)
        truths.append(("action", truth != negated))
        resources, negated = element(body, "Resource")
        truth = max(self.fits_resource(resource, variables, negated) for resource in resources)
        truths.append(("resource", 1 - truth if negated else truth))
        for operator, keys in body.get("Condition", {}).items():
            for key, values in keys.items():
                wanted = [str(value).lower() if isinstance(value, bool) else str(value) for value in listed(values)]
                found = listed(self.context.get(key.lower(), []))
                truths.append((["condition", operator, key], self.meets(operator.lower(), found, wanted, variables)))
        return [part for part, truth in truths if truth < (1 if body["Effect"] == "Allow" else MAYBE)]

    def reach(self, body: Any) -> int:
        """Return how a statement names the principal, 0 when it does not; without a Principal it names everybody."""
        (named,), negated = element(body, "Principal")
        named = {"AWS": "*"} if named == "*" else named
        pairs = {(kind, name) for kind, names in named.items() for name in listed(names)}
        pairs = {(kind, re.sub(r"^arn:aws[a-z-]*:iam::(\d{12}):root$", r"\1", name)) for kind, name in pairs}
        hits = [how for how, names in self.names.items() if pairs & {*names, ("AWS", "*")}]
        if not negated:
            return max(hits, default=0)
        # A Deny with NotPrincipal spares whom it names in every way, and nobody who has a permissions boundary.
        wholly = len(hits) == len(self.names) and not (self.inside and ("boundary", None) in self.spots)
        return 0 if (wholly if body["Effect"] == "Deny" else hits) else DIRECTLY

    def fits_resource(self, pattern: str, variables: bool, negated: bool) -> float:
        parts = self.fill(pattern, variables, only_last=True)
        if pattern == "*" or parts:
            return pattern == "*" or resource_fits(parts, self.resource)
        # A variable without a value fits nothing; NotResource cannot tell, unless what is written before it differs.
        before = pattern.partition("${")[0].split(":", 5)
        return (
            MAYBE if negated and resource_fits([*before[:5], "*"] if len(before) == 6 else ["*"], self.resource) else 0
        )

    def meets(self, operator: str, found: list[str], wanted: list[str], variables: bool) -> float:
        demand(OPERATOR.fullmatch(operator), f"unknown operator: {operator}")
        quantifier, _, name = operator.rpartition(":")
        plain = name.removesuffix("ifexists")
        negated = "not" in plain
        if plain == "null":
            return self.compare("bool", str(not found), wanted, variables, negated)
        if not found:
            return name != plain or quantifier == "forallvalues" or (negated and not quantifier)
        truths = [self.compare(plain.replace("not", ""), value, wanted, variables, negated) for value in found]
        truths = [1 - truth if negated else truth for truth in truths]
        if not quantifier:
            return truths[0] if len(found) == 1 else MAYBE
        if not any(found):
            return quantifier == "forallvalues"
        return min(truths) if quantifier == "forallvalues" else max(truths)

    def compare(self, name: str, actual: str, wanted: list[str], variables: bool, negated: bool) -> float:
        """Return whether a value is like one of those wanted; for `name`, an operator that is not negated."""
        truths, kind = [0.0], re.sub("(equals|like|less|greater).*", "", name)
        for want in wanted:
            if kind in ("string", "arn"):
                parts = self.fill(
                    want, variables, most=6 if kind == "arn" else 1, literal=name.startswith("stringequals")
                )
                fold = str.lower if name.endswith("ignorecase") else str
                if parts is None:
                    truths.append(MAYBE if negated else 0)
                elif kind == "string":
                    truths.append(fnmatchcase(fold(actual), fold(parts[0])))
                else:
                    are_arns = actual.count(":") > 4 and (want == "*" or len(parts) == 6)
                    truths.append(arn_fits(parts, actual) if are_arns else MAYBE)
            elif (left := read(kind, actual)) is None or (
                right := read("range" if kind == "ipaddress" else kind, want)
            ) is None:
                truths.append(MAYBE)
            elif kind == "ipaddress":
                truths.append(left in right)
            else:
                truths.append((left > right) - (left < right) in ORDERS.get(name.removeprefix(kind), (0,)))
        return max(truths) if wanted or kind in ("string", "arn") or read(kind, actual) is not None else MAYBE

    def fill(self, pattern: str, variables: bool, most: int = 6, literal: bool = False, only_last: bool = False) -> Any:
        """Return a pattern's parts for fnmatch, where `[c]` is the character c; None when a variable has no value."""
        parts = [""]
        for index, piece in enumerate(re.split(r"\$\{([^}]*)\}", pattern) if variables else [pattern]):
            if index % 2 == 0:
                first, *rest = re.sub(r"[*?[]" if literal else r"\[", r"[\g<0>]", piece).split(":", most - len(parts))
                parts[-1:] = [parts[-1] + first, *rest]
                continue
            named = re.fullmatch(r"\s*([^,\s][^,]*?)\s*(?:,\s*'(.*)'\s*)?", piece, re.DOTALL)
            value = (
                piece if piece in ("*", "?", "$") else self.context.get(named[1].lower(), named[2]) if named else None
            )
            if not isinstance(value, str) or (only_last and len(parts) < 6 and piece not in ("*", "?", "$")):
                return None
            parts[-1] += re.sub(r"[*?[]", r"[\g<0>]", value)
        return parts


def element(body: Any, name: str) -> tuple[list[Any], bool]:
    (key,) = body.keys() & {name, f"Not{name}"} or {name}
    return listed(body.get(key, "*")), key != name


def arn_fits(parts: list[str], arn: str) -> bool:
    return arn.count(":") > 4 and all(map(fnmatchcase, arn.split(":", 5), [*parts, *"*****"]))


def resource_fits(parts: list[str], resource: str) -> bool:
    """Compare a Resource pattern; a `*` that ends one of its first five parts can match beyond the colon."""
    texts = [as_expression(part.removesuffix("*"), "[^:]") + ".*" * part.endswith("*") for part in parts[:5]]
    readings = [[*texts, *map(as_expression, parts[5:])]] + [[*texts, *[".*"] * (6 - len(parts))]] * (len(parts) < 6)
    return resource.count(":") >= 5 and any(re.fullmatch(":".join(each), resource, re.DOTALL) for each in readings)


@lru_cache(10_000)
def as_expression(part: str, one: str = ".") -> str:
    bits = re.findall(r"\[.\]|.", part, re.DOTALL)
    return "".join({"*": f"{one}*", "?": one}.get(bit, re.escape(bit[1:2] or bit)) for bit in bits)


def read(kind: str, text: str) -> Any:
    """Return what a text says as a value of this kind, or None when it is no such value."""
    try:
        return READERS[kind](text)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None


def read_date(text: str) -> datetime:
    if re.fullmatch("[0-9]{1,11}", text):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text))
    found = DATE.fullmatch(text.upper())
    month, day, clock, zone = found.groups() if found else ("", "", "", "")
    return datetime.fromisoformat(f"{month}{day or '-01'}T{clock or '00:00'}{zone or 'Z'}")


def read_range(text: str) -> Any:
    found = ip_network(text, strict=False)
    mapped = getattr(found.network_address, "ipv4_mapped", None)
    return ip_network((mapped, found.prefixlen - 96)) if mapped else found


READERS: dict[str, Callable[[str], Any]] = {
    "numeric": lambda text: Decimal(text) if NUMBER.fullmatch(text) else None,
    "date": read_date,
    "bool": lambda text: {"true": True, "false": False}[text.lower()],
    "binary": lambda text: text if BASE64.fullmatch(text) else None,
    "ipaddress": lambda text: getattr(ip_address(text), "ipv4_mapped", None) or ip_address(text),
    "range": read_range,
}

if __name__ == "__main__":
    question, *rest = [json.loads(Path(name).read_bytes(), parse_float=str) for name in sys.argv[1:]]
    certificate = rest[0] if rest else question["certificate"]
    check(question, certificate)
    sys.stdout.write(f"proven: {certificate['decision']}\n")

"""Check the certificate of an authorization decision: who has read this file need trust no other.

    python conformance/check_certificate.py QUESTION.json CERTIFICATE.json     (or one file, a question with "certificate")

A question is a request and the policies it was decided by; a certificate names the statements that settled it. No claim
is believed: each part of a statement is compared here and is True, False, or None where values cannot be compared.
None makes an Allow fail and lets a Deny apply. Rules: docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html
"""

import base64, fnmatch, ipaddress, json, operator, re, sys  # noqa: E401, I001 - one line of a file with few to spare
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

Json, Truth, Spot = Mapping[str, Any], bool | None, tuple[str, int | None]  # a spot: kind of policy, organisation's level
CONTROLS, LIMITS = ("resource_control", "service_control"), ("boundary", "session")
IN_ACCOUNTS = ("user", "root", "role_session", "federated_user")
OUTSIDE = ("service", "federated", "anonymous")
ARN_KINDS = {"user": "user", "root": "root", "assumed-role": "role_session", "federated-user": "federated_user"} | {
    "saml-provider": "federated", "oidc-provider": "federated"}  # fmt: skip
ELEMENTS = {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"}
DIRECTLY, BY_ISSUER, BY_ACCOUNT = 3, 2, 1  # how a resource's own policy may reach the principal
RELATIONS = {"equals": operator.eq, "lessthan": operator.lt, "lessthanequals": operator.le, "": operator.eq} | {
    "greaterthan": operator.gt, "greaterthanequals": operator.ge}  # fmt: skip
COMPARISONS = {  # operator: whether it has a negated form
    "stringequals": True, "stringequalsignorecase": True, "stringlike": True, "arnequals": True, "arnlike": True,
    "ipaddress": True, "bool": False, "binaryequals": False,
    **{kind + relation: relation == "equals" for kind in ("numeric", "date") for relation in RELATIONS if relation},
}  # fmt: skip


class CertificateRefused(Exception):  # noqa: N818 - the word for what happens to it
    """The certificate does not prove the decision it names."""


def check(question: Json, certificate: Json) -> None:
    """Return when the certificate proves its decision; raise CertificateRefused otherwise."""
    try:
        Case(question["request"], question["policies"]).check(**certificate)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise CertificateRefused(f"malformed: {error!r}") from error


def demand(fact: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as assert does
    if not fact:
        raise CertificateRefused(otherwise)


class Case:
    """A question, and what is true of the statements in it."""

    def __init__(self, request: Json, policies: Json) -> None:
        self.action, self.resource = request["action"].lower(), request["resource"]
        self.principal = read_principal(request["principal"])
        self.near = request.get("resource_account") in (None, self.principal["account"])
        self.context: dict[str, Any] = {}
        for key, value in request.get("context", {}).items():  # one key in two spellings has the values of both
            seen = self.context.get(key.lower())
            self.context[key.lower()] = value if seen is None else [*listed(seen), *listed(value)]
        given = {"identity": []} | {layer: written for layer, written in policies.items() if written is not None}
        self.own: Spot = ("trust" if "trust" in given else "resource", None)
        demand(given.keys() <= {*CONTROLS, "identity", *LIMITS, self.own[0]}, "unknown kind of policy")
        self.statements = {address: rest for address, *rest in read_statements(given)}
        levels = [(layer, level) for layer in CONTROLS for level in range(len(given.get(layer, [])))]
        spots = [*levels, *((layer, None) for layer in ("identity", *LIMITS) if layer in given), self.own]
        self.spots = [spot for spot in spots if self.binds(spot[0])]

    def check(self, version: int, decision: str, layer: Any, level: Any, applies: list[str], fails: Json) -> None:
        demand(version == 1, "unknown form of certificate")
        for address in applies:
            demand(self.applies(address), f"{address} does not apply")
        for address, part in fails.items():
            demand(self.fails(address, part), f"{address} does not fail by {part}")
        here, own = (layer, level), self.at([self.own], "Allow")
        unsettled = {name for name in self.statements if name not in fails and not self.fails(name, "action")}
        if decision == "explicit_deny":
            demand(len(applies) == 1 and not fails, "an explicit deny is one statement that applies")
            demand(applies[0] in self.at([here], "Deny"), f"{applies[0]} is no Deny of {here}")
            earlier = self.at(self.spots[: self.spots.index(here)], "Deny")
            return demand(not any(map(self.applies, earlier)), "another Deny comes before")
        demand(not unsettled & self.at(self.spots, "Deny"), "not every Deny is said to fail")
        if decision == "allow":
            needed = self.needed(own.intersection(applies))
            named = all(self.at([spot], "Allow").intersection(applies) for spot in needed)
            return demand(here == (None, None) and named, "not every Allow that is needed is named")
        demand(decision == "implicit_deny", "unknown decision")
        demand(all(map(self.applies, unsettled & own)), "not every Allow on the resource applies or is said to fail")
        demand(not unsettled & self.at([here], "Allow"), f"not every Allow of {here} is said to fail")
        needed = self.needed(unsettled & own)
        for spot in needed[: needed.index(here)]:
            demand(any(map(self.applies, self.at([spot], "Allow"))), f"{spot} is in the way before")

    def binds(self, layer: str) -> bool:
        kind, issuer = self.principal["kind"], self.principal["issuer_arn"]
        if layer in CONTROLS:
            service_linked = kind == "role_session" and ":role/aws-service-role/" in issuer
            return not service_linked and (layer == "resource_control" or kind in IN_ACCOUNTS)
        is_root = kind == "root" or (kind == "federated_user" and issuer.endswith(":root"))
        return not (is_root and layer in ("identity", "boundary"))

    def needed(self, granting: Iterable[str]) -> list[Spot]:
        """Return where an Allow is needed when these Allows of the resource's own policy apply."""
        grant = max((self.reach(*self.statements[name][1:2]) for name in granting), default=0) if self.near else 0
        layers = {*CONTROLS}
        if self.principal["kind"] in OUTSIDE or self.own[0] == "trust" or not self.near:
            layers |= {self.own[0]}
        if self.principal["kind"] in IN_ACCOUNTS and grant != DIRECTLY:
            layers |= {*LIMITS} | ({"identity"} if grant != BY_ISSUER else set())
        return [spot for spot in self.spots if spot[0] in layers]

    def at(self, spots: Iterable[Any], effect: str) -> set[str]:
        return {name for name, (spot, body, _) in self.statements.items() if spot in spots and body["Effect"] == effect}

    def applies(self, address: str) -> bool:
        conditions = self.statements[address][1].get("Condition", {})
        parts = [("condition", name, key) for name, keys in conditions.items() for key in keys]
        return not any(self.fails(address, part) for part in ("action", "resource", "principal", *parts))

    def fails(self, address: str, part: Any) -> bool:
        _, body, version = self.statements[address]
        truth = self.truth(part, body, version)
        return truth is False or (truth is None and body["Effect"] == "Allow")

    def truth(self, part: Any, body: Json, version: str) -> Truth:
        if part == "action":
            actions, negated = element(body, "Action")
            return any(glob(escape(each.lower(), "["), self.action) for each in actions) is not negated
        if part == "resource":
            resources, negated = element(body, "Resource") if body.keys() & {"Resource", "NotResource"} else (["*"], False)
            return negate(any_of([self.covers(each, version, negated) for each in resources]), negated)
        if part == "principal":
            return self.reach(body) > 0
        _, name, key = part
        wanted = [str(value).lower() if isinstance(value, bool) else str(value) for value in listed(body["Condition"][name][key])]
        return self.meets(name.lower(), listed(self.context.get(key.lower(), [])), wanted, version)

    def covers(self, pattern: str, version: str, negated: bool) -> Truth:
        """Compare a resource; where a variable has no value, NotResource only fits what its other parts rule out."""
        if pattern == "*":
            return True
        parts = self.fill(pattern, version, splits=5, in_resource=True)
        if parts is not None:
            return arn_fits(parts, self.resource)
        *before, _ = pattern.split("${")[0].split(":", 5)
        return None if negated and arn_fits([*before, "*"] if len(before) == 5 else ["*"], self.resource) else False

    def meets(self, operation: str, found: list[str], wanted: list[str], version: str) -> Truth:
        quantifier, _, name = operation.rpartition(":")
        plain = name.removesuffix("ifexists")
        if plain == "null":
            return compare("bool", str(not found), wanted)
        positive = plain.replace("not", "")
        negated = positive != plain
        demand(quantifier in ("", "forallvalues", "foranyvalue") and COMPARISONS[positive] >= negated, f"unknown operator {operation}")
        if not found:
            return name != plain or quantifier == "forallvalues" or (negated and not quantifier)
        truths = [negate(self.equals(positive, each, wanted, version, negated), negated) for each in found]
        if not quantifier:
            return truths[0] if len(truths) == 1 else None
        if not any(found):
            return quantifier == "forallvalues"
        return any_of(truths) if quantifier == "foranyvalue" else negate(any_of([negate(each) for each in truths]))

    def equals(self, name: str, actual: str, wanted: list[str], version: str, negated: bool) -> Truth:
        if not name.startswith(("string", "arn")):
            return compare(name, actual, wanted)
        truths = list[Truth]()
        for want in wanted:
            parts = self.fill(want, version, splits=5 if name[0] == "a" else 0, literal="equals" in name and name[0] != "a")
            if parts is None:
                truths.append(None if negated else False)
            elif name[0] == "a":
                whole = want == "*" or len(parts) == 6
                truths.append(arn_fits(parts, actual) if whole and actual.count(":") >= 5 else None)
            else:
                fold = str.lower if name.endswith("case") else str
                truths.append(glob(fold(parts[0]), fold(actual)))
        return any_of(truths)

    def fill(self, pattern: str, version: str, splits: int, literal=False, in_resource=False) -> list[str] | None:
        """Return a pattern's parts with variables filled in, `[x]` being a character as it is, or None without a value."""
        parts = [""]
        for index, piece in enumerate(re.split(r"\$\{([^}]*)\}", pattern) if version == "2012-10-17" else [pattern]):
            if index % 2:
                value = self.variable(piece)
                if value is None or (in_resource and len(parts) < 6 and piece not in ("*", "?", "$")):
                    return None
                parts[-1] += escape(value)
            else:
                first, *others = escape(piece, "[*?" if literal else "[").split(":", splits + 1 - len(parts))
                parts[-1:] = [parts[-1] + first, *others]
        return parts

    def variable(self, inside: str) -> str | None:
        """Return what stands for `${inside}`: an escape, the one value of a key, or a default."""
        named = re.fullmatch(r"\s*([^,\s][^,]*?)\s*(?:,\s*'(.*)'\s*)?", inside, re.DOTALL)
        value = inside if inside in ("*", "?", "$") else self.context.get(named[1].lower(), named[2]) if named else None
        return value if isinstance(value, str) else None

    def reach(self, body: Json) -> int:
        """Return how directly a statement is meant for the principal; 0 when it is not."""
        if not body.keys() & {"Principal", "NotPrincipal"}:
            return DIRECTLY
        (named,), negated = element(body, "Principal")
        me, named = self.principal, {"AWS": "*"} if named == "*" else named
        aws, kind, account = listed(named.get("AWS", [])), me["kind"], me["account"]
        facets = {DIRECTLY: me["arn"] in listed(named.get(kind.capitalize(), [])) if kind in OUTSIDE else me["arn"] in aws or me.get("unique_id") in aws}
        if kind in IN_ACCOUNTS:
            roots = any(re.fullmatch(rf"({account}|arn:aws[a-z-]*:iam::{account}:root)", each) for each in aws)
            facets[BY_ACCOUNT] = roots or me.get("canonical_id") in listed(named.get("CanonicalUser", []))
        if kind == "root":
            facets = {DIRECTLY: facets[BY_ACCOUNT]}
        elif kind in IN_ACCOUNTS and me["issuer_arn"]:
            facets[BY_ISSUER] = me["issuer_arn"] in aws or me.get("issuer_id") in aws
        if "*" in aws:
            facets = {DIRECTLY: True}
        if not negated:
            return max((how for how, is_named in facets.items() if is_named), default=0)
        deny, bounded = body["Effect"] == "Deny", kind in IN_ACCOUNTS and ("boundary", None) in self.spots  # a boundary: NotPrincipal spares nobody
        return 0 if (all(facets.values()) and not bounded if deny else any(facets.values())) else DIRECTLY


def read_principal(written: Any) -> dict[str, str]:
    """Return a principal with all that its name alone says."""
    if isinstance(written, str):
        _, partition, _, _, account, name = written.split(":", 5) if written.startswith("arn:") else [""] * 6
        kind, _, rest = name.partition("/")
        outside = "service" if written.endswith(".amazonaws.com") else "federated" if written != "*" else "anonymous"
        issuer = f"arn:{partition}:iam::{account}:role/{rest.split('/')[0]}" if kind == "assumed-role" else ""
        written = {"kind": ARN_KINDS[kind] if name else outside, "arn": written, "issuer_arn": issuer}
    demand(written["kind"] in (*IN_ACCOUNTS, *OUTSIDE), "unknown kind of principal")
    account = written.get("arn", "::::").split(":")[4] if written["kind"] in IN_ACCOUNTS else ""
    return {"arn": "", "issuer_arn": "", "account": account} | {k: v for k, v in written.items() if v is not None}


def read_statements(given: Json) -> Iterator[tuple[str, Spot, Json, str]]:
    """Yield each statement with its address, its spot and its policy's version."""
    for layer, written in given.items():
        own = layer in ("resource", "trust")
        for level, documents in enumerate(written) if layer in CONTROLS else [(None, [written] if own else written)]:
            for number, document in enumerate(documents):
                for index, body in enumerate(listed(document["Statement"])):
                    place = (layer, level, None if own else number, index)
                    demand(body.keys() <= ELEMENTS and body["Effect"] in ("Allow", "Deny"), f"{place} is no statement")
                    version = document.get("Version", "2008-10-17")
                    yield "/".join(str(step) for step in place if step is not None), (layer, level), body, version


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def element(body: Json, name: str) -> tuple[list[Any], bool]:
    (found,) = body.keys() & {name, f"Not{name}"}
    return listed(body[found]), found != name


def any_of(truths: list[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


def negate(truth: Truth, really: bool = True) -> Truth:
    return truth if truth is None else truth is not really


def escape(text: str, characters: str = "[*?") -> str:
    return "".join(f"[{c}]" if c in characters else c for c in text)


def arn_fits(parts: list[str], text: str) -> bool:
    actual = text.split(":", 5)
    return len(actual) == 6 and all(map(glob, [*parts, *"*****"], actual))


def glob(pattern: str, text: str) -> bool:
    return expression(pattern).match(text) is not None


@lru_cache(10_000)
def expression(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


def compare(name: str, actual: str, wanted: list[str]) -> Truth:
    """Compare typed values; what is not of the type cannot be compared."""
    family = next(family for family in READERS if name.startswith(family))
    relation = RELATIONS[name.removeprefix(family)]
    truths = list[Truth]()
    try:
        left = READERS[family](actual)
    except UNREADABLE:
        return None
    for want in wanted:
        try:
            right = ipaddress.ip_network(want, strict=False) if family == "ipaddress" else READERS[family](want)
            truths.append(left in right if family == "ipaddress" else relation(left, right))
        except UNREADABLE:
            truths.append(None)
    return any_of(truths)


def read_number(text: str) -> Decimal:
    return Decimal(re.fullmatch(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?", text)[0])


def read_bool(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


def read_date(text: str) -> datetime:
    if re.fullmatch("[0-9]{1,19}", text):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text))
    form = r"[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?)?"
    text = re.fullmatch(form, text.upper())[0]
    found = datetime.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    return found.replace(tzinfo=found.tzinfo or UTC)


def read_binary(text: str) -> bytes:
    found = base64.b64decode(text)
    if base64.b64encode(found) != text.encode():
        raise ValueError(text)
    return found


def read_address(text: str) -> Any:
    found = ipaddress.ip_address(text)
    return getattr(found, "ipv4_mapped", None) or found


READERS = {"numeric": read_number, "date": read_date, "bool": read_bool, "binary": read_binary, "ipaddress": read_address}
UNREADABLE = (ArithmeticError, LookupError, TypeError, ValueError)

if __name__ == "__main__":
    question, *rest = [json.loads(Path(name).read_bytes(), parse_float=str) for name in sys.argv[1:]]
    check(question, rest[0] if rest else question["certificate"])
    print("the certificate proves its decision")  # noqa: T201 - this is a command

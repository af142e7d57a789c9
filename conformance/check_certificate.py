"""Check the certificate of an authorization decision; who has read this file need trust no other.

`python conformance/check_certificate.py FILE` reads what `ostiary explain --certificate FILE` writes: a request, with
nothing left to infer, policies, and a certificate (or a second FILE), which names the statements that settled it. It is
not believed: each is compared anew. Truth is a number, so that `max` is "any", `min` is "all" and `1 -` is "not"; where
it is 1 an Allow applies, and a Deny from MAYBE on, which is the truth about values that cannot be compared.
"""
# ruff: noqa: D101, D102, D103, FBT001, FBT002, INP001, PLR2004 - one short file, its names and flags read in place

import json
import re
import sys
from base64 import b64decode, b64encode
from datetime import datetime
from decimal import Decimal
from fnmatch import fnmatchcase  # `*` and `?` are wildcards, `[c]` is the character c
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

MAYBE, UNFILLED = 0.5, 0.25  # a variable without a value matches nothing, and "not" makes no match of that
DIRECTLY, BY_ISSUER, BY_ACCOUNT = 3, 2, 1  # how a statement may name the principal, and by which facts
FACTS = {3: ("arn", "unique_id"), 2: ("issuer_arn", "issuer_id"), 1: ("account", "canonical_id")}
INSIDE, OUTSIDE = ("user", "root", "role_session", "federated_user"), ("service", "federated", "anonymous")
CONTROLS = ("resource_control", "service_control")  # an organisation's policies, level by level
ELEMENTS = {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"}
ROOT = re.compile(r"\Aarn:aws[a-z-]*:iam::([0-9]{12}):root\Z")
OF_TEXTS = "string(?:not)?equals(?:ignorecase)?|arn(?:not)?equals|(?:string|arn)(?:not)?like"
OF_ORDERS = "(?:numeric|date)(?:(?:not)?equals|(?:less|greater)than(?:equals)?)|null(?!i)|bool|binaryequals"
OPERATOR = re.compile(f"(?:(forallvalues|foranyvalue):)?({OF_TEXTS}|{OF_ORDERS}|(?:not)?ipaddress)(ifexists)?")
NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,2})?")
DAY, ZONE = r"(\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", r"([Zz]|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?"
CLOCK = r"(?:[Tt](?:([01]?\d|2[0-3])(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?)?)?"
CertificateRefused = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def check(question: Any, certificate: Any) -> None:
    """Return when the certificate proves the decision, made anew here; raise one of CertificateRefused otherwise."""
    case, applies, fails = Case(question["request"], question["policies"]), certificate["applies"], certificate["fails"]
    said = [certificate[each] for each in ("version", "decision", "layer", "level")]
    failing = {at: case.failing(body, variables) for at, (body, variables) in case.statements.items()}
    alive = {at for at in failing if not failing[at]}
    own, allows = [*case.spots.values()][-1]["Allow"], alive & ({*applies} if said[1] == "allow" else alive)
    grant = max((case.reach(case.statements[at][0]) for at in own & allows), default=0) if case.near else 0
    bound, foreign = case.inside and grant < DIRECTLY, not (case.near and case.inside)
    needed = {"resource": foreign, "identity": bound and grant < BY_ISSUER, "boundary": bound, "session": bound}
    denied = [spot for spot, stated in case.spots.items() if stated["Deny"] & alive]
    lacking = [at for at, stated in case.spots.items() if needed.get(at[0], True) and not stated["Allow"] & allows]
    here = (denied or lacking or [(None, None)])[0]
    expected = "explicit_deny" if denied else "implicit_deny" if lacking else "allow"
    demand(said == [1, expected, *here] and len(certificate) == 6, f"the decision is {expected} by {here}")
    telling = [stated["Deny"] for stated in case.spots.values()] + ([case.spots[here]["Allow"], own] if lacking else [])
    wrong = {at for group in telling for at in group - alive - {*fails} if "action" not in failing[at]}
    wrong |= {*applies} - alive | {at for at in fails if fails[at] not in failing[at]}
    alone = denied and not fails and len(applies) == 1 and alive & case.spots[here]["Deny"] >= {*applies}
    demand(alone if denied else not wrong, f"not the Deny alone, or not true, or not told: {wrong}")


def demand(fact: object, otherwise: str) -> None:
    if not fact:
        raise ValueError(otherwise)


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class Case:  # a question, and what is true of the statements in it
    def __init__(self, request: Any, policies: Any) -> None:
        me, action, self.resource, self.context = (request[of] for of in ("principal", "action", "resource", "context"))
        self.action, kind, account, issuer = action.lower(), me["kind"], me.get("account"), me.get("issuer_arn", "")
        self.inside, self.near = kind in INSIDE, request.get("resource_account", account) == account
        texts = [text for value in (*me.values(), *self.context.values()) for text in listed(value)]
        sound = [isinstance(text, str) for text in texts] + [key == key.lower() for key in self.context]
        demand(all(sound) and all(me.values()) and (account if self.inside else kind in OUTSIDE), "no such request")
        facts = {DIRECTLY: FACTS[BY_ACCOUNT]} if kind == "root" else FACTS if self.inside else {DIRECTLY: ("arn",)}
        facts = {how: {*facts[how]} & me.keys() for how in facts if how != BY_ISSUER or {*facts[how]} & me.keys()}
        types = {"canonical_id": "CanonicalUser", "arn": "AWS" if self.inside else kind.capitalize()}
        self.names = {how: {(types.get(fact, "AWS"), me[fact]) for fact in facts[how]} for how in facts}
        is_root = kind == "root" or (kind == "federated_user" and ROOT.match(issuer))
        is_linked = kind == "role_session" and re.match("arn:aws[a-z-]*:iam::[0-9]{12}:role/aws-service-role/", issuer)
        unbound = {*(("identity", "boundary") if is_root else ()), *CONTROLS[0 if is_linked else 1 + self.inside :]}
        own = "trust" if "trust" in policies else "resource"
        given = {"identity": [], **policies, own: [policies[own]] if own in policies else []}
        # A spot is a kind of policy, and its level if it has any; these bind the principal and are named in this order.
        self.spots, self.statements = dict[Any, Any](), dict[str, Any]()
        for layer in sorted(given, key=(*CONTROLS, "identity", "boundary", "session", own).index):
            for level, documents in enumerate(given[layer]) if layer in CONTROLS else [(None, given[layer])]:
                stated: dict[str, set[str]] = {"Allow": set(), "Deny": set()}
                self.spots |= {(layer, level): stated} if layer not in unbound else {}
                for number, document in enumerate(documents):
                    variables = {None: False, "2008-10-17": False, "2012-10-17": True}[document.get("Version")]
                    for index, body in enumerate(listed(document["Statement"])):
                        address = f"{layer}/{level}/{None if layer == own else number}/{index}".replace("None/", "")
                        has = [len(body.keys() & {each, f"Not{each}"}) for each in ("Action", "Principal", "Resource")]
                        right = has == [1, layer in (own, "resource_control"), has[2] == 1 or layer != own]
                        demand(right and body.keys() <= ELEMENTS, f"no statement: {address}")
                        stated[body["Effect"]].add(address)
                        self.statements[address] = body, variables

    def failing(self, body: Any, variables: bool) -> list[Any]:  # the parts of a statement that keep it from applying
        actions = [action.lower().replace("[", "[[]") for action in listed(body.get("NotAction", body.get("Action")))]
        does = max(fnmatchcase(self.action, action) for action in actions)
        fits = max(self.covers(each, variables) for each in listed(body.get("NotResource", body.get("Resource", "*"))))
        truths: list[Any] = [("principal", self.reach(body) > 0), ("action", does != ("NotAction" in body))]
        truths += [("resource", 1 - fits if "NotResource" in body else fits)]
        for name, keys in body.get("Condition", {}).items():
            truths += [(["condition", name, key], self.meets(name, key, keys[key], variables)) for key in keys]
        return [part for part, truth in truths if truth < (1 if body["Effect"] == "Allow" else MAYBE)]

    def reach(self, body: Any) -> int:  # how a statement names the principal, 0 when it does not
        element = body.get("NotPrincipal", body.get("Principal", "*"))
        named = [("AWS", "*")] if element == "*" else [(kind, who) for kind in element for who in listed(element[kind])]
        pairs = {*named, *((kind, ROOT.sub(r"\1", who)) for kind, who in named)}
        hits = [how for how, names in self.names.items() if pairs & {*names, ("AWS", "*")}]
        # A Deny with NotPrincipal spares whom it names in every way, and nobody who has a permissions boundary.
        wholly = len(hits) == len(self.names) and not (self.inside and ("boundary", None) in self.spots)
        spared = wholly if body["Effect"] == "Deny" else hits
        return max(hits, default=0) if "NotPrincipal" not in body else 0 if spared else DIRECTLY

    def covers(self, pattern: str, variables: bool) -> float:
        filled, weight = self.fill(pattern, variables, r"\[", in_resource=True)
        parts, pieces, starts = re.split(r"(?<!\[):", filled, maxsplit=5), self.resource.split(":"), {0}
        for part in parts[:5]:  # each fits one piece of the resource, or with a `*` at its end that and any more
            ends = {at + 1 for at in starts if at < len(pieces) and fnmatchcase(pieces[at], part)}
            starts = {*range(min(ends), len(pieces) + 1)} if ends and part.endswith("*") else ends
        if len(parts) == 6:
            fits = any(fnmatchcase(":".join(pieces[at:]), parts[5]) for at in starts if at < len(pieces))
        else:  # a pattern that lacks parts means what it says, or `*` in their places
            fits = any(at == len(pieces) or at + 6 - len(parts) <= len(pieces) for at in starts)
        return weight * (pattern == "*" or (fits and len(pieces) > 5))

    def meets(self, operator: str, key: str, values: Any, variables: bool) -> float:
        quantifier, name, if_exists = OPERATOR.fullmatch(operator.lower()).groups()  # type: ignore[union-attr] # refused
        found, negated, every = listed(self.context.get(key.lower(), [])), "not" in name, quantifier == "forallvalues"
        if name == "null":
            name, quantifier, found = "bool", None, [str(not found)]
        elif not found:
            return bool(if_exists) or every or (negated and not quantifier)
        wanted = [str(value).lower() if isinstance(value, bool) else str(value) for value in listed(values)] or [None]
        truths = [max(self.compare(name, text, each, variables) for each in wanted) for text in found]
        truths = [1 - truth if negated else truth for truth in truths]
        of_set = (min(truths) if every else max(truths)) if any(found) else every
        return of_set if quantifier else truths[0] if len(found) == 1 else MAYBE

    def compare(self, name: str, actual: str, want: str | None, variables: bool) -> float:
        kind = re.sub("not|(equals|like|less|greater).*", "", name)
        try:
            left = READERS.get(kind, str)(actual)
            right = None if want is None else READERS.get("range" if kind == "ipaddress" else kind, str)(want)
        except CertificateRefused:
            return MAYBE
        if want is None:
            return 0
        if kind == "ipaddress":  # a range of mapped addresses is one of IPv4
            mapped = left.version == 4 and getattr(right.network_address, "ipv4_mapped", None)
            return (ip_address(f"::ffff:{left}") if mapped else left) in right
        if kind in READERS:
            return ("less", "equal", "greater")[(left > right) - (left < right) + 1] in name.replace("bool", "equal")
        filled, weight = self.fill(want, variables, "[*?[]" if kind == "string" and "like" not in name else r"\[")
        if kind == "string":
            fold = str.lower if name.endswith("ignorecase") else str
            return weight * fnmatchcase(fold(actual), fold(filled))
        parts = re.split(r"(?<!\[):", filled, maxsplit=5)
        decided = weight < 1 or (actual.count(":") > 4 and (len(parts) == 6 or want == "*"))
        return weight * all(map(fnmatchcase, actual.split(":", 5), [*parts, *"*****"])) if decided else MAYBE

    def fill(self, pattern: str, variables: bool, special: str, in_resource: bool = False) -> tuple[str, float]:
        filled, end = "", pattern.rfind("}") + 1 if variables else 0  # beyond the last brace there is no variable
        *found, last = re.split(r"\$\{(?:([*?$])|([^},]*)(?:,\s*'([^}]*)'\s*)?|[^}]*)\}", pattern[:end])
        for text, escape, key, default in zip(*(found[place::4] for place in range(4)), strict=True):
            filled += re.sub(special, r"[\g<0>]", text)
            where = [*filled.split(":")[:5], "*"] if in_resource and filled.count(":") > 4 else ["*"]
            known = key and key.strip() and (len(where) == 6 or not in_resource)
            value = escape or (self.context.get(key.strip().lower(), default) if known else None)
            if not isinstance(value, str):  # then nothing fits; but a resource could, whose first five parts do
                return ":".join(where), UNFILLED
            filled += re.sub("[*?[:]", r"[\g<0>]", value)  # a colon in a value separates no parts
        return filled + re.sub(special, r"[\g<0>]", last + pattern[end:]), 1


def read_date(text: str) -> tuple[int, str]:
    if re.fullmatch("[0-9]{1,19}", text) and int(text) < 2**63:
        return int(text), "0" * 9
    year, month, day, hour, minute, second, fraction, zone = re.fullmatch(DAY + CLOCK + ZONE, text, re.ASCII).groups("")  # type: ignore[union-attr]
    date, clock = f"{int(year):04}-{month or 1:0>2}-{day or 1:0>2}", f"{hour:0>2}:{minute:0>2}:{second:0>2}"
    return int(datetime.fromisoformat(f"{date}T{clock}{zone.upper() or 'Z'}").timestamp()), fraction.ljust(9, "0")


READERS: dict[str, Any] = {"date": read_date, "range": lambda t: ip_network(t, strict=False)}
READERS |= {"numeric": lambda t: Decimal(NUMBER.fullmatch(t)[0]), "bool": lambda t: ("false", "true").index(t.lower())}
READERS |= {"ipaddress": lambda t: getattr(ip_address(t), "ipv4_mapped", None) or ip_address(t)}
READERS |= {"binary": lambda t: {t: t}[b64encode(b64decode(t)).decode()]}

if __name__ == "__main__":
    files = [json.loads(Path(name).read_bytes()) for name in sys.argv[1:]]
    certificate = files[-1].get("certificate", files[-1])
    check(files[0], certificate)
    sys.stdout.write(f"proven: {certificate['decision']}\n")

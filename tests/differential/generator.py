"""Questions at random: policies of every kind and requests that are likely to have something to do with each other.

Everything hangs on the `Random` that is passed in, so that a seed replays a question and hypothesis can shrink one.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.differential import vocabulary as words

Json = dict[str, Any]


def generate_questions(random: Random, requests: int) -> Iterator[Json]:
    """Yield questions that share one set of policies; sharing it saves the engine most of its work."""
    policies = generate_policies(random)
    for _ in range(requests):
        yield {"request": generate_request(random, policies), "policies": policies}


def generate_policies(random: Random) -> Json:
    """Return one set of policies, of every kind that may bear on a request."""
    trust = chance(random, 0.25)
    policies: Json = {"identity": _documents(random, 2, trust=trust, broad=0.7)}
    if chance(random, 0.5):
        policies["boundary"] = _documents(random, 1, trust=trust, broad=0.6)
    if chance(random, 0.4):
        policies["session"] = _documents(random, 1, trust=trust, broad=0.6)
    if chance(random, 0.4):
        policies["service_control"] = [
            _documents(random, 1, trust=trust, broad=0.9, version="2012-10-17") for _ in range(random.randint(1, 3))
        ]
    if chance(random, 0.4):
        policies["resource_control"] = [_resource_control(random, trust=trust) for _ in range(random.randint(1, 3))]
    if trust:
        policies["trust"] = _document(random, trust=True, broad=0.4, names_principals=True)
    elif chance(random, 0.85):
        policies["resource"] = _document(random, trust=False, broad=0.4, names_principals=True)
    return policies


def generate_request(random: Random, policies: Json) -> Json:
    """Return a request that is about what the policies are about."""
    trust = "trust" in policies
    outsider = chance(random, 0.2)
    request: Json = {
        "principal": random.choice(words.OUTSIDERS if outsider else words.IN_THE_ACCOUNT),
        "action": random.choice(words.TRUST_ACTIONS if trust else words.ACTIONS),
        "resource": random.choice(words.ROLE_RESOURCES if trust else words.RESOURCES),
        "context": _context(random),
    }
    if chance(random, 0.5):
        request["resource_account"] = random.choice([words.ACCOUNT, words.OTHER_ACCOUNT])
    return request


def chance(random: Random, probability: float) -> bool:
    """Return True that often; what hypothesis shrinks towards is False."""
    return random.random() > 1 - probability


def _some(random: Random, values: list[Any]) -> Any:
    """Return one value, or a list of up to three."""
    if chance(random, 0.6):
        return random.choice(values)
    return [random.choice(values) for _ in range(random.randint(1, 3))]


def _documents(random: Random, most: int, **how: Any) -> list[Json]:
    return [_document(random, **how) for _ in range(random.randint(0 if chance(random, 0.15) else 1, most))]


def _document(
    random: Random, *, trust: bool, broad: float, names_principals: bool = False, version: str | None = None
) -> Json:
    """Return a policy; with the probability `broad` it allows nearly everything."""
    statements = [
        _statement(random, trust=trust, names_principals=names_principals) for _ in range(random.randint(1, 2))
    ]
    if chance(random, broad):
        everything: Json = {"Effect": "Allow", "Action": "sts:*" if trust else "*"}
        if names_principals:
            everything["Principal"] = random.choice(words.NAMED)
        if not (trust and names_principals):
            everything["Resource"] = "*"
        statements.insert(random.randint(0, len(statements)), everything)
    document: Json = {"Statement": statements[0] if len(statements) == 1 and chance(random, 0.3) else statements}
    version = version or random.choice(["2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", ""])
    return {"Version": version, **document} if version else document


def _statement(random: Random, *, trust: bool, names_principals: bool) -> Json:
    statement: Json = {"Effect": "Deny" if chance(random, 0.6 if names_principals else 0.37) else "Allow"}
    if trust and names_principals:
        statement["Action"] = _some(random, words.TRUST_ACTION_PATTERNS)
    else:
        actions = words.TRUST_ACTION_PATTERNS if trust else words.ACTION_PATTERNS
        statement["NotAction" if chance(random, 0.15) else "Action"] = _some(random, actions)
        resources = words.ROLE_PATTERNS if trust else words.RESOURCE_PATTERNS
        statement["NotResource" if chance(random, 0.2) else "Resource"] = _some(random, resources)
    if names_principals:
        statement["NotPrincipal" if chance(random, 0.2) else "Principal"] = random.choice(words.NAMED)
    return _with_conditions(random, statement)


def _resource_control(random: Random, *, trust: bool) -> list[Json]:
    """Return the policies of one level: the one that allows everything, mostly, and others that only deny."""
    allows = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    statements = [] if chance(random, 0.1) else [allows]
    if chance(random, 0.5):
        deny = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": _some(random, words.TRUST_ACTION_PATTERNS if trust else words.ACTION_PATTERNS),
            "NotResource" if chance(random, 0.2) else "Resource": _some(
                random, words.ROLE_PATTERNS if trust else words.RESOURCE_PATTERNS
            ),
        }
        statements.append(_with_conditions(random, deny))
    return [{"Version": "2012-10-17", "Statement": [each]} for each in statements]


def _with_conditions(random: Random, statement: Json) -> Json:
    conditions: dict[str, Json] = {}
    for _ in range(random.choice([0, 0, 1, 1, 2])):
        family = random.choice(list(words.FAMILIES))
        keys, _, values = words.FAMILIES[family]
        quantifier = random.choice(["", "", "", "ForAllValues:", "ForAnyValue:"])
        if chance(random, 0.1):
            operator, written = f"{quantifier}Null", _some(random, ["true", "false", True, False, "perhaps"])
        else:
            operator = quantifier + random.choice(words.OPERATORS[family]) + ("IfExists" if chance(random, 0.3) else "")
            written = [] if chance(random, 0.03) else _some(random, values)
        if chance(random, 0.05):
            operator = operator.swapcase()
        conditions.setdefault(operator, {})[random.choice(keys)] = written
    return {**statement, "Condition": conditions} if conditions else statement


def _context(random: Random) -> Json:
    context: Json = {}
    for keys, values, _ in words.FAMILIES.values():
        for key in keys:
            if chance(random, 0.6):
                several = chance(random, 0.5 if key.endswith("TagKeys") else 0.1)
                context[key] = (
                    [random.choice(values) for _ in range(random.randint(0, 3))] if several else random.choice(values)
                )
    if chance(random, 0.05):
        context["AWS:UserName"] = random.choice(words.TEXTS)
    return context

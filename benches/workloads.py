"""The workloads: rules that look like those people write, and different requests, from a seeded generator."""

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from random import Random

from benches.chance import happens, one_of
from benches.conditions import circumstances, some_conditions
from benches.estate import ACTIONS, HOME_REGION, SERVICES, STAGES, TEAMS, THINGS, Service, name_of
from benches.rules import ACCOUNT, USER_NAME, Condition, Policy, Request, Rule, User, Workload

REQUESTS = 200
MANAGED_POLICY_LENGTH = 6_144
"""The most characters that IAM takes in a managed policy, white space not counted."""

_EVERYTHING = ("*",)
_FULL_ACCESS = Policy("FullAWSAccess", (Rule(allows=True, actions=_EVERYTHING, resources=_EVERYTHING),))
_HOME = Rule(
    allows=True,
    actions=("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
    resources=(f"arn:aws:s3:::homes/{USER_NAME}/*",),
)


def workloads() -> Iterator[Workload]:
    """Yield the workloads one at a time, in the order in which they are reported."""
    yield three_statements()
    yield forty_statements()
    yield quota_full()
    for size in (100, 1_000, 10_000):
        yield many_statements(size)
    yield many_users(1_000)


def three_statements() -> Workload:
    """What a service's own user has."""
    user = User(
        "alice",
        (
            Policy(
                "Payments",
                (
                    Rule(
                        allows=True,
                        actions=("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
                        resources=("arn:aws:s3:::payments-prod-*",),
                    ),
                    Rule(
                        allows=True,
                        actions=("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:GetQueue*"),
                        resources=("arn:aws:sqs:*:*:payments-prod-*",),
                    ),
                    Rule(
                        allows=False,
                        actions=("s3:DeleteObject", "s3:PutObject"),
                        resources=("arn:aws:s3:::payments-prod-backups/*",),
                    ),
                ),
            ),
        ),
    )
    return Workload("3 statements", (user,), _requests(_seeded(3), [user], REQUESTS))


def forty_statements() -> Workload:
    """What an engineer has: five policies, most of whose statements have conditions."""
    random = _seeded(40)
    rules = [_HOME, *(_rule(random, conditions=0.8, deny=0.25) for _ in range(39))]
    user = User("alice", _cut(rules, 8))
    return Workload("40 statements, with conditions", (user,), _requests(random, [user], REQUESTS))


def quota_full() -> Workload:
    """As much as IAM lets one user have: ten full managed policies, a boundary, and five SCPs on four levels."""
    random = _seeded(220)
    managed = tuple(
        _filled(f"Managed{number}", lambda: _rule(random, conditions=0.4, deny=0.12)) for number in range(10)
    )
    open_services = dict.fromkeys(service.prefix for service in SERVICES[:9])
    boundary = Policy(
        "Boundary",
        (
            *(Rule(allows=True, actions=(f"{prefix}:*",), resources=_EVERYTHING) for prefix in open_services),
            *(_rule(random, conditions=0.7, deny=1) for _ in range(9)),
        ),
    )
    in_europe = Condition("StringNotEquals", "aws:RequestedRegion", ("eu-west-1", "eu-central-1"))
    guard_rails = [
        Policy(f"GuardRail{number}", tuple(_rule(random, conditions=0.7, deny=1) for _ in range(5)))
        for number in range(3)
    ]
    regions = Policy(
        "Regions",
        (
            Rule(
                allows=False,
                actions=("iam:*", "sts:*", "support:*", "organizations:*"),
                resources=_EVERYTHING,
                conditions=(in_europe,),
                not_actions=True,
            ),
        ),
    )
    services = Policy(
        "Services", tuple(Rule(allows=True, actions=(f"{name}:*",), resources=_EVERYTHING) for name in open_services)
    )
    levels = (
        (_FULL_ACCESS, guard_rails[0]),
        (_FULL_ACCESS, guard_rails[1], regions),
        (_FULL_ACCESS, guard_rails[2]),
        (services,),
    )
    user = User("alice", managed, boundary, levels)
    name = f"quota-full: {len(user.rules)} statements"
    return Workload(name, (user,), _requests(random, [user], REQUESTS))


def many_statements(size: int) -> Workload:
    """Many grants of a few actions, each on other resources; a dozen of them are broad, however many there are."""
    random = _seeded(size)
    broad = [_rule(random, conditions=0.5) for _ in range(12)]
    rules = [*broad, *(_narrow_rule(random) for _ in range(size - len(broad)))]
    random.shuffle(rules)
    user = User("alice", _cut(rules, 20))
    return Workload(many_statements_name(size), (user,), _requests(random, [user], REQUESTS))


def many_statements_name(size: int) -> str:
    return f"{size:,} statements"


def many_users(count: int) -> Workload:
    """Users who share a group's managed policy of ten statements and have five of their own, asking in turn."""
    random = _seeded(15)
    groups = [
        Policy(f"Group{number}", (_HOME, *(_rule(random, conditions=0.4) for _ in range(9)))) for number in range(20)
    ]
    users = []
    for number in range(count):
        own = Policy(f"Own{number}", tuple(_rule(random, conditions=0.4) for _ in range(5)))
        users.append(User(f"user-{number:04}", (groups[number % len(groups)], own)))
    return Workload(f"{count:,} users, 15 statements each", tuple(users), _requests(random, users, count))


def _seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - made-up rules, the same in every run


def _cut(rules: list[Rule], size: int) -> tuple[Policy, ...]:
    starts = range(0, len(rules), size)
    return tuple(Policy(f"Policy{start // size}", tuple(rules[start : start + size])) for start in starts)


def _filled(name: str, make: Callable[[], Rule]) -> Policy:
    """Return a policy with as many rules as a managed policy holds."""
    policy = Policy(name, ())
    while len((longer := Policy(name, (*policy.rules, make()))).document) <= MANAGED_POLICY_LENGTH:
        policy = longer
    return policy


def _rule(random: Random, *, conditions: float, deny: float = 0.15) -> Rule:
    service = random.choice(SERVICES)
    allows = not happens(random, deny)
    return Rule(
        allows,
        _actions(random, service) if allows else _guarded_actions(random, service),
        _resources(random, service) if allows else _guarded_resources(random, service),
        some_conditions(random, allows=allows, likelihood=conditions),
    )


def _narrow_rule(random: Random) -> Rule:
    """Return a rule about one or two of very many resources, or about those whose names begin alike."""
    service = random.choice(SERVICES[:4])
    allows = not happens(random, 0.1)
    arns = [service.arn_of(name_of(random, 10_000)) for _ in range(random.choice((1, 1, 2)))]
    if happens(random, 0.15):
        arns = [service.arn_of(f"{name_of(random, 1_000)}*")]
    if happens(random, 0.2):
        arns = [arn.replace(f":{HOME_REGION}:", ":*:") for arn in arns]
    actions = random.sample((*service.reads, *service.writes)[:6], random.choice((1, 2, 3)))
    prefixed = tuple(f"{service.prefix}:{action}" for action in actions)
    return Rule(allows, prefixed, tuple(arns), some_conditions(random, allows=allows, likelihood=0.1))


def _actions(random: Random, service: Service) -> tuple[str, ...]:
    match one_of(random, all=15, reading=20, listed=65):
        case "all":
            return (f"{service.prefix}:*",)
        case "reading":
            return tuple(f"{service.prefix}:{verb}*" for verb in ("Get", "List", "Describe"))
        case _:
            usual = (*service.reads, *service.writes)
            return tuple(f"{service.prefix}:{action}" for action in random.sample(usual, random.randint(2, len(usual))))


def _guarded_actions(random: Random, service: Service) -> tuple[str, ...]:
    if happens(random, 0.3):
        return (f"{service.prefix}:Delete*", f"{service.prefix}:Put*")
    return tuple(f"{service.prefix}:{action}" for action in service.rules)


def _resources(random: Random, service: Service) -> tuple[str, ...]:
    match one_of(random, everything=10, team=25, stages=30, named=35):
        case "everything":
            return _EVERYTHING
        case "team":
            return (service.arn_of(f"{random.choice(TEAMS)}-*"),)
        case "stages":
            return tuple(service.arn_of(f"{team}-{random.choice(STAGES)}-*") for team in random.sample(TEAMS, 3))
        case _:
            return tuple(service.arn_of(name_of(random)) for _ in range(random.randint(2, 6)))


def _guarded_resources(random: Random, service: Service) -> tuple[str, ...]:
    match one_of(random, everything=30, production=30, team=40):
        case "everything":
            return _EVERYTHING
        case "production":
            return (service.arn_of("*-prod-*"),)
        case _:
            return (service.arn_of(f"{random.choice(TEAMS)}-prod-*"),)


def _requests(random: Random, users: list[User], count: int) -> tuple[Request, ...]:
    """Return different requests, the users in turn: most of them what some rule speaks of, the rest at random."""
    found: dict[tuple[object, ...], Request] = {}
    while len(found) < count:
        request = _request(random, users[len(found) % len(users)])
        found[request.user.name, request.action, request.resource, *request.context.items()] = request
    return tuple(found.values())


def _request(random: Random, user: User) -> Request:
    aim = one_of(random, allow=75, deny=10, anything=15)
    aimed_at = [] if aim == "anything" else [rule for rule in user.rules if rule.allows is (aim == "allow")]
    rule = random.choice(aimed_at or [Rule(allows=True, actions=_EVERYTHING, resources=_EVERYTHING)])
    fitting = [
        action
        for action in ACTIONS
        if any(fnmatchcase(action, pattern) for pattern in rule.actions) is not rule.not_actions
    ]
    action = random.choice(fitting or ACTIONS)
    return Request(user, action, _resource(random, action, rule), circumstances(random, user.arn))


def _resource(random: Random, action: str, rule: Rule) -> str:
    """Return a resource that the rule speaks of."""
    pattern = random.choice(rule.resources)
    if pattern == "*":
        service = next(service for service in SERVICES if action in service.actions)
        return service.arn_of(name_of(random))
    *head, region, account, resource = pattern.split(":", 5)
    name = f"{random.choice(TEAMS)}-{random.choice(STAGES)}"
    resource = resource.replace("-prod-*", f"-prod-{random.choice(THINGS)}").replace("*", name)
    return ":".join((*head, region.replace("*", HOME_REGION), account.replace("*", ACCOUNT), resource))

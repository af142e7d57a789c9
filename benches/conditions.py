"""The conditions that the workloads' rules have, and the circumstances of their requests, which mostly meet them."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from random import Random

from benches.chance import happens
from benches.estate import HOME_REGION, REGIONS, TEAMS
from benches.rules import ACCOUNT, Actual, Condition

_MORNING = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_CONTRACT_ENDS = datetime(2026, 3, 2, 18, tzinfo=UTC)
_OFFICES = (IPv4Network("198.51.100.0/24"), IPv4Network("203.0.113.0/24"))
_HOUR = 3_600
_USERS = f"arn:aws:iam::{ACCOUNT}:user/*"

_FOR_ALLOW = (
    Condition("IpAddress", "aws:SourceIp", _OFFICES),
    Condition("Bool", "aws:MultiFactorAuthPresent", (True,)),
    Condition("NumericLessThan", "aws:MultiFactorAuthAge", (_HOUR,)),
    Condition("DateLessThan", "aws:CurrentTime", (_CONTRACT_ENDS,)),
    Condition("DateGreaterThan", "aws:CurrentTime", (datetime(2025, 1, 1, tzinfo=UTC),)),
    Condition("StringEquals", "aws:RequestedRegion", REGIONS[:2]),
    Condition("StringEqualsIfExists", "aws:RequestedRegion", (HOME_REGION,)),
    Condition("StringLike", "aws:RequestedRegion", ("eu-*",)),
    Condition("ForAnyValue:StringEquals", "aws:TagKeys", ("team", "cost-center")),
    Condition("ForAllValues:StringEquals", "aws:TagKeys", ("team", "cost-center", "owner")),
    Condition("ArnLike", "aws:PrincipalArn", (_USERS,)),
    Condition("Bool", "aws:SecureTransport", (True,)),
)
_FOR_DENY = (
    Condition("NotIpAddress", "aws:SourceIp", _OFFICES),
    Condition("BoolIfExists", "aws:MultiFactorAuthPresent", (False,)),
    Condition("StringNotEquals", "aws:RequestedRegion", REGIONS[:2]),
    Condition("StringNotLike", "aws:RequestedRegion", ("eu-*", "us-*")),
    Condition("Null", "aws:ResourceTag/owner", (True,)),
    Condition("Bool", "aws:SecureTransport", (False,)),
    Condition("DateGreaterThan", "aws:CurrentTime", (_CONTRACT_ENDS,)),
    Condition("ArnNotLike", "aws:PrincipalArn", (_USERS,)),
)


def some_conditions(random: Random, *, allows: bool, likelihood: float) -> tuple[Condition, ...]:
    """Return one or two conditions, or with what likelihood is left none."""
    if not happens(random, likelihood):
        return ()
    team = Condition("StringEquals", "aws:ResourceTag/team", tuple(random.sample(TEAMS, 3)))
    choices = (*_FOR_ALLOW, team) if allows else _FOR_DENY
    return tuple(random.sample(choices, random.choice((1, 1, 2) if allows else (1,))))


def circumstances(random: Random, user_arn: str) -> dict[str, Actual]:
    """Return a request's context: that of somebody at work, now and then with something amiss."""

    def usually(usual: Actual, otherwise: Actual) -> Actual:
        return usual if happens(random, 0.9) else otherwise

    office = random.choice(_OFFICES)
    context: dict[str, Actual] = {
        "aws:PrincipalArn": user_arn,
        "aws:username": user_arn.rpartition("/")[2],
        "aws:SourceIp": usually(office[random.randrange(1, 255)], IPv4Address("192.0.2.17")),
        "aws:SecureTransport": happens(random, 0.9),
        "aws:CurrentTime": usually(_MORNING + timedelta(minutes=random.randrange(300)), _CONTRACT_ENDS),
        "aws:RequestedRegion": usually(HOME_REGION, random.choice(REGIONS)),
        "aws:ResourceTag/team": random.choice(TEAMS),
    }
    if happens(random, 0.9):
        context["aws:MultiFactorAuthPresent"] = happens(random, 0.9)
        context["aws:MultiFactorAuthAge"] = usually(random.randrange(_HOUR), 3 * _HOUR)
    if happens(random, 0.9):
        context["aws:ResourceTag/owner"] = user_arn
    if happens(random, 0.5):
        context["aws:TagKeys"] = tuple(random.sample(("team", "cost-center", "owner", "ticket"), random.choice((1, 2))))
    return context

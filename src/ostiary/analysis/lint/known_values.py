"""What certain condition keys hold: Regions, VPCs, services, keys of KMS, addresses on the internet.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

import re
from collections.abc import Iterator
from ipaddress import ip_network

from ostiary.analysis.lint.condition_values import read_network
from ostiary.analysis.lint.draft import ConditionValue, Draft, WrittenCondition
from ostiary.analysis.lint.issue import Issue, quote, quote_all
from ostiary.analysis.lint.operators import Comparison
from ostiary.analysis.lint.patterns import has_wildcard
from ostiary.analysis.lint.regions import ANY_REGION, REGIONS
from ostiary.analysis.lint.variables import find_variables

_VPC = re.compile(r"vpc-(?:[0-9a-zA-Z]{8}|[0-9a-zA-Z]{17})", re.ASCII)
_VPCE = re.compile(r"vpce-(?:[0-9a-zA-Z]{8}|[0-9a-zA-Z]{17})", re.ASCII)
_KMS_KEY = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-zA-Z-]+", re.ASCII)
_SERVICE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|amazon\.com)", re.ASCII)
_VIA_SERVICE = re.compile(r"[a-z0-9-]+\.[a-z]{2,4}(?:-[a-z0-9]+)+-[0-9]\.amazonaws\.com(?:\.cn)?", re.ASCII)
_NAMED_SERVICES = frozenset(
    {
        *("aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:principalservicename"),
        *("aws:principalservicenameslist", "iam:passedtoservice", "iam:awsservicename"),
    }
)
_KMS_KEYS = frozenset({"s3:x-amz-server-side-encryption-aws-kms-key-id"})
_PRIVATE = tuple(map(ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))


def check_known_values(draft: Draft) -> Iterator[Issue]:
    """Check the values of keys that hold nothing but certain names."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            if condition.operator.comparison in (Comparison.STRING, Comparison.ARN):
                for value in condition.values:
                    if not has_wildcard(value.text) and "${" not in value.text:
                        yield from _check(draft, condition.folded, value)
            if condition.folded == "aws:sourceip" and condition.operator.comparison is Comparison.IP_ADDRESS:
                yield from _check_addresses(condition)


def _check(draft: Draft, key: str, value: ConditionValue) -> Iterator[Issue]:
    text = value.text
    if key == "aws:requestedregion" and text not in REGIONS and text != ANY_REGION:
        meant = draft.guesses.nearest(text, REGIONS)
        help_ = f"did you mean `{meant}`?" if meant else "use a Region's code, such as `eu-west-1`"
        yield Issue("INVALID_REGION", value.path, f"there is no Region {quote(text)}", help_)
    elif key == "aws:sourcevpc" and not _VPC.fullmatch(text):
        help_ = "write `vpc-` and its 8 or 17 letters and digits"
        yield Issue("INVALID_VPC_FORMAT", value.path, f"{quote(text)} is no VPC's ID", help_)
    elif key == "aws:sourcevpce" and not _VPCE.fullmatch(text):
        help_ = "write `vpce-` and its 8 or 17 letters and digits"
        yield Issue("INVALID_VPCE_FORMAT", value.path, f"{quote(text)} is no VPC endpoint's ID", help_)
    elif key in _KMS_KEYS and not _KMS_KEY.fullmatch(text):
        help_ = "write the key's whole ARN, `arn:aws:kms:region:account:key/id`"
        yield Issue("INVALID_KMS_KEY_VALUE", value.path, f"{quote(text)} is no ARN of a KMS key", help_)
    elif key in _NAMED_SERVICES and not _SERVICE.fullmatch(text):
        yield invalid_service(value.path, text, "name.amazonaws.com")
    elif key == "kms:viaservice" and not _VIA_SERVICE.fullmatch(text):
        yield invalid_service(value.path, text, "name.region.amazonaws.com")


def invalid_service(path: tuple[str | int, ...], text: str, expected: str) -> Issue:
    """Return the issue of a service principal that is not written as one."""
    message = f"{quote(text)} is no service principal"
    return Issue("INVALID_SERVICE_PRINCIPAL_FORMAT", path, message, f"write it as `{expected}`, in small letters")


def is_service_principal(text: str) -> bool:
    """Return whether a text is written as the name of a service, such as `ec2.amazonaws.com`."""
    return _SERVICE.fullmatch(text) is not None


def _check_addresses(condition: WrittenCondition) -> Iterator[Issue]:
    networks = [(value, network) for value in condition.values if (network := read_network(value.text))]
    private = [
        value
        for value, network in networks
        if any(network.version == each.version and network.subnet_of(each) for each in _PRIVATE)  # type: ignore[arg-type] # versions agree
    ]
    if not private:
        return
    negated = condition.operator.negated
    code = "PRIVATE_NOT_IP_ADDRESS" if negated else "PRIVATE_IP_ADDRESS"
    shown = quote_all(value.text for value in private)
    help_ = "list public ranges, or test `aws:VpcSourceIp` for addresses within a VPC"
    if len(private) == len(networks):
        what = "always" if negated else "never"
        message = f"requests come from public addresses, so a condition on {shown} alone {what} holds"
        yield Issue(code, condition.path, message, help_)
    else:
        message = f"requests come from public addresses, never from {shown}"
        yield Issue(f"{code}_SUBSET", private[0].path, message, help_)


_SENSITIVE = frozenset(
    {
        *("aws:principalaccount", "aws:principalorgid", "aws:resourceaccount", "aws:resourceorgid"),
        *("aws:sourceaccount", "aws:sourceorgid", "aws:vpceaccount", "aws:vpceorgid"),
    }
)


def check_sensitive_keys(draft: Draft) -> Iterator[Issue]:
    """Check that what identifies an account or an organisation is written out."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            for value in condition.values:
                if condition.operator.takes_wildcards and has_wildcard(value.text):
                    yield from _check_sensitive("WILDCARD", "a wildcard", condition, value)
                if condition.operator.comparison in (Comparison.STRING, Comparison.ARN) and _has_open_variable(value):
                    yield from _check_sensitive("VARIABLE", "a variable", condition, value)


def _has_open_variable(value: ConditionValue) -> bool:
    """Return whether a variable stands in the value that is not itself the ID of an account or an organisation."""
    names = (found.inside.partition(",")[0].strip().lower() for found in find_variables(value.text))
    return any(name not in _SENSITIVE and name not in ("*", "?", "$") for name in names)


def _check_sensitive(code: str, what: str, condition: WrittenCondition, value: ConditionValue) -> Iterator[Issue]:
    if condition.folded in _SENSITIVE:
        message = f"{what} in {quote(condition.key)} lets in others that are not known"
        yield Issue(f"{code}_USAGE_TOO_PERMISSIVE", value.path, message, "write the ID out; list several if need be")
    elif condition.folded == "aws:userid":
        identity, colon, _ = value.text.partition(":")
        if colon and (identity in ("*", "${aws:userid}") or not (has_wildcard(identity) or "${" in identity)):
            return
        message = f"{what} in {quote(value.text)} reaches over the colon, to other roles' sessions"
        help_ = "write the role's ID and a wildcard for the session: `AROA…:*`"
        yield Issue(f"{code}_USAGE_TOO_PERMISSIVE", value.path, message, help_)

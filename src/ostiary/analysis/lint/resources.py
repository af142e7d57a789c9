"""Resource and NotResource: whether what they name can be an ARN of its service.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and, for the services' ARNs,
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import re
from collections.abc import Iterator, Sequence

from ostiary.analysis.lint.arn_forms import OPEN, closest_forms, fits_form, split_patterns
from ostiary.analysis.lint.draft import Draft, Word
from ostiary.analysis.lint.issue import Issue, quote, quote_all
from ostiary.analysis.lint.known import arn_service_known, resource_types, services
from ostiary.analysis.lint.patterns import has_wildcard, split_arn
from ostiary.analysis.lint.regions import PARTITIONS, REGIONS
from ostiary.catalogue import ResourceType

_ACCOUNT = re.compile(r"[0-9]{12}|aws|aws-marketplace|amazon|cloudfront", re.ASCII)
_ACCOUNT_PATTERN = re.compile(r"[0-9*?]{1,12}", re.ASCII)
# What AWS itself gives to everybody, such as the document AWS-RunShellScript, is in no account.
_SOME_WITHOUT_ACCOUNT = frozenset({"ssm", "resource-explorer-2"})
# What AWS's own policies name besides the forms in the catalogue.
_MORE_FORMS = {
    "apigateway": ("/${Path}",),
    "backup": ("recovery-point:${Id}", "accesspoint/${Id}"),
    "cloudformation": ("transform/${Name}",),
    "iam": ("root", "role-template/${Name}"),
    "waf": ("changetoken/${Id}",),
    "waf-regional": ("changetoken/${Id}",),
}
_SHAPE = "arn:partition:service:region:account:resource"


def check_resources(draft: Draft) -> Iterator[Issue]:
    """Check each ARN: its parts one by one, then the whole against the resource types of its service."""
    for clause in draft.clauses:
        actions = clause.actions.words if clause.actions else ()
        vendors = frozenset(action.text.partition(":")[0].lower() for action in actions)
        for element in clause.elements:
            if element.name.endswith("Resource"):
                for word in element.words:
                    if word.text != "*":
                        yield from _check(draft, vendors, word)


def _check(draft: Draft, vendors: frozenset[str], word: Word) -> Iterator[Issue]:
    parts = split_arn(word.text)
    if not word.text.startswith("arn:"):
        better = f"arn:{word.text[4:]}" if word.text[:4].lower() == "arn:" else None
        help_ = f"write {quote(better)}" if better else f"write the whole ARN, `{_SHAPE}`, or `*` for all resources"
        yield Issue("INVALID_ARN_PREFIX", word.path, f"{quote(word.text)} does not begin with `arn:`", help_)
    elif parts is None:
        count = word.text.count(":") + 1
        message = f"an ARN has six parts, not {count}"
        yield Issue("MISSING_ARN_FIELD", word.path, message, f"write it as `{_SHAPE}`")
    else:
        yield from _check_parts(draft, vendors, word, parts)


def _check_parts(draft: Draft, vendors: frozenset[str], word: Word, parts: Sequence[str]) -> Iterator[Issue]:
    _, partition, service, region, account, _ = parts
    if not OPEN.search(partition) and partition not in PARTITIONS:
        meant = draft.guesses.nearest(partition, PARTITIONS) if partition else "aws"
        help_ = f"did you mean `{meant}`?" if meant else f"use {quote_all(PARTITIONS, joiner='or')}"
        message = f"there is no partition {quote(partition)}" if partition else "the partition is empty"
        yield Issue("INVALID_PARTITION", word.path, message, help_, _part(parts, 1))
    if not OPEN.search(region) and region and region not in REGIONS:
        meant = draft.guesses.nearest(region, REGIONS)
        help_ = f"did you mean `{meant}`?" if meant else "use a Region's code, such as `eu-west-1`, or `*` for all"
        yield Issue("INVALID_ARN_REGION", word.path, f"there is no Region {quote(region)}", help_, _part(parts, 3))
    if (
        account
        and "${" not in account
        and not (_ACCOUNT_PATTERN if has_wildcard(account) else _ACCOUNT).fullmatch(account)
    ):
        message = f"{quote(account)} is no account ID"
        help_ = "write its twelve digits, without dashes, or `*` for any account"
        yield Issue("INVALID_ARN_ACCOUNT", word.path, message, help_, _part(parts, 4))
    yield from _check_service(draft, word, parts)
    if arn_service_known(service):
        yield from _check_against(draft, resource_types(service, vendors), word, parts)


def _check_service(draft: Draft, word: Word, parts: Sequence[str]) -> Iterator[Issue]:
    service = parts[2]
    if has_wildcard(service):
        yield Issue(
            "WILDCARD_IN_SERVICE_NAME",
            word.path,
            f"the wildcard in {quote(service)} stands for services that may not be meant, also ones to come"
            if service != "*"
            else "the wildcard for the service stands for all of them, also ones to come",
            "name each service in an ARN of its own",
            _part(parts, 2),
        )
    elif "${" in service or arn_service_known(service):
        return
    elif arn_service_known(service.lower()):
        message = f"the service {quote(service)} has capital letters, so the ARN matches nothing"
        yield Issue("INVALID_ARN_SERVICE_CASE", word.path, message, f"write `{service.lower()}`", _part(parts, 2))
    else:
        meant = draft.guesses.nearest(service, services()) if service else None
        help_ = f"did you mean `{meant}`?" if meant else "use the service's prefix, such as `ec2` or `s3`"
        message = f"there is no service {quote(service)}" if service else "the ARN names no service"
        yield Issue("INVALID_SERVICE", word.path, message, help_, _part(parts, 2))


def _check_against(draft: Draft, types: tuple[ResourceType, ...], word: Word, parts: Sequence[str]) -> Iterator[Issue]:
    service, region, account, resource = parts[2:]
    patterns = split_patterns(types)
    fitting = [pattern for pattern in patterns if fits_form(resource, pattern[5])]
    if not patterns:
        return
    if not fitting and not any(fits_form(resource, form) for form in _MORE_FORMS.get(service, ())):
        forms = dict.fromkeys(pattern[5] for pattern in patterns)
        message = f"{quote(resource)} is no resource of `{service}`"
        closest = closest_forms(resource, forms) if draft.guesses.take() else list(forms)
        help_ = f"write it as {quote_all(closest, joiner='or')}"
        yield Issue("INVALID_ARN_RESOURCE", word.path, message, help_, _part(parts, 5))
    if not fitting:
        return
    for place, name, text in ((3, "Region", region), (4, "account", account)):
        taken = {bool(pattern[place]) for pattern in fitting}
        # A star also stands for nothing, so it does no harm where nothing is to stand; IAM alone refuses it.
        if text and taken == {False} and (text != "*" or (service == "iam" and place == 3)):  # noqa: PLR2004 - as above
            yield Issue(
                f"ARN_{name.upper()}_NOT_ALLOWED",
                word.path,
                f"ARNs of `{service}` such as this one have no {name}, so it matches nothing",
                f"remove {quote(text)}, and leave the colons",
                _part(parts, place),
            )
        elif not text and taken == {True} and not (name == "account" and service in _SOME_WITHOUT_ACCOUNT):
            example = "`*` for all Regions" if name == "Region" else "`*` for any account"
            yield Issue(
                f"MISSING_ARN_{name.upper()}",
                word.path,
                f"ARNs of `{service}` such as this one have {'a Region' if name == 'Region' else 'an account'}, "
                "so without it this one matches nothing",
                f"put {example} in, or the one that is meant",
            )


def _part(parts: Sequence[str], place: int) -> tuple[int, int]:
    start = sum(len(part) + 1 for part in parts[:place])
    return start, max(start + len(parts[place]), start + 1)

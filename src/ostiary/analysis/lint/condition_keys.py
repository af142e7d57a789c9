"""Condition keys: whether they exist, and whether requests for the statement's actions have them.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from ostiary.analysis.lint.draft import Clause, Draft, WrittenCondition
from ostiary.analysis.lint.issue import Issue, Mark, quote, quote_all
from ostiary.analysis.lint.known import actions_of, is_everything, services, supports_key
from ostiary.analysis.lint.patterns import has_wildcard
from ostiary.catalogue import find_condition_key, find_service, list_global_condition_keys
from ostiary.policy import PolicyKind

_FORMAT = re.compile(r"[^:\s]+:[^\s].*", re.DOTALL)
_TAG_KEYS = re.compile(r"(?:[a-z0-9-]+:(?:resourcetag|requesttag)|aws:principaltag)/?", re.ASCII)
# Prefixes that belong to no service: what comes from a provider's token or assertion, or from an older spelling.
_OF_NO_SERVICE = frozenset({"saml", "ds"})
_LONGEST = 256


def check_condition_keys(draft: Draft) -> Iterator[Issue]:
    """Check that each key is written as one and exists."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            yield from _check(draft, condition)
        yield from _check_case(clause)


def _check(draft: Draft, condition: WrittenCondition) -> Iterator[Issue]:
    key, prefix = condition.key, condition.prefix
    if not _FORMAT.fullmatch(key):
        message = f"{quote(key)} is no condition key"
        help_ = _help(draft, f"aws:{key}", "write it as `service:name`, such as `aws:SourceIp`")
        yield Issue("INVALID_CONDITION_KEY_FORMAT", condition.path, message, help_, Mark.KEY)
    elif _TAG_KEYS.fullmatch(condition.folded):
        message = f"{quote(key)} does not say which tag is meant"
        help_ = f"add the tag's key: `{key.rstrip('/')}/team`"
        yield Issue("MISSING_TAG_KEY_IN_CONDITION", condition.path, message, help_, Mark.KEY)
    elif condition.folded == "aws:arn":
        message = "`aws:ARN` is an old name, not to be relied on"
        help_ = "use `aws:PrincipalArn`"
        yield Issue("DEPRECATED_GLOBAL_CONDITION_KEY", condition.path, message, help_, Mark.KEY)
    elif len(key) <= _LONGEST and find_condition_key(key):
        return
    elif prefix == "aws":
        message = f"there is no global condition key {quote(key)}"
        help_ = _help(draft, key, "see the global condition keys in the IAM User Guide")
        yield Issue("INVALID_GLOBAL_CONDITION_KEY", condition.path, message, help_, Mark.KEY)
    elif prefix in services():
        message = f"`{prefix}` has no condition key {quote(key)}"
        help_ = _help(draft, key, f"see the condition keys of `{prefix}` in the Service Authorization Reference")
        yield Issue("INVALID_SERVICE_CONDITION_KEY", condition.path, message, help_, Mark.KEY)
    # The prefix of what an identity provider says is a host's name.
    elif "." not in prefix and "/" not in prefix and prefix not in _OF_NO_SERVICE:
        meant = draft.guesses.nearest(prefix, (*services(), "aws", "saml"))
        message = f"there is no service {quote(key.partition(':')[0])}"
        help_ = f"did you mean `{meant}:{key.partition(':')[2]}`?" if meant else "use a service's prefix, or `aws`"
        yield Issue("INVALID_SERVICE", condition.path, message, help_, Mark.KEY)


def _help(draft: Draft, key: str, otherwise: str) -> str:
    prefix = key.partition(":")[0].lower()
    service = find_service(prefix)
    known = [each.name for each in (list_global_condition_keys() if prefix == "aws" else ())]
    known += [each.name for each in service.condition_keys] if service else []
    meant = draft.guesses.nearest(key, known)
    return f"did you mean {quote(meant)}?" if meant else otherwise


def _check_case(clause: Clause) -> Iterator[Issue]:
    seen: dict[tuple[str, str], str] = {}
    for condition in clause.conditions:
        place = (condition.operator.text, condition.folded)
        if place in seen:
            message = f"{quote(condition.key)} is the same key as {quote(seen[place])}, under the same operator"
            help_ = "put all values under one of them"
            yield Issue("DUPLICATE_KEYS_WITH_DIFFERENT_CASE", condition.path, message, help_, Mark.KEY)
        seen.setdefault(place, condition.key)


def check_keys_of_actions(draft: Draft) -> Iterator[Issue]:
    """Check that requests for each action that is named in full can have the keys of the conditions.

    As in Access Analyzer, actions with wildcards are not looked at. Global keys come with all actions, tags aside.
    """
    for clause in draft.clauses:
        actions = clause.actions
        if actions is None or actions.negated:
            continue
        named = [word for word in actions.words if not has_wildcard(word.text) and actions_of(word.text)]
        for condition in clause.conditions:
            if not condition.operator.asks_for_more or not _belongs_to_actions(condition, draft.kind):
                continue
            without = [word for word in named if not supports_key(actions_of(word.text)[0], condition.folded)]
            if without:
                shown = quote_all(word.text for word in without)
                verb = "comes" if len(without) == 1 else "come"
                effect = "allowed" if clause.allows else "denied"
                yield Issue(
                    "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
                    without[0].path,
                    f"{shown} never {verb} with {quote(condition.key)}, so the statement has no effect on "
                    f"{'it' if len(without) == 1 else 'them'}",
                    f"move {'it' if len(without) == 1 else 'them'} to a statement without that condition, "
                    f"if {'it is' if len(without) == 1 else 'they are'} to be {effect}",
                )


def _belongs_to_actions(condition: WrittenCondition, kind: PolicyKind) -> bool:
    """Return whether the key comes only with the actions of its service that say so.

    What an identity provider says comes with assuming a role, and with all that is done in the role afterwards.
    """
    key = find_condition_key(condition.key) if len(condition.key) <= _LONGEST else None
    if key is None or condition.prefix == "aws" or key in list_global_condition_keys():
        return False
    return condition.prefix in services() or kind is PolicyKind.TRUST


def check_tags_of_services(draft: Draft) -> Iterator[Issue]:
    """Check that requests for the actions have the tags of the resource that a condition tests."""
    for clause in draft.clauses:
        condition = clause.condition_on("aws:resourcetag/")
        if condition is None or clause.actions is None or not condition.operator.asks_for_more:
            continue
        effect = "ALLOW" if clause.allows else "DENY"
        if clause.actions.negated:
            yield Issue(
                f"{effect}_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
                clause.actions.path,
                f"many actions never come with {quote(condition.key)}, so they are not {_past(clause)}",
                "list the actions that are meant in `Action`",
                Mark.KEY,
            )
            continue
        found: dict[str, list[bool]] = defaultdict(list)
        for word in clause.actions.words:
            vendor = word.text.partition(":")[0].lower()
            if not is_everything(word.text) and vendor in services():
                found[vendor].extend(supports_key(action, condition.folded) for action in actions_of(word.text))
        without = sorted(vendor for vendor, supports in found.items() if supports and not any(supports))
        if without:
            first = next(word for word in clause.actions.words if word.text.partition(":")[0].lower() == without[0])
            yield Issue(
                f"{effect}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
                first.path,
                f"these actions of {quote_all(without)} never come with {quote(condition.key)}, so they are not "
                f"{_past(clause)}",
                "move them to a statement without that condition",
            )


def _past(clause: Clause) -> str:
    return "allowed" if clause.allows else "denied"


_PAIRED = {"aws:vpcsourceip": ("aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn")}
_UNTRUSTWORTHY = frozenset({"aws:referer", "aws:useragent"})
_OF_FEW_SERVICES = frozenset({"aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths"})


def check_use_of_keys(draft: Draft) -> Iterator[Issue]:
    """Check that keys are not relied on for more than they can hold."""
    for clause in draft.clauses:
        for condition in clause.conditions:
            key = condition.folded
            if key in _UNTRUSTWORTHY:
                message = f"whoever calls can put anything into {quote(condition.key)}"
                help_ = "do not rest access on it"
                yield Issue("UNTRUSTWORTHY_CONDITION_KEY", condition.path, message, help_, Mark.KEY)
            if key in _PAIRED and not clause.condition_on(*_PAIRED[key]):
                message = f"{quote(condition.key)} alone holds for the same address in anybody's VPC"
                help_ = "add a condition on `aws:SourceVpc` or `aws:SourceVpce`"
                yield Issue("MISSING_PAIRED_CONDITION_KEYS", condition.path, message, help_, Mark.KEY)
            if key in _OF_FEW_SERVICES and _speaks_of_many_services(clause):
                message = f"few services know {quote(condition.key)}, and the statement is about all of them"
                help_ = "list the actions of the services that know it"
                yield Issue("USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES", condition.path, message, help_, Mark.KEY)
            if key == "s3:resourceaccount" and draft.kind is PolicyKind.RESOURCE:
                message = "the account of the resource is the same in all requests that its own policy is about"
                help_ = "test `s3:ResourceAccount` in identity-based policies"
                yield Issue("IRRELEVANT_CONDITION_KEY_IN_POLICY", condition.path, message, help_, Mark.KEY)
        attributes = clause.condition_on("dynamodb:attributes")
        if attributes and clause.allows and not clause.condition_on("dynamodb:select") and _reads_dynamodb(clause):
            message = "a read that names no attributes is not held in by `dynamodb:Attributes`, and returns them all"
            help_ = 'add `"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}`'
            yield Issue("DYNAMODB_ATTRIBUTES_WITHOUT_SELECT", attributes.path, message, help_, Mark.KEY)
        yield from _check_prefix(clause)


def _speaks_of_many_services(clause: Clause) -> bool:
    actions = clause.actions
    return actions is not None and (
        actions.negated or any(has_wildcard(word.text.partition(":")[0]) for word in actions.words)
    )


_DYNAMODB_READS = frozenset({"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"})


def _reads_dynamodb(clause: Clause) -> bool:
    actions = clause.actions
    return actions is not None and any(
        is_everything(word.text) or any(action.name in _DYNAMODB_READS for action in actions_of(word.text))
        for word in actions.words
    )


def _check_prefix(clause: Clause) -> Iterator[Issue]:
    condition = clause.condition_on("s3:prefix")
    if condition is None or condition.operator.comparison is None or not (clause.allows or clause.denies):
        return
    if condition.operator.comparison.value == "String" and condition.operator.negated == clause.allows:
        message = "a request for a shorter prefix gets around this and still lists what is under the longer one"
        help_ = "allow with `StringLike` the prefixes that may be listed, or deny with `StringNotLike` all others"
        yield Issue("S3_PREFIX_IN_NEGATIVE_CONTEXT", condition.path, message, help_, Mark.KEY)

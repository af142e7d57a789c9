"""Resource control policies: what they may say, and whom they meet unawares.

Sources: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
and https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
"""

from collections.abc import Iterator

from ostiary.analysis.lint.draft import Clause, Draft
from ostiary.analysis.lint.issue import Issue, Mark, quote
from ostiary.policy import PolicyKind

_COVERED = frozenset(
    {
        *("aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager"),
        *("sqs", "sts"),
    }
)
_OF_PRINCIPALS = (
    *("aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount", "aws:principalarn"),
    "aws:principaltag/",
)
_OF_SOURCES = ("aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceaccount", "aws:sourcearn")
_ABSENT_AT_TIMES = ("aws:sourceorgid", "aws:sourceorgpaths")


def check_resource_control(draft: Draft) -> Iterator[Issue]:
    """Check what Organizations does not take in a resource control policy, and what meets more than was meant."""
    if draft.kind is not PolicyKind.RESOURCE_CONTROL:
        return
    for clause in draft.clauses:
        yield from _check_actions(clause)
        if clause.allows and not _is_full_access(clause):
            message = "a resource control policy allows nothing but all of it, as `RCPFullAWSAccess` does"
            help_ = "make it a `Deny` of what is not to be"
            yield Issue("RCP_SYNTAX_ERROR_ALLOW", (*clause.path, "Effect"), message, help_)
        if clause.denies:
            yield from _check_reach(clause)


def _is_full_access(clause: Clause) -> bool:
    resources = clause.resources
    return (
        resources is not None
        and not resources.negated
        and [word.text for word in resources.words] == ["*"]
        and "Condition" not in clause.written
    )


def _check_actions(clause: Clause) -> Iterator[Issue]:
    actions = clause.actions
    if actions is None:
        return
    if actions.negated:
        message = "a resource control policy has no `NotAction`"
        yield Issue("RCP_SYNTAX_ERROR_NOTACTION", actions.path, message, "list the actions in `Action`", Mark.KEY)
        return
    for word in actions.words:
        if word.text.partition(":")[0].lower() not in _COVERED and not (clause.allows and word.text == "*"):
            message = f"resource control policies do not cover {quote(word.text)}"
            help_ = f"they cover {', '.join(f'`{prefix}`' for prefix in sorted(_COVERED))}"
            yield Issue("RCP_SYNTAX_ERROR_ACTION", word.path, message, help_)


def _check_reach(clause: Clause) -> Iterator[Issue]:
    of_principals = clause.condition_on(*_OF_PRINCIPALS)
    of_sources = clause.condition_on(*_OF_SOURCES)
    if not clause.condition_on("aws:principalisawsservice"):
        if of_principals:
            message = f"AWS services do not have {quote(of_principals.key)}, so they may be denied as well"
            help_ = 'add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}`'
            code = "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY"
            yield Issue(code, of_principals.path, message, help_, Mark.KEY)
        if of_sources:
            message = f"users and roles do not have {quote(of_sources.key)}, so they may be denied as well"
            help_ = 'add `"BoolIfExists": {"aws:PrincipalIsAWSService": "true"}`'
            code = "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY"
            yield Issue(code, of_sources.path, message, help_, Mark.KEY)
    absent_at_times = clause.condition_on(*_ABSENT_AT_TIMES)
    checked = any(
        condition.operator.base == "Null" and condition.folded in ("aws:sourceaccount", "aws:sourcearn")
        for condition in clause.conditions
    )
    if absent_at_times and not checked:
        message = f"some services come without {quote(absent_at_times.key)}, and are denied then"
        help_ = 'add `"Null": {"aws:SourceAccount": "false"}`'
        code = "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK"
        yield Issue(code, absent_at_times.path, message, help_, Mark.KEY)

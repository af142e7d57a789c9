"""Managed policies as what is acted on."""

from collections.abc import Iterable

from ostiary.directory import policies
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.contexts import request_tags, resource_tags
from ostiary.services.iam.targets.tagged import made
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import ArnError, iam_arn, parse_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need

_AWS = "aws"


def new_policy(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """CreatePolicy: on the ARN that the policy will have; tags given with it need the right to tag as well."""
    arn = iam_arn(caller.account, "policy", parameters.get("Path", "/"), parameters["PolicyName"])
    shown_as = f"policy {parameters['PolicyName']}"
    return made("iam:CreatePolicy", "iam:TagPolicy", arn, parameters, shown_as=shown_as)


def existing_policy(action: str) -> Needs:
    """The managed policy named by `PolicyArn`, with the tags that a call passes or names."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        yield _need(action, directory, caller, parameters, f"policy {parameters['PolicyArn']}")

    return needs


def existing_version(action: str) -> Needs:
    """One version of a managed policy: decided on under the policy, named with its version."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        shown_as = f"policy {parameters['PolicyArn']} version {parameters['VersionId']}"
        yield _need(action, directory, caller, parameters, shown_as)

    return needs


def listed_policies(_directory: Directory, _caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """ListPolicies: decided on `*`, while a refusal names the path asked for."""
    yield Need("iam:ListPolicies", "*", shown_as=f"policy path {parameters.get('PathPrefix', '/')}")


def _need(action: str, directory: Directory, caller: Caller, parameters: Parameters, shown_as: str) -> Need:
    arn = parameters["PolicyArn"]
    found = policies.find_policy(directory, caller.account, arn)
    tagged = resource_tags(directory, caller.account, found.policy_id, Tagged.POLICY) if found else {}
    return Need(
        action, arn, tagged | request_tags(parameters), resource_account=_account_of(arn, caller), shown_as=shown_as
    )


def _account_of(arn: str, caller: Caller) -> str | None:
    """Return the account that owns a policy, or None when that is AWS or the caller's own."""
    try:
        account = parse_arn(arn).account
    except ArnError:
        return None
    return account if account not in (_AWS, caller.account) else None

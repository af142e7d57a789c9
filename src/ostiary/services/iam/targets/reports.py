"""What reports are about."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.services.iam.entity_arns import find_entity_arn
from ostiary.services.iam.policy_arns import is_policy_arn
from ostiary.services.iam.targets.policies import existing_policy
from ostiary.services.iam.targets.policy_source import policy_source
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def report_subject(action: str) -> Needs:
    """The user, group, role or managed policy named by `Arn`."""

    def needs(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
        arn = parameters["Arn"]
        if find_entity_arn(arn) is None and is_policy_arn(arn):
            yield from existing_policy(action)(directory, caller, {"PolicyArn": arn})
        else:
            yield from policy_source(action, "Arn")(directory, caller, parameters)

    return needs


def organizations_report(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """GenerateOrganizationsAccessReport: on the report about an organisation's entity, with the policy it is about."""
    policy_id = parameters.get("OrganizationsPolicyId")
    arn = f"arn:aws:iam::{caller.account}:access-report/{parameters['EntityPath']}"
    yield Need(
        "iam:GenerateOrganizationsAccessReport", arn, {"iam:OrganizationsPolicyId": policy_id} if policy_id else {}
    )

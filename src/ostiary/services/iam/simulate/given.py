"""What a call gives to a simulation besides context and identity-based policies.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html; the sentences are those that
IAM answers with.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ostiary.policy import ControlLevel, PolicyKind, PolicySource
from ostiary.services.iam.simulate.policies import SimulatedPolicy, given_policies, make_policy
from ostiary.services.iam.simulate.resources import EVERY_RESOURCE
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

_OWNER = re.compile(r"arn:aws[a-z-]*:iam::([0-9]{12}):.+", re.ASCII)
_RUN_INSTANCES = "ec2:runinstances"
_HANDLING_OPTIONS = frozenset(
    {"EC2-VPC-InstanceStore", "EC2-VPC-InstanceStore-Subnet", "EC2-VPC-EBS", "EC2-VPC-EBS-Subnet"}
)


def given_actions(parameters: Mapping[str, Any], resources: Sequence[str]) -> Sequence[str]:
    """Return the actions to simulate, as they are written; IAM knows no wildcards here and takes them literally.

    Raises:
        Fault: `InvalidInput`, there are none, one names no service, or one is not what the handling option is for.
    """
    actions: Sequence[str] = parameters["ActionNames"]
    if not actions:
        raise Fault("InvalidInput", "ActionNames is required.")
    if any(":" not in action for action in actions):
        raise Fault("InvalidInput", "The action is invalid since it is missing names")
    option = parameters.get("ResourceHandlingOption")
    if option is not None:
        for action in actions:
            handled = action.lower() == _RUN_INSTANCES or EVERY_RESOURCE in resources
            if option not in _HANDLING_OPTIONS or not handled:
                raise Fault(
                    "InvalidInput",
                    "Invalid input resource handling options. Action does not support resource handling options: "
                    f"{action}.",
                )
    return actions


def given_boundary(parameters: Mapping[str, Any]) -> SimulatedPolicy | None:
    """Return the permissions boundary that a call gives, or None.

    Raises:
        Fault: `InvalidInput`, it gives several, or one that is no policy.
    """
    name = "PermissionsBoundaryPolicyInputList"
    boundaries = given_policies(name, parameters.get(name, []), PolicyKind.BOUNDARY)
    if len(boundaries) > 1:
        raise Fault("InvalidInput", "Only one permissions boundary policy can be specified.")
    return boundaries[0] if boundaries else None


def given_resource_policy(parameters: Mapping[str, Any]) -> SimulatedPolicy | None:
    """Return the policy that the resources are to have, or None.

    Raises:
        Fault: `InvalidInput`, it is none, or it or the call names all resources where they must be named singly.
    """
    text = parameters.get("ResourcePolicy")
    if text is None:
        return None
    if EVERY_RESOURCE in (parameters.get("ResourceArns") or (EVERY_RESOURCE,)):
        raise Fault("InvalidInput", "Invalid Entity Arn: * does not clearly define entity type and name.")
    policy = make_policy(PolicySource(PolicyKind.RESOURCE, "ResourcePolicy", "ResourcePolicy"), text)
    named = (
        value for statement in policy.document.statements if statement.resources for value in statement.resources.values
    )
    if EVERY_RESOURCE in named:
        raise Fault("InvalidInput", "ResourceNames are not in a valid ARN format: *.")
    return policy


def given_service_control(parameters: Mapping[str, Any]) -> tuple[ControlLevel, ...]:
    """Return the service control policies by level, from the root of the organisation to the account.

    Raises:
        Fault: `InvalidInput`, one of them is no service control policy.
    """
    name = "OrderedOrganizationPolicyInputList"
    levels = []
    for number, level in enumerate(parameters.get(name, ()), 1):
        texts = level.get("ServiceControlPolicyInputList", [])
        policies = given_policies(f"{name}.{number}", texts, PolicyKind.SERVICE_CONTROL)
        levels.append(ControlLevel(f"level {number}", tuple(policy.compiled for policy in policies)))
    return tuple(levels)


def given_owner(parameters: Mapping[str, Any]) -> AccountId | None:
    """Return the account that `ResourceOwner` names by the ARN of its root user, or None.

    Raises:
        Fault: `InvalidInput`, it is no such ARN; IAM does not take the account's number alone.
    """
    owner = parameters.get("ResourceOwner")
    if owner is None:
        return None
    written = _OWNER.fullmatch(owner)
    if written is None:
        raise Fault("InvalidInput", f"'{owner}' is not a valid as a Resource Owner.")
    return AccountId(written[1])

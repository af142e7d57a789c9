"""IAM's operations that simulate what policies decide.

Sources: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
and https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.policy import PolicyKind
from ostiary.services.iam import targets
from ostiary.services.iam.pages import page_end, requested_page
from ostiary.services.iam.policy_sources import boundary_policy, get_policy_source, identity_policies
from ostiary.services.iam.simulate.answer import Answers
from ostiary.services.iam.simulate.caller import SimulatedCaller, named_caller, nobody
from ostiary.services.iam.simulate.context import given_context
from ostiary.services.iam.simulate.evaluate import Evaluator, Simulation
from ostiary.services.iam.simulate.exclusions import compile_exclusions, excludes_boundary
from ostiary.services.iam.simulate.given import (
    given_actions,
    given_boundary,
    given_owner,
    given_resource_policy,
    given_service_control,
)
from ostiary.services.iam.simulate.policies import SimulatedPolicies, given_policies, kept_policy
from ostiary.services.iam.simulate.resources import given_resources, require_same_authorization
from ostiary.services.iam.simulate.weight import weigh
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_MOST_WEIGHT = 300_000
"""How much an answer may take, policies times resources times actions; further actions come on the next page."""


def simulate_custom_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what the policies given would decide."""
    parameters = call.parameters
    caller_arn = parameters.get("CallerArn")
    if "ResourcePolicy" in parameters and caller_arn is None:
        raise Fault("InvalidInput", "Invalid caller - Caller cannot be null or empty.")
    policies = SimulatedPolicies(
        identity=given_policies("PolicyInputList", parameters["PolicyInputList"], PolicyKind.IDENTITY),
        boundary=given_boundary(parameters),
        resource=given_resource_policy(parameters),
        service_control=given_service_control(parameters),
    )
    return _answer(call, directory, policies, nobody(call.account) if caller_arn is None else named_caller(caller_arn))


def simulate_principal_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return what the policies of a user, group or role would decide, with those given and without those excluded."""
    parameters = call.parameters
    source = get_policy_source(call, directory)
    identifiers = parameters.get("PolicyExclusionList", ())
    excluded = compile_exclusions(identifiers)
    attached = [
        kept_policy(policy, PolicyKind.IDENTITY)
        for policy in identity_policies(directory, source)
        if not excluded(policy)
    ]
    given = given_policies("PolicyInputList", parameters.get("PolicyInputList", []), PolicyKind.IDENTITY)
    boundary = given_boundary(parameters)
    if boundary is None and not excludes_boundary(identifiers):
        kept = boundary_policy(directory, source)
        boundary = kept_policy(kept, PolicyKind.BOUNDARY) if kept else None
    policies = SimulatedPolicies((*attached, *given), boundary, given_resource_policy(parameters))
    return _answer(call, directory, policies, named_caller(parameters.get("CallerArn", source.arn), source))


def _answer(call: AuthorizedCall, directory: Directory, policies: SimulatedPolicies, caller: SimulatedCaller) -> Output:
    """Decide one page of actions, all resources of each."""
    parameters = call.parameters
    resources = given_resources(parameters.get("ResourceArns", ()))
    actions = given_actions(parameters, resources)
    require_same_authorization(actions, resources)
    owner = given_owner(parameters)
    simulation = Simulation(caller, policies, given_context(parameters.get("ContextEntries", ())), owner)
    page = requested_page(call, directory)
    start = int(page.after or 0)
    end = start + min(page.size, _actions_at_once(simulation, resources))
    answers = Answers(Evaluator(simulation), policies.by_source)
    return {
        "EvaluationResults": [answers.result_shape(action, resources) for action in actions[start:end]],
        **page_end(call, directory, str(end) if end < len(actions) else None),
    }


def _actions_at_once(simulation: Simulation, resources: tuple[str, ...]) -> int:
    """Return how many actions one answer may decide, which bounds its work.

    Raises:
        Fault: `InvalidInput`, even one would be too much.
    """
    context = {key.lower(): value for key, value in simulation.context.items()}
    most = _MOST_WEIGHT // (weigh(simulation.policies.compiled, context) * len(resources))
    if not most:
        raise Fault(
            "InvalidInput",
            f"The simulation is too large: what its policies list times its resources must not exceed {_MOST_WEIGHT}.",
        )
    return most


OPERATIONS = (
    Operation(
        "iam",
        "SimulateCustomPolicy",
        targets.anything("iam:SimulateCustomPolicy"),
        simulate_custom_policy,
        writes=False,
    ),
    Operation(
        "iam",
        "SimulatePrincipalPolicy",
        targets.policy_source("iam:SimulatePrincipalPolicy"),
        simulate_principal_policy,
        writes=False,
    ),
)

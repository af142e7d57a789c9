"""Generating the policy that would have been enough for what a user or role did.

It is made while it is asked for, without holding up changes, so that it is there when its job ID is answered.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html
"""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.policy_generations import (
    PolicyGeneration,
    count_policy_generations,
    create_policy_generation,
    find_policy_generation,
    list_policy_generations,
)
from ostiary.governance.least_privilege import TooMuchUsedError, generate_policies, read_activity
from ostiary.services.access_analyzer.asked_generation import AskedGeneration, asked_generation, generation_needs
from ostiary.services.access_analyzer.errors import conflict, invalid, quota_exceeded
from ostiary.services.access_analyzer.pages import next_token, requested_place, requested_size
from ostiary.services.iam.targets import anything
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]
Finish = Callable[[AuthorizedCall, Directory], Output]

_MOST_IN_A_DAY = 50
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html"""

_TOKENS = uuid.UUID("5c1f0a64-6d0e-4a3c-9d6f-1f3f0c6f7a58")
"""Makes job IDs of client tokens."""

_SUCCEEDED, _FAILED = "SUCCEEDED", "FAILED"


def start_policy_generation(call: AuthorizedCall, directory: Directory) -> Finish:
    """Generate a policy; a call with the client token of an earlier one answers that one's job.

    Raises:
        Fault: `ValidationException`, what is asked for is not such; `ConflictException`, the token came with other
            parameters; `ServiceQuotaExceededException`, there were too many in the last 24 hours.
    """
    token = call.parameters.get("clientToken")
    job_id = str(uuid.uuid4() if token is None else uuid.uuid5(_TOKENS, f"{call.account}/{token}"))
    made = None if _is_known(call, directory, job_id) else _generate(call, directory)

    def finish(call: AuthorizedCall, directory: Directory) -> Output:
        if not _is_known(call, directory, job_id):
            principal_arn, content = made or _generate(call, directory)
            status = _FAILED if content["error"] else _SUCCEEDED
            generation = PolicyGeneration(job_id, principal_arn, status, call.now, call.now)
            create_policy_generation(directory, call.account, generation, json.dumps(content))
        return {"jobId": job_id}

    return finish


def get_generated_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a job of the last seven days and its policies.

    Resources are those that were used, so that there is no need for placeholders; and the trail knows every action of
    every service here, so that no template for a whole service adds anything.

    Raises:
        Fault: `ValidationException`, there is no such job.
    """
    generation, content = _get(call, directory)
    properties: dict[str, Any] = {"principalArn": generation.principal_arn}
    if generation.status == _SUCCEEDED:
        properties["isComplete"] = content["complete"]
    properties["cloudTrailProperties"] = {
        "trailProperties": content["trails"],
        "startTime": datetime.fromisoformat(content["start"]),
        "endTime": datetime.fromisoformat(content["end"]),
    }
    return {
        "jobDetails": {
            "jobId": generation.job_id,
            "status": generation.status,
            "startedOn": generation.started_at,
            "completedOn": generation.completed_at,
            "jobError": content["error"],
        },
        "generatedPolicyResult": {
            "properties": properties,
            "generatedPolicies": [{"policy": document} for document in content["policies"]],
        },
    }


def list_generations(call: AuthorizedCall, directory: Directory) -> Output:
    """List the account's jobs of the last seven days, the latest first.

    Raises:
        Fault: `ValidationException`, the page's size or its token is not such.
    """
    names, size = ("principalArn",), requested_size(call.parameters)
    place = requested_place(call, directory, names)
    found = list_policy_generations(
        directory,
        call.account,
        principal_arn=call.parameters.get("principalArn"),
        before=_read_place(place) if place else None,
        size=size + 1,
        now=call.now,
    )
    shown = found[:size]
    return {
        "policyGenerations": [
            {
                "jobId": each.job_id,
                "principalArn": each.principal_arn,
                "status": each.status,
                "startedOn": each.started_at,
                "completedOn": each.completed_at,
            }
            for each in shown
        ],
        "nextToken": next_token(call, directory, names, _place(shown[-1])) if len(found) > size else None,
    }


def cancel_policy_generation(call: AuthorizedCall, directory: Directory) -> Output:
    """Refuse to end a job, as each has ended when its ID is answered.

    Raises:
        Fault: `ValidationException`, always.
    """
    generation, _ = _get(call, directory)
    raise invalid(f"The policy generation {generation.job_id} has ended already: its status is {generation.status}.")


def _is_known(call: AuthorizedCall, directory: Directory, job_id: str) -> bool:
    """Tell whether a job is there that a call asks for once more.

    Raises:
        Fault: `ConflictException`, it is there and another was asked for; `ServiceQuotaExceededException`, it is not
            there, and may not be.
    """
    found = find_policy_generation(directory, call.account, job_id, now=call.now)
    if found is not None:
        if json.loads(found[1])["asked"] != _asked(call):
            raise conflict("The clientToken was used before, with other parameters.")
        return True
    yesterday = call.now - timedelta(days=1)
    if count_policy_generations(directory, call.account, since=yesterday) >= _MOST_IN_A_DAY:
        raise quota_exceeded(f"There may be {_MOST_IN_A_DAY} policy generations in a day.")
    return False


def _generate(call: AuthorizedCall, directory: Directory) -> tuple[str, dict[str, Any]]:
    """Return whose policy was generated, and what is kept of it."""
    asked = asked_generation(call, directory)
    content = {
        "asked": _asked(call),
        "trails": call.parameters.get("cloudTrailDetails", {}).get("trails", []),
        "start": asked.start.isoformat(),
        "end": asked.end.isoformat(),
        "policies": (),
        "complete": False,
        "error": None,
    }
    return asked.principal.arn, {**content, **_outcome(asked, directory)}


def _outcome(asked: AskedGeneration, directory: Directory) -> dict[str, Any]:
    try:
        activity = read_activity(directory, asked.principal, start=asked.start, end=asked.end, regions=asked.regions)
    except TooMuchUsedError as error:
        return {"error": {"code": "SERVICE_QUOTA_EXCEEDED_ERROR", "message": str(error)}}
    generated = generate_policies(activity)
    if generated.faults:
        return {"error": {"code": "SERVICE_ERROR", "message": generated.faults[0].message}}
    return {"policies": generated.documents, "complete": activity.is_complete and not generated.left_out}


def _asked(call: AuthorizedCall) -> Any:
    """Return what a call asks for, as JSON gives it back."""
    asked = {name: call.parameters.get(name) for name in ("policyGenerationDetails", "cloudTrailDetails")}
    return json.loads(json.dumps(asked, default=datetime.isoformat))


def _get(call: AuthorizedCall, directory: Directory) -> tuple[PolicyGeneration, Mapping[str, Any]]:
    job_id = call.parameters["jobId"]
    found = find_policy_generation(directory, call.account, job_id, now=call.now)
    if found is None:
        raise invalid(f"There is no policy generation with the ID {job_id}.")
    generation, content = found
    return generation, json.loads(content)


def _place(generation: PolicyGeneration) -> str:
    return f"{generation.started_at.isoformat()} {generation.job_id}"


def _read_place(place: str) -> tuple[datetime, str]:
    started_at, _, job_id = place.partition(" ")
    return datetime.fromisoformat(started_at), job_id


OPERATIONS = (
    Operation(
        "access-analyzer",
        "StartPolicyGeneration",
        generation_needs,
        lambda call, directory: start_policy_generation(call, directory)(call, directory),
        writes=True,
        changes_access=False,
        prepare=start_policy_generation,
    ),
    Operation(
        "access-analyzer",
        "GetGeneratedPolicy",
        anything("access-analyzer:GetGeneratedPolicy"),
        get_generated_policy,
        writes=False,
    ),
    Operation(
        "access-analyzer",
        "ListPolicyGenerations",
        anything("access-analyzer:ListPolicyGenerations"),
        list_generations,
        writes=False,
    ),
    Operation(
        "access-analyzer",
        "CancelPolicyGeneration",
        anything("access-analyzer:CancelPolicyGeneration"),
        cancel_policy_generation,
        writes=True,
        changes_access=False,
    ),
)

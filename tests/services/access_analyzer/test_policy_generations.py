"""Policies generated through boto3: what may be asked, what comes of it, and for how long."""

import json
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from ostiary.governance.least_privilege import activity
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused

MONITOR_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "access-analyzer.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
)


@pytest.fixture(scope="module")
def analyzer(server: RunningServer) -> Any:
    return server.client("accessanalyzer", server.admin)


@pytest.fixture(scope="module")
def arn(iam: Any) -> str:
    """A user who made herself a group."""
    found: str = iam.create_user(UserName="alice")["User"]["Arn"]
    return found


@pytest.fixture(scope="module")
def alice(server: RunningServer, iam: Any, arn: str) -> Credentials:
    assert arn.endswith("/alice")
    iam.attach_user_policy(UserName="alice", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    key = Credentials.of(iam.create_access_key(UserName="alice")["AccessKey"])
    server.client("iam", key).create_group(GroupName="crew")
    return key


@pytest.fixture(scope="module")
def role_arn(iam: Any) -> str:
    role: str = iam.create_role(RoleName="Monitor", AssumeRolePolicyDocument=MONITOR_TRUST)["Role"]["Arn"]
    return role


def generated(analyzer: Any, arn: str, **more: Any) -> dict[str, Any]:
    job = analyzer.start_policy_generation(policyGenerationDetails={"principalArn": arn}, **more)["jobId"]
    answer: dict[str, Any] = analyzer.get_generated_policy(jobId=job)
    return answer


def trail_details(server: RunningServer, role_arn: str, **more: Any) -> dict[str, Any]:
    trail = f"arn:aws:cloudtrail:us-east-1:{server.account_id}:trail/any"
    start = system_clock() - timedelta(hours=1)
    return {"trails": [{"cloudTrailArn": trail, "allRegions": True}], "accessRole": role_arn, "startTime": start} | more


def test_a_job_as_access_analyzer_tells_it(server: RunningServer, analyzer: Any, arn: str, alice: Credentials) -> None:
    assert alice
    answer = generated(analyzer, arn)
    details, result = answer["jobDetails"], answer["generatedPolicyResult"]
    assert details["status"] == "SUCCEEDED"
    assert details["startedOn"] == details["completedOn"]
    assert "jobError" not in details
    assert result["properties"]["principalArn"] == arn
    assert result["properties"]["isComplete"] is True
    period = result["properties"]["cloudTrailProperties"]
    assert (period["endTime"] - period["startTime"], period["trailProperties"]) == (timedelta(days=90), [])
    (policy,) = (json.loads(each["policy"]) for each in result["generatedPolicies"])
    assert policy == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Iam1",
                "Effect": "Allow",
                "Action": ["iam:CreateGroup"],
                "Resource": [f"arn:aws:iam::{server.account_id}:group/crew"],
            }
        ],
    }


def test_who_did_nothing_needs_no_policy(analyzer: Any, role_arn: str) -> None:
    result = generated(analyzer, role_arn)["generatedPolicyResult"]
    assert result["generatedPolicies"] == []
    assert result["properties"]["isComplete"] is True


def test_time_and_regions_are_those_of_the_call(
    server: RunningServer, analyzer: Any, arn: str, alice: Credentials, role_arn: str
) -> None:
    assert alice
    asked = trail_details(server, role_arn)
    answer = generated(analyzer, arn, cloudTrailDetails=asked)["generatedPolicyResult"]
    assert answer["properties"]["cloudTrailProperties"]["trailProperties"] == asked["trails"]
    assert len(answer["generatedPolicies"]) == 1
    early = asked["startTime"] - timedelta(days=1)
    for other in (
        {"startTime": early, "endTime": early + timedelta(minutes=1)},
        {"trails": [{"cloudTrailArn": asked["trails"][0]["cloudTrailArn"], "regions": ["eu-west-1"]}]},
    ):
        answer = generated(analyzer, arn, cloudTrailDetails=asked | other)["generatedPolicyResult"]
        assert answer["generatedPolicies"] == []


def test_a_client_token_is_good_for_one_job(analyzer: Any, arn: str, role_arn: str) -> None:
    first = analyzer.start_policy_generation(policyGenerationDetails={"principalArn": arn}, clientToken="t")
    again = analyzer.start_policy_generation(policyGenerationDetails={"principalArn": arn}, clientToken="t")
    assert first["jobId"] == again["jobId"]
    other = partial(
        analyzer.start_policy_generation, policyGenerationDetails={"principalArn": role_arn}, clientToken="t"
    )
    code, message, status = refused(other)
    assert (code, status) == ("ConflictException", 409)
    assert message == "The clientToken was used before, with other parameters."


def test_a_list_in_pages(analyzer: Any, arn: str) -> None:
    pages = analyzer.get_paginator("list_policy_generations").paginate(PaginationConfig={"PageSize": 2})
    listed = [job for page in pages for job in page["policyGenerations"]]
    assert {job["status"] for job in listed} == {"SUCCEEDED"}
    assert listed == analyzer.list_policy_generations()["policyGenerations"]
    started = [job["startedOn"] for job in listed]
    assert started == sorted(started, reverse=True)
    of_alice = analyzer.list_policy_generations(principalArn=arn, maxResults=1)
    assert [job["principalArn"] for job in of_alice["policyGenerations"]] == [arn]
    code, _, _ = refused(partial(analyzer.list_policy_generations, nextToken=of_alice["nextToken"]))
    assert code == "ValidationException"


def test_what_has_ended_cannot_be_cancelled(analyzer: Any, role_arn: str) -> None:
    job = generated(analyzer, role_arn)["jobDetails"]["jobId"]
    code, message, status = refused(partial(analyzer.cancel_policy_generation, jobId=job))
    assert (code, status) == ("ValidationException", 400)
    assert message == f"The policy generation {job} has ended already: its status is SUCCEEDED."


def test_what_there_is_not(analyzer: Any) -> None:
    for call in (analyzer.get_generated_policy, analyzer.cancel_policy_generation):
        code, message, _ = refused(partial(call, jobId="nothing"))
        assert (code, message) == ("ValidationException", "There is no policy generation with the ID nothing.")


def test_too_much_fails_the_job(analyzer: Any, arn: str, alice: Credentials, monkeypatch: pytest.MonkeyPatch) -> None:
    assert alice
    monkeypatch.setattr(activity, "MOST_PERMISSIONS", 0)
    answer = generated(analyzer, arn)
    assert answer["jobDetails"]["status"] == "FAILED"
    assert answer["jobDetails"]["jobError"]["code"] == "SERVICE_QUOTA_EXCEEDED_ERROR"
    assert answer["generatedPolicyResult"]["generatedPolicies"] == []
    assert "isComplete" not in answer["generatedPolicyResult"]["properties"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({"principalArn": "arn:aws:iam::{}:user/nobody"}, "principalArn must be"),
    "another path": ({"principalArn": "arn:aws:iam::{}:user/x/alice"}, "principalArn must be"),
    "another account": ({"principalArn": "arn:aws:iam::444455556666:user/alice"}, "principalArn must be"),
    "another account's trail": (
        {"trails": [{"cloudTrailArn": "arn:aws:cloudtrail:us-east-1:444455556666:trail/x"}]},
        "trails must name trails of this account",
    ),
    "no trail": ({"trails": []}, "trails must name trails of this account"),
    "no such role": ({"accessRole": "arn:aws:iam::{}:role/nobody"}, "accessRole must be"),
    "a time that ends first": ({"endTime": system_clock() - timedelta(hours=2)}, "startTime must not be after endTime"),
    "a long time": ({"startTime": system_clock() - timedelta(days=91)}, "must not be longer than 90 days"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_refused(server: RunningServer, analyzer: Any, arn: str, role_arn: str, name: str) -> None:
    changed, complaint = WRONG[name]
    texts = {
        key: value.format(server.account_id) if isinstance(value, str) else value for key, value in changed.items()
    }
    principal = {"principalArn": texts.pop("principalArn", arn)}
    details = trail_details(server, role_arn, **texts)
    code, message, status = refused(
        partial(analyzer.start_policy_generation, policyGenerationDetails=principal, cloudTrailDetails=details)
    )
    assert (code, status) == ("ValidationException", 400)
    assert complaint in message


def test_a_role_that_is_given_must_be_one_that_may_be_passed(
    server: RunningServer, iam: Any, arn: str, role_arn: str
) -> None:
    iam.create_user(UserName="bob")
    bob = server.client("accessanalyzer", Credentials.of(iam.create_access_key(UserName="bob")["AccessKey"]))
    start = partial(bob.start_policy_generation, policyGenerationDetails={"principalArn": arn})
    _, message, _ = refused(start)
    assert "is not authorized to perform: access-analyzer:StartPolicyGeneration on resource: *" in message
    may_start = {"Effect": "Allow", "Action": "access-analyzer:StartPolicyGeneration", "Resource": "*"}
    may_pass = {
        "Effect": "Allow",
        "Action": "iam:PassRole",
        "Resource": role_arn,
        "Condition": {"StringEquals": {"iam:PassedToService": "access-analyzer.amazonaws.com"}},
    }
    give = partial(iam.put_user_policy, UserName="bob", PolicyName="p")
    give(PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may_start]}))
    assert start()["jobId"]
    details = trail_details(server, role_arn)
    _, message, _ = refused(partial(start, cloudTrailDetails=details))
    assert f"is not authorized to perform: iam:PassRole on resource: {role_arn}" in message
    give(PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may_start, may_pass]}))
    assert start(cloudTrailDetails=details)["jobId"]


def test_jobs_are_kept_for_a_week_and_fifty_a_day_may_be_started(
    server: RunningServer, analyzer: Any, role_arn: str
) -> None:
    generations = schema.policy_generations

    def grow_old(age: timedelta) -> None:
        with server.changing() as directory:
            directory.connection.execute(update(generations).values(started_at=system_clock() - age))

    grow_old(timedelta(days=6, hours=23))
    old = analyzer.list_policy_generations()["policyGenerations"]
    assert old
    for _ in range(50):
        generated(analyzer, role_arn)
    start = partial(analyzer.start_policy_generation, policyGenerationDetails={"principalArn": role_arn})
    code, message, status = refused(start)
    assert (code, status) == ("ServiceQuotaExceededException", 402)
    assert message == "There may be 50 policy generations in a day."
    grow_old(timedelta(days=7))
    assert analyzer.list_policy_generations()["policyGenerations"] == []
    refused(partial(analyzer.get_generated_policy, jobId=old[0]["jobId"]))
    assert len([start()]) == len(analyzer.list_policy_generations()["policyGenerations"])
    with server.reading() as directory:
        assert len(directory.connection.execute(generations.select()).all()) == 1

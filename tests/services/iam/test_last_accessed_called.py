"""What was last accessed and by whom, through boto3."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.services.iam.asking import READ_ONLY, answer, fresh, refusal, trusting

FEW = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": ["iam:List*", "sts:GetAccessKeyInfo", "nowhere:*"], "Resource": "*"},
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::one/*"},
            {"Effect": "Deny", "Action": "s3:*", "Resource": "*"},
            {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"},
        ],
    }
)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture
def user(iam: Any) -> dict[str, Any]:
    """A user who may list in IAM, called `UserName`, with a key."""
    made: dict[str, Any] = iam.create_user(UserName=fresh("User"), Path="/p/")["User"]
    iam.put_user_policy(UserName=made["UserName"], PolicyName="few", PolicyDocument=FEW)
    return made


@pytest.fixture
def key(server: RunningServer, iam: Any, user: dict[str, Any]) -> Callable[[str], Any]:
    """Returns a client of the user's."""
    credentials = Credentials.of(iam.create_access_key(UserName=user["UserName"])["AccessKey"])
    return lambda service: server.client(service, credentials)


def report(iam: Any, arn: str, **asked: Any) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return a new report's job ID and its services by namespace."""
    job_id: str = iam.generate_service_last_accessed_details(Arn=arn, **asked)["JobId"]
    services = iam.get_service_last_accessed_details(JobId=job_id, MaxItems=1000)["ServicesLastAccessed"]
    return job_id, {service["ServiceNamespace"]: service for service in services}


def accessed(iam: Any, arn: str, namespace: str, **asked: Any) -> tuple[str, dict[str, dict[str, Any]]]:
    """Return a report as soon as the recorder has written that a service was used; it gathers for a moment."""
    for _ in range(50):
        job_id, services = report(iam, arn, **asked)
        if "LastAuthenticated" in services[namespace]:
            return job_id, services
        time.sleep(0.05)
    raise AssertionError(f"no use of {namespace} was recorded")


def test_services_are_those_that_an_allow_could_match(iam: Any, user: dict[str, Any]) -> None:
    job = answer(iam.generate_service_last_accessed_details, Arn=user["Arn"])
    assert UUID.fullmatch(job["JobId"])
    got = answer(iam.get_service_last_accessed_details, JobId=job["JobId"])
    created = got["JobCreationDate"]
    assert got == {
        "JobStatus": "COMPLETED",
        "JobType": "SERVICE_LEVEL",
        "JobCreationDate": created,
        "JobCompletionDate": created,
        "ServicesLastAccessed": [
            {
                "ServiceName": "AWS Identity and Access Management (IAM)",
                "ServiceNamespace": "iam",
                "TotalAuthenticatedEntities": 0,
            },
            {"ServiceName": "Amazon S3", "ServiceNamespace": "s3", "TotalAuthenticatedEntities": 0},
            {
                "ServiceName": "AWS Security Token Service",
                "ServiceNamespace": "sts",
                "TotalAuthenticatedEntities": 0,
            },
        ],
        "IsTruncated": False,
    }


def test_attempts_count_allowed_or_not(
    server: RunningServer, iam: Any, user: dict[str, Any], key: Callable[[str], Any]
) -> None:
    key("iam").list_users()
    assert refusal(key("iam").get_user)[0] == "AccessDenied"
    key("sts").get_access_key_info(AccessKeyId=server.admin.access_key_id)
    _, services = accessed(iam, user["Arn"], "sts", Granularity="ACTION_LEVEL")
    used = services["iam"]
    assert used["LastAuthenticatedEntity"] == user["Arn"]
    assert used["LastAuthenticatedRegion"] == "us-east-1"
    assert used["TotalAuthenticatedEntities"] == 1
    actions = {action["ActionName"]: action for action in used["TrackedActionsLastAccessed"]}
    assert "GetUser" not in actions
    assert actions["ListRoles"] == {"ActionName": "ListRoles"}
    listed = actions["ListUsers"]
    assert listed == {
        "ActionName": "ListUsers",
        "LastAccessedEntity": user["Arn"],
        "LastAccessedTime": listed["LastAccessedTime"],
        "LastAccessedRegion": "us-east-1",
    }
    assert used["LastAuthenticated"] >= listed["LastAccessedTime"]
    assert [action["ActionName"] for action in services["sts"]["TrackedActionsLastAccessed"]] == ["GetAccessKeyInfo"]
    assert "TrackedActionsLastAccessed" not in services["s3"]
    _, without_actions = report(iam, user["Arn"])
    assert "TrackedActionsLastAccessed" not in without_actions["iam"]


def test_a_groups_report_is_about_its_members(iam: Any, user: dict[str, Any], key: Callable[[str], Any]) -> None:
    group = iam.create_group(GroupName=fresh("Group"))["Group"]
    iam.put_group_policy(GroupName=group["GroupName"], PolicyName="few", PolicyDocument=FEW)
    idle = iam.create_user(UserName=fresh("User"))["User"]
    for name in (idle["UserName"], user["UserName"]):
        iam.add_user_to_group(GroupName=group["GroupName"], UserName=name)
    key("iam").list_users()
    job_id, services = accessed(iam, group["Arn"], "iam")
    assert services["iam"]["LastAuthenticatedEntity"] == user["Arn"]
    assert services["iam"]["TotalAuthenticatedEntities"] == 1
    got = answer(iam.get_service_last_accessed_details_with_entities, JobId=job_id, ServiceNamespace="iam")
    assert got["EntityDetailsList"] == [
        {"EntityInfo": entity_info(user), "LastAuthenticated": services["iam"]["LastAuthenticated"]},
        {"EntityInfo": entity_info(idle)},
    ]
    assert got["IsTruncated"] is False
    assert got["JobStatus"] == "COMPLETED"
    first = iam.get_service_last_accessed_details_with_entities(JobId=job_id, ServiceNamespace="iam", MaxItems=1)
    assert first["EntityDetailsList"] == got["EntityDetailsList"][:1]
    rest = iam.get_service_last_accessed_details_with_entities(
        JobId=job_id, ServiceNamespace="iam", Marker=first["Marker"]
    )
    assert rest["EntityDetailsList"] == got["EntityDetailsList"][1:]
    nobody = iam.get_service_last_accessed_details_with_entities(JobId=job_id, ServiceNamespace="ec2")
    assert nobody["EntityDetailsList"] == []


def entity_info(entity: dict[str, Any]) -> dict[str, Any]:
    """Return a user as EntityInfo."""
    return {
        "Arn": entity["Arn"],
        "Name": entity["UserName"],
        "Type": "USER",
        "Id": entity["UserId"],
        "Path": entity["Path"],
    }


def test_a_policys_report_is_about_whom_it_reaches(
    server: RunningServer, iam: Any, sts: Any, account_id: str, user: dict[str, Any]
) -> None:
    policy = iam.create_policy(PolicyName=fresh(), PolicyDocument=FEW)["Policy"]["Arn"]
    role = iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=trusting({"AWS": account_id}))["Role"]
    group = iam.create_group(GroupName=fresh("Group"))["Group"]["GroupName"]
    iam.attach_role_policy(RoleName=role["RoleName"], PolicyArn=policy)
    iam.attach_group_policy(GroupName=group, PolicyArn=policy)
    iam.add_user_to_group(GroupName=group, UserName=user["UserName"])
    session = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="ci")["Credentials"]
    server.client("iam", Credentials.of(session)).list_users()
    job_id, services = accessed(iam, policy, "iam")
    assert services["iam"]["LastAuthenticatedEntity"] == role["Arn"]
    found = iam.get_service_last_accessed_details_with_entities(JobId=job_id, ServiceNamespace="iam")
    told = [(entity["EntityInfo"]["Type"], entity["EntityInfo"]["Arn"]) for entity in found["EntityDetailsList"]]
    assert told == [("ROLE", role["Arn"]), ("USER", user["Arn"])]


def test_a_role_says_when_it_was_last_used(server: RunningServer, iam: Any, sts: Any, account_id: str) -> None:
    role = iam.create_role(RoleName=fresh("Role"), AssumeRolePolicyDocument=trusting({"AWS": account_id}))["Role"]
    session = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="ci")["Credentials"]
    assert iam.get_role(RoleName=role["RoleName"])["Role"]["RoleLastUsed"] == {}
    assert refusal(server.client("iam", Credentials.of(session)).list_users)[0] == "AccessDenied"
    used = iam.get_role(RoleName=role["RoleName"])["Role"]["RoleLastUsed"]
    assert used == {"LastUsedDate": used["LastUsedDate"], "Region": "us-east-1"}


def test_reports_belong_to_who_asked_for_them(server: RunningServer, iam: Any) -> None:
    job_id = iam.generate_service_last_accessed_details(Arn=READ_ONLY)["JobId"]
    other = iam.create_user(UserName=fresh("Other"))["User"]["UserName"]
    iam.attach_user_policy(UserName=other, PolicyArn=READ_ONLY)
    theirs = server.client("iam", Credentials.of(iam.create_access_key(UserName=other)["AccessKey"]))
    assert refusal(theirs.get_service_last_accessed_details, JobId=job_id) == (
        "NoSuchEntity",
        f"Job with id {job_id} not found.",
        404,
    )


def test_what_says_the_same_is_one_report(iam: Any, user: dict[str, Any]) -> None:
    first, _ = report(iam, user["Arn"])
    assert report(iam, user["Arn"])[0] == first
    assert report(iam, user["Arn"], Granularity="ACTION_LEVEL")[0] != first
    iam.delete_user_policy(UserName=user["UserName"], PolicyName="few")
    assert report(iam, user["Arn"])[0] != first


def test_services_come_in_pages(iam: Any) -> None:
    job_id, services = report(iam, READ_ONLY)
    first = iam.get_service_last_accessed_details(JobId=job_id)
    assert (len(first["ServicesLastAccessed"]), first["IsTruncated"]) == (100, True)
    names, marker = [each["ServiceNamespace"] for each in first["ServicesLastAccessed"]], first["Marker"]
    while marker:
        page = iam.get_service_last_accessed_details(JobId=job_id, Marker=marker)
        names += [each["ServiceNamespace"] for each in page["ServicesLastAccessed"]]
        marker = page.get("Marker")
    assert names == sorted(services)


def test_policies_granting_access_are_a_users_own_and_its_groups(iam: Any, user: dict[str, Any]) -> None:
    group = iam.create_group(GroupName=fresh("Group"))["Group"]
    iam.put_group_policy(GroupName=group["GroupName"], PolicyName="of-group", PolicyDocument=FEW)
    iam.attach_group_policy(GroupName=group["GroupName"], PolicyArn=READ_ONLY)
    iam.add_user_to_group(GroupName=group["GroupName"], UserName=user["UserName"])
    managed = {"PolicyName": "ReadOnlyAccess", "PolicyType": "MANAGED", "PolicyArn": READ_ONLY}
    of_group = {
        "PolicyName": "of-group",
        "PolicyType": "INLINE",
        "EntityType": "GROUP",
        "EntityName": group["GroupName"],
    }
    own = {"PolicyName": "few", "PolicyType": "INLINE", "EntityType": "USER", "EntityName": user["UserName"]}
    asked = ["sts", "ec2", "nothing", "s3"]
    assert answer(iam.list_policies_granting_service_access, Arn=user["Arn"], ServiceNamespaces=[*asked, "ec2"]) == {
        "PoliciesGrantingServiceAccess": [
            {"ServiceNamespace": "sts", "Policies": [own, of_group, managed]},
            {"ServiceNamespace": "ec2", "Policies": [managed]},
            {"ServiceNamespace": "nothing", "Policies": []},
            {"ServiceNamespace": "s3", "Policies": [own, of_group, managed]},
        ],
        "IsTruncated": False,
    }
    in_group = iam.list_policies_granting_service_access(Arn=group["Arn"], ServiceNamespaces=["s3"])
    assert in_group["PoliciesGrantingServiceAccess"][0]["Policies"] == [of_group, managed]

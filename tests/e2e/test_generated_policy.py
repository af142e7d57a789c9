"""A day of a user and of a role session, then the policies that would have been enough, in place of all permissions."""

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree
from typing import Any

import botocore.auth
import pytest
import uvicorn
from botocore.exceptions import ClientError
from botocore.model import Shape
from click.testing import CliRunner

from ostiary.cli.generate_policy import generate_policy
from ostiary.server.data_directory import DataDirectory
from ostiary.server.serve import make_worker_app, server_config
from ostiary.server.setup import SetupResult
from ostiary.services import find_operation, served_operations
from ostiary.values.clock import system_clock
from ostiary.values.settings import Settings
from ostiary.wire.spoken import SPOKEN
from tests.conftest import Credentials, RunningServer
from tests.e2e.refusals import refused
from tests.wire.calls import botocore_operation

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
STEP = timedelta(minutes=20)

ClientOf = Callable[[str], Any]
Day = Callable[[ClientOf, str], Iterator[str]]


@dataclass
class Clock:
    """What time it is for the server and for those who sign."""

    now: datetime = field(default_factory=system_clock)

    def __call__(self) -> datetime:
        return self.now


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow"} | each for each in statements]})


def trust(account: str) -> str:
    return document({"Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"})


def day_of_user(client: ClientOf, account: str) -> Iterator[str]:
    """Do a user's work, which leaves everything as it was; yield what each call is called."""
    iam, sts = client("iam"), client("sts")
    sts.get_caller_identity()
    yield "sts:GetCallerIdentity"
    iam.create_user(UserName="made", Path="/day$/*/")
    yield "iam:CreateUser"
    iam.get_user(UserName="made")
    yield "iam:GetUser"
    iam.tag_user(UserName="made", Tags=[{"Key": "team", "Value": "red"}])
    yield "iam:TagUser"
    iam.list_user_tags(UserName="made")
    yield "iam:ListUserTags"
    iam.untag_user(UserName="made", TagKeys=["team"])
    yield "iam:UntagUser"
    iam.update_user(UserName="made", NewPath="/night/")
    yield "iam:UpdateUser"
    key = iam.create_access_key(UserName="made")["AccessKey"]["AccessKeyId"]
    yield "iam:CreateAccessKey"
    iam.list_access_keys(UserName="made")
    yield "iam:ListAccessKeys"
    iam.update_access_key(UserName="made", AccessKeyId=key, Status="Inactive")
    yield "iam:UpdateAccessKey"
    iam.delete_access_key(UserName="made", AccessKeyId=key)
    yield "iam:DeleteAccessKey"
    iam.create_group(GroupName="crew")
    yield "iam:CreateGroup"
    iam.add_user_to_group(GroupName="crew", UserName="made")
    yield "iam:AddUserToGroup"
    iam.get_group(GroupName="crew")
    yield "iam:GetGroup"
    iam.list_groups_for_user(UserName="made")
    yield "iam:ListGroupsForUser"
    iam.remove_user_from_group(GroupName="crew", UserName="made")
    yield "iam:RemoveUserFromGroup"
    iam.delete_group(GroupName="crew")
    yield "iam:DeleteGroup"
    iam.put_user_policy(UserName="made", PolicyName="p", PolicyDocument=document({"Action": "s3:*", "Resource": "*"}))
    yield "iam:PutUserPolicy"
    iam.list_user_policies(UserName="made")
    yield "iam:ListUserPolicies"
    iam.delete_user_policy(UserName="made", PolicyName="p")
    yield "iam:DeleteUserPolicy"
    iam.delete_user(UserName="made")
    yield "iam:DeleteUser"
    iam.list_users()
    yield "iam:ListUsers"
    sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/Deploy", RoleSessionName="ci")
    yield "sts:AssumeRole"
    client("cloudtrail").lookup_events(MaxResults=1)
    yield "cloudtrail:LookupEvents"


def day_of_role(client: ClientOf, account: str) -> Iterator[str]:
    """Do a role session's work, which leaves everything as it was; yield what each call is called."""
    iam = client("iam")
    arn = iam.create_policy(PolicyName="p", PolicyDocument=document({"Action": "s3:*", "Resource": "*"}))["Policy"][
        "Arn"
    ]
    yield "iam:CreatePolicy"
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document({"Action": "ec2:*", "Resource": "*"}))
    yield "iam:CreatePolicyVersion"
    iam.get_policy_version(PolicyArn=arn, VersionId="v2")
    yield "iam:GetPolicyVersion"
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    yield "iam:DeletePolicyVersion"
    iam.create_role(RoleName="made", AssumeRolePolicyDocument=trust(account))
    yield "iam:CreateRole"
    iam.attach_role_policy(RoleName="made", PolicyArn=arn)
    yield "iam:AttachRolePolicy"
    iam.list_attached_role_policies(RoleName="made")
    yield "iam:ListAttachedRolePolicies"
    iam.create_instance_profile(InstanceProfileName="box")
    yield "iam:CreateInstanceProfile"
    iam.add_role_to_instance_profile(InstanceProfileName="box", RoleName="made")
    yield "iam:AddRoleToInstanceProfile"
    iam.remove_role_from_instance_profile(InstanceProfileName="box", RoleName="made")
    yield "iam:RemoveRoleFromInstanceProfile"
    iam.delete_instance_profile(InstanceProfileName="box")
    yield "iam:DeleteInstanceProfile"
    iam.detach_role_policy(RoleName="made", PolicyArn=arn)
    yield "iam:DetachRolePolicy"
    iam.delete_role(RoleName="made")
    yield "iam:DeleteRole"
    iam.delete_policy(PolicyArn=arn)
    yield "iam:DeletePolicy"
    iam.get_account_summary()
    yield "iam:GetAccountSummary"
    iam.generate_credential_report()
    yield "iam:GenerateCredentialReport"
    client("resourcegroupstaggingapi").get_resources()
    yield "tagging:GetResources"
    client("accessanalyzer").validate_policy(policyDocument="{}", policyType="IDENTITY_POLICY")
    yield "access-analyzer:ValidatePolicy"
    client("ostiary").get_account_settings()
    yield "ostiary:GetAccountSettings"


@dataclass
class Lived:
    """A server after the day, with the policies in place."""

    server: RunningServer
    clock: Clock
    user: Credentials
    role_arn: str
    used: dict[str, list[str]]
    """What was called, by who called."""
    generated: dict[str, list[dict[str, Any]]]
    start: datetime
    sessions: dict[datetime, Credentials] = field(default_factory=dict)
    """The latest session of the role, by when it began."""
    clients: dict[tuple[str, Credentials], Any] = field(default_factory=dict)
    """Those that were made already: that takes longer than a call."""

    def client(self, service: str, who: Credentials) -> Any:
        if (service, who) not in self.clients:
            self.clients[service, who] = self.server.client(service, who)
        return self.clients[service, who]

    @property
    def account(self) -> str:
        return self.server.account_id

    @property
    def user_arn(self) -> str:
        return f"arn:aws:iam::{self.account}:user/worker"

    def who(self, caller: str) -> Credentials:
        """Return credentials that are good now: those of a session end within an hour."""
        if caller == "user":
            return self.user
        if self.clock.now not in self.sessions:
            sts = self.client("sts", self.server.admin)
            minted = sts.assume_role(RoleArn=self.role_arn, RoleSessionName="day")["Credentials"]
            self.sessions = {self.clock.now: Credentials.of(minted)}
        return self.sessions[self.clock.now]

    def spend(self, caller: str, day: Day) -> list[str]:
        """Do a day's work, one call every twenty minutes; sessions are renewed."""
        names = []
        for name in day(lambda service: _Renewed(self, service, caller), self.account):
            names.append(name)
            self.clock.now += STEP
        return names


@dataclass
class _Renewed:
    """A client whose credentials are good at each call."""

    lived: Lived
    service: str
    caller: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lived.client(self.service, self.lived.who(self.caller)), name)


DAYS: dict[str, Day] = {"user": day_of_user, "role": day_of_role}


@pytest.fixture(scope="module")
def clock() -> Iterator[Clock]:
    clock = Clock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.auth, "get_current_datetime", lambda: clock.now.replace(tzinfo=None))
        yield clock


@pytest.fixture(scope="module")
def timed_server(
    tmp_path_factory: pytest.TempPathFactory, set_up_once: tuple[Path, SetupResult], clock: Clock
) -> Iterator[RunningServer]:
    """A server whose time is the clock's."""
    original, setup = set_up_once
    data = tmp_path_factory.mktemp("timed") / "data"
    copytree(original, data)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        app = make_worker_app(DataDirectory(data), Settings(public_url=f"http://localhost:{port}"), clock)
        server = uvicorn.Server(server_config(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            thread.join(0.01)
            assert thread.is_alive(), "the server did not start"
        yield RunningServer(f"http://127.0.0.1:{port}", data, setup)
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def lived(timed_server: RunningServer, clock: Clock) -> Lived:
    server, account = timed_server, timed_server.account_id
    iam = server.client("iam", server.admin)
    iam.create_user(UserName="worker")
    iam.attach_user_policy(UserName="worker", PolicyArn=ADMINISTRATOR)
    role = iam.create_role(RoleName="Deploy", AssumeRolePolicyDocument=trust(account))["Role"]["Arn"]
    iam.attach_role_policy(RoleName="Deploy", PolicyArn=ADMINISTRATOR)
    user = Credentials.of(iam.create_access_key(UserName="worker")["AccessKey"])
    lived = Lived(server, clock, user, role, {}, {}, clock.now)
    lived.used = {caller: lived.spend(caller, day) for caller, day in DAYS.items()}

    # Refused in spite of all permissions; and what was recorded before is written when a refusal is answered.
    denied = document({"Effect": "Deny", "Action": "iam:CreateAccountAlias", "Resource": "*"})
    iam.put_user_policy(UserName="worker", PolicyName="denied", PolicyDocument=denied)
    refused(lambda: lived.client("iam", user).create_account_alias(AccountAlias="mine"))
    iam.delete_user_policy(UserName="worker", PolicyName="denied")
    # Allowed, and failed all the same: what came to nothing needs nothing.
    with pytest.raises(ClientError, match="NoSuchEntity"):
        lived.client("iam", user).delete_role(RoleName="nobody")

    analyzer = server.client("accessanalyzer", server.admin)
    for caller, arn in (("user", lived.user_arn), ("role", role)):
        job = analyzer.start_policy_generation(policyGenerationDetails={"principalArn": arn})["jobId"]
        answer = analyzer.get_generated_policy(jobId=job)
        assert answer["jobDetails"]["status"] == "SUCCEEDED"
        result = answer["generatedPolicyResult"]
        assert result["properties"]["isComplete"]
        lived.generated[caller] = [json.loads(each["policy"]) for each in result["generatedPolicies"]]
    iam.detach_user_policy(UserName="worker", PolicyArn=ADMINISTRATOR)
    iam.detach_role_policy(RoleName="Deploy", PolicyArn=ADMINISTRATOR)
    for caller, policies in lived.generated.items():
        for number, policy in enumerate(policies):
            made = iam.create_policy(PolicyName=f"{caller}-{number}", PolicyDocument=json.dumps(policy))["Policy"][
                "Arn"
            ]
            if caller == "user":
                iam.attach_user_policy(UserName="worker", PolicyArn=made)
            else:
                iam.attach_role_policy(RoleName="Deploy", PolicyArn=made)
    return lived


def test_a_day_has_many_operations(lived: Lived) -> None:
    assert len({*lived.used["user"], *lived.used["role"]}) >= 40
    assert lived.clock.now - lived.start > timedelta(hours=12)


@pytest.mark.parametrize("caller", DAYS)
def test_the_same_day_passes_with_the_policy_that_was_generated(lived: Lived, caller: str) -> None:
    assert lived.spend(caller, DAYS[caller]) == lived.used[caller]


@pytest.mark.parametrize("caller", DAYS)
def test_the_policy_is_in_order(lived: Lived, caller: str) -> None:
    analyzer = lived.client("accessanalyzer", lived.server.admin)
    (policy,) = lived.generated[caller]
    found = analyzer.validate_policy(policyDocument=json.dumps(policy), policyType="IDENTITY_POLICY")["findings"]
    assert [finding for finding in found if finding["findingType"] == "ERROR"] == []
    sids = [statement["Sid"] for statement in policy["Statement"]]
    assert len(set(sids)) == len(sids)


def test_what_was_used_is_allowed_on_what_it_was_used_on_alone(lived: Lived) -> None:
    iam = lived.client("iam", lived.user)
    for call in (
        lambda: iam.create_user(UserName="made"),
        lambda: iam.create_user(UserName="other", Path="/day$/*/"),
        lambda: iam.create_user(UserName="made", Path="/day$/x/"),
        lambda: iam.get_group(GroupName="Administrators"),
        lambda: lived.client("sts", lived.user).assume_role(RoleArn=f"{lived.role_arn}2", RoleSessionName="ci"),
    ):
        assert refused(call)[0] == "AccessDenied"


def test_the_command_says_the_same_and_tells_what_it_left_out(lived: Lived) -> None:
    words = ["--data", str(lived.server.data), "--since", lived.start.isoformat(), "user/worker"]
    told = CliRunner().invoke(generate_policy, ["--until", lived.clock.now.isoformat(), *words], catch_exceptions=False)
    # What the day's second time took is the same again.
    assert json.loads(told.stdout) == lived.generated["user"][0]
    assert f"iam:CreateAccountAlias on arn:aws:iam::{lived.account}:" not in told.stdout
    assert "not allowed, since it was refused: " in told.stderr
    assert "iam:CreateAccountAlias on *" in told.stderr


def served_and_decided() -> list[tuple[str, str]]:
    """Return the operations that a signed call needs a permission for."""
    found = []
    for service, names in served_operations().items():
        for name in names:
            operation = find_operation(service, name)
            if operation is not None and operation.needs is not None and operation.identify is None:
                found.append((service, name))
    return found


SAMPLES = {
    "Action": "iam:CreateUser",
    "AuthenticationCode1": "000000",
    "AuthenticationCode2": "000000",
    "Audience": "https://absent.example.com",
    "JobId": "00000000-0000-4000-8000-000000000000",
    "OpenIDConnectProviderArn": "arn:aws:iam::{}:oidc-provider/absent.example.com",
    "RoleArn": "arn:aws:iam::{}:role/Absent",
    "SAMLProviderArn": "arn:aws:iam::{}:saml-provider/Absent",
    "SerialNumber": "arn:aws:iam::{}:mfa/Absent",
    "SigningAlgorithm": "RS256",
    "TargetPrincipal": "{}",
    "ThumbprintList": "0" * 40,
}
"""By the members that take them."""
TEXTS = ("AbsentThing", "123456", "arn:aws:iam::{}:user/Absent", "v1", "{{}}", "absent-thing")
LONG_TEXTS = ("AbsentThing" * 10, "o-absentabsent/r-absent/absent", "A" * 1000)


def least_parameters(shape: Shape | None, account: str) -> dict[str, Any]:
    """Return the parameters that a call must have, and the user's name: who leaves it out means oneself."""
    if shape is None:
        return {}
    wanted = dict.fromkeys([*shape.required_members, *(each for each in ("UserName",) if each in shape.members)])
    return {name: least_value(shape.members[name], name, account) for name in wanted}


def least_value(shape: Shape, name: str, account: str) -> Any:
    """Return a value that a model takes, of something that is not there."""
    match shape.type_name:
        case "structure":
            # One that is empty cannot be told in a form.
            wanted = shape.required_members or list(shape.members)
            return {each: least_value(shape.members[each], each, account) for each in wanted}
        case "list":
            return [least_value(shape.member, name, account)]
        case "map":
            return {"Absent": "thing"}
        case "string":
            return shape.enum[0] if shape.enum else least_text(shape, name, account)
        case kind:
            return {"integer": int(shape.metadata.get("min", 1)), "boolean": False}[kind]


def least_text(shape: Shape, name: str, account: str) -> str:
    pattern, least = shape.metadata.get("pattern"), int(shape.metadata.get("min", 0))
    texts = (*([SAMPLES[name]] if name in SAMPLES else []), *TEXTS, *LONG_TEXTS)
    for text in (each.format(account) for each in texts):
        # Python does not know the classes of Unicode that some patterns name; all of them have letters.
        if len(text) >= least and (pattern is None or "\\p" in pattern or re.fullmatch(pattern, text)):
            return text
    raise AssertionError(f"no text fits {name}: {pattern}")


# A role session is told before anything is decided that these are for users.
ELSE = {("role", "ChangePassword"): "InvalidUserType", ("role", "EnableRootUserMFADevice"): "Validation"}


@pytest.mark.parametrize(("service", "name"), served_and_decided())
def test_what_was_never_used_is_refused(lived: Lived, service: str, name: str) -> None:
    model = botocore_operation(service, name)
    parameters = least_parameters(model.input_shape, lived.account)
    for caller in DAYS:
        if f"{service}:{name}" in lived.used[caller]:
            continue
        client = lived.client(SPOKEN[service].model, lived.who(caller))
        code, message, _ = refused(lambda: client._make_api_call(name, parameters))  # noqa: B023, SLF001 - called at once, by its name
        assert code.removesuffix("Exception") == ELSE.get((caller, name), "AccessDenied"), message

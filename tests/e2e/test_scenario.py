"""One story told in sixty calls of stock clients, each going as it goes on AWS."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Credentials, RunningServer
from tests.e2e.aws_cli import AwsError, aws
from tests.e2e.refusals import refused

READ_ONLY = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"


def allow(*actions: str, resource: str = "*") -> str:
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}]}
    )


def trust(*principals: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": principals},
        "Action": ["sts:AssumeRole", "sts:TagSession"],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_the_tour_of_the_readme(server: RunningServer, account_id: str) -> None:
    admin = server.admin
    identity = aws(server, admin, "sts", "get-caller-identity")
    assert identity["Arn"] == f"arn:aws:iam::{account_id}:user/admin"
    group = aws(server, admin, "iam", "create-group", "--group-name", "Developers")["Group"]
    assert group["Arn"] == f"arn:aws:iam::{account_id}:group/Developers"
    assert group["GroupId"].startswith("AGPA")
    aws(server, admin, "iam", "attach-group-policy", "--group-name", "Developers", "--policy-arn", READ_ONLY)
    user = aws(server, admin, "iam", "create-user", "--user-name", "alice")["User"]
    assert user["UserId"].startswith("AIDA")
    aws(server, admin, "iam", "add-user-to-group", "--group-name", "Developers", "--user-name", "alice")
    alice = Credentials.of(aws(server, admin, "iam", "create-access-key", "--user-name", "alice")["AccessKey"])

    assert {user["UserName"] for user in aws(server, alice, "iam", "list-users")["Users"]} == {"admin", "alice"}
    with pytest.raises(AwsError) as refusal:
        aws(server, alice, "iam", "create-user", "--user-name", "mallory")
    assert str(refusal.value).endswith(
        "An error occurred (AccessDenied) when calling the CreateUser operation: "
        f"User: arn:aws:iam::{account_id}:user/alice is not authorized to perform: iam:CreateUser "
        f"on resource: arn:aws:iam::{account_id}:user/mallory "
        "because no identity-based policy allows the iam:CreateUser action"
    )
    with pytest.raises(AwsError) as refusal:
        aws(server, alice, "iam", "delete-user", "--user-name", "nobody")
    assert "iam:DeleteUser on resource: user nobody because no identity-based policy" in str(refusal.value)


def test_a_key_is_rotated_with_two_active(server: RunningServer, iam: Any) -> None:
    iam.create_user(UserName="rotor", Path="/ci/")
    iam.put_user_policy(UserName="rotor", PolicyName="self", PolicyDocument=allow("iam:GetUser"))
    first = Credentials.of(iam.create_access_key(UserName="rotor")["AccessKey"])
    second = Credentials.of(iam.create_access_key(UserName="rotor")["AccessKey"])
    assert refused(lambda: iam.create_access_key(UserName="rotor")) == (
        "LimitExceeded",
        "Cannot exceed quota for AccessKeysPerUser: 2",
        409,
    )
    for key in (first, second):
        assert server.client("iam", key).get_user()["User"]["Path"] == "/ci/"
    iam.update_access_key(UserName="rotor", AccessKeyId=first.access_key_id, Status="Inactive")
    code, message, status = refused(server.client("iam", first).get_user)
    assert (code, message, status) == (
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        403,
    )
    assert server.client("iam", second).get_user()["User"]["UserName"] == "rotor"
    iam.update_access_key(UserName="rotor", AccessKeyId=first.access_key_id, Status="Active")
    server.client("iam", first).get_user()
    statuses = {
        key["AccessKeyId"]: key["Status"] for key in iam.list_access_keys(UserName="rotor")["AccessKeyMetadata"]
    }
    assert statuses == {first.access_key_id: "Active", second.access_key_id: "Active"}
    iam.delete_access_key(UserName="rotor", AccessKeyId=first.access_key_id)
    assert refused(server.client("iam", first).get_user)[0] == "InvalidClientTokenId"
    assert refused(lambda: iam.delete_user(UserName="rotor")) == (
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.",
        409,
    )
    iam.delete_user_policy(UserName="rotor", PolicyName="self")
    assert refused(lambda: iam.delete_user(UserName="rotor"))[1] == (
        "Cannot delete entity, must delete access keys first."
    )
    iam.delete_access_key(UserName="rotor", AccessKeyId=second.access_key_id)
    iam.delete_user(UserName="rotor")
    assert refused(lambda: iam.get_user(UserName="rotor")) == (
        "NoSuchEntity",
        "The user with name rotor cannot be found.",
        404,
    )


def test_a_boundary_and_a_deny_narrow_a_user(server: RunningServer, iam: Any, account_id: str) -> None:
    boundary = iam.create_policy(PolicyName="only-reads", PolicyDocument=allow("iam:Get*", "iam:List*"))["Policy"]
    iam.create_user(UserName="bounded", PermissionsBoundary=boundary["Arn"])
    iam.attach_user_policy(UserName="bounded", PolicyArn="arn:aws:iam::aws:policy/IAMFullAccess")
    bounded = server.client("iam", Credentials.of(iam.create_access_key(UserName="bounded")["AccessKey"]))
    assert bounded.get_user()["User"]["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary["Arn"]
    assert refused(lambda: bounded.create_group(GroupName="never")) == (
        "AccessDenied",
        (
            f"User: arn:aws:iam::{account_id}:user/bounded is not authorized to perform: iam:CreateGroup "
            f"on resource: arn:aws:iam::{account_id}:group/never "
            "because no permissions boundary allows the iam:CreateGroup action"
        ),
        403,
    )
    deny = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:ListGroups", "Resource": "*"}}
    assert "Administrators" in [group["GroupName"] for group in bounded.list_groups()["Groups"]]
    iam.put_user_policy(UserName="bounded", PolicyName="no-groups", PolicyDocument=json.dumps(deny))
    assert refused(bounded.list_groups)[1].endswith("with an explicit deny in an identity-based policy")
    iam.delete_user_permissions_boundary(UserName="bounded")
    assert bounded.create_group(GroupName="now")["Group"]["GroupName"] == "now"
    iam.delete_policy(PolicyArn=boundary["Arn"])


def test_roles_are_assumed_narrowed_and_chained(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="deployer")
    deployer = Credentials.of(iam.create_access_key(UserName="deployer")["AccessKey"])
    deployer_arn = f"arn:aws:iam::{account_id}:user/deployer"
    named = iam.create_role(RoleName="Named", Path="/apps/", AssumeRolePolicyDocument=trust(deployer_arn))["Role"]
    account = iam.create_role(RoleName="Account", AssumeRolePolicyDocument=trust(f"arn:aws:iam::{account_id}:root"))[
        "Role"
    ]
    iam.put_role_policy(RoleName="Named", PolicyName="work", PolicyDocument=allow("iam:List*", "sts:AssumeRole"))
    iam.put_role_policy(RoleName="Account", PolicyName="work", PolicyDocument=allow("iam:ListUsers"))
    sts = server.client("sts", deployer)

    # A trust policy that names the caller suffices; one that names the account leaves it to the caller's own policies.
    session = sts.assume_role(RoleArn=named["Arn"], RoleSessionName="first")
    assert session["AssumedRoleUser"] == {
        "AssumedRoleId": f"{named['RoleId']}:first",
        "Arn": f"arn:aws:sts::{account_id}:assumed-role/Named/first",
    }
    assert "PackedPolicySize" not in session
    assert session["Credentials"]["AccessKeyId"].startswith("ASIA")
    code, message, status = refused(lambda: sts.assume_role(RoleArn=account["Arn"], RoleSessionName="second"))
    assert (code, status) == ("AccessDenied", 403)
    assert message.startswith(
        f"User: {deployer_arn} is not authorized to perform: sts:AssumeRole on resource: {account['Arn']}"
    )
    iam.put_user_policy(UserName="deployer", PolicyName="may", PolicyDocument=allow("sts:AssumeRole"))
    sts.assume_role(RoleArn=account["Arn"], RoleSessionName="second")

    in_role = Credentials.of(session["Credentials"])
    assert server.client("sts", in_role).get_caller_identity()["Arn"] == session["AssumedRoleUser"]["Arn"]
    assert aws(server, in_role, "iam", "list-roles")["Roles"]
    assert refused(lambda: server.client("iam", in_role).create_group(GroupName="x"))[1].startswith(
        f"User: arn:aws:sts::{account_id}:assumed-role/Named/first is not authorized to perform: iam:CreateGroup"
    )

    narrowed = sts.assume_role(RoleArn=named["Arn"], RoleSessionName="narrow", Policy=allow("iam:ListUsers"))
    assert 0 < narrowed["PackedPolicySize"] <= 100
    narrow = server.client("iam", Credentials.of(narrowed["Credentials"]))
    assert narrow.list_users()["Users"]
    assert refused(narrow.list_groups)[1].endswith("because no session policy allows the iam:ListGroups action")

    # Chaining: the session assumes the next role by its own right, for an hour at the most.
    chained_sts = server.client("sts", in_role)
    chained = chained_sts.assume_role(RoleArn=account["Arn"], RoleSessionName="chained")
    assert server.client("iam", Credentials.of(chained["Credentials"])).list_users()["Users"]
    assert refused(
        lambda: chained_sts.assume_role(RoleArn=account["Arn"], RoleSessionName="long", DurationSeconds=3601)
    ) == (
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        400,
    )
    assert (
        refused(lambda: sts.assume_role(RoleArn=named["Arn"], RoleSessionName="long", DurationSeconds=7200))[1]
        == "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    )

    # Whatever the role may do is asked anew on each call, so a session loses what its role loses.
    iam.delete_role_policy(RoleName="Named", PolicyName="work")
    assert refused(server.client("iam", in_role).list_roles)[0] == "AccessDenied"
    iam.delete_role(RoleName="Named")
    assert refused(server.client("sts", in_role).get_caller_identity)[0] == "InvalidClientTokenId"


def test_external_id_and_conditions_in_a_trust_policy(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="vendor")
    vendor = Credentials.of(iam.create_access_key(UserName="vendor")["AccessKey"])
    document = json.loads(trust(f"arn:aws:iam::{account_id}:user/vendor"))
    document["Statement"][0]["Condition"] = {"StringEquals": {"sts:ExternalId": "s3cret"}}
    role = iam.create_role(RoleName="ForVendor", AssumeRolePolicyDocument=json.dumps(document))["Role"]
    sts = server.client("sts", vendor)
    for wrong in ({}, {"ExternalId": "guess"}):
        assert refused(lambda wrong=wrong: sts.assume_role(RoleArn=role["Arn"], RoleSessionName="vendor", **wrong))[
            0
        ] == ("AccessDenied")
    sts.assume_role(RoleArn=role["Arn"], RoleSessionName="vendor", ExternalId="s3cret")


def test_session_tags_reach_policies(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="tagger", Tags=[{"Key": "team", "Value": "blue"}])
    tagger = Credentials.of(iam.create_access_key(UserName="tagger")["AccessKey"])
    role = iam.create_role(
        RoleName="Tagged",
        AssumeRolePolicyDocument=trust(f"arn:aws:iam::{account_id}:user/tagger"),
        Tags=[{"Key": "team", "Value": "none"}],
    )["Role"]
    document = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:GetUser",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}},
        },
    }
    iam.put_role_policy(RoleName="Tagged", PolicyName="own-team", PolicyDocument=json.dumps(document))
    sts = server.client("sts", tagger)
    plain = sts.assume_role(RoleArn=role["Arn"], RoleSessionName="plain")
    assert refused(lambda: server.client("iam", Credentials.of(plain["Credentials"])).get_user(UserName="tagger"))[
        0
    ] == ("AccessDenied")
    blue = sts.assume_role(
        RoleArn=role["Arn"], RoleSessionName="blue", Tags=[{"Key": "team", "Value": "blue"}], TransitiveTagKeys=["team"]
    )
    blue_iam = server.client("iam", Credentials.of(blue["Credentials"]))
    assert blue_iam.get_user(UserName="tagger")["User"]["Tags"] == [{"Key": "team", "Value": "blue"}]
    assert refused(blue_iam.get_user) == (
        "ValidationError",
        "Must specify userName when calling with non-User credentials",
        400,
    )


def test_session_tokens(server: RunningServer, iam: Any, account_id: str) -> None:
    sts = server.client("sts", server.admin)
    session = Credentials.of(sts.get_session_token(DurationSeconds=900)["Credentials"])
    in_session = server.client("sts", session)
    assert in_session.get_caller_identity()["Arn"] == f"arn:aws:iam::{account_id}:user/admin"
    assert refused(in_session.get_session_token) == (
        "AccessDenied",
        "Cannot call GetSessionToken with session credentials",
        403,
    )
    # Without MFA such a session cannot call IAM, whoever it stands for.
    assert refused(server.client("iam", session).list_users)[0] == "InvalidClientTokenId"
    broken = Credentials(session.access_key_id, session.secret_access_key, session.session_token[:-4] + "AAAA")
    assert refused(server.client("sts", broken).get_caller_identity)[0] == "InvalidClientTokenId"
    key = server.admin.access_key_id
    assert sts.get_access_key_info(AccessKeyId=key)["Account"] == account_id
    last_used = iam.get_access_key_last_used(AccessKeyId=key)
    assert last_used["UserName"] == "admin"
    assert last_used["AccessKeyLastUsed"]["ServiceName"] in {"iam", "sts"}


def test_the_root_user_can_do_everything_but_assume_roles(server: RunningServer, iam: Any, account_id: str) -> None:
    assert iam.get_account_summary()["SummaryMap"]["AccountAccessKeysPresent"] == 0
    root = server.create_root_key()
    root_arn = f"arn:aws:iam::{account_id}:root"
    assert server.client("sts", root).get_caller_identity() | {"ResponseMetadata": None} == {
        "UserId": account_id,
        "Account": account_id,
        "Arn": root_arn,
        "ResponseMetadata": None,
    }
    root_iam = server.client("iam", root)
    assert root_iam.get_user()["User"]["Arn"] == root_arn
    root_iam.create_user(UserName="by-root")
    assert iam.get_account_summary()["SummaryMap"]["AccountAccessKeysPresent"] == 1
    role = iam.create_role(RoleName="NotForRoot", AssumeRolePolicyDocument=trust(root_arn))["Role"]
    assert refused(lambda: server.client("sts", root).assume_role(RoleArn=role["Arn"], RoleSessionName="root")) == (
        "AccessDenied",
        "Roles may not be assumed by root accounts.",
        403,
    )
    root_iam.delete_access_key(AccessKeyId=root.access_key_id)
    assert refused(root_iam.list_users)[0] == "InvalidClientTokenId"


@pytest.mark.parametrize(
    ("spoil", "code", "message"),
    [
        pytest.param(
            lambda key: Credentials(key.access_key_id, "x" * 40),
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
            "Access Key and signing method. Consult the service documentation for details.",
            id="wrong secret",
        ),
        pytest.param(
            lambda key: Credentials("AKIA" + "A" * 16, key.secret_access_key),
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
            id="unknown key",
        ),
        pytest.param(
            lambda key: Credentials(key.access_key_id, key.secret_access_key, "nonsense"),
            "InvalidClientTokenId",
            "The security token included in the request is invalid.",
            id="a token that is none",
        ),
    ],
)
def test_bad_credentials_are_refused(
    server: RunningServer, spoil: Callable[[Credentials], Credentials], code: str, message: str
) -> None:
    assert refused(server.client("iam", spoil(server.admin)).list_users) == (code, message, 403)

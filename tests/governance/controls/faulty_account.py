"""An account with a fault for every control, and the same account with its faults mended."""

import json
from datetime import timedelta
from secrets import token_bytes
from typing import Any

from sqlalchemy import update

from ostiary.credentials import Passkey, code_at, time_step
from ostiary.directory import accounts, keys, mfa_devices
from ostiary.directory.pages import PageRequest
from ostiary.directory.passkeys import create_passkey
from ostiary.directory.users import get_user
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.credentials.making import make_certificate, make_key, private_pem
from tests.e2e.identity_providers import SamlIdp

AWS = "arn:aws:iam::aws:policy/"
FOREIGN = "444455556666"
PASSWORD = "Correct-Horse-9-Battery"


def allow(*actions: str, resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal: dict[str, str], **conditions: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return policy(statement | ({"Condition": conditions} if conditions else {}))


ALL_BUT = {"Effect": "Allow", "Resource": "*"}

MANAGED = {
    "Everything": policy(allow("*")),
    "EverythingButS3": policy({**ALL_BUT, "NotAction": "s3:*"}),
    "EverythingAndADeny": policy(allow("*"), {"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*"}),
    "AlmostEverything": policy({**ALL_BUT, "NotAction": "iam:*"}),
    "AllKeys": policy(allow("kms:*")),
    "AllTrails": policy(allow("cloudtrail:*")),
    "AllRoles": policy(allow("sts:Assume*", resource="arn:aws:iam::*:role/*")),
    "RolesForTests": policy(allow("sts:AssumeRole", resource="arn:aws:iam::444455556666:role/test-*")),
    "Launches": policy(allow("iam:PassRole", "ec2:RunInstances")),
    "HalfDenied": policy(
        allow("iam:Put?serPolicy"),
        {"Effect": "Deny", "Action": "iam:PutUserPolicy", "Resource": "arn:aws:iam::444455556666:user/boss"},
    ),
    "Buys": policy(allow("aws-marketplace:Sub*")),
    "Modest": policy(allow("s3:GetObject", resource="arn:aws:s3:::reports/*")),
}
UNATTACHED = "EverythingUnattached"


def plant(server: RunningServer, iam: Any) -> None:
    """Fill an account with faults, and with some things that are as they should be."""
    _plant_policies(iam)
    _plant_users(server, iam)
    _plant_roles(server, iam)
    key = make_key()
    iam.upload_server_certificate(
        ServerCertificateName="expired", CertificateBody=make_certificate(key), PrivateKey=private_pem(key)
    )
    iam.update_account_password_policy(MinimumPasswordLength=7, PasswordReusePrevention=3)
    server.create_root_key()
    _set_back(server)


def _plant_policies(iam: Any) -> None:
    iam.create_group(GroupName="Empty")
    iam.create_group(GroupName="Workers")
    for name, document in MANAGED.items():
        arn = iam.create_policy(PolicyName=name, PolicyDocument=document)["Policy"]["Arn"]
        iam.create_role(RoleName=f"With{name}", AssumeRolePolicyDocument=trust({"AWS": arn.split(":")[4]}))
        iam.attach_role_policy(RoleName=f"With{name}", PolicyArn=arn)
    iam.create_policy(PolicyName=UNATTACHED, PolicyDocument=MANAGED["Everything"])
    iam.attach_group_policy(GroupName="Workers", PolicyArn=f"{AWS}AWSCloudShellFullAccess")
    for name, actions in {
        "all": "*",
        "keys": "kms:*",
        "trails": "cloudtrail:*",
        "keyring": "iam:CreateAccessKey",
    }.items():
        iam.create_group(GroupName=f"Inline{name}")
        iam.put_group_policy(GroupName=f"Inline{name}", PolicyName=name, PolicyDocument=policy(allow(actions)))


def _plant_users(server: RunningServer, iam: Any) -> None:
    account = server.account_id
    for name in ("careless", "old", "sleeper", "coder", "diligent"):
        iam.create_user(UserName=name)
    iam.create_login_profile(UserName="careless", Password=PASSWORD)
    iam.attach_user_policy(UserName="careless", PolicyArn=f"arn:aws:iam::{account}:policy/Everything")
    iam.put_user_policy(UserName="careless", PolicyName="buys", PolicyDocument=MANAGED["Buys"])
    for name in ("careless", "careless", "old", "sleeper"):
        iam.create_access_key(UserName=name)
    for name in ("coder", "diligent"):
        iam.add_user_to_group(GroupName="Workers", UserName=name)
    iam.add_user_to_group(GroupName="Inlineall", UserName="coder")
    iam.tag_user(UserName="diligent", Tags=[{"Key": "owner", "Value": "me"}])
    now = system_clock()
    with server.changing() as directory:
        coder = get_user(directory, account, "coder")
        device, seed = mfa_devices.create_virtual_mfa_device(directory, account, "coder", now=now)
        step = time_step(now)
        codes = (code_at(seed, step - 1), code_at(seed, step))
        mfa_devices.enable_mfa_device(directory, device, coder, codes, now=now)
        accounts.raise_revision(directory, account)
    give_passkey(server, "diligent")


def _plant_roles(server: RunningServer, iam: Any) -> None:
    account = server.account_id
    trusts = {
        "Machine": trust({"Service": "ec2.amazonaws.com"}),
        "AnySource": trust({"Service": "sns.amazonaws.com"}, ArnLike={"aws:SourceArn": "arn:aws:sns:*:*:*"}),
        "Cluster": trust({"Service": "eks.amazonaws.com"}),
        "Confined": trust({"Service": "sns.amazonaws.com"}, StringEquals={"aws:SourceAccount": account}),
        "Foreign": trust({"AWS": FOREIGN}),
        "ForeignReader": trust({"AWS": f"arn:aws:iam::{FOREIGN}:root"}, StringEquals={"sts:ExternalId": "secret"}),
        "OwnReader": trust({"AWS": account}),
        "Anybody": trust({"AWS": "*"}),
        "Boss": trust({"AWS": account}),
    }
    for name, document in trusts.items():
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
    for name in ("ForeignReader", "OwnReader"):
        iam.attach_role_policy(RoleName=name, PolicyArn=f"{AWS}ReadOnlyAccess")
    iam.attach_role_policy(RoleName="Boss", PolicyArn=f"{AWS}AdministratorAccess")


def _set_back(server: RunningServer) -> None:
    """Let what was done just now have been done long ago."""
    now = system_clock()
    ages = {"old": (100, 99), "sleeper": (100, None)}
    with server.changing() as directory:
        connection, account = directory.connection, server.account_id
        of_root = schema.access_keys.c.user_id.is_(None) & (schema.access_keys.c.account_id == account)
        connection.execute(update(schema.access_keys).where(of_root).values(last_used_at=now))
        for name, (made, used) in ages.items():
            user_id = get_user(directory, account, name).user_id
            connection.execute(
                update(schema.access_keys)
                .where(schema.access_keys.c.account_id == account, schema.access_keys.c.user_id == user_id)
                .values(
                    created_at=now - timedelta(days=made),
                    last_used_at=None if used is None else now - timedelta(days=used),
                    last_used_service=None if used is None else "iam",
                    last_used_region=None if used is None else "us-east-1",
                )
            )
        connection.execute(
            update(schema.users)
            .where(schema.users.c.account_id == account, schema.users.c.name == "careless")
            .values(password_last_used_at=now - timedelta(days=60))
        )
        connection.execute(
            update(schema.server_certificates)
            .where(schema.server_certificates.c.account_id == account)
            .values(expires_at=now - timedelta(days=3))
        )
        connection.execute(
            update(schema.roles)
            .where(schema.roles.c.account_id == account, schema.roles.c.name == "Foreign")
            .values(created_at=now - timedelta(days=200))
        )
        accounts.raise_revision(directory, account)


def give_passkey(server: RunningServer, name: str | None) -> None:
    """Give a user, or the root user, a passkey that nobody has the key of."""
    made = Passkey(
        credential_id=token_bytes(32),
        public_key=b"public",
        sign_count=0,
        discoverable=True,
        backup_eligible=False,
        backed_up=False,
        transports=("usb",),
        aaguid="00000000-0000-0000-0000-000000000000",
        certifications={"FIDO": "L1"},
    )
    with server.changing() as directory:
        user = get_user(directory, server.account_id, name) if name else None
        create_passkey(directory, server.account_id, user, "key", made, now=system_clock())
        accounts.raise_revision(directory, server.account_id)


def mend(server: RunningServer, iam: Any) -> None:
    """Take the faults away; at the end the administrator can only look."""
    account = server.account_id
    own = f"arn:aws:iam::{account}:policy/"
    iam.detach_user_policy(UserName="careless", PolicyArn=f"{own}Everything")
    iam.delete_user_policy(UserName="careless", PolicyName="buys")
    for name in MANAGED.keys() - {"Modest"}:
        iam.detach_role_policy(RoleName=f"With{name}", PolicyArn=f"{own}{name}")
        iam.delete_role(RoleName=f"With{name}")
        iam.delete_policy(PolicyArn=f"{own}{name}")
    iam.delete_policy(PolicyArn=f"{own}{UNATTACHED}")
    iam.remove_user_from_group(GroupName="Inlineall", UserName="coder")
    for name in ("all", "keys", "trails", "keyring"):
        iam.delete_group_policy(GroupName=f"Inline{name}", PolicyName=name)
        iam.delete_group(GroupName=f"Inline{name}")
    iam.delete_group(GroupName="Empty")
    iam.detach_group_policy(GroupName="Workers", PolicyArn=f"{AWS}AWSCloudShellFullAccess")
    iam.detach_role_policy(RoleName="Boss", PolicyArn=f"{AWS}AdministratorAccess")
    iam.detach_role_policy(RoleName="ForeignReader", PolicyArn=f"{AWS}ReadOnlyAccess")
    for name in ("Machine", "AnySource", "Cluster", "Foreign", "Anybody"):
        iam.delete_role(RoleName=name)
    iam.delete_login_profile(UserName="careless")
    iam.deactivate_mfa_device(UserName="coder", SerialNumber=f"arn:aws:iam::{account}:mfa/coder")
    for name in ("careless", "old", "sleeper"):
        for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
            iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
        iam.add_user_to_group(GroupName="Workers", UserName=name)
    iam.delete_server_certificate(ServerCertificateName="expired")
    iam.create_saml_provider(Name="people", SAMLMetadataDocument=SamlIdp().metadata(), Tags=[TAG])
    _mend_tags_and_roles(iam)
    iam.update_account_password_policy(
        MinimumPasswordLength=14,
        RequireSymbols=True,
        RequireNumbers=True,
        RequireUppercaseCharacters=True,
        RequireLowercaseCharacters=True,
        MaxPasswordAge=90,
        PasswordReusePrevention=24,
    )
    for user in (None, "admin", "careless", "old", "sleeper", "coder"):
        give_passkey(server, user)
    _mend_root(server)
    iam.attach_group_policy(GroupName="Administrators", PolicyArn=f"{AWS}SecurityAudit")
    iam.detach_group_policy(GroupName="Administrators", PolicyArn=f"{AWS}AdministratorAccess")


TAG = {"Key": "owner", "Value": "me"}


def _mend_tags_and_roles(iam: Any) -> None:
    for user in iam.list_users()["Users"]:
        iam.tag_user(UserName=user["UserName"], Tags=[TAG])
    for role in iam.list_roles()["Roles"]:
        iam.tag_role(RoleName=role["RoleName"], Tags=[TAG])
    iam.attach_role_policy(RoleName="Boss", PolicyArn=f"{AWS}AWSSupportAccess")
    iam.attach_role_policy(RoleName="OwnReader", PolicyArn=f"{AWS}SecurityAudit")


def _mend_root(server: RunningServer) -> None:
    """Delete the root user's key, which is long in disuse by then."""
    with server.changing() as directory:
        for key in keys.list_access_keys(directory, server.account_id, None, PageRequest()).items:
            keys.delete_access_key(directory, server.account_id, None, key.access_key_id)
        accounts.raise_revision(directory, server.account_id)

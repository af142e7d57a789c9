"""Accounts with something to find, for the tools that look for it."""

import json
from typing import Any


def allow(*actions: str) -> str:
    return document({"Effect": "Allow", "Action": list(actions), "Resource": "*"})


def trust(principal: dict[str, str]) -> str:
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})


def document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def careless(iam: Any) -> None:
    """Fill an account with what auditors complain about, and beside each something that they should not.

    `everything` is a policy that allows all, on `careless`, who has a password, a key and no MFA device; the role
    `escalator` may make itself administrator; `reader` in `readers` may read one bucket, and `idle` belongs to nobody.
    """
    everything = iam.create_policy(PolicyName="everything", PolicyDocument=allow("*"))["Policy"]["Arn"]
    bucket = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::reports"}
    modest = iam.create_policy(PolicyName="modest", PolicyDocument=document(bucket))["Policy"]["Arn"]
    iam.create_user(UserName="careless")
    iam.attach_user_policy(UserName="careless", PolicyArn=everything)
    iam.create_login_profile(UserName="careless", Password="Long-enough-passw0rd!")
    iam.create_access_key(UserName="careless")
    iam.create_group(GroupName="readers")
    iam.attach_group_policy(GroupName="readers", PolicyArn=modest)
    iam.create_user(UserName="reader", Tags=[{"Key": "team", "Value": "audit"}])
    iam.add_user_to_group(GroupName="readers", UserName="reader")
    iam.create_group(GroupName="idle")
    iam.create_role(RoleName="escalator", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.put_role_policy(RoleName="escalator", PolicyName="more", PolicyDocument=allow("iam:AttachRolePolicy"))
    iam.create_instance_profile(InstanceProfileName="machines")
    iam.add_role_to_instance_profile(InstanceProfileName="machines", RoleName="escalator")

"""The few words that generated questions are made of: few, so that policies and requests are about the same things."""

from typing import Any

ACCOUNT, OTHER_ACCOUNT = "111122223333", "444455556666"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
BOB = f"arn:aws:iam::{ACCOUNT}:user/team/bob"
MALLORY = f"arn:aws:iam::{OTHER_ACCOUNT}:user/mallory"
DEPLOY = f"arn:aws:iam::{ACCOUNT}:role/Deploy"
DEPLOY_SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/Deploy/ci"
SERVICE_LINKED = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
SERVICE_LINKED_SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/AWSServiceRoleForAutoScaling/scaler"
FRED = f"arn:aws:sts::{ACCOUNT}:federated-user/fred"
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"
CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"

USER = {
    "kind": "user",
    "arn": ALICE,
    "account": ACCOUNT,
    "unique_id": "AIDAALICE00000000000",
    "canonical_id": CANONICAL,
}
SESSION = {
    "kind": "role_session",
    "arn": DEPLOY_SESSION,
    "account": ACCOUNT,
    "issuer_arn": DEPLOY,
    "issuer_id": "AROADEPLOY0000000000",
    "unique_id": "AROADEPLOY0000000000:ci",
}
FEDERATED_USER = {
    "kind": "federated_user",
    "arn": FRED,
    "account": ACCOUNT,
    "issuer_arn": ALICE,
    "issuer_id": "AIDAALICE00000000000",
}
LINKED = {
    "kind": "role_session",
    "arn": SERVICE_LINKED_SESSION,
    "account": ACCOUNT,
    "issuer_arn": SERVICE_LINKED,
    "issuer_id": "AROALINKED0000000000",
}
IN_THE_ACCOUNT: list[Any] = [
    USER,
    SESSION,
    ALICE,
    BOB,
    DEPLOY_SESSION,
    FEDERATED_USER,
    FRED,
    ROOT,
    {**FEDERATED_USER, "issuer_arn": ROOT, "issuer_id": None},
    {"kind": "root", "arn": ROOT, "canonical_id": CANONICAL},
    LINKED,
]
OUTSIDERS: list[Any] = [
    "*",
    "ec2.amazonaws.com",
    "accounts.google.com",
    SAML,
    {"kind": "service", "arn": "ec2.amazonaws.com"},
    {"kind": "federated", "arn": SAML},
    {"kind": "anonymous"},
]
NAMED: list[Any] = [
    {"AWS": "*"},
    {"AWS": ACCOUNT},
    {"AWS": ROOT},
    {"AWS": [ALICE, DEPLOY_SESSION]},
    {"AWS": [DEPLOY, SERVICE_LINKED]},
    {"AWS": DEPLOY},
    {"AWS": ALICE},
    {"AWS": OTHER_ACCOUNT},
    {"AWS": ["AIDAALICE00000000000", "AROADEPLOY0000000000"]},
    {"AWS": [FRED, "arn:aws-cn:iam::111122223333:root"]},
    {"AWS": [ALICE, DEPLOY, DEPLOY_SESSION, ROOT]},
    {"AWS": [ALICE, ACCOUNT], "Service": "ec2.amazonaws.com"},
    {"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]},
    {"Federated": ["accounts.google.com", SAML]},
    {"CanonicalUser": CANONICAL},
    {"AWS": [MALLORY], "Federated": SAML},
]

ACTIONS = ["s3:GetObject", "s3:PutObject", "iam:GetUser", "s3:ListAllMyBuckets"]
ACTION_PATTERNS = [*ACTIONS, "s3:*", "S3:get*", "s3:*Object", "*:GetUser", "iam:Get????", "iam:*", "s3:G*t*Obj*ct"]
TRUST_ACTIONS = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:TagSession"]
TRUST_ACTION_PATTERNS = [*TRUST_ACTIONS, "sts:*", "sts:assume*", "sts:AssumeRole*", "sts:??gSession"]

RESOURCES = [
    "arn:aws:s3:::bucket/alice/x:y",
    "arn:aws:s3:::bucket/red",
    "arn:aws:s3:::bucket/[a]*",
    ALICE,
    "*",
    "arn:aws:s3",
]
RESOURCE_PATTERNS = [
    "*",
    "arn:aws:s3:::bucket/*",
    "arn:aws:s3:::bucket/alice/*",
    "arn:aws:s3:::bucket/${aws:username}/*",
    "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'red'}*",
    "arn:aws:s3:::bucket/red",
    "arn:aws:s3:::*",
    "arn:aws:s3",
    "arn:*:s3:*:*:b*t/?*d",
    "arn:aws:s3:::bucket/[a]${*}",
    "arn:aws:s3:::bucket/${aws:TagKeys}*",
    "arn:aws:s3:${x:arn}::*",
    "arn:aws:${*}:::bucket/*",
    "arn:aws:${*}:::bucket/${s3:prefix}",
    "arn:aws:s3:::bucket/${${aws:username}",
    "arn:aws:s3:*:bucket/red",
    "arn:aws:s*:bucket/?*",
    "arn:aws:s*bucket/alice/*",
    "arn:aws:*:x:?",
    "arn:aws:*:*:*:bucket/alice/x:?",
    "arn:aws:iam::*:user/*",
    "arn:aws:iam::11112222333?:user/${aws:username}",
    ALICE,
    "arn:aws:iam::*:user/*ce",
]
ROLE_RESOURCES = [DEPLOY, f"arn:aws:iam::{ACCOUNT}:role/team/Audit"]
ROLE_PATTERNS = [
    "*",
    "arn:aws:i*:role/Deploy",
    "arn:aws:iam::*:role/*",
    DEPLOY,
    f"arn:aws:iam::{ACCOUNT}:role/D*",
    "arn:*:iam::*:role/*/Audit",
]

TEXTS = [
    "alice",
    "ALICE",
    "red",
    "",
    "*",
    "a*ice",
    "home/alice/x",
    "home/",
    "[red]",
    "Ünï",
    "${aws:username}",
    "eu-west-1:111122223333",
]
ARNS = [ALICE, BOB, "arn:aws:sns:eu-west-1:111122223333:topic:sub", "arn:aws:s3:::bucket", "alice", "*"]
NUMBERS = ["10", "9.5", "1e1", "-3", "10.0", "+7", "ten", "", "1e400", "9007199254740993", "0010"]
MOMENTS = [
    "1970-01-02T00:00:00Z",
    "86400",
    "1970-01-02T01:00:00+01:00",
    "1970-01-01T23:59:59.5Z",
    "1970-01-02",
    "1970-02",
    "2024-02-29T12:00Z",
    "1970-01-02T00:00:00",
    "1970-1-2",
    "1970-1-2t0z",
    "1970-01-02T",
    "1970-01-02+01:00",
    "1970-1-0500",
    "1970Z",
    "01970-01-02T00:0:0.000000000-0100",
    "1970-01-02T00:00:00.123456789Z",
    "1970-01-02T00:00:00.1234567Z",
    "0001-01-01T00:00:00+23:00",
    "9999-12-31T23:59:59-23:00",
    "253402300800",
    "9223372036854775807",
]
NO_MOMENTS = [
    "soon",
    "",
    "2024-02-30T00:00:00Z",
    "1970-01-02T24:00:00Z",
    "1970-01-02T00:00:00+24:00",
    "1970-13",
    "10000-01-01",
    "0000-01-01",
    "-0001-01-01",
    "1970-01-02T00:00:00.1234567890Z",
    "9223372036854775808",
    "99999999999999999999",
    "-",
]
# What IAM takes in a policy, though it can be compared with nothing.
LOST_MOMENTS = ["2024-02-30T00:00:00Z", "10000-01-01", "0000-01-01", "-0001-01-01"]
ADDRESSES = ["192.0.2.7", "192.0.2.200", "198.51.100.1", "2001:db8::1", "2001:DB8:0:0::2", "::ffff:192.0.2.9"]
NO_ADDRESSES = ["AWS Internal", "192.0.2", "192.0.2.07", "", "192.0.2.256", "fe80::1%eth0"]

# For each family of operators: the keys it is asked about, what requests say there, and what policies say.
FAMILIES: dict[str, tuple[list[str], list[str], list[Any]]] = {
    "String": (
        ["aws:username", "aws:PrincipalTag/team", "aws:TagKeys", "s3:prefix"],
        TEXTS,
        [
            *TEXTS,
            "ali*",
            "a?ice",
            "home/${aws:username}/*",
            "${aws:PrincipalTag/team, 'red'}",
            "${aws:TagKeys}",
            "${*}",
            "a${*}ice",
            "${$}{aws:username}",
            "${aws:username",
            "${}",
            "${ s3:prefix , 'r,e}d'}",
            "${${aws:username}",
            "${s3:prefix,'a','b'}",
            "${aws:username,red}",
            "${,'red'}",
            "arn:aws:iam::111122223333:user/${s3:prefix}",
            7,
            True,
        ],
    ),
    "Numeric": (["x:number", "s3:max-keys"], NUMBERS, [*NUMBERS, 10, 9.5, "${x:number}"]),
    "Date": (["aws:CurrentTime", "aws:EpochTime"], [*MOMENTS, *NO_MOMENTS], [*MOMENTS, *LOST_MOMENTS, 86400]),
    "Bool": (
        ["aws:SecureTransport", "x:flag"],
        ["true", "false", "TRUE", "yes", ""],
        [True, False, "True", "false", "no"],
    ),
    "Binary": (["x:bytes"], ["QQ==", "Qg==", "QQ", "@@", "QR==", ""], ["QQ==", "Qg==", "QR==", "@", "", "QUJD"]),
    "Ip": (
        ["aws:SourceIp", "aws:VpcSourceIp"],
        [*ADDRESSES, *NO_ADDRESSES],
        [
            *ADDRESSES,
            "192.0.2.0/24",
            "192.0.2.9/25",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::/0",
            "192.0.2.0/33",
            "nowhere",
            "::ffff:192.0.2.0/120",
            "192.0.2.0/255.255.255.0",
            "10.0.0.0/8",
        ],
    ),
    "Arn": (
        ["aws:SourceArn", "aws:PrincipalArn", "x:arn"],
        ARNS,
        [
            *ARNS,
            "arn:aws:iam::*:user/*",
            "arn:*:*:*:*:*",
            "arn:aws:iam::111122223333:user/${aws:username}",
            "${x:arn}",
            "arn:aws:sns:*:11112222333?:topic*",
            "arn:aws:sns:${aws:PrincipalTag/team, 'eu-west-1'}:*:*",
            "arn:aws:*",
        ],
    ),
}
OPERATORS: dict[str, list[str]] = {
    "String": [
        f"String{name}"
        for name in ("Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike")
    ],
    **{
        family: [
            f"{family}{relation}"
            for relation in ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
        ]
        for family in ("Numeric", "Date")
    },
    "Bool": ["Bool"],
    "Binary": ["BinaryEquals"],
    "Ip": ["IpAddress", "NotIpAddress"],
    "Arn": ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
}

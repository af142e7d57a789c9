"""Which events people are told of, and which they are not."""

import json
from typing import Any

import pytest

from ostiary.audit import AuditEvent, SignInParty
from ostiary.governance.alerts import KINDS
from ostiary.governance.alerts.kinds import RULE_FAILED
from ostiary.governance.alerts.raised import Raised
from ostiary.governance.alerts.root import used
from ostiary.governance.alerts.rules import DONE, REFUSED, find_rule
from ostiary.services import find_operation
from ostiary.values.fault import Fault
from tests.governance.alerts.happening import (
    ACCOUNT,
    ALICE,
    NOON,
    ROOT,
    ROOT_CALLER,
    Known,
    at_the_page,
    call,
    deed,
)

DENIED = Fault("AccessDenied", "no", status=403)
BY_ROOT = SignInParty(ACCOUNT, ACCOUNT)
NOBODY = SignInParty(ACCOUNT, None)
POLICY = f"arn:aws:iam::{ACCOUNT}:policy/p"
USER, GROUP, ROLE = (f"arn:aws:iam::{ACCOUNT}:{kind}/staff/x" for kind in ("user", "group", "role"))


def policy(action: Any = "*", resource: Any = "*", **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(principal: Any, **more: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def aws(name: str) -> dict[str, str]:
    return {"AWS": name}


WIDE = Known(managed={POLICY: policy()}, inline=policy())
NARROW = Known(managed={POLICY: policy("s3:*")}, inline=policy("*", "arn:aws:s3:::b/*"))
FOREIGN = "arn:aws:iam::444455556666:root"
OTHERS = "999999999999"


def only_if(operator: str, key: str, *values: str) -> dict[str, Any]:
    return {"Condition": {operator: {key: list(values)}}}


EXTERNAL_ID = only_if("StringEquals", "sts:ExternalId", "x1")
ITS_OWN_WORD = only_if("StringEquals", "sts:ExternalId", "${sts:ExternalId}")
ORGANISATION = only_if("StringEquals", "aws:PrincipalOrgID", "o-abcdefghij")
TO_ANYBODY = [("role-opened-to-anybody", f"arn:aws:iam::{ACCOUNT}:role/staff/x")]
TO_ACCOUNT = [("role-opened-to-account", f"arn:aws:iam::{ACCOUNT}:role/staff/x")]
UPDATE_ROLE = ("UpdateAssumeRolePolicy", {"RoleName": "x"})
STRONG = {
    "minimumPasswordLength": 14,
    "requireSymbols": True,
    "requireNumbers": True,
    "maxPasswordAge": 90,
    "passwordReusePrevention": 24,
}
AS_STRONG = {
    "MinimumPasswordLength": 14,
    "RequireSymbols": True,
    "RequireNumbers": True,
    "MaxPasswordAge": 90,
    "PasswordReusePrevention": 24,
}
ATTACHED = {"PolicyArn": POLICY}
CREATED = {"Policy": {"Arn": POLICY}}
NONE = Known()

CASES: list[tuple[AuditEvent, Known, list[tuple[str, str | None]]]] = [
    # The root user.
    (at_the_page("ConsoleLogin", party=BY_ROOT), NONE, [("root-sign-in", ROOT)]),
    (at_the_page("ConsoleLogin"), NONE, []),
    (at_the_page("ConsoleLogin", party=BY_ROOT, error="no"), NONE, []),
    (at_the_page("ConsoleLogout", party=BY_ROOT), NONE, []),
    (call("ListUsers", caller=ROOT_CALLER), NONE, [("root-activity", ROOT)]),
    (call("ListUsers", caller=ROOT_CALLER, fault=DENIED), NONE, [("root-activity", ROOT)]),
    (call("GetCallerIdentity", service="sts", caller=ROOT_CALLER), NONE, [("root-activity", ROOT)]),
    (call("ListUsers"), NONE, []),
    (call("ListUsers", caller=None, fault=DENIED), NONE, []),
    (call("CreateAccessKey", caller=ROOT_CALLER), NONE, [("root-access-key-created", ROOT), ("root-activity", ROOT)]),
    (call("CreateAccessKey", {"UserName": "x"}, caller=ROOT_CALLER), NONE, [("root-activity", ROOT)]),
    (call("CreateAccessKey"), NONE, []),
    (at_the_page("PasswordRecoveryRequested", party=BY_ROOT), NONE, [("root-password-recovery", ROOT)]),
    (at_the_page("PasswordRecoveryCompleted", party=BY_ROOT), NONE, [("root-password-recovery", ROOT)]),
    # Second factors.
    (call("DeactivateMFADevice", {"UserName": "x", "SerialNumber": "s"}), NONE, [("mfa-removed", USER)]),
    (call("DeactivateMFADevice", {"SerialNumber": "s"}), NONE, [("mfa-removed", ALICE)]),
    (call("DeactivateMFADevice", {"SerialNumber": "s"}, caller=None), NONE, [("mfa-removed", ROOT)]),
    (call("DeactivateMFADevice", {"UserName": "x", "SerialNumber": "s"}, fault=DENIED), NONE, []),
    (call("DeleteVirtualMFADevice", {"SerialNumber": "s"}), NONE, [("mfa-device-deleted", "s")]),
    # People may be let in without one.
    *(
        (call("UpdateAccountSettings", asked, service="ostiary"), Known(asked=before), expected)
        for asked, before, expected in (
            ({"MfaRequired": False}, ({"mfaRequired": True},), [("mfa-no-longer-required", ROOT)]),
            ({"MfaRequired": False}, (), [("mfa-no-longer-required", ROOT)]),
            ({"MfaRequired": False}, ({"trailRetentionDays": 3}, {"mfaRequired": False}), []),
            ({"MfaRequired": True}, ({"mfaRequired": False},), []),
            ({"AccessKeyWarningDays": 90}, ({"mfaRequired": True},), []),
            # Events and keys may last less long.
            ({"TrailRetentionDays": 90}, (), [("trail-retention-shortened", ROOT)]),
            ({"TrailRetentionDays": 90}, ({"mfaRequired": True},), [("trail-retention-shortened", ROOT)]),
            ({"TrailRetentionDays": 90}, ({"trailRetentionDays": 0},), [("trail-retention-shortened", ROOT)]),
            ({"TrailRetentionDays": 90}, ({"trailRetentionDays": 91},), [("trail-retention-shortened", ROOT)]),
            ({"TrailRetentionDays": 90}, ({"trailRetentionDays": 90}, {"trailRetentionDays": 91}), []),
            ({"TrailRetentionDays": 91}, ({"trailRetentionDays": 90},), []),
            ({"TrailRetentionDays": 0}, ({"trailRetentionDays": 90},), []),
            ({"AccessKeyMaximumDays": 90}, (), [("access-key-limit-shortened", ROOT)]),
            ({"AccessKeyMaximumDays": 1}, ({"accessKeyMaximumDays": 90},), [("access-key-limit-shortened", ROOT)]),
            ({"AccessKeyMaximumDays": 91}, ({"accessKeyMaximumDays": 90},), []),
            ({"AccessKeyMaximumDays": 0}, ({"accessKeyMaximumDays": 90},), []),
        )
    ),
    # Policies.
    (call("CreatePolicy", {"PolicyName": "p"}, output=CREATED), WIDE, [("policy-opened-wide", POLICY)]),
    (call("CreatePolicy", {"PolicyName": "p"}, output=CREATED), NARROW, []),
    (call("CreatePolicy", {"PolicyName": "p"}, fault=DENIED), WIDE, []),
    (call("CreatePolicyVersion", ATTACHED | {"SetAsDefault": True}), WIDE, [("policy-opened-wide", POLICY)]),
    (call("CreatePolicyVersion", ATTACHED | {"SetAsDefault": False}), WIDE, []),
    (call("CreatePolicyVersion", ATTACHED), WIDE, []),
    (call("SetDefaultPolicyVersion", ATTACHED | {"VersionId": "v1"}), WIDE, [("policy-opened-wide", POLICY)]),
    (call("SetDefaultPolicyVersion", ATTACHED | {"VersionId": "v1"}), NARROW, []),
    *(
        (call(f"{verb}{kind}Policy", {f"{kind}Name": "x", **more}), evidence, expected)
        for kind, arn in (("User", USER), ("Group", GROUP), ("Role", ROLE))
        for verb, more in (("Attach", ATTACHED), ("Put", {"PolicyName": "i"}))
        for evidence, expected in ((WIDE, [("policy-opened-wide", arn)]), (NARROW, []), (NONE, []))
    ),
    *(
        (call("PutUserPolicy", {"UserName": "x", "PolicyName": "i"}), Known(inline=document), expected)
        for document, expected in (
            (policy(["s3:Get*", "*:*"]), [("policy-opened-wide", USER)]),
            (policy("*", ["arn:aws:s3:::b", "*"]), [("policy-opened-wide", USER)]),
            ("not a policy", []),
        )
    ),
    # Trust.
    *(
        (call(*UPDATE_ROLE), Known(trust=document), expected)
        for document, expected in (
            # As on AWS, such a trust policy is none, and lets nobody in.
            (trust("*"), []),
            (trust(aws("*")), [("role-opened-to-anybody", ROLE)]),
            (trust(aws("*"), **EXTERNAL_ID), TO_ANYBODY),
            (trust(aws("*"), **ORGANISATION), []),
            (trust(aws("*"), **only_if("StringLike", "aws:PrincipalOrgID", "o-*")), TO_ANYBODY),
            (trust(aws("*"), **only_if("Bool", "aws:SecureTransport", "true")), TO_ANYBODY),
            (trust(aws("*"), **only_if("StringEquals", "aws:PrincipalAccount", ACCOUNT)), []),
            (trust(aws("*"), **only_if("StringEquals", "aws:PrincipalAccount", OTHERS)), TO_ACCOUNT),
            (trust(aws("*"), **only_if("StringEquals", "aws:PrincipalAccount", ACCOUNT, OTHERS)), TO_ACCOUNT),
            (trust(aws("*"), **only_if("StringEqualsIfExists", "aws:PrincipalAccount", ACCOUNT)), TO_ANYBODY),
            (trust(aws("*"), **only_if("StringNotEquals", "aws:PrincipalAccount", ACCOUNT)), TO_ANYBODY),
            (trust(aws("*"), **only_if("StringLike", "aws:PrincipalAccount", "1111*")), TO_ANYBODY),
            (trust(aws("*"), **only_if("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}")), TO_ANYBODY),
            *(
                (trust(aws("*"), **only_if("ArnLike", "aws:PrincipalArn", pattern)), expected)
                for pattern, expected in (
                    (ALICE, []),
                    (f"arn:aws:iam::{ACCOUNT}:role/*", []),
                    (f"arn:aws:iam::{OTHERS}:user/evil", TO_ACCOUNT),
                    ("arn:aws:iam::*:role/deploy", TO_ANYBODY),
                    ("*", TO_ANYBODY),
                )
            ),
            # The path of another account's user may look like the end of an ARN.
            (trust(aws("*"), **only_if("StringLike", "aws:PrincipalArn", f"arn:aws:*::{ACCOUNT}:*")), TO_ANYBODY),
            (
                trust(
                    aws("*"),
                    Condition={"StringEquals": {"aws:PrincipalAccount": OTHERS, "sts:ExternalId": "x1"}},
                ),
                [],
            ),
            (trust(aws(FOREIGN), **only_if("Null", "aws:username2", "true")), TO_ACCOUNT),
            (trust(aws(FOREIGN), **only_if("IpAddress", "aws:SourceIp", "0.0.0.0/0")), TO_ACCOUNT),
            (trust(aws(FOREIGN), **only_if("StringLike", "sts:ExternalId", "*")), TO_ACCOUNT),
            (trust(aws(FOREIGN), **ITS_OWN_WORD), TO_ACCOUNT),
            (trust(aws(FOREIGN), **ORGANISATION), []),
            (trust({"AWS": [ROOT, FOREIGN]}), TO_ACCOUNT),
            (trust(aws(FOREIGN)), [("role-opened-to-account", ROLE)]),
            (trust(aws("444455556666")), [("role-opened-to-account", ROLE)]),
            (trust(aws(FOREIGN), **EXTERNAL_ID), []),
            (trust(aws(ROOT)), []),
            (trust(aws("AROAGONE")), []),
            (trust({"Service": "ec2.amazonaws.com"}), []),
            ("not a policy", []),
            (None, []),
        )
    ),
    (call("CreateRole", {"RoleName": "x"}), Known(trust=trust(aws("*"))), [("role-opened-to-anybody", ROLE)]),
    # Passwords.
    *(
        (call("UpdateAccountPasswordPolicy", asked), Known(asked=before), expected)
        for asked, before, expected in (
            (AS_STRONG, (STRONG,), []),
            *(
                ({name: value for name, value in AS_STRONG.items() if name != left_out}, (STRONG,), "weaker")
                for left_out in AS_STRONG
            ),
            (AS_STRONG | {"MaxPasswordAge": 91}, (STRONG,), "weaker"),
            (AS_STRONG | {"MaxPasswordAge": 89, "HardExpiry": True}, (STRONG,), []),
            (AS_STRONG, (STRONG | {"hardExpiry": True},), "weaker"),
            ({"MinimumPasswordLength": 8}, (), []),
            ({}, (), "weaker"),
        )
        for expected in ([("password-policy-weakened", ROOT)] if expected == "weaker" else [],)
    ),
    (call("DeleteAccountPasswordPolicy"), NONE, [("password-policy-weakened", ROOT)]),
    # Sign-ins that are held back.
    *(
        (at_the_page(name, error="no", facts={"LockedOutForSeconds": seconds}), NONE, expected)
        for name in ("ConsoleLogin", "CheckMfa", "EnableMFADevice")
        for seconds, expected in ((59, []), (60, [("sign-in-lockout", ALICE)]), (900, [("sign-in-lockout", ALICE)]))
    ),
    (at_the_page("ConsoleLogin", error="no"), NONE, []),
    (
        at_the_page("ConsoleLogin", party=NOBODY, error="no", facts={"LockedOutForSeconds": 64}),
        NONE,
        [("sign-in-lockout", None)],
    ),
    # What Ostiary did and found.
    (deed("AccessKeyAgeWarning", {"UserName": "x", "AccessKeyId": "AKIA"}), NONE, [("access-key-aged", USER)]),
    (deed("AccessKeyAgeWarning", {"AccessKeyId": "AKIA"}), NONE, [("access-key-aged", ROOT)]),
    *(
        (
            deed("UpdateAccessKey", {"UserName": "x", "AccessKeyId": "AKIA", "Status": "Inactive"}, source=source),
            NONE,
            [("access-key-deactivated", USER)],
        )
        for source in ("iam.amazonaws.com", "ostiary.amazonaws.com")
    ),
    (call("UpdateAccessKey", {"UserName": "x", "AccessKeyId": "AKIA", "Status": "Inactive"}), NONE, []),
    (deed("TrailBroken", {"Sequence": 3}), NONE, [("trail-broken", ROOT)]),
    (deed("TrailBegan", {"EarlierEvents": 9}), NONE, [("trail-changed", ROOT)]),
    (deed("ResumeTrail", {}), NONE, [("trail-changed", ROOT)]),
    (deed("PruneTrail", {"Before": NOON}), NONE, [("trail-changed", ROOT)]),
    (deed("PruneTrail", {"Before": NOON, "TrailRetentionDays": 90}), NONE, []),
    *(
        (
            deed("FindingFailed", {"Control": "c", "Resource": USER, "Title": "T", "Severity": severity}),
            NONE,
            [("control-failed", USER)] if severity in {"CRITICAL", "HIGH"} else [],
        )
        for severity in ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL")
    ),
    (call("SendTestAlert", service="ostiary"), NONE, [("test", ALICE)]),
    (call("SendTestAlert", service="ostiary", fault=DENIED), NONE, []),
    # Calls of what there is not, named to look like what Ostiary itself tells.
    (call("TrailBroken", service="ostiary", fault=DENIED), NONE, []),
]


def raised_by(event: AuditEvent, evidence: Known) -> list[Raised]:
    rule = find_rule(event)
    return [*(rule(event, evidence) if rule else ()), *used(event)]


@pytest.mark.parametrize(("event", "evidence", "expected"), CASES)
def test_people_are_told_of_this_and_no_more(
    event: AuditEvent, evidence: Known, expected: list[tuple[str, str | None]]
) -> None:
    raised = raised_by(event, evidence)
    assert [(each.kind, each.subject) for each in raised] == expected


def test_each_kind_is_raised_by_some_event() -> None:
    # One comes of a rule that breaks.
    assert {kind for _, _, expected in CASES for kind, _ in expected} == KINDS.keys() - {RULE_FAILED}


def test_each_rule_is_tried() -> None:
    tried = {(event.error_code is None, event.source, event.name) for event, _, _ in CASES}
    # Whether they come of IAM or of Ostiary itself, the rule is the same.
    twice = {"AccessKeyAgeWarning", "PasswordRecoveryCompleted"}
    rules = {(True, *key) for key in DONE} | {(False, *key) for key in REFUSED}
    assert {rule for rule in rules if rule[2] not in twice} <= tried


def test_rules_about_calls_are_about_calls_that_are_served() -> None:
    ours = {"AccessKeyAgeWarning", "UpdateAccessKey", "FindingFailed"}
    ours |= {"TrailBroken", "TrailBegan", "ResumeTrail", "PruneTrail"}
    for source, name in DONE:
        service = source.removesuffix(".amazonaws.com")
        assert service == "signin" or name in ours or find_operation(service, name), name


@pytest.mark.parametrize(
    ("event", "evidence", "title"),
    [
        (call("ListUsers", caller=ROOT_CALLER), NONE, "The root user called ListUsers"),
        (
            call("AttachUserPolicy", {"UserName": "x", "PolicyArn": POLICY}),
            WIDE,
            "p, which allows everything, was attached to the user x",
        ),
        (
            call(*UPDATE_ROLE),
            Known(trust=trust(aws(FOREIGN))),
            "444455556666 may assume the role x without an external ID",
        ),
        (
            at_the_page("CheckMfa", error="no", facts={"LockedOutForSeconds": 64}),
            NONE,
            "Sign-ins as alice are held back after many failures, the last from 192.0.2.7",
        ),
        (
            call("UpdateAccountPasswordPolicy", AS_STRONG | {"MinimumPasswordLength": 8, "RequireSymbols": False}),
            Known(asked=(STRONG,)),
            "The password policy asks for less than before: passwords of 8 characters, no requireSymbols",
        ),
        (
            deed("FindingFailed", {"Control": "c", "Resource": USER, "Title": "MFA should be on", "Severity": "HIGH"}),
            NONE,
            "user/staff/x newly fails a control: MFA should be on",
        ),
    ],
)
def test_what_it_says(event: AuditEvent, evidence: Known, title: str) -> None:
    assert raised_by(event, evidence)[0].title == title

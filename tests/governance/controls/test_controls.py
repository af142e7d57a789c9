"""Each control on accounts that break its rule, and on one that keeps it."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ostiary import catalogue
from ostiary.governance.controls import CONTROLS, Control, Severity, Status, evaluate
from ostiary.governance.controls.documents import read_policy
from ostiary.governance.controls.escalation import ALONE, TOGETHER, WITH_PASS_ROLE, find_escalation
from ostiary.governance.controls.facts import (
    AccountFacts,
    InlinePolicy,
    KeyFacts,
    PasswordFacts,
    ProviderFacts,
    Untold,
    UserFacts,
)
from tests.directory.facts import ACCOUNT
from tests.governance.controls.building import (
    AWS,
    FOREIGN,
    OIDC,
    ROOT,
    SAFE_KEY,
    SAML,
    STRONG,
    account,
    ago,
    allow,
    arn,
    aws_managed,
    certificate,
    document,
    group,
    managed,
    role,
    trust,
    user,
    with_credentials,
    with_key,
)

BY_KEY = {control.key: control for control in CONTROLS}
ROOT_ARN = arn("root")
ALICE, WORKERS, WORKER, READS = arn("user/alice"), arn("group/workers"), arn("role/worker"), arn("policy/reads")

EVERYTHING = document(allow("*"))
NO_JSON = "{"
UNUSED_KEY = KeyFacts(2, active=True, created_at=ago(100), last_used_at=None)


def root(**changes: Any) -> AccountFacts:
    return account(root=replace(ROOT, **changes))


def passwords(**changes: Any) -> AccountFacts:
    return account(password_policy=replace(STRONG, **changes))


def one_user(made: UserFacts) -> AccountFacts:
    return account(users=(made,))


def one_role(**changes: Any) -> AccountFacts:
    return account(roles=(role(**changes),))


def trusting(trust_policy: str) -> AccountFacts:
    return one_role(trust_policy=trust_policy)


def one_policy(text: str, **uses: int) -> AccountFacts:
    return account(policies=(managed(text, **uses),))


def inline(text: str) -> AccountFacts:
    return account(groups=(group(inline=(InlinePolicy("notes", text),)),))


def not_action(*actions: str) -> str:
    return document({"Effect": "Allow", "NotAction": list(actions), "Resource": "*"})


SERVICE = {"Service": "sns.amazonaws.com"}
OTHERS = {"AWS": f"arn:aws:iam::{FOREIGN}:root"}
ANYBODY = {"AWS": "*"}
OF_ORGANISATION = {"aws:PrincipalOrgID": "o-exampleorgid"}
ACCOUNTS_OWN = {"aws:SourceAccount": ACCOUNT}
BUT_FOR_ONE = document({"Effect": "Allow", "NotPrincipal": {"AWS": FOREIGN}, "Action": "sts:AssumeRole"})
ANY_ROLE = document(allow("sts:AssumeRole", resource="arn:aws:iam::*:role/*"))

# Accounts that break a rule: the control, the account, the resource that fails, and words of the reason.
FAILING: list[tuple[str, AccountFacts, str, str]] = [
    ("iam-root-access-key-check", root(has_access_key=True), ROOT_ARN, "has an access key"),
    ("root-account-mfa-enabled", root(has_mfa=False), ROOT_ARN, "no MFA device"),
    ("root-account-hardware-mfa-enabled", root(has_mfa=False), ROOT_ARN, "no MFA device"),
    ("root-account-hardware-mfa-enabled", root(has_virtual_mfa=True), ROOT_ARN, "a virtual MFA device"),
    ("root-account-not-used", root(last_used_at=ago(0, minutes=5)), ROOT_ARN, "within the last day"),
    ("root-account-not-used", root(last_used_at=ago(2, minutes=-1)), ROOT_ARN, "a day ago"),
    ("root-account-no-signing-certificate", root(has_signing_certificate=True), ROOT_ARN, "has a signing certificate"),
    ("iam-password-policy", account(password_policy=None), ROOT_ARN, "the account has no password policy"),
    ("iam-password-policy", passwords(minimum_length=7), ROOT_ARN, "7 characters are enough"),
    ("iam-password-policy", passwords(require_symbols=False), ROOT_ARN, "no symbol is asked for"),
    ("iam-password-policy-pci", passwords(minimum_length=6), ROOT_ARN, "6 characters are enough"),
    ("iam-password-policy-pci", passwords(reuse_prevention=3), ROOT_ARN, "fewer than 4"),
    ("iam-password-policy-pci", passwords(max_age=None), ROOT_ARN, "do not expire"),
    ("iam-password-policy-uppercase", passwords(require_uppercase=False), ROOT_ARN, "no uppercase letter"),
    ("iam-password-policy-lowercase", passwords(require_lowercase=False), ROOT_ARN, "no lowercase letter"),
    ("iam-password-policy-symbol", passwords(require_symbols=False), ROOT_ARN, "no symbol"),
    ("iam-password-policy-number", passwords(require_numbers=False), ROOT_ARN, "no number"),
    ("iam-password-policy-length", passwords(minimum_length=13), ROOT_ARN, "13 characters are enough"),
    ("iam-password-policy-reuse", passwords(reuse_prevention=23), ROOT_ARN, "only 23 former passwords"),
    ("iam-password-policy-reuse", passwords(reuse_prevention=None), ROOT_ARN, "can be used again"),
    ("iam-password-policy-expiry", passwords(max_age=91), ROOT_ARN, "only after 91 days"),
    ("iam-password-policy-expiry", passwords(max_age=None), ROOT_ARN, "do not expire"),
    ("iam-policy-in-use", one_role(attached=()), ROOT_ARN, "attached to nobody"),
    ("security-audit-role-created", one_role(attached=()), ROOT_ARN, "attached to no role"),
    ("saml-provider-present", account(saml_providers=()), ROOT_ARN, "no SAML provider"),
    ("access-keys-rotated", one_user(with_key(made=ago(91), used=ago(0))), ALICE, "access key 1 is 91 days old"),
    ("mfa-enabled-for-iam-console-access", one_user(with_credentials(has_mfa=False)), ALICE, "no MFA device"),
    ("iam-user-mfa-enabled", one_user(with_credentials(has_mfa=False, password=None)), ALICE, "no MFA device"),
    ("iam-user-hardware-mfa-enabled", one_user(with_credentials(has_mfa=False)), ALICE, "no MFA device"),
    ("iam-user-hardware-mfa-enabled", one_user(with_credentials(has_virtual_mfa=True)), ALICE, "a virtual MFA device"),
    (
        "iam-user-unused-credentials-check",
        one_user(with_key(made=ago(200), used=ago(90))),
        ALICE,
        "access key 1 was not used for 90 days",
    ),
    ("iam-user-unused-credentials-check", one_user(with_key(made=ago(90))), ALICE, "not used for 90 days"),
    (
        "iam-user-unused-credentials-check-45",
        one_user(with_credentials(password=PasswordFacts(ago(100), ago(45)))),
        ALICE,
        "the password was not used for 45 days",
    ),
    (
        "iam-user-unused-credentials-check-45",
        one_user(with_credentials(password=PasswordFacts(ago(45), None))),
        ALICE,
        "the password was not used for 45 days",
    ),
    ("iam-user-no-policies-check", one_user(user(attached=(READS,))), ALICE, "of its own: reads"),
    ("iam-user-no-policies-check", one_user(user(inline=(InlinePolicy("mine", "{}"),))), ALICE, "of its own: mine"),
    ("iam-user-group-membership-check", one_user(user(groups=())), ALICE, "in no group"),
    (
        "iam-user-two-active-keys",
        one_user(with_credentials(keys=(SAFE_KEY, UNUSED_KEY))),
        ALICE,
        "2 active access keys",
    ),
    ("iam-user-no-initial-access-key", one_user(with_credentials(keys=(UNUSED_KEY,))), ALICE, "access key 2 was never"),
    ("iam-group-has-users-check", one_user(user(groups=())), WORKERS, "no users"),
    (
        "group-administrators-mfa-enabled",
        account(
            users=(with_credentials(has_mfa=False),),
            groups=(group(attached=(f"{AWS}AdministratorAccess",)),),
            aws_policies=(aws_managed(EVERYTHING, "AdministratorAccess"),),
        ),
        WORKERS,
        "administrators of alice",
    ),
    (
        "group-administrators-mfa-enabled",
        account(users=(with_credentials(has_mfa=False),), groups=(group(inline=(InlinePolicy("all", EVERYTHING),)),)),
        WORKERS,
        "administrators of alice",
    ),
    ("iam-no-inline-policy-check", inline(document(allow("s3:Get*"))), WORKERS, "inline policies: notes"),
    ("iam-no-inline-policy-check", account(), WORKER, "inline policies: modest"),
    ("iam-policy-blacklisted-check", one_role(attached=(f"{AWS}AdministratorAccess",)), WORKER, "is attached"),
    (
        "iam-policy-blacklisted-check-cloudshell",
        one_user(user(attached=(f"{AWS}AWSCloudShellFullAccess",))),
        ALICE,
        "is attached",
    ),
    ("role-external-trust", trusting(trust(OTHERS)), WORKER, f"{FOREIGN} may assume it without an external ID"),
    ("role-external-trust", trusting(trust({"AWS": FOREIGN})), WORKER, f"{FOREIGN} may assume it"),
    ("role-external-trust", trusting(trust(OTHERS, action="sts:*")), WORKER, f"{FOREIGN} may assume it"),
    (
        "role-external-trust",
        trusting(trust(OTHERS, StringLike={"sts:ExternalId": "*"})),
        WORKER,
        "without an external ID",
    ),
    (
        "role-external-trust",
        trusting(trust(OTHERS, StringEqualsIfExists={"sts:ExternalId": "x"})),
        WORKER,
        "without an external ID",
    ),
    ("role-external-trust", trusting(trust(ANYBODY)), WORKER, "anybody may assume it"),
    ("role-external-trust", trusting(trust("*")), WORKER, "cannot be read"),
    (
        "role-external-trust",
        trusting(trust(ANYBODY, StringEquals={"aws:PrincipalAccount": FOREIGN})),
        WORKER,
        f"{FOREIGN} may assume it",
    ),
    ("role-external-trust", trusting(trust(ANYBODY, StringNotEquals=OF_ORGANISATION)), WORKER, "anybody may assume it"),
    ("role-external-trust", trusting(BUT_FOR_ONE), WORKER, "anybody may assume it"),
    ("role-external-trust", trusting(NO_JSON), WORKER, "the trust policy cannot be read"),
    ("role-service-trust", trusting(BUT_FOR_ONE), WORKER, "* may assume it on anybody's behalf"),
    ("role-service-trust", trusting(trust(SERVICE)), WORKER, "sns.amazonaws.com may assume it on anybody's behalf"),
    ("role-service-trust", trusting(trust(SERVICE, ArnLike={"aws:SourceArn": "arn:aws:sns:*:*:*"})), WORKER, "anybody"),
    (
        "role-service-trust",
        trusting(trust(SERVICE, StringEqualsIfExists=ACCOUNTS_OWN)),
        WORKER,
        "on anybody's behalf",
    ),
    (
        "role-service-trust",
        trusting(trust(SERVICE, **{"ForAllValues:StringEquals": ACCOUNTS_OWN})),
        WORKER,
        "on anybody's behalf",
    ),
    ("role-service-trust", trusting(trust(SERVICE, StringNotEquals=ACCOUNTS_OWN)), WORKER, "on anybody's behalf"),
    (
        "role-read-only-access-across-accounts",
        one_role(trust_policy=trust(OTHERS), attached=(f"{AWS}ReadOnlyAccess",)),
        WORKER,
        f"{FOREIGN} may assume it, and it has ReadOnlyAccess",
    ),
    ("role-unused", one_role(last_used_at=ago(90)), WORKER, "not used for 90 days"),
    ("role-unused", one_role(last_used_at=None), WORKER, "not used for 400 days"),
    ("iam-policy-no-statements-with-admin-access", one_policy(EVERYTHING), READS, "allows every action on every"),
    ("iam-policy-no-statements-with-admin-access", one_policy(EVERYTHING, attachments=0), READS, "every action"),
    ("iam-policy-no-statements-with-admin-access", one_policy(document(allow("*:*"))), READS, "every action"),
    ("iam-policy-no-statements-with-admin-access", one_policy(not_action("s3:*")), READS, "by NotAction"),
    (
        "iam-policy-no-statements-with-admin-access",
        one_policy(document(allow("*"), {"Effect": "Deny", "Action": "s3:*", "Resource": "*"})),
        READS,
        "every action",
    ),
    (
        "iam-policy-no-statements-with-admin-access",
        one_policy(document(allow("*", resource="arn:aws:*"))),
        READS,
        "every action",
    ),
    ("iam-policy-no-statements-with-admin-access", one_policy(NO_JSON), READS, "cannot be read"),
    ("inline-policy-no-admin-access", inline(EVERYTHING), WORKERS, "notes allows every action"),
    ("inline-policy-no-admin-access", inline(NO_JSON), WORKERS, "notes cannot be read"),
    (
        "aws-policy-no-admin-access",
        account(aws_policies=(aws_managed(EVERYTHING, "AdministratorAccess"),)),
        f"{AWS}AdministratorAccess",
        "every action",
    ),
    ("iam-policy-no-statements-with-full-access", one_policy(document(allow("ec2:*"))), READS, "allows ec2:*"),
    ("iam-policy-no-statements-with-full-access", one_policy(document(allow("ec2:?*"))), READS, "allows ec2:?*"),
    ("iam-policy-no-statements-with-full-access", one_policy(not_action("ec2:*")), READS, "allows all but ec2:*"),
    (
        "iam-customer-policy-blocked-kms-actions",
        one_policy(document(allow("kms:De*", resource=f"arn:aws:kms:*:{ACCOUNT}:key/*"))),
        READS,
        "allows kms:Decrypt on every key",
    ),
    ("iam-customer-policy-blocked-kms-actions", one_policy(not_action("iam:*")), READS, "kms:ReEncryptFrom"),
    ("iam-inline-policy-blocked-kms-actions", inline(document(allow("kms:Decrypt"))), WORKERS, "notes allows kms:Dec"),
    ("policy-no-privilege-escalation", one_policy(document(allow("iam:PutUserPolicy"))), READS, "iam:PutUserPolicy"),
    ("policy-no-privilege-escalation", one_policy(document(allow("iam:P?t*"))), READS, "iam:PutGroupPolicy"),
    (
        "policy-no-privilege-escalation",
        inline(document(allow("iam:PassRole", "ec2:RunInstances"))),
        WORKERS,
        "iam:PassRole with ec2:RunInstances",
    ),
    ("policy-no-privilege-escalation", one_policy(NO_JSON), READS, "cannot be read"),
    ("policy-no-full-access-to-kms", one_policy(document(allow("kms:*"))), READS, "allows kms:* on every resource"),
    ("policy-no-full-access-to-kms", inline(document(allow("KMS:**"))), WORKERS, "notes allows kms:*"),
    ("policy-no-full-access-to-cloudtrail", one_policy(not_action("s3:*")), READS, "allows cloudtrail:*"),
    ("policy-no-wildcard-role-assumption", one_policy(ANY_ROLE), READS, "every role of every account"),
    (
        "policy-no-wildcard-role-assumption",
        one_policy(document(allow("sts:Assume*", resource=arn("role/*")))),
        READS,
        "every role of the account",
    ),
    ("policy-no-marketplace-subscribe", one_policy(document(allow("aws-marketplace:*"))), READS, "every product"),
    ("customer-policy-attached", account(policies=(managed(attachments=0),)), READS, "attached to nobody"),
    (
        "iam-server-certificate-expiration-check",
        account(server_certificates=(certificate(ago(0)),)),
        arn("server-certificate/tls"),
        "it expired on 2026-01-02",
    ),
    ("tagged-iam-user", one_user(user(tags={})), ALICE, "no tags"),
    ("tagged-iam-user", one_user(user(tags={"aws:made": "by"})), ALICE, "no tags"),
    ("tagged-iam-role", one_role(tags={}), WORKER, "no tags"),
    (
        "iam-server-certificate-tagged",
        account(server_certificates=(certificate(tags={}),)),
        arn("server-certificate/tls"),
        "no tags",
    ),
    ("iam-saml-provider-tagged", account(saml_providers=(ProviderFacts(SAML.arn, {}),)), SAML.arn, "no tags"),
    ("iam-oidc-provider-tagged", account(oidc_providers=(ProviderFacts(OIDC.arn, {}),)), OIDC.arn, "no tags"),
]

# Accounts that come close to breaking a rule and do not, or of which it does not speak: in which case no resource is
# named.
KEEPING: list[tuple[str, AccountFacts, str | None]] = [
    ("root-account-mfa-enabled", root(has_mfa=False, has_password=False), ROOT_ARN),
    ("root-account-hardware-mfa-enabled", root(has_mfa=False, has_password=False), ROOT_ARN),
    ("root-account-not-used", root(last_used_at=ago(2)), ROOT_ARN),
    ("root-account-not-used", root(last_used_at=None), ROOT_ARN),
    ("iam-password-policy", passwords(minimum_length=8, max_age=None, reuse_prevention=None), ROOT_ARN),
    ("iam-password-policy-pci", passwords(minimum_length=7, require_symbols=False, reuse_prevention=4), ROOT_ARN),
    ("access-keys-rotated", one_user(with_key(made=ago(91, seconds=-1), used=ago(0))), ALICE),
    ("access-keys-rotated", one_user(with_key(active=False, made=ago(400))), ALICE),
    (
        "mfa-enabled-for-iam-console-access",
        one_user(with_credentials(has_mfa=False, password=None)),
        ALICE,
    ),
    ("iam-user-unused-credentials-check", one_user(with_key(made=ago(200), used=ago(90, seconds=-1))), ALICE),
    ("iam-user-unused-credentials-check", one_user(with_key(active=False, made=ago(200))), ALICE),
    ("iam-user-unused-credentials-check-45", one_user(with_key(made=ago(45, seconds=-1))), ALICE),
    ("iam-user-no-initial-access-key", one_user(with_credentials(password=None, keys=(UNUSED_KEY,))), ALICE),
    (
        "group-administrators-mfa-enabled",
        account(users=(with_credentials(has_mfa=False),)),
        WORKERS,
    ),
    ("iam-policy-in-use", account(roles=(), users=(user(attached=(f"{AWS}AWSSupportAccess",)),)), ROOT_ARN),
    ("role-external-trust", trusting(trust(OTHERS, StringEquals={"sts:ExternalId": "x"})), WORKER),
    ("role-external-trust", trusting(trust(ANYBODY, StringEquals=OF_ORGANISATION)), WORKER),
    ("role-external-trust", trusting(trust(ANYBODY, StringEquals={"aws:PrincipalAccount": ACCOUNT})), WORKER),
    ("role-external-trust", trusting(trust({"AWS": "AIDAQ3EGRNTXYBJEXAMPLE"})), WORKER),
    ("role-external-trust", one_role(trust_policy=trust(OTHERS), is_service_linked=True), None),
    ("role-service-trust", trusting(trust(SERVICE, StringEquals=ACCOUNTS_OWN)), WORKER),
    ("role-service-trust", trusting(trust(SERVICE, ArnLike={"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"})), WORKER),
    ("role-service-trust", trusting(trust(SERVICE, StringEquals={"aws:SourceOrgID": "o-exampleorgid"})), WORKER),
    (
        "role-service-trust",
        trusting(
            trust(SERVICE, **{"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-exampleorgid/r-root/*"}}),
        ),
        WORKER,
    ),
    (
        "role-service-trust",
        trusting(
            trust(SERVICE, StringEqualsIfExists=ACCOUNTS_OWN, Null={"aws:SourceAccount": "false"}),
        ),
        WORKER,
    ),
    ("role-service-trust", one_role(trust_policy=trust(SERVICE), is_service_linked=True), None),
    ("role-read-only-access-across-accounts", one_role(attached=(f"{AWS}ReadOnlyAccess",)), WORKER),
    ("role-unused", one_role(last_used_at=ago(90, seconds=-1)), WORKER),
    ("role-unused", one_role(last_used_at=None, created_at=ago(89)), WORKER),
    ("iam-policy-no-statements-with-admin-access", one_policy(EVERYTHING, attachments=0, boundaries=1), None),
    ("iam-policy-no-statements-with-admin-access", one_policy(not_action("iam:*")), READS),
    ("iam-policy-no-statements-with-admin-access", one_policy(document(allow("*", resource="arn:aws:s3:::*"))), READS),
    ("aws-policy-no-admin-access", account(aws_policies=(aws_managed(EVERYTHING, attachments=0),)), None),
    ("iam-policy-no-statements-with-full-access", one_policy(document(allow("ec2:Describe*"))), READS),
    (
        "iam-customer-policy-blocked-kms-actions",
        one_policy(document(allow("kms:Decrypt", resource=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/*"))),
        READS,
    ),
    (
        "policy-no-privilege-escalation",
        one_policy(document(allow("iam:Put*"), {"Effect": "Deny", "Action": "iam:*", "Resource": "*"})),
        READS,
    ),
    ("policy-no-full-access-to-kms", one_policy(document(allow("kms:Describe*"))), READS),
    (
        "policy-no-wildcard-role-assumption",
        one_policy(document(allow("sts:AssumeRole", resource=arn("role/test-*")))),
        READS,
    ),
    ("customer-policy-attached", account(policies=(managed(attachments=0, boundaries=2),)), READS),
]


def label(case: tuple[Any, ...]) -> str:
    return str(case[0])


@pytest.mark.parametrize("case", FAILING, ids=label)
def test_a_broken_rule_is_found(case: tuple[str, AccountFacts, str, str]) -> None:
    key, facts, resource, words = case
    said = {finding.resource_arn: finding for finding in evaluate(facts, [BY_KEY[key]])}
    assert said[resource].status is Status.FAILED
    assert words in said[resource].reason


@pytest.mark.parametrize("case", KEEPING, ids=label)
def test_a_rule_that_is_kept_is_not(case: tuple[str, AccountFacts, str | None]) -> None:
    key, facts, resource = case
    said = {finding.resource_arn: finding.status for finding in evaluate(facts, [BY_KEY[key]])}
    assert set(said.values()) <= {Status.PASSED}
    assert (resource in said) if resource else not said


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.key)
def test_every_control_fails_one_account_and_passes_another(control: Control) -> None:
    assert control.key in {case[0] for case in FAILING}
    findings = evaluate(account(), [control])
    assert Status.PASSED in {finding.status for finding in findings}
    if control.key != "iam-no-inline-policy-check":
        assert {finding.status for finding in findings} == {Status.PASSED}


def test_controls_are_described_once_and_wholly() -> None:
    assert len(BY_KEY) == len(CONTROLS)
    ids = [control.security_hub for control in CONTROLS if control.security_hub]
    assert len(set(ids)) == len(ids)
    for control in CONTROLS:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", control.key)
        assert control.title[0].isupper()
        assert not control.title.endswith(".")
        assert control.description.endswith(".")
        assert control.remediation
        assert re.fullmatch(r"AWS::(IAM)?::[A-Za-z]+", control.resource_type)


def test_security_hubs_controls_are_all_there_but_for_those_that_are_explained() -> None:
    # Retired; and of analyzers, which there are none of: docs/controls.md.
    left_out = {"IAM.20", "IAM.23", "IAM.28"}
    wanted = {f"IAM.{number}" for number in range(1, 29)} - left_out | {"KMS.1", "KMS.2"}
    assert {control.security_hub for control in CONTROLS} - {None} == wanted


def test_a_control_says_one_thing_of_a_resource() -> None:
    two = (InlinePolicy("first", EVERYTHING), InlinePolicy("second", EVERYTHING))
    facts = account(groups=(group(inline=two),), users=(user(inline=two),))
    findings = evaluate(facts)
    assert len({(each.control.key, each.resource_arn) for each in findings}) == len(findings)


def test_what_is_not_told_is_neither_good_nor_bad() -> None:
    untold = Untold("what credentials there are", "aws iam get-credential-report")
    facts = account(users=(user(), user("bob", credentials=untold)))
    (finding,) = evaluate(facts, [BY_KEY["access-keys-rotated"]])
    assert finding.status is Status.NOT_AVAILABLE
    assert finding.resource_arn == ROOT_ARN
    assert finding.reason == "what credentials there are is not known; `aws iam get-credential-report` tells it"


def test_severities_are_ordered() -> None:
    assert [severity.rank for severity in Severity] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("way", [*((action,) for action in ALONE), *TOGETHER, *WITH_PASS_ROLE], ids=" ".join)
def test_every_way_to_all_permissions_is_found_and_takes_all_its_actions(way: tuple[str, ...]) -> None:
    passing = () if way in TOGETHER or way[0] in ALONE else ("iam:PassRole",)
    assert find_escalation(read_policy(document(allow(*way, *passing))))
    for action in (*way, *passing):
        assert catalogue.find_action(action) or action.startswith("codestar:"), "a service that AWS has given up"


def test_the_guide_lists_every_control_as_it_is() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "controls.md").read_text()
    for control in CONTROLS:
        rule = f"`{control.config_rule}`" if control.config_rule else ""
        cells = (f"`{control.key}`", control.security_hub or "", rule, control.severity.value.lower())
        assert f"| {' | '.join(cells)} | {control.description} |\n" in guide

"""The account's alias and its summary, through boto3."""

from typing import Any

from tests.services.iam.asking import answer, fresh, refusal


def test_the_account_has_one_alias_at_a_time(iam: Any) -> None:
    assert answer(iam.list_account_aliases) == {"AccountAliases": [], "IsTruncated": False}
    for alias in ("first", "second"):
        assert answer(iam.create_account_alias, AccountAlias=alias) == {}
        assert answer(iam.list_account_aliases) == {"AccountAliases": [alias], "IsTruncated": False}
    assert refusal(iam.delete_account_alias, AccountAlias="first") == (
        "NoSuchEntity",
        "The account alias with name first cannot be found.",
        404,
    )
    assert answer(iam.delete_account_alias, AccountAlias="second") == {}
    assert answer(iam.list_account_aliases)["AccountAliases"] == []


def test_the_summary_has_what_awss_has(iam: Any) -> None:
    before = answer(iam.get_account_summary)["SummaryMap"]
    iam.create_user(UserName=fresh())
    iam.create_group(GroupName=fresh())
    after = answer(iam.get_account_summary)["SummaryMap"]
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "Users": 1,
        "Groups": 1,
    }
    assert after.keys() == {
        "AccessKeysPerUserQuota",
        "AccountAccessKeysPresent",
        "AccountMFAEnabled",
        "AccountPasswordPresent",
        "AccountSigningCertificatesPresent",
        "AssumeRolePolicySizeQuota",
        "AttachedPoliciesPerGroupQuota",
        "AttachedPoliciesPerRoleQuota",
        "AttachedPoliciesPerUserQuota",
        "GlobalEndpointTokenVersion",
        "GroupPolicySizeQuota",
        "Groups",
        "GroupsPerUserQuota",
        "GroupsQuota",
        "InstanceProfiles",
        "InstanceProfilesQuota",
        "MFADevices",
        "MFADevicesInUse",
        "Policies",
        "PoliciesQuota",
        "PolicySizeQuota",
        "PolicyVersionsInUse",
        "PolicyVersionsInUseQuota",
        "Providers",
        "RolePolicySizeQuota",
        "Roles",
        "RolesQuota",
        "ServerCertificates",
        "ServerCertificatesQuota",
        "SigningCertificatesPerUserQuota",
        "UserPolicySizeQuota",
        "Users",
        "UsersQuota",
        "VersionsPerPolicyQuota",
    }


def test_the_summary_counts_identity_providers_of_both_kinds(iam: Any) -> None:
    before = iam.get_account_summary()["SummaryMap"]["Providers"]
    arn = iam.create_open_id_connect_provider(Url="https://counted.example.com", ThumbprintList=["a" * 40])
    assert iam.get_account_summary()["SummaryMap"]["Providers"] == before + 1
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn["OpenIDConnectProviderArn"])
    assert iam.get_account_summary()["SummaryMap"]["Providers"] == before

"""Managed policies: versions, AWS's own, and who uses them."""

from datetime import timedelta

import pytest

from ostiary.directory import attachments, policies, roles, users
from ostiary.directory.attachments import PolicyUse
from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind
from ostiary.directory.errors import DeleteConflict, Hanger, NoSuchEntity, NotAllowed, Noun, Quota
from tests.directory.facts import ACCOUNT, DOCUMENT, NOW, OTHER_ACCOUNT

AWS_POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def policy(directory: Directory) -> policies.Policy:
    return policies.create_policy(directory, ACCOUNT, "Own", path="/p/", document=DOCUMENT, description="d", now=NOW)


def reread(directory: Directory, policy: policies.Policy) -> policies.Policy:
    return policies.get_policy(directory, ACCOUNT, policy.arn)


def add_version(directory: Directory, policy: policies.Policy, document: str = "{}", *, default: bool = False) -> int:
    made = policies.create_version(directory, policy, document, set_as_default=default, now=LATER)
    assert made.is_default is default
    return made.version


def test_the_first_version_is_the_default(directory: Directory, policy: policies.Policy) -> None:
    assert reread(directory, policy) == policy
    (version,) = policies.list_versions(directory, policy)
    assert (version.version, version.document, version.is_default) == (1, DOCUMENT, True)
    assert version.created_at == NOW


def test_versions_are_listed_newest_first(directory: Directory, policy: policies.Policy) -> None:
    add_version(directory, policy)
    add_version(directory, policy, default=True)
    listed = policies.list_versions(directory, reread(directory, policy))
    assert [(each.version, each.is_default) for each in listed] == [(3, True), (2, False), (1, False)]
    assert reread(directory, policy).updated_at == LATER


def test_version_numbers_are_never_used_again(directory: Directory, policy: policies.Policy) -> None:
    policies.delete_version(directory, policy, add_version(directory, policy))
    assert add_version(directory, policy) == 3


def test_the_default_version_can_be_chosen_and_cannot_be_deleted(directory: Directory, policy: policies.Policy) -> None:
    number = add_version(directory, policy)
    policies.set_default_version(directory, policy, number, now=LATER)
    chosen = reread(directory, policy)
    assert chosen.default_version == number
    with pytest.raises(DeleteConflict) as caught:
        policies.delete_version(directory, chosen, number)
    assert caught.value.hanger is Hanger.DEFAULT_VERSION
    policies.delete_version(directory, chosen, 1)
    assert [each.version for each in policies.list_versions(directory, chosen)] == [number]


def test_a_version_that_does_not_exist(directory: Directory, policy: policies.Policy) -> None:
    aws = policies.get_policy(directory, ACCOUNT, AWS_POLICY)
    for owner, number in ((policy, 9), (aws, 99_999)):
        with pytest.raises(NoSuchEntity) as caught:
            policies.get_version(directory, owner, number)
        assert caught.value.name == f"{owner.arn} version v{number}"


@pytest.mark.parametrize(
    "arn",
    [
        "no arn",
        "arn:aws:iam::111122223333:policy/Own",
        "arn:aws:iam::111122223333:policy/P/Own",
        "arn:aws:iam::444455556666:policy/p/Own",
        "arn:aws:iam::111122223333:role/p/Own",
        "arn:aws:iam::aws:policy/p/Own",
        "arn:aws:iam::aws:policy/Unheard",
    ],
)
def test_a_policy_is_found_by_its_whole_arn(directory: Directory, policy: policies.Policy, arn: str) -> None:
    assert policies.find_policy(directory, ACCOUNT, policy.arn) == policy
    assert policies.find_policy(directory, OTHER_ACCOUNT, policy.arn) is None
    assert policies.find_policy(directory, ACCOUNT, arn) is None
    with pytest.raises(NoSuchEntity) as caught:
        policies.get_attachable_policy(directory, ACCOUNT, arn)
    assert caught.value.noun is Noun.ATTACHABLE_POLICY


def test_awss_policies_belong_to_nobody_here(directory: Directory) -> None:
    aws = policies.get_attachable_policy(directory, ACCOUNT, AWS_POLICY)
    (version,) = policies.list_versions(directory, aws)
    assert aws.account is None
    assert version.version == aws.default_version
    assert '"Statement"' in version.document
    with pytest.raises(NotAllowed):
        policies.get_own_policy(directory, ACCOUNT, AWS_POLICY)
    with pytest.raises(NotAllowed):
        policies.delete_policy(directory, aws)
    with pytest.raises(NotAllowed):
        policies.create_version(directory, aws, DOCUMENT, set_as_default=True, now=NOW)


def test_versions_of_awss_policies_cannot_be_changed(directory: Directory) -> None:
    aws = policies.get_policy(directory, ACCOUNT, AWS_POLICY)
    with pytest.raises(NotAllowed):
        policies.set_default_version(directory, aws, aws.default_version, now=NOW)
    with pytest.raises(NotAllowed):
        policies.delete_version(directory, aws, aws.default_version)


def test_policies_for_service_linked_roles_are_not_attached(directory: Directory) -> None:
    kept = next(
        each for each in policies.list_policies(directory, ACCOUNT, own=False) if each.path == "/aws-service-role/"
    )
    assert kept.attachable
    with pytest.raises(NotAllowed) as caught:
        policies.get_attachable_policy(directory, ACCOUNT, kept.arn)
    assert caught.value.noun is Noun.ATTACHABLE_POLICY


@pytest.mark.parametrize(("own", "managed"), [(True, True), (True, False), (False, True), (False, False)])
def test_lists_are_by_name_without_regard_to_case(directory: Directory, *, own: bool, managed: bool) -> None:
    for name in ("readonlyaccess", "Zebra", "aardvark"):
        policies.create_policy(directory, ACCOUNT, name, document=DOCUMENT, now=NOW)
    listed = policies.list_policies(directory, ACCOUNT, own=own, managed=managed)
    names = [each.name.lower() for each in listed]
    assert names == sorted(names)
    assert len({each.arn for each in listed}) == len(listed)
    assert {each.account for each in listed} == ({ACCOUNT} if own else set()) | ({None} if managed else set())


def test_uses_are_counted_and_named(directory: Directory, policy: policies.Policy) -> None:
    bounded = users.create_user(directory, ACCOUNT, "bounded", boundary_arn=policy.arn, now=NOW)
    attached = users.create_user(directory, ACCOUNT, "attached", now=NOW)
    role = roles.create_role(directory, ACCOUNT, "role", path="/r/", trust_policy="{}", now=NOW)
    attachments.attach_policy(directory, ACCOUNT, attached.user_id, policy, Quota.ATTACHED_POLICIES_PER_USER)
    attachments.attach_policy(directory, ACCOUNT, role.role_id, policy, Quota.ATTACHED_POLICIES_PER_ROLE)
    roles.set_boundary(directory, role, policy.arn)
    assert attachments.count_use(directory, ACCOUNT, policy.arn) == PolicyUse(2, 2)
    assert attachments.count_uses(directory, ACCOUNT) == {policy.arn: PolicyUse(2, 2)}
    assert [each.name for each in attachments.list_attached_entities(directory, ACCOUNT, policy.arn)] == [
        "attached",
        "role",
    ]
    using = attachments.list_bounded_entities(directory, ACCOUNT, policy.arn)
    assert [(each.kind, each.unique_id, each.path) for each in using] == [
        (EntityKind.USER, bounded.user_id, "/"),
        (EntityKind.ROLE, role.role_id, "/r/"),
    ]


@pytest.mark.parametrize("use", ["attached", "bounds a user", "bounds a role", "has versions"])
def test_a_policy_in_use_is_not_deleted(directory: Directory, policy: policies.Policy, use: str) -> None:
    hanger = Hanger.ENTITIES
    match use:
        case "attached":
            attachments.attach_policy(directory, ACCOUNT, "AIDA", policy, Quota.ATTACHED_POLICIES_PER_USER)
        case "bounds a user":
            users.create_user(directory, ACCOUNT, "u", boundary_arn=policy.arn, now=NOW)
        case "bounds a role":
            roles.create_role(directory, ACCOUNT, "r", trust_policy="{}", boundary_arn=policy.arn, now=NOW)
        case _:
            hanger = Hanger.VERSIONS
            add_version(directory, policy)
    with pytest.raises(DeleteConflict) as caught:
        policies.delete_policy(directory, policy)
    assert caught.value.hanger is hanger


def test_what_is_attached_can_be_detached_once(directory: Directory, policy: policies.Policy) -> None:
    for _ in range(2):
        attachments.attach_policy(directory, ACCOUNT, "AIDA", policy, Quota.ATTACHED_POLICIES_PER_USER)
    assert attachments.list_attached(directory, ACCOUNT, "AIDA") == [policy.arn]
    attachments.detach_policy(directory, ACCOUNT, "AIDA", policy.arn)
    with pytest.raises(NoSuchEntity) as caught:
        attachments.detach_policy(directory, ACCOUNT, "AIDA", policy.arn)
    assert (caught.value.noun, caught.value.name) == (Noun.ATTACHMENT, policy.arn)
    policies.delete_policy(directory, policy)
    assert policies.find_policy(directory, ACCOUNT, policy.arn) is None

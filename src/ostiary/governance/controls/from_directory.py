"""The facts of an account of an installation, in some twenty queries however many users it has."""

from collections.abc import Iterable
from datetime import datetime

from ostiary.directory import (
    credential_facts,
    groups,
    oidc_providers,
    roles,
    saml_providers,
    server_certificates,
    users,
)
from ostiary.directory.attachments import count_uses
from ostiary.directory.control_facts import (
    Holdings,
    ManagedPolicy,
    list_own_policies,
    list_used_aws_policies,
    read_holdings,
)
from ostiary.directory.directory import Directory
from ostiary.directory.pages import PageRequest
from ostiary.directory.password_policy import find_password_policy
from ostiary.governance.controls.facts import (
    AccountFacts,
    CredentialFacts,
    GroupFacts,
    InlinePolicy,
    KeyFacts,
    ManagedPolicyFacts,
    PasswordFacts,
    PasswordPolicyFacts,
    ProviderFacts,
    RoleFacts,
    RootFacts,
    ServerCertificateFacts,
    UserFacts,
)
from ostiary.values.identifiers import AccountId

_ALL = PageRequest(size=10_000_000)
"""More of anything than there can be."""


def account_facts(directory: Directory, account: AccountId, *, now: datetime) -> AccountFacts:
    """Return all that controls ask of an account.

    Args:
        directory: the transaction to read in.
        account: the account.
        now: the moment to which ages are counted.
    """
    holdings = read_holdings(directory, account)
    uses = count_uses(directory, account)
    root, *others = credential_facts.list_credential_facts(directory, account)
    credentials = {each.arn: each for each in others}
    return AccountFacts(
        account=account,
        now=now,
        root=_root(root, has_virtual_mfa=account in holdings.virtual_mfa),
        users=tuple(
            _user(user, holdings, credentials[user.arn]) for user in users.list_users(directory, account, _ALL).items
        ),
        groups=tuple(_group(group, holdings) for group in groups.list_groups(directory, account, _ALL).items),
        roles=tuple(_role(role, holdings) for role in roles.list_roles(directory, account, _ALL).items),
        policies=_policies(list_own_policies(directory, account, uses)),
        aws_policies=_policies(list_used_aws_policies(directory, account, uses)),
        password_policy=_password_policy(directory, account),
        server_certificates=tuple(
            ServerCertificateFacts(each.arn, each.expires_at, holdings.tags.get(each.certificate_id, {}))
            for each in server_certificates.list_server_certificates(directory, account, _ALL).items
        ),
        saml_providers=tuple(
            ProviderFacts(each.arn, holdings.tags.get(each.provider_id, {}))
            for each in saml_providers.list_providers(directory, account)
        ),
        oidc_providers=tuple(
            ProviderFacts(each.arn, holdings.tags.get(each.provider_id, {}))
            for each in oidc_providers.list_providers(directory, account)
        ),
    )


def _root(facts: credential_facts.CredentialFacts, *, has_virtual_mfa: bool) -> RootFacts:
    uses = [key.last_used_at for key in facts.keys]
    uses += [facts.password.last_used_at] if facts.password else []
    return RootFacts(
        has_password=facts.password is not None,
        has_access_key=bool(facts.keys),
        has_signing_certificate=bool(facts.certificates),
        has_mfa=facts.has_mfa,
        has_virtual_mfa=has_virtual_mfa,
        last_used_at=max((used_at for used_at in uses if used_at is not None), default=None),
    )


def _user(user: users.User, holdings: Holdings, facts: credential_facts.CredentialFacts) -> UserFacts:
    password = facts.password
    return UserFacts(
        arn=user.arn,
        name=user.name,
        created_at=user.created_at,
        tags=holdings.tags.get(user.user_id, {}),
        groups=holdings.groups.get(user.user_id, ()),
        inline=_inline(holdings, user.user_id),
        attached=holdings.attached.get(user.user_id, ()),
        credentials=CredentialFacts(
            password=PasswordFacts(password.changed_at, password.last_used_at) if password else None,
            has_mfa=facts.has_mfa,
            has_virtual_mfa=user.user_id in holdings.virtual_mfa,
            keys=tuple(
                KeyFacts(number, key.active, key.created_at, key.last_used_at)
                for number, key in enumerate(facts.keys, start=1)
            ),
        ),
    )


def _group(group: groups.Group, holdings: Holdings) -> GroupFacts:
    return GroupFacts(
        arn=group.arn,
        name=group.name,
        inline=_inline(holdings, group.group_id),
        attached=holdings.attached.get(group.group_id, ()),
    )


def _role(role: roles.Role, holdings: Holdings) -> RoleFacts:
    return RoleFacts(
        arn=role.arn,
        name=role.name,
        created_at=role.created_at,
        trust_policy=role.trust_policy,
        tags=holdings.tags.get(role.role_id, {}),
        inline=_inline(holdings, role.role_id),
        attached=holdings.attached.get(role.role_id, ()),
        last_used_at=role.last_used_at,
        is_service_linked=role.service is not None,
    )


def _inline(holdings: Holdings, unique_id: str) -> tuple[InlinePolicy, ...]:
    return tuple(InlinePolicy(name, document) for name, document in holdings.inline.get(unique_id, ()))


def _policies(policies: Iterable[ManagedPolicy]) -> tuple[ManagedPolicyFacts, ...]:
    return tuple(
        ManagedPolicyFacts(each.arn, each.name, each.document, each.use.attachments, each.use.boundaries)
        for each in policies
    )


def _password_policy(directory: Directory, account: AccountId) -> PasswordPolicyFacts | None:
    policy = find_password_policy(directory, account)
    if policy is None:
        return None
    return PasswordPolicyFacts(
        minimum_length=policy.minimum_length,
        require_symbols=policy.require_symbols,
        require_numbers=policy.require_numbers,
        require_uppercase=policy.require_uppercase,
        require_lowercase=policy.require_lowercase,
        max_age=policy.max_age,
        reuse_prevention=policy.reuse_prevention,
    )

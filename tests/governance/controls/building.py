"""Facts made for a test: an account in which all is well, and things to change in it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

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
from tests.directory.facts import ACCOUNT, NOW

AWS = "arn:aws:iam::aws:policy/"
FOREIGN = "444455556666"
TAGS = {"owner": "me"}


def arn(resource: str) -> str:
    return f"arn:aws:iam::{ACCOUNT}:{resource}"


def ago(days: float, **more: float) -> datetime:
    return NOW - timedelta(days=days, **more)


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(*actions: str, resource: str = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource, **more}


def trust(principal: object, action: str = "sts:AssumeRole", **conditions: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    return document(statement | ({"Condition": conditions} if conditions else {}))


MODEST = document(allow("s3:GetObject", resource="arn:aws:s3:::reports/*"))
SAFE_KEY = KeyFacts(1, active=True, created_at=ago(10), last_used_at=ago(1))
SAFE = CredentialFacts(PasswordFacts(ago(10), ago(1)), has_mfa=True, has_virtual_mfa=False, keys=(SAFE_KEY,))


def user(name: str = "alice", **changes: Any) -> UserFacts:
    made = UserFacts(
        arn=arn(f"user/{name}"),
        name=name,
        created_at=ago(400),
        tags=TAGS,
        groups=("workers",),
        inline=(),
        attached=(),
        credentials=SAFE,
    )
    return replace(made, **changes)


def with_credentials(**changes: Any) -> UserFacts:
    return user(credentials=replace(SAFE, **changes))


def with_key(*, number: int = 1, active: bool = True, made: datetime = NOW, used: datetime | None = None) -> UserFacts:
    return with_credentials(keys=(KeyFacts(number, active, made, used),))


def group(name: str = "workers", **changes: Any) -> GroupFacts:
    return replace(GroupFacts(arn=arn(f"group/{name}"), name=name, inline=(), attached=()), **changes)


def role(name: str = "worker", **changes: Any) -> RoleFacts:
    made = RoleFacts(
        arn=arn(f"role/{name}"),
        name=name,
        created_at=ago(400),
        trust_policy=trust({"AWS": ACCOUNT}),
        tags=TAGS,
        inline=(InlinePolicy("modest", MODEST),),
        attached=(f"{AWS}AWSSupportAccess", f"{AWS}SecurityAudit"),
        last_used_at=ago(1),
        is_service_linked=False,
    )
    return replace(made, **changes)


def managed(
    text: str = MODEST, name: str = "reads", *, attachments: int = 1, boundaries: int = 0
) -> ManagedPolicyFacts:
    return ManagedPolicyFacts(arn(f"policy/{name}"), name, text, attachments, boundaries)


def aws_managed(text: str = MODEST, name: str = "SecurityAudit", *, attachments: int = 1) -> ManagedPolicyFacts:
    return ManagedPolicyFacts(f"{AWS}{name}", name, text, attachments, boundaries=0)


TOMORROW = ago(-1)


def certificate(expires_at: datetime = TOMORROW, **changes: Any) -> ServerCertificateFacts:
    return replace(ServerCertificateFacts(arn("server-certificate/tls"), expires_at, TAGS), **changes)


STRONG = PasswordPolicyFacts(
    minimum_length=14,
    require_symbols=True,
    require_numbers=True,
    require_uppercase=True,
    require_lowercase=True,
    max_age=90,
    reuse_prevention=24,
)
ROOT = RootFacts(
    has_password=True,
    has_access_key=False,
    has_signing_certificate=False,
    has_mfa=True,
    has_virtual_mfa=False,
    last_used_at=ago(30),
)
SAML = ProviderFacts(arn("saml-provider/people"), TAGS)
OIDC = ProviderFacts(arn("oidc-provider/idp.example.com"), TAGS)


def account(**changes: Any) -> AccountFacts:
    """Return an account of which every control has something to say, and only good but for the inline policy."""
    well = AccountFacts(
        account=ACCOUNT,
        now=NOW,
        root=ROOT,
        users=(user(),),
        groups=(group(),),
        roles=(role(),),
        policies=(managed(),),
        aws_policies=(aws_managed(),),
        password_policy=STRONG,
        server_certificates=(certificate(),),
        saml_providers=(SAML,),
        oidc_providers=(OIDC,),
    )
    return replace(well, **changes)

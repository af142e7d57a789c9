"""Roles assumed with SAML assertions, and attempts without a good one."""

import base64
import json
import time
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.conftest import Credentials, RunningServer
from tests.e2e.identity_providers import SamlIdp, assertion, pem, role_attributes
from tests.e2e.refusals import refused


@pytest.fixture(scope="module")
def idp() -> SamlIdp:
    return SamlIdp()


@pytest.fixture(scope="module")
def provider_arn(iam: Any, idp: SamlIdp) -> str:
    arn: str = iam.create_saml_provider(Name="Idp", SAMLMetadataDocument=idp.metadata())["SAMLProviderArn"]
    return arn


@pytest.fixture(scope="module")
def role_arn(iam: Any, provider_arn: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider_arn},
        "Action": "sts:AssumeRoleWithSAML",
        "Condition": {
            "StringEquals": {"saml:aud": "https://signin.aws.amazon.com/saml", "saml:sub_type": "persistent"}
        },
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": statement})
    made: str = iam.create_role(RoleName="Saml", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    return made


Offered = tuple[SamlIdp, str, str]
"""A provider, the role that it may offer, and its ARN."""


@pytest.fixture(scope="module")
def offered(idp: SamlIdp, role_arn: str, provider_arn: str) -> Offered:
    return idp, role_arn, provider_arn


@pytest.fixture(scope="module")
def unsigned(server: RunningServer) -> Any:
    return boto3.session.Session().client(
        "sts",
        endpoint_url=server.endpoint,
        region_name="us-east-1",
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )


@pytest.mark.parametrize("sign", ["assertion", "response"])
def test_an_assertion_assumes_a_role(server: RunningServer, unsigned: Any, offered: Offered, sign: str) -> None:
    idp, role_arn, provider_arn = offered
    text = idp.response(assertion(role_attributes(role_arn, provider_arn)), sign=sign)
    answer = unsigned.assume_role_with_saml(RoleArn=role_arn, PrincipalArn=provider_arn, SAMLAssertion=text)
    assert answer["Subject"] == "alice"
    assert answer["SubjectType"] == "persistent"
    assert answer["Issuer"] == "https://idp.example.com/metadata"
    assert answer["Audience"] == "https://signin.aws.amazon.com/saml"
    assert len(base64.b64decode(answer["NameQualifier"])) == 20
    identity = server.client("sts", Credentials.of(answer["Credentials"])).get_caller_identity()
    assert identity["Arn"].endswith(":assumed-role/Saml/alice")


def wrapped(idp: SamlIdp, role_arn: str, provider_arn: str) -> str:
    """Return a response whose signed assertion hides behind one that was never signed."""
    good = base64.b64decode(idp.response(assertion(role_attributes(role_arn, provider_arn)))).decode()
    begin, end = good.index("<Assertion"), good.index("</Assertion>") + len("</Assertion>")
    signed = good[begin:end]
    evil = assertion(role_attributes(role_arn, provider_arn), subject="mallory")
    inside = evil.replace("</Assertion>", f"<Advice>{signed}</Advice></Assertion>").replace("_assertion", "_evil", 1)
    return base64.b64encode((good[:begin] + inside + good[end:]).encode()).decode()


def two(idp: SamlIdp, role_arn: str, provider_arn: str) -> str:
    good = base64.b64decode(idp.response(assertion(role_attributes(role_arn, provider_arn)))).decode()
    evil = assertion(role_attributes(role_arn, provider_arn), subject="mallory").replace("_assertion", "_evil", 1)
    begin = good.index("<Assertion")
    return base64.b64encode((good[:begin] + evil + good[begin:]).encode()).decode()


def changed(idp: SamlIdp, role_arn: str, provider_arn: str) -> str:
    good = base64.b64decode(idp.response(assertion(role_attributes(role_arn, provider_arn)))).decode()
    return base64.b64encode(good.replace(">alice</NameID>", ">mallory</NameID>").encode()).decode()


def entity(_idp: SamlIdp, _role: str, _provider: str) -> str:
    text = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
    return base64.b64encode(text.encode()).decode()


def built(**options: Any) -> Any:
    return lambda idp, role, provider: idp.response(assertion(role_attributes(role, provider), **options))


def attributed(**more: tuple[str, ...]) -> Any:
    return lambda idp, role, provider: idp.response(assertion(role_attributes(role, provider, **more)))


BAD_SIGNATURE = "Response signature invalid"
ATTACKS: list[tuple[str, Any, str, str]] = [
    ("no base 64", lambda *_: "%%%%", "InvalidIdentityToken", "Invalid base64 SAMLResponse"),
    ("entity", entity, "InvalidIdentityToken", "Invalid base64 SAMLResponse"),
    (
        "not signed",
        lambda i, r, p: i.response(assertion(role_attributes(r, p)), sign="nothing"),
        "InvalidIdentityToken",
        BAD_SIGNATURE,
    ),
    (
        "another's signature",
        lambda _, r, p: SamlIdp().response(assertion(role_attributes(r, p))),
        "InvalidIdentityToken",
        BAD_SIGNATURE,
    ),
    ("changed since", changed, "InvalidIdentityToken", BAD_SIGNATURE),
    ("wrapped", wrapped, "InvalidIdentityToken", BAD_SIGNATURE),
    ("two assertions", two, "InvalidIdentityToken", "The SAML response must hold one assertion."),
    (
        "another issuer",
        built(issuer="https://elsewhere.example.com"),
        "InvalidIdentityToken",
        "Issuer not present in specified provider",
    ),
    (
        "another audience",
        built(audience="https://elsewhere.example.com"),
        "InvalidIdentityToken",
        "The SAML assertion is not meant for this audience.",
    ),
    (
        "another recipient",
        built(recipient="https://elsewhere.example.com"),
        "InvalidIdentityToken",
        "The SAML assertion was not sent to this recipient.",
    ),
    ("too late", built(minutes=-1), "ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance"),
    (
        "tags that the role does not let in",
        attributed(**{"PrincipalTag:team": ("red",)}),
        "AccessDenied",
        "Not authorized to perform sts:TagSession",
    ),
    (
        "a tag with two values",
        attributed(**{"PrincipalTag:team": ("red", "blue")}),
        "IDPRejectedClaim",
        "The session tag must have one value: team",
    ),
    (
        "a session that is too short",
        attributed(SessionDuration=("60",)),
        "InvalidIdentityToken",
        "SessionDuration must be from 900 to 43200 seconds.",
    ),
    (
        "a role that is not offered",
        lambda i, r, p: i.response(assertion(role_attributes(r + "Else", p))),
        "IDPRejectedClaim",
        "The requested role is not among those that the SAML assertion offers.",
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack[0] for attack in ATTACKS])
def test_nothing_else_does(unsigned: Any, offered: Offered, attack: tuple[str, Any, str, str]) -> None:
    _, make, code, message = attack
    idp, role_arn, provider_arn = offered
    text = make(idp, role_arn, provider_arn)
    told = refused(
        lambda: unsigned.assume_role_with_saml(RoleArn=role_arn, PrincipalArn=provider_arn, SAMLAssertion=text)
    )
    assert told[:2] == (code, message)


def test_a_comment_in_a_name_hides_nothing_of_it(unsigned: Any, idp: SamlIdp, role_arn: str, provider_arn: str) -> None:
    text = assertion(role_attributes(role_arn, provider_arn), subject="admin<!-- -->.evil.example.com")
    answer = unsigned.assume_role_with_saml(
        RoleArn=role_arn, PrincipalArn=provider_arn, SAMLAssertion=idp.response(text)
    )
    assert answer["Subject"] == "admin.evil.example.com"


def test_the_provider_may_end_a_session_early(unsigned: Any, idp: SamlIdp, role_arn: str, provider_arn: str) -> None:
    text = idp.response(assertion(role_attributes(role_arn, provider_arn, SessionDuration=("900",))))
    answer = unsigned.assume_role_with_saml(RoleArn=role_arn, PrincipalArn=provider_arn, SAMLAssertion=text)
    left = answer["Credentials"]["Expiration"].timestamp() - time.time()
    assert 880 < left <= 900


def test_a_role_trusts_one_provider_alone(iam: Any, unsigned: Any, idp: SamlIdp, role_arn: str) -> None:
    other = iam.create_saml_provider(Name="Other", SAMLMetadataDocument=idp.metadata())["SAMLProviderArn"]
    text = idp.response(assertion(role_attributes(role_arn, other)))
    assert refused(
        lambda: unsigned.assume_role_with_saml(RoleArn=role_arn, PrincipalArn=other, SAMLAssertion=text)
    ) == ("AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", 403)


def test_a_private_key_is_kept_but_not_shown(iam: Any, idp: SamlIdp) -> None:
    arn = iam.create_saml_provider(
        Name="Keyed",
        SAMLMetadataDocument=idp.metadata(),
        AssertionEncryptionMode="Required",
        AddPrivateKey=pem(idp.key),
    )["SAMLProviderArn"]
    shown = iam.get_saml_provider(SAMLProviderArn=arn)
    (key,) = shown["PrivateKeyList"]
    assert shown["AssertionEncryptionMode"] == "Required"
    iam.update_saml_provider(SAMLProviderArn=arn, RemovePrivateKey=key["KeyId"], AssertionEncryptionMode="Allowed")
    assert iam.get_saml_provider(SAMLProviderArn=arn)["PrivateKeyList"] == []


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("SessionDuration", "000000900" + "9" * 40, "InvalidIdentityToken"),
        ("SessionDuration", "9" * 5_000, "InvalidIdentityToken"),
        ("SourceIdentity", "two words", "IDPRejectedClaim"),
        ("SourceIdentity", "x" * 65, "IDPRejectedClaim"),
    ],
)
def test_what_an_assertion_says_is_bounded(unsigned: Any, offered: Offered, name: str, value: str, code: str) -> None:
    idp, role_arn, provider_arn = offered
    text = idp.response(assertion(role_attributes(role_arn, provider_arn, **{name: (value,)})))
    found, _, _ = refused(
        lambda: unsigned.assume_role_with_saml(RoleArn=role_arn, PrincipalArn=provider_arn, SAMLAssertion=text)
    )
    assert found == code


@pytest.mark.parametrize("end", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "soon"])
def test_metadata_cannot_end_outside_of_the_calendar(iam: Any, idp: SamlIdp, end: str) -> None:
    text = idp.metadata().replace("entityID", f'validUntil="{end}" entityID')
    code, message, _ = refused(lambda: iam.create_saml_provider(Name="Endless", SAMLMetadataDocument=text))
    assert (code, message) == ("InvalidInput", "Could not parse metadata: validUntil is no time")


def test_a_private_key_is_no_longer_than_can_be_looked_at(iam: Any, idp: SamlIdp) -> None:
    """To see whether the primes of a key of 16,384 bits are prime takes minutes; no other change was made meanwhile."""
    # Two odd numbers that are two apart have no common factor, which is all that the rest asks of them.
    p = (1 << 4_095) + 1
    q = p + 2
    d = pow(65_537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65_537, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public)
    key = pem(numbers.private_key(unsafe_skip_rsa_key_validation=True))
    code, message, _ = refused(
        lambda: iam.create_saml_provider(Name="Long", SAMLMetadataDocument=idp.metadata(), AddPrivateKey=key)
    )
    assert (code, message) == ("InvalidInput", "The private key must have 2048 to 4096 bits.")

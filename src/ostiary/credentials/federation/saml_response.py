"""SAML responses: what an assertion says, once its provider's signature is proven.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html and
https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf

INVARIANT: everything that is returned is read from what the signature library says was signed, never from the document
around it; held by tests/e2e/test_saml.py.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from ostiary.credentials.federation.errors import ExpiredIdentityToken, InvalidIdentityToken
from ostiary.credentials.federation.saml_decryption import decrypt_assertion
from ostiary.credentials.federation.saml_document import (
    PROTOCOL,
    SAML,
    SIGNATURE,
    XmlError,
    parse_document,
    text_of,
)

_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
_CLOCK_SKEW = timedelta(minutes=5)
_MOST_ATTRIBUTES = 500
_UNREADABLE = "Invalid base64 SAMLResponse"
_BAD_SIGNATURE = "Response signature invalid"

_METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
        SignatureMethod.SHA256_RSA_MGF1,
        SignatureMethod.SHA384_RSA_MGF1,
        SignatureMethod.SHA512_RSA_MGF1,
    }
)
_DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})


@dataclass(frozen=True, slots=True)
class Expected:
    """What an assertion must be signed by and made for."""

    certificates: Sequence[str]
    """The provider's, in PEM."""
    issuer: str
    """The provider's entity ID."""
    recipients: frozenset[str]
    """The addresses that it may be sent to; also taken as audiences."""
    audiences: frozenset[str]
    private_keys: Sequence[str] = ()
    """Those that it can be encrypted for, in PEM."""
    must_be_encrypted: bool = False


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a proven assertion says."""

    issuer: str
    subject: str
    subject_type: str
    """The `NameID`'s format: `persistent`, `transient`, or its whole URN."""
    recipient: str
    attributes: Mapping[str, tuple[str, ...]]
    session_ends_at: datetime | None


def verify_response(encoded: str, expected: Expected, *, now: datetime) -> Assertion:
    """Return what a SAML response says once it is proven.

    Args:
        encoded: the response in base 64, as browsers carry it.
        expected: what it is held to.
        now: when it is used.

    Raises:
        InvalidIdentityToken: it cannot be read, is not signed by the provider, or is not made for us.
        ExpiredIdentityToken: it is not good at this time.
    """
    root = _parse(encoded)
    if root.tag != f"{PROTOCOL}Response" or _status(root) != _SUCCESS:
        raise InvalidIdentityToken("The SAML response does not say that the sign-in succeeded.")
    assertion = _proven_assertion(root, expected)
    issuer = text_of(assertion.find(f"{SAML}Issuer"))
    if issuer != expected.issuer:
        raise InvalidIdentityToken("Issuer not present in specified provider")
    _require_conditions(assertion, expected, now)
    name = assertion.find(f"{SAML}Subject/{SAML}NameID")
    subject = text_of(name)
    if name is None or subject is None:
        raise InvalidIdentityToken("The SAML assertion names no subject.")
    return Assertion(
        issuer=issuer,
        subject=subject,
        subject_type=_short_format(name.get("Format", "")),
        recipient=_confirmed_recipient(assertion, expected, now),
        attributes=_attributes(assertion),
        session_ends_at=_session_end(assertion),
    )


def _parse(encoded: str) -> etree._Element:
    try:
        return parse_document(base64.b64decode("".join(encoded.split()), validate=True))
    except (binascii.Error, ValueError, XmlError) as error:
        raise InvalidIdentityToken(_UNREADABLE) from error


def _status(root: etree._Element) -> str:
    code = root.find(f"{PROTOCOL}Status/{PROTOCOL}StatusCode")
    return "" if code is None else code.get("Value", "")


def _proven_assertion(root: etree._Element, expected: Expected) -> etree._Element:
    """Return the response's only assertion as it was signed: alone, or with the response around it."""
    if root.find(f"{SIGNATURE}Signature") is not None:
        response = _signed(root, expected)
        if response.tag != f"{PROTOCOL}Response":
            raise InvalidIdentityToken(_BAD_SIGNATURE)
        assertion, _ = _only_assertion(response, expected)
        return assertion
    assertion, encrypted = _only_assertion(root, expected)
    # What was decrypted is a document of its own; an assertion in the clear is cut out of the one around it.
    alone = assertion if encrypted else parse_document(etree.tostring(assertion, with_tail=False))
    proven = _signed(alone, expected)
    if proven.tag != f"{SAML}Assertion":
        raise InvalidIdentityToken(_BAD_SIGNATURE)
    return proven


def _only_assertion(response: etree._Element, expected: Expected) -> tuple[etree._Element, bool]:
    plain = response.findall(f"{SAML}Assertion")
    encrypted = response.findall(f"{SAML}EncryptedAssertion")
    if len(plain) + len(encrypted) != 1:
        raise InvalidIdentityToken("The SAML response must hold one assertion.")
    if encrypted:
        assertion = decrypt_assertion(encrypted[0], expected.private_keys)
        if assertion.tag != f"{SAML}Assertion":
            raise InvalidIdentityToken("What is encrypted is no assertion.")
        return assertion, True
    if expected.must_be_encrypted:
        raise InvalidIdentityToken("The provider's assertions must be encrypted.")
    return plain[0], False


def _signed(element: etree._Element, expected: Expected) -> etree._Element:
    """Return what one of the provider's certificates signed, which need not be `element`."""
    for pem in expected.certificates:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        config = SignatureConfiguration(
            location="./",
            expect_references=1,
            signature_methods=_METHODS,
            digest_algorithms=_DIGESTS,
            ignore_ambiguous_key_info=True,
            # The provider's metadata says how long its certificates are trusted; their own dates are not looked at.
            verification_time=certificate.not_valid_before_utc,
        )
        try:
            result = XMLVerifier().verify(etree.tostring(element), x509_cert=certificate, expect_config=config)
        except (SignXMLException, etree.LxmlError, ValueError):
            # The provider may have signed with another of its certificates.
            continue
        if not isinstance(result, list) and result.signed_xml is not None:
            return result.signed_xml
    raise InvalidIdentityToken(_BAD_SIGNATURE)


def _require_conditions(assertion: etree._Element, expected: Expected, now: datetime) -> None:
    conditions = assertion.find(f"{SAML}Conditions")
    if conditions is None:
        raise InvalidIdentityToken("The SAML assertion has no conditions.")
    begins, ends = _moment(conditions.get("NotBefore")), _moment(conditions.get("NotOnOrAfter"))
    _require_time(begins, ends, now)
    audiences = [text_of(each) for each in conditions.iter(f"{SAML}Audience")]
    if not any(each in expected.audiences for each in audiences):
        raise InvalidIdentityToken("The SAML assertion is not meant for this audience.")


def _confirmed_recipient(assertion: etree._Element, expected: Expected, now: datetime) -> str:
    """Return the address that the assertion was sent to, once a bearer may use it there now."""
    late: ExpiredIdentityToken | None = None
    for confirmation in assertion.findall(f"{SAML}Subject/{SAML}SubjectConfirmation"):
        data = confirmation.find(f"{SAML}SubjectConfirmationData")
        if confirmation.get("Method") != _BEARER or data is None:
            continue
        recipient, ends = data.get("Recipient", ""), _moment(data.get("NotOnOrAfter"))
        if recipient not in expected.recipients or ends is None:
            continue
        try:
            _require_time(_moment(data.get("NotBefore")), ends, now)
        except ExpiredIdentityToken as error:
            late = error
            continue
        return recipient
    raise late or InvalidIdentityToken("The SAML assertion was not sent to this recipient.")


def _require_time(begins: datetime | None, ends: datetime | None, now: datetime) -> None:
    if begins is not None and now + _CLOCK_SKEW < begins:
        raise ExpiredIdentityToken("The SAML assertion is not yet good.")
    if ends is not None and now >= ends:
        raise ExpiredIdentityToken("Token must be redeemed within 5 minutes of issuance")


def _attributes(assertion: etree._Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attribute in assertion.findall(f"{SAML}AttributeStatement/{SAML}Attribute"):
        values = tuple(text or "" for text in map(text_of, attribute.findall(f"{SAML}AttributeValue")))
        name = attribute.get("Name", "")
        found[name] = found.get(name, ()) + values
    if len(found) > _MOST_ATTRIBUTES:
        raise InvalidIdentityToken("The SAML assertion has too many attributes.")
    return found


def _session_end(assertion: etree._Element) -> datetime | None:
    ends = [_moment(each.get("SessionNotOnOrAfter")) for each in assertion.findall(f"{SAML}AuthnStatement")]
    return min((each for each in ends if each is not None), default=None)


def _moment(written: str | None) -> datetime | None:
    if written is None:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise InvalidIdentityToken("A time in the SAML assertion cannot be read.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _short_format(urn: str) -> str:
    """Return a NameID's format as `saml:sub_type` has it: AWS shortens the two that tell how long a name lasts."""
    name = urn.rpartition(":")[2]
    return name if name in {"persistent", "transient"} else urn

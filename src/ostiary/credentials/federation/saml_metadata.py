"""What describes a SAML identity provider.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from ostiary.credentials.federation.errors import MetadataError
from ostiary.credentials.federation.saml_document import METADATA, SIGNATURE, XmlError, parse_document

_YEARS_WITHOUT_END = 100
_MOST_CERTIFICATES = 20


@dataclass(frozen=True, slots=True)
class SamlMetadata:
    """An identity provider as its metadata gives it."""

    entity_id: str
    certificates: tuple[str, ...]
    """Those that it signs with, in PEM."""
    valid_until: datetime
    """When it stops being good: what the document says, or a hundred years from now as AWS has it."""


def parse_metadata(document: str, *, now: datetime) -> SamlMetadata:
    """Return the identity provider that a document describes.

    Raises:
        MetadataError: it describes none, or none that signs.
    """
    try:
        root = parse_document(document.encode())
    except XmlError as error:
        raise MetadataError("Could not parse metadata") from error
    descriptor = root.find(f"{METADATA}IDPSSODescriptor")
    entity_id = root.get("entityID")
    if root.tag != f"{METADATA}EntityDescriptor" or descriptor is None or not entity_id:
        raise MetadataError("Could not parse metadata")
    certificates = tuple(_signing_certificates(descriptor))
    if not certificates:
        raise MetadataError("Could not parse metadata: no signing certificate")
    return SamlMetadata(entity_id, certificates, _valid_until(root, now))


def _signing_certificates(descriptor: etree._Element) -> list[str]:
    found: list[str] = []
    for key in descriptor.findall(f"{METADATA}KeyDescriptor"):
        if key.get("use", "signing") != "signing":
            continue
        for element in key.iter(f"{SIGNATURE}X509Certificate"):
            try:
                certificate = x509.load_der_x509_certificate(base64.b64decode("".join((element.text or "").split())))
            except (binascii.Error, ValueError) as error:
                raise MetadataError("Could not parse metadata: a certificate cannot be read") from error
            found.append(certificate.public_bytes(Encoding.PEM).decode())
    if len(found) > _MOST_CERTIFICATES:
        raise MetadataError("Could not parse metadata: there are too many certificates")
    return found


def _valid_until(root: etree._Element, now: datetime) -> datetime:
    written = root.get("validUntil")
    if written is None:
        return now.replace(year=now.year + _YEARS_WITHOUT_END, day=min(now.day, 28), microsecond=0)
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise MetadataError("Could not parse metadata: validUntil is no time") from error

"""Fetching a provider's key set: two small documents over HTTPS, from a host that proves itself."""

import hashlib
import http.client
import json
import ssl
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from ostiary.directory.issuer_keys import IssuerUnreachable
from ostiary.directory.oidc_providers import is_loopback

_SECONDS = 4.0
"""For all of it; whoever signs in waits that long at most."""
_DISCOVERY = "/.well-known/openid-configuration"


def fetch_key_set(issuer: str, thumbprints: Sequence[str], *, most_bytes: int) -> bytes:
    """Return the text of an issuer's key set, as its discovery document says where it is.

    Args:
        issuer: its whole URL.
        thumbprints: SHA-1 fingerprints of certificates that stand in for a public authority's.
        most_bytes: more than this are not read.

    Raises:
        IssuerUnreachable: something on the way failed, or the documents are not what they should be.
    """
    end = time.monotonic() + _SECONDS
    try:
        discovery = json.loads(_get(issuer.rstrip("/") + _DISCOVERY, thumbprints, end, most_bytes))
        named, address = discovery["issuer"], discovery["jwks_uri"]
        if named != issuer or not isinstance(address, str):
            raise IssuerUnreachable(f"{issuer} calls itself {named!r:.200}")
        return _get(address, thumbprints, end, most_bytes)
    except (OSError, http.client.HTTPException, ValueError, TypeError, KeyError, RecursionError) as error:
        raise IssuerUnreachable(f"the key set of {issuer} cannot be fetched: {error}") from error


def _get(url: str, thumbprints: Sequence[str], end: float, most_bytes: int) -> bytes:
    parts = urlsplit(url)
    seconds = end - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it takes too long")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connect(parts.scheme, parts.netloc, parts.hostname or "", thumbprints, seconds)
    try:
        connection.request("GET", target, headers={"Accept": "application/json"})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise IssuerUnreachable(f"{url} answers {answer.status}")
        body = b""
        while len(body) <= most_bytes and (part := answer.read1(65_536)):
            body += part
            if time.monotonic() > end:
                raise TimeoutError("it takes too long")
    finally:
        connection.close()
    if len(body) > most_bytes:
        raise IssuerUnreachable(f"{url} answers too much")
    return body


def _connect(
    scheme: str, address: str, host: str, thumbprints: Sequence[str], seconds: float
) -> http.client.HTTPConnection:
    if scheme == "http" and is_loopback(address):
        return http.client.HTTPConnection(address, timeout=seconds)
    if scheme != "https":
        raise IssuerUnreachable(f"{scheme}://{address} is not https")
    connection = http.client.HTTPSConnection(address, timeout=seconds, context=ssl.create_default_context())
    try:
        connection.connect()
    except ssl.SSLCertVerificationError:
        if not thumbprints:
            raise
        return _connect_by_thumbprint(address, host, thumbprints, seconds)
    return connection


def _connect_by_thumbprint(
    address: str, host: str, thumbprints: Sequence[str], seconds: float
) -> http.client.HTTPConnection:
    """Connect to a host that no public authority vouches for, but whose chain ends in a certificate that was named."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    connection = http.client.HTTPSConnection(address, timeout=seconds, context=context)
    connection.connect()
    chain = [x509.load_der_x509_certificate(each) for each in _presented_chain(connection.sock)]
    if not chain or not _is_for(chain[0], host) or not _is_named(chain, thumbprints):
        connection.close()
        raise IssuerUnreachable(f"{address} has a certificate that is neither trusted nor named by a thumbprint")
    return connection


def _presented_chain(socket: Any) -> list[bytes]:
    # Python tells the whole chain from 3.13 on; before, only the host's own certificate can be named.
    if hasattr(socket, "get_unverified_chain"):
        return list(socket.get_unverified_chain())
    own = socket.getpeercert(binary_form=True)
    return [own] if own else []


def _is_for(certificate: x509.Certificate, host: str) -> bool:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    exact = names.get_values_for_type(x509.DNSName) + [str(each) for each in names.get_values_for_type(x509.IPAddress)]
    return host in exact or f"*.{host.partition('.')[2]}" in exact


def _is_named(chain: Sequence[x509.Certificate], thumbprints: Sequence[str]) -> bool:
    """Tell whether a certificate that was named vouches for the first, each signing the one before."""
    for position, certificate in enumerate(chain):
        if position and not _signs(certificate, chain[position - 1]):
            return False
        if hashlib.sha1(certificate.public_bytes(Encoding.DER), usedforsecurity=False).hexdigest() in thumbprints:
            return True
    return False


def _signs(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Tell whether one certificate vouches for another, which only an authority's may."""
    try:
        # Else whoever has any certificate of the authority that was named could sign one for this host.
        authority = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return authority

"""Fetching a provider's key set: two small documents over HTTPS, from a host that proves itself."""

import hashlib
import http.client
import json
import socket
import ssl
from collections.abc import Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from ostiary.directory.issuer_keys import IssuerUnreachable
from ostiary.directory.oidc_providers import is_loopback
from ostiary.server.bounded_connection import cut_off_at, end_in, open_connection, seconds_until

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
    end = end_in(_SECONDS)
    try:
        # An issuer elsewhere must not make us ask what listens on this machine alone.
        at_home = issuer.startswith("http:")
        discovery = json.loads(_get(issuer.rstrip("/") + _DISCOVERY, thumbprints, end, most_bytes, at_home=at_home))
        named, address = discovery["issuer"], discovery["jwks_uri"]
        if named != issuer or not isinstance(address, str):
            raise IssuerUnreachable(f"{issuer} calls itself {named!r:.200}")
        return _get(address, thumbprints, end, most_bytes, at_home=at_home)
    except (OSError, http.client.HTTPException, ValueError, TypeError, KeyError, RecursionError) as error:
        raise IssuerUnreachable(f"the key set of {issuer} cannot be fetched: {error}") from error


def _get(url: str, thumbprints: Sequence[str], end: float, most_bytes: int, *, at_home: bool) -> bytes:
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise IssuerUnreachable(f"{url} names a user")
    if parts.scheme == "http" and at_home and is_loopback(parts.netloc):
        return _ask(parts, None, None, end, most_bytes)
    if parts.scheme != "https":
        raise IssuerUnreachable(f"{url} is not https")
    context = ssl.create_default_context()
    try:
        return _ask(parts, context, None, end, most_bytes)
    except ssl.SSLCertVerificationError:
        if not thumbprints:
            raise
    # No public authority vouches for the host, but its chain may end in a certificate that was named.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return _ask(parts, context, thumbprints, end, most_bytes)


def _ask(
    parts: SplitResult, context: ssl.SSLContext | None, thumbprints: Sequence[str] | None, end: float, most_bytes: int
) -> bytes:
    """Return what a URL answers; with `thumbprints` the host is held to them."""
    host = parts.hostname or ""
    raw = open_connection(host, parts.port or (443 if context else 80), end)
    with raw, cut_off_at(end, raw), context.wrap_socket(raw, server_hostname=host) if context else raw as stream:
        if thumbprints is not None:
            _require_named(stream, host, thumbprints)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = stream
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Accept": "application/json"})
        with connection.getresponse() as answer:
            if answer.status != http.client.OK:
                raise IssuerUnreachable(f"{parts.geturl()} answers {answer.status}")
            body = b""
            while len(body) <= most_bytes and (part := answer.read1(65_536)):
                body += part
    seconds_until(end)
    if len(body) > most_bytes:
        raise IssuerUnreachable(f"{parts.geturl()} answers too much")
    return body


def _require_named(stream: socket.socket, host: str, thumbprints: Sequence[str]) -> None:
    chain = [x509.load_der_x509_certificate(each) for each in _presented_chain(stream)]
    if not chain or not _is_for(chain[0], host) or not _is_named(chain, thumbprints):
        raise IssuerUnreachable(f"{host} has a certificate that is neither trusted nor named by a thumbprint")


def _presented_chain(stream: Any) -> list[bytes]:
    # Python tells the whole chain from 3.13 on; before, only the host's own certificate can be named.
    if hasattr(stream, "get_unverified_chain"):
        return list(stream.get_unverified_chain())
    own = stream.getpeercert(binary_form=True)
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

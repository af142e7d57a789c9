"""Identity providers of the tests' own: an OpenID Connect issuer on loopback, and one that signs SAML responses."""

import base64
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import XMLSigner

SIGN_IN = "https://signin.aws.amazon.com/saml"
ATTRIBUTES = "https://aws.amazon.com/SAML/Attributes/"
ENTITY_ID = "https://idp.example.com/metadata"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@dataclass
class OidcIssuer:
    """An issuer; `url` is where it answers, or what it calls itself when nobody serves it."""

    url: str
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    key_id: str = "one"
    asked: int = 0

    def key_set(self) -> dict[str, Any]:
        jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**jwk, "kid": self.key_id, "use": "sig", "alg": "RS256"}]}

    def token(self, **claims: Any) -> str:
        """Return a token for `client`, with claims added, replaced, or left out when they are None."""
        now = int(datetime.now(UTC).timestamp())
        usual = {"iss": self.url, "aud": "client", "sub": "subject-1", "iat": now, "exp": now + 600}
        body = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode(body, self.key, algorithm="RS256", headers={"kid": self.key_id})


@contextmanager
def serving_issuer() -> Iterator[OidcIssuer]:
    """Serve an issuer on loopback."""
    issuer = OidcIssuer("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked += 1
            documents: Mapping[str, Any] = {
                "/.well-known/openid-configuration": {"issuer": issuer.url, "jwks_uri": f"{issuer.url}/keys"},
                "/keys": issuer.key_set(),
            }
            found = documents.get(self.path)
            body = json.dumps(found).encode()
            self.send_response(200 if found else 404)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield issuer
    server.shutdown()
    server.server_close()
    thread.join(5)


@dataclass
class SamlIdp:
    """A SAML identity provider."""

    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    certificate: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.com")])
        now = datetime.now(UTC)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now - timedelta(days=30))
            .sign(self.key, hashes.SHA256())
        )

    def metadata(self) -> str:
        """Return a description of the provider, whose certificate is out of date as many are."""
        text = base64.b64encode(self.certificate.public_bytes(serialization.Encoding.DER)).decode()
        return (
            f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY_ID}">'
            '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
            '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>'
            f"<X509Certificate>{text}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
            '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" '
            'Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>'
        )

    def response(self, assertion: str, *, sign: str = "assertion") -> str:
        """Return a response with an assertion, one of them signed, in base 64."""
        element = etree.fromstring(assertion)
        if sign == "assertion":
            element = self.signed(element)
        root = etree.fromstring(
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0">'
            '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            "</samlp:Response>"
        )
        root.append(element)
        if sign == "response":
            root = self.signed(root)
        return base64.b64encode(etree.tostring(root)).decode()

    def signed(self, element: Any) -> Any:
        signer = XMLSigner(c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
        certificate = self.certificate.public_bytes(serialization.Encoding.PEM).decode()
        return signer.sign(element, key=pem(self.key), cert=certificate, reference_uri=element.get("ID"))


def assertion(
    attributes: Mapping[str, tuple[str, ...]],
    *,
    subject: str = "alice",
    issuer: str = ENTITY_ID,
    audience: str = SIGN_IN,
    recipient: str = SIGN_IN,
    minutes: int = 5,
) -> str:
    """Return an assertion, not signed, that is good for `minutes`."""
    now = datetime.now(UTC).replace(microsecond=0)
    begins, ends = (moment.strftime("%Y-%m-%dT%H:%M:%SZ") for moment in (now, now + timedelta(minutes=minutes)))
    values = "".join(
        f'<Attribute Name="{name}">'
        + "".join(f"<AttributeValue>{value}</AttributeValue>" for value in texts)
        + "</Attribute>"
        for name, texts in attributes.items()
    )
    return (
        '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion" Version="2.0" '
        f'IssueInstant="{begins}"><Issuer>{issuer}</Issuer><Subject><NameID Format="{PERSISTENT}">{subject}</NameID>'
        '<SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
        f'<SubjectConfirmationData Recipient="{recipient}" NotOnOrAfter="{ends}"/></SubjectConfirmation></Subject>'
        f'<Conditions NotBefore="{begins}" NotOnOrAfter="{ends}"><AudienceRestriction><Audience>{audience}</Audience>'
        "</AudienceRestriction></Conditions>"
        f'<AuthnStatement AuthnInstant="{begins}"/><AttributeStatement>{values}</AttributeStatement></Assertion>'
    )


def role_attributes(role_arn: str, provider_arn: str, **more: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the attributes that offer a role; `more` are AWS's other attributes by their last name."""
    return {
        f"{ATTRIBUTES}Role": (f"{role_arn},{provider_arn}",),
        f"{ATTRIBUTES}RoleSessionName": ("alice",),
        **{f"{ATTRIBUTES}{name}": values for name, values in more.items()},
    }

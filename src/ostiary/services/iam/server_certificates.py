"""IAM's operations on server certificates."""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import verify_server_certificate
from ostiary.directory import server_certificates, tags
from ostiary.directory.directory import Directory
from ostiary.directory.server_certificates import ServerCertificate
from ostiary.directory.tags import Tagged
from ostiary.services.iam import targets
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.shapes import tags_shape
from ostiary.services.iam.tags import given_tags, tag_operations
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation
from ostiary.values.secret import SecretKey

Output = Mapping[str, Any]


def upload_server_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Keep a server certificate with its chain and private key, which is never shown again."""
    parameters = call.parameters
    given = given_tags(call, Tagged.SERVER_CERTIFICATE)
    body, private_key = parameters["CertificateBody"].strip(), parameters["PrivateKey"]
    chain = parameters["CertificateChain"].strip() if "CertificateChain" in parameters else None
    certificate = server_certificates.upload_server_certificate(
        directory,
        call.account,
        parameters["ServerCertificateName"],
        path=parameters.get("Path", "/"),
        body=body,
        private_key=SecretKey(private_key),
        chain=chain,
        expires_at=verify_server_certificate(body, private_key, chain, now=call.now),
        now=call.now,
    )
    tags.set_tags(directory, call.account, certificate.certificate_id, given, Tagged.SERVER_CERTIFICATE)
    return {"ServerCertificateMetadata": _metadata_shape(certificate), **_tags(dict(sorted(given.items())))}


def get_server_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Return a server certificate with its chain and tags."""
    certificate = _named(call, directory)
    tagged = tags.get_tags(directory, call.account, certificate.certificate_id)
    chain = {} if certificate.chain is None else {"CertificateChain": certificate.chain}
    return {
        "ServerCertificate": {
            "ServerCertificateMetadata": _metadata_shape(certificate),
            "CertificateBody": certificate.body,
            **chain,
            "Tags": tags_shape(tagged.items()),
        }
    }


def list_server_certificates(call: AuthorizedCall, directory: Directory) -> Output:
    """List server certificates under a path, without their bodies and tags."""
    page = server_certificates.list_server_certificates(
        directory, call.account, requested_page(call, directory), call.parameters.get("PathPrefix", "/")
    )
    return page_output(call, directory, "ServerCertificateMetadataList", page, _metadata_shape)


def update_server_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Rename a server certificate or move it to another path."""
    server_certificates.update_server_certificate(
        directory,
        _named(call, directory),
        new_name=call.parameters.get("NewServerCertificateName"),
        new_path=call.parameters.get("NewPath"),
    )
    return {}


def delete_server_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a server certificate."""
    server_certificates.delete_server_certificate(directory, _named(call, directory))
    return {}


def _named(call: AuthorizedCall, directory: Directory) -> ServerCertificate:
    return server_certificates.get_server_certificate(directory, call.account, call.parameters["ServerCertificateName"])


def _metadata_shape(certificate: ServerCertificate) -> dict[str, Any]:
    return {
        "Path": certificate.path,
        "ServerCertificateName": certificate.name,
        "ServerCertificateId": certificate.certificate_id,
        "Arn": certificate.arn,
        "UploadDate": certificate.uploaded_at,
        "Expiration": certificate.expires_at,
    }


def _tags(tagged: Mapping[str, str]) -> dict[str, Any]:
    return {"Tags": tags_shape(tagged.items())} if tagged else {}


OPERATIONS = (
    Operation(
        "iam",
        "UploadServerCertificate",
        targets.new_server_certificate,
        upload_server_certificate,
        writes=True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "GetServerCertificate",
        targets.existing_server_certificate("iam:GetServerCertificate"),
        get_server_certificate,
        writes=False,
    ),
    Operation(
        "iam",
        "ListServerCertificates",
        targets.listed_server_certificates,
        list_server_certificates,
        writes=False,
    ),
    Operation(
        "iam",
        "UpdateServerCertificate",
        targets.renamed_server_certificate,
        update_server_certificate,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteServerCertificate",
        targets.existing_server_certificate("iam:DeleteServerCertificate"),
        delete_server_certificate,
        writes=True,
    ),
    *tag_operations(
        "ServerCertificate",
        Tagged.SERVER_CERTIFICATE,
        lambda call, directory: _named(call, directory).certificate_id,
        targets.existing_server_certificate,
    ),
)

"""IAM's operations on signing certificates, of users and of the root user."""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import verify_signing_certificate
from ostiary.directory import signing_certificates
from ostiary.directory.directory import Directory
from ostiary.directory.signing_certificates import SigningCertificate
from ostiary.directory.users import User
from ostiary.services.iam import targets
from ostiary.services.iam.owners import USER, name_of, user_or_root
from ostiary.services.iam.pages import page_output, requested_page
from ostiary.services.iam.statuses import requested_active, status_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def upload_signing_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Give a user a signing certificate, which is active."""
    owner = user_or_root(call, directory)
    body = call.parameters["CertificateBody"].strip()
    certificate = signing_certificates.upload_signing_certificate(
        directory, call.account, owner, body, digest=verify_signing_certificate(body, now=call.now), now=call.now
    )
    return {"Certificate": _certificate_shape(certificate, owner)}


def list_signing_certificates(call: AuthorizedCall, directory: Directory) -> Output:
    """List the signing certificates of a user."""
    owner = user_or_root(call, directory)
    page = signing_certificates.list_signing_certificates(
        directory, call.account, owner, requested_page(call, directory)
    )
    return page_output(
        call, directory, "Certificates", page, lambda certificate: _certificate_shape(certificate, owner)
    )


def update_signing_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Make a signing certificate usable or unusable."""
    signing_certificates.set_signing_certificate_status(
        directory,
        call.account,
        user_or_root(call, directory),
        call.parameters["CertificateId"],
        active=requested_active(call),
    )
    return {}


def delete_signing_certificate(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a signing certificate."""
    signing_certificates.delete_signing_certificate(
        directory, call.account, user_or_root(call, directory), call.parameters["CertificateId"]
    )
    return {}


def _certificate_shape(certificate: SigningCertificate, owner: User | None) -> dict[str, Any]:
    return {
        "UserName": name_of(owner),
        "CertificateId": certificate.certificate_id,
        "CertificateBody": certificate.body,
        "Status": status_of(active=certificate.active),
        "UploadDate": certificate.uploaded_at,
    }


def _on_user(action: str) -> targets.Needs:
    return targets.existing(USER, action)


OPERATIONS = (
    Operation(
        "iam",
        "UploadSigningCertificate",
        _on_user("iam:UploadSigningCertificate"),
        upload_signing_certificate,
        writes=True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "ListSigningCertificates",
        _on_user("iam:ListSigningCertificates"),
        list_signing_certificates,
        writes=False,
    ),
    Operation(
        "iam",
        "UpdateSigningCertificate",
        _on_user("iam:UpdateSigningCertificate"),
        update_signing_certificate,
        writes=True,
    ),
    Operation(
        "iam",
        "DeleteSigningCertificate",
        _on_user("iam:DeleteSigningCertificate"),
        delete_signing_certificate,
        writes=True,
    ),
)

"""Examples of signing certificates."""

from typing import Any

from tests.credentials.making import make_certificate, rsa_key
from tests.services.examples.stage import Example, Stage


def _body(stage: Stage) -> dict[str, Any]:
    return {"UserName": stage.user(), "CertificateBody": make_certificate(rsa_key())}


def _certificate(stage: Stage) -> dict[str, Any]:
    certificate = stage.iam.upload_signing_certificate(**_body(stage))["Certificate"]
    return {"UserName": certificate["UserName"], "CertificateId": certificate["CertificateId"]}


EXAMPLES: dict[str, Example] = {
    "iam:UploadSigningCertificate": _body,
    "iam:ListSigningCertificates": lambda stage: {"UserName": stage.user()},
    "iam:UpdateSigningCertificate": lambda stage: {**_certificate(stage), "Status": "Inactive"},
    "iam:DeleteSigningCertificate": _certificate,
}

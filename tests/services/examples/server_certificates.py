"""Examples of server certificates."""

from typing import Any

from tests.credentials.making import make_certificate, make_key, private_pem
from tests.services.examples.stage import Example, Stage

_TAGS = [{"Key": "team", "Value": "red"}]


def _upload(stage: Stage) -> dict[str, Any]:
    key = make_key()
    return {
        "ServerCertificateName": stage.fresh("Certificate"),
        "CertificateBody": make_certificate(key),
        "PrivateKey": private_pem(key),
        "Path": "/cloudfront/",
        "Tags": _TAGS,
    }


def _named(stage: Stage) -> dict[str, Any]:
    upload = _upload(stage)
    stage.iam.upload_server_certificate(**upload)
    return {"ServerCertificateName": upload["ServerCertificateName"]}


EXAMPLES: dict[str, Example] = {
    "iam:UploadServerCertificate": _upload,
    "iam:GetServerCertificate": _named,
    "iam:ListServerCertificates": lambda _: {"PathPrefix": "/"},
    "iam:UpdateServerCertificate": lambda stage: {
        **_named(stage),
        "NewServerCertificateName": stage.fresh("Renamed"),
        "NewPath": "/",
    },
    "iam:DeleteServerCertificate": _named,
    "iam:TagServerCertificate": lambda stage: {**_named(stage), "Tags": _TAGS},
    "iam:UntagServerCertificate": lambda stage: {**_named(stage), "TagKeys": ["team"]},
    "iam:ListServerCertificateTags": _named,
}

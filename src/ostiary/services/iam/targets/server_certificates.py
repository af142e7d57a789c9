"""Server certificates as what is acted on."""

from collections.abc import Iterable

from ostiary.directory.directory import Directory
from ostiary.directory.server_certificates import find_server_certificate
from ostiary.directory.tags import Tagged
from ostiary.services.iam.targets.tagged import existing_by_name, made
from ostiary.services.iam.targets.words import Needs, Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need

_ACTION_TO_UPDATE = "iam:UpdateServerCertificate"


def new_server_certificate(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """UploadServerCertificate: on the ARN to be; tags given with it need the right to tag as well."""
    arn = _arn(caller, parameters.get("Path", "/"), parameters["ServerCertificateName"])
    return made("iam:UploadServerCertificate", "iam:TagServerCertificate", arn, parameters)


def existing_server_certificate(action: str) -> Needs:
    """The certificate named by `ServerCertificateName`, with the tags that a call passes or names."""
    return existing_by_name(
        action, "ServerCertificateName", "server-certificate", Tagged.SERVER_CERTIFICATE, find_server_certificate
    )


def renamed_server_certificate(directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """UpdateServerCertificate: on the certificate as it is and, when its ARN changes, on the ARN to be.

    Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateServerCertificate.html
    """
    (as_it_is,) = existing_server_certificate(_ACTION_TO_UPDATE)(directory, caller, parameters)
    yield as_it_is
    new_name, new_path = parameters.get("NewServerCertificateName"), parameters.get("NewPath")
    if new_name or new_path:
        found = find_server_certificate(directory, caller.account, parameters["ServerCertificateName"])
        name, path = (found.name, found.path) if found else (parameters["ServerCertificateName"], "/")
        yield Need(
            _ACTION_TO_UPDATE,
            _arn(caller, new_path or path, new_name or name),
            as_it_is.context,
            shown_as=f"server certificate {new_name or name}",
        )


def listed_server_certificates(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """ListServerCertificates: decided on `*`, while a refusal names the path asked for."""
    yield Need("iam:ListServerCertificates", "*", shown_as=_arn(caller, parameters.get("PathPrefix", "/"), ""))


def _arn(caller: Caller, path: str, name: str) -> str:
    return iam_arn(caller.account, "server-certificate", path, name)

"""What is kept of users' other credentials, and of certificates: secrets only sealed or hashed."""

import hashlib

import pytest
from sqlalchemy import func, select

from ostiary.credentials import SealBroken, SshPublicKey
from ostiary.directory import (
    server_certificates,
    service_credentials,
    signing_certificates,
    ssh_public_keys,
    tags,
    users,
)
from ostiary.directory.directory import Directory
from ostiary.directory.errors import EntityAlreadyExists, NoSuchEntity
from ostiary.directory.pages import PageRequest
from ostiary.directory.server_certificates import ServerCertificate
from ostiary.directory.tags import Tagged
from ostiary.store import schema
from ostiary.values.secret import SecretKey
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

PRIVATE_KEY = "the private key"
BEDROCK = "bedrock.amazonaws.com"


@pytest.fixture
def user(directory: Directory) -> users.User:
    return users.create_user(directory, ACCOUNT, "jane", now=NOW)


def upload(directory: Directory, name: str = "web") -> ServerCertificate:
    return server_certificates.upload_server_certificate(
        directory,
        ACCOUNT,
        name,
        body="body",
        private_key=SecretKey(PRIVATE_KEY),
        chain=None,
        expires_at=NOW,
        now=NOW,
    )


def secret_hash(directory: Directory) -> str:
    kept: str = directory.connection.execute(select(schema.service_credentials.c.secret_hash)).scalar_one()
    return kept


def test_a_private_key_opens_only_as_its_certificates(directory: Directory) -> None:
    certificate = upload(directory)
    sealed = directory.connection.execute(select(schema.server_certificates.c.sealed_private_key)).scalar_one()
    assert PRIVATE_KEY.encode() not in sealed
    context = f"server-certificate/{certificate.certificate_id}"
    assert directory.sealer.open(sealed, context=context).decode() == PRIVATE_KEY
    with pytest.raises(SealBroken):
        directory.sealer.open(sealed, context="server-certificate/another")


def test_a_certificates_tags_go_with_it(directory: Directory) -> None:
    certificate = upload(directory)
    tags.set_tags(directory, ACCOUNT, certificate.certificate_id, {"a": "b"}, Tagged.SERVER_CERTIFICATE)
    server_certificates.delete_server_certificate(directory, certificate)
    assert directory.connection.scalar(select(func.count()).select_from(schema.tags)) == 0
    with pytest.raises(NoSuchEntity):
        server_certificates.get_server_certificate(directory, ACCOUNT, "web")


def test_a_certificate_is_its_accounts(directory: Directory) -> None:
    upload(directory)
    assert server_certificates.find_server_certificate(directory, ACCOUNT, "WEB") is not None
    assert server_certificates.find_server_certificate(directory, OTHER_ACCOUNT, "web") is None


def test_of_a_services_secret_only_its_digest_is_kept(directory: Directory, user: users.User) -> None:
    credential, secret = service_credentials.create_service_credential(directory, user, BEDROCK, now=NOW)
    assert secret_hash(directory) == hashlib.sha256(secret.reveal().encode()).hexdigest()
    other = service_credentials.reset_service_credential(directory, credential)
    assert secret_hash(directory) == hashlib.sha256(other.reveal().encode()).hexdigest()
    assert other.reveal() != secret.reveal()


def test_a_service_must_take_such_credentials(directory: Directory, user: users.User) -> None:
    with pytest.raises(NoSuchEntity):
        service_credentials.create_service_credential(directory, user, "s3.amazonaws.com", now=NOW)


def test_a_credential_shows_its_users_present_name(directory: Directory, user: users.User) -> None:
    made, _ = service_credentials.create_service_credential(directory, user, BEDROCK, now=NOW)
    users.update_user(directory, user, new_name="joan")
    found = service_credentials.find_service_credential(directory, ACCOUNT, made.credential_id)
    assert found is not None
    assert (found.user_name, found.service_user_name) == ("joan", f"jane-at-{ACCOUNT}")
    assert service_credentials.find_service_credential(directory, OTHER_ACCOUNT, made.credential_id) is None


def test_a_signing_certificate_is_one_owners(directory: Directory, user: users.User) -> None:
    kept = signing_certificates.upload_signing_certificate(directory, ACCOUNT, None, "body", digest="1", now=NOW)
    for owner in (user, None):
        with pytest.raises(EntityAlreadyExists):
            signing_certificates.upload_signing_certificate(directory, ACCOUNT, owner, "body", digest="1", now=NOW)
    assert signing_certificates.has_signing_certificate(directory, ACCOUNT, None)
    assert not signing_certificates.has_signing_certificate(directory, ACCOUNT, user)
    assert not signing_certificates.has_signing_certificate(directory, OTHER_ACCOUNT, None)
    with pytest.raises(NoSuchEntity):
        signing_certificates.delete_signing_certificate(directory, ACCOUNT, user, kept.certificate_id)
    signing_certificates.upload_signing_certificate(directory, OTHER_ACCOUNT, None, "body", digest="1", now=NOW)


def test_an_ssh_key_is_known_by_its_fingerprint(directory: Directory, user: users.User) -> None:
    key = SshPublicKey(ssh="", pem="", fingerprint="00:11")
    ssh_public_keys.upload_ssh_public_key(directory, user, "one form", key, now=NOW)
    with pytest.raises(EntityAlreadyExists):
        ssh_public_keys.upload_ssh_public_key(directory, user, "another form", key, now=NOW)
    assert [each.body for each in ssh_public_keys.list_ssh_public_keys(directory, user, PageRequest()).items] == [
        "one form"
    ]

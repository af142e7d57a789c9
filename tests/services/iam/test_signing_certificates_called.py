"""Signing certificates, through boto3."""

from typing import Any

import pytest

from tests.credentials.making import make_certificate, rsa_key
from tests.services.iam.asking import answer, fresh, refusal


@pytest.fixture
def user(iam: Any) -> str:
    name: str = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    return name


def test_a_certificate_is_answered_alike_when_uploaded_and_when_listed(iam: Any, user: str) -> None:
    body = make_certificate(rsa_key())
    certificate = answer(iam.upload_signing_certificate, UserName=user, CertificateBody=f"{body}\n")["Certificate"]
    assert len(certificate["CertificateId"]) >= 24
    assert certificate == {
        "UserName": user,
        "CertificateId": certificate["CertificateId"],
        "CertificateBody": body,
        "Status": "Active",
        "UploadDate": certificate["UploadDate"],
    }
    listed = answer(iam.list_signing_certificates, UserName=user)
    assert listed == {"Certificates": [certificate], "IsTruncated": False}


def test_a_certificate_is_in_the_account_once(iam: Any, user: str) -> None:
    body = make_certificate(rsa_key())
    iam.upload_signing_certificate(UserName=user, CertificateBody=body)
    other = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    taken = ("DuplicateCertificate", "The certificate is already associated with an IAM user in the account.", 409)
    for name in (user, other):
        assert refusal(iam.upload_signing_certificate, UserName=name, CertificateBody=body) == taken


def test_a_user_has_two_in_pages_of_one(iam: Any, user: str) -> None:
    for _ in range(2):
        iam.upload_signing_certificate(UserName=user, CertificateBody=make_certificate(rsa_key()))
    another = {"UserName": user, "CertificateBody": make_certificate(rsa_key())}
    full = ("LimitExceeded", "Cannot exceed quota for CertificatesPerUser: 2", 409)
    assert refusal(iam.upload_signing_certificate, **another) == full
    pages = iam.get_paginator("list_signing_certificates").paginate(UserName=user, PaginationConfig={"PageSize": 1})
    assert [len(page["Certificates"]) for page in pages] == [1, 1]


def test_a_certificate_is_switched_off_and_deleted(iam: Any, user: str) -> None:
    uploaded = iam.upload_signing_certificate(UserName=user, CertificateBody=make_certificate(rsa_key()))
    named = {"UserName": user, "CertificateId": uploaded["Certificate"]["CertificateId"]}
    assert answer(iam.update_signing_certificate, **named, Status="Inactive") == {}
    assert answer(iam.list_signing_certificates, UserName=user)["Certificates"][0]["Status"] == "Inactive"
    in_the_way = ("DeleteConflict", "Cannot delete entity, must delete signing certificates first.", 409)
    assert refusal(iam.delete_user, UserName=user) == in_the_way
    assert answer(iam.delete_signing_certificate, **named) == {}
    gone = ("NoSuchEntity", f"The Certificate with id {named['CertificateId']} cannot be found.", 404)
    assert refusal(iam.delete_signing_certificate, **named) == gone
    assert refusal(iam.update_signing_certificate, **named, Status="Active") == gone
    assert answer(iam.delete_user, UserName=user) == {}


def test_the_root_users_certificate_shows_in_the_summary(iam: Any, server: Any) -> None:
    root = server.client("iam", server.create_root_key())
    assert answer(iam.get_account_summary)["SummaryMap"]["AccountSigningCertificatesPresent"] == 0
    body = make_certificate(rsa_key())
    certificate = answer(root.upload_signing_certificate, CertificateBody=body)["Certificate"]
    assert certificate["UserName"] == "<root_account>"
    assert answer(root.list_signing_certificates)["Certificates"] == [certificate]
    assert answer(iam.list_signing_certificates)["Certificates"] == []
    assert answer(iam.get_account_summary)["SummaryMap"]["AccountSigningCertificatesPresent"] == 1
    named = {"CertificateId": certificate["CertificateId"]}
    assert answer(root.update_signing_certificate, **named, Status="Inactive") == {}
    assert answer(root.delete_signing_certificate, **named) == {}

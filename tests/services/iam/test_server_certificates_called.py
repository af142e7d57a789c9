"""Server certificates, through boto3."""

from datetime import datetime
from typing import Any

import pytest

from ostiary.directory.errors import Quota
from ostiary.directory.quotas import AWS_DEFAULTS
from tests.conftest import Credentials
from tests.credentials.making import LONG_AGO, LONG_HENCE, make_certificate, make_key, private_pem
from tests.services.iam.asking import answer, fresh, refusal

KEY = make_key()
BODY = make_certificate(KEY)
PRIVATE = private_pem(KEY)
PAIR = {"CertificateBody": BODY, "PrivateKey": PRIVATE}


@pytest.fixture
def name(iam: Any) -> Any:
    name = fresh("Certificate")
    iam.upload_server_certificate(ServerCertificateName=name, **PAIR)
    yield name
    iam.delete_server_certificate(ServerCertificateName=name)


def test_a_certificate_comes_back_with_its_chain_and_tags_and_without_its_key(iam: Any, account_id: str) -> None:
    signer = make_key()
    chain = make_certificate(signer, "signer")
    body = make_certificate(KEY, signer=signer, signer_name="signer")
    name = fresh("Certificate")
    uploaded = answer(
        iam.upload_server_certificate,
        ServerCertificateName=name,
        Path="/cloudfront/test/",
        CertificateBody=f"{body}\n",
        CertificateChain=f"{chain}\n",
        PrivateKey=PRIVATE,
        Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "1"}],
    )
    metadata = uploaded["ServerCertificateMetadata"]
    assert metadata["ServerCertificateId"].startswith("ASCA")
    assert isinstance(metadata["UploadDate"], datetime)
    assert metadata == {
        "Path": "/cloudfront/test/",
        "ServerCertificateName": name,
        "ServerCertificateId": metadata["ServerCertificateId"],
        "Arn": f"arn:aws:iam::{account_id}:server-certificate/cloudfront/test/{name}",
        "UploadDate": metadata["UploadDate"],
        "Expiration": LONG_HENCE,
    }
    assert uploaded["Tags"] == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    assert answer(iam.get_server_certificate, ServerCertificateName=name.lower()) == {
        "ServerCertificate": {
            "ServerCertificateMetadata": metadata,
            "CertificateBody": body,
            "CertificateChain": chain,
            "Tags": uploaded["Tags"],
        }
    }
    iam.delete_server_certificate(ServerCertificateName=name)


def test_a_chain_that_there_is_none_of_is_left_out_and_tags_are_not(iam: Any) -> None:
    name = fresh("Certificate")
    uploaded = answer(iam.upload_server_certificate, ServerCertificateName=name, **PAIR)
    assert set(uploaded) == {"ServerCertificateMetadata"}
    got = answer(iam.get_server_certificate, ServerCertificateName=name)["ServerCertificate"]
    assert set(got) == {"ServerCertificateMetadata", "CertificateBody", "Tags"}
    assert got["Tags"] == []
    iam.delete_server_certificate(ServerCertificateName=name)


def test_certificates_are_listed_by_path_and_in_pages(iam: Any) -> None:
    names = [fresh("Listed") for _ in range(3)]
    for name in names:
        iam.upload_server_certificate(ServerCertificateName=name, Path="/listed/", **PAIR)
    listed = answer(iam.list_server_certificates, PathPrefix="/listed/")
    assert [each["ServerCertificateName"] for each in listed["ServerCertificateMetadataList"]] == sorted(names)
    assert listed["IsTruncated"] is False
    pages = iam.get_paginator("list_server_certificates").paginate(
        PathPrefix="/listed/", PaginationConfig={"PageSize": 2}
    )
    assert [len(page["ServerCertificateMetadataList"]) for page in pages] == [2, 1]
    nothing = {"ServerCertificateMetadataList": [], "IsTruncated": False}
    assert answer(iam.list_server_certificates, PathPrefix="/nothing/") == nothing
    for name in names:
        iam.delete_server_certificate(ServerCertificateName=name)


def test_a_certificate_is_renamed_and_moved(iam: Any, name: str) -> None:
    iam.tag_server_certificate(ServerCertificateName=name, Tags=[{"Key": "a", "Value": "1"}])
    before = iam.get_server_certificate(ServerCertificateName=name)["ServerCertificate"]
    new = fresh("Renamed")
    call = {"ServerCertificateName": name, "NewServerCertificateName": new, "NewPath": "/new/"}
    assert answer(iam.update_server_certificate, **call) == {}
    after = iam.get_server_certificate(ServerCertificateName=new)["ServerCertificate"]
    moved = {**before["ServerCertificateMetadata"], "Path": "/new/", "ServerCertificateName": new}
    moved["Arn"] = moved["Arn"].replace(f"/{name}", f"/new/{new}")
    assert after == {**before, "ServerCertificateMetadata": moved}
    assert answer(iam.update_server_certificate, ServerCertificateName=new, NewServerCertificateName=name) == {}
    got = iam.get_server_certificate(ServerCertificateName=name)["ServerCertificate"]["ServerCertificateMetadata"]
    assert got["Path"] == "/new/"


def test_a_name_is_taken_in_any_case(iam: Any, name: str) -> None:
    taken = ("EntityAlreadyExists", f"The Server Certificate with name {name.upper()} already exists.", 409)
    assert refusal(iam.upload_server_certificate, ServerCertificateName=name.upper(), **PAIR) == taken
    other = fresh("Certificate")
    iam.upload_server_certificate(ServerCertificateName=other, **PAIR)
    call = {"ServerCertificateName": other, "NewServerCertificateName": name.upper()}
    assert refusal(iam.update_server_certificate, **call) == taken
    iam.delete_server_certificate(ServerCertificateName=other)


def test_tags_come_and_go(iam: Any, name: str) -> None:
    named = {"ServerCertificateName": name}
    assert answer(iam.list_server_certificate_tags, **named) == {"Tags": [], "IsTruncated": False}
    for key in ("team", "TEAM"):
        assert answer(iam.tag_server_certificate, **named, Tags=[{"Key": key, "Value": "red"}]) == {}
    assert [tag["Key"] for tag in answer(iam.list_server_certificate_tags, **named)["Tags"]] == ["TEAM", "team"]
    assert answer(iam.untag_server_certificate, **named, TagKeys=["team"]) == {}
    assert [tag["Key"] for tag in answer(iam.list_server_certificate_tags, **named)["Tags"]] == ["TEAM"]


def test_the_key_must_be_the_certificates(iam: Any) -> None:
    call = {"ServerCertificateName": fresh(), "CertificateBody": BODY, "PrivateKey": private_pem(make_key())}
    assert refusal(iam.upload_server_certificate, **call) == (
        "KeyPairMismatch",
        "Public key certificate and private key doesn't match.",
        400,
    )


def test_an_expired_certificate_is_not_taken(iam: Any) -> None:
    call = {"ServerCertificateName": fresh(), "CertificateBody": make_certificate(KEY, expires_at=LONG_AGO)}
    assert refusal(iam.upload_server_certificate, **call, PrivateKey=PRIVATE) == (
        "MalformedCertificate",
        "Certificate is no longer valid. The 'Not After' date is in the past.",
        400,
    )


def test_twenty_in_an_account_as_the_summary_counts(iam: Any) -> None:
    summary = answer(iam.get_account_summary)["SummaryMap"]
    quota = AWS_DEFAULTS[Quota.SERVER_CERTIFICATES]
    assert summary["ServerCertificatesQuota"] == quota
    names = [fresh("Certificate") for _ in range(summary["ServerCertificates"], quota)]
    for name in names:
        iam.upload_server_certificate(ServerCertificateName=name, **PAIR)
    full = ("LimitExceeded", f"Cannot exceed quota for ServerCertificatesPerAccount: {quota}", 409)
    assert refusal(iam.upload_server_certificate, ServerCertificateName=fresh(), **PAIR) == full
    assert answer(iam.get_account_summary)["SummaryMap"]["ServerCertificates"] == quota
    for name in names:
        assert answer(iam.delete_server_certificate, ServerCertificateName=name) == {}


def test_a_renaming_must_be_allowed_on_both_names(iam: Any, server: Any, account_id: str, name: str) -> None:
    user = iam.create_user(UserName=fresh("User"))["User"]["UserName"]
    arn = f"arn:aws:iam::{account_id}:server-certificate"
    iam.put_user_policy(
        UserName=user,
        PolicyName="rename",
        PolicyDocument='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:UpdateServerCertificate",'
        f'"Resource":["{arn}/{name}","{arn}/other"]}}}}',
    )
    mine = server.client("iam", Credentials.of(iam.create_access_key(UserName=user)["AccessKey"]))
    refused = refusal(mine.update_server_certificate, ServerCertificateName=name, NewServerCertificateName="another")
    assert refused[0] == "AccessDenied"
    assert "on resource: server certificate another because" in refused[1]
    assert answer(mine.update_server_certificate, ServerCertificateName=name, NewServerCertificateName="other") == {}
    assert answer(mine.update_server_certificate, ServerCertificateName="other", NewServerCertificateName=name) == {}

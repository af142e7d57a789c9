"""The public facts that the visual policy editor builds with."""

import gzip
import json
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import pytest

from ostiary import catalogue
from tests.conftest import RunningServer


def get(server: RunningServer, name: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """Return the answer to a plain GET, as any program makes it, and its body."""
    connection = HTTPConnection(urlsplit(server.endpoint).netloc, timeout=20)
    named = {header.replace("_", "-"): value for header, value in headers.items()}
    connection.request("GET", f"/console/catalogue/{name}", headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def get_json(server: RunningServer, name: str) -> Any:
    response, body = get(server, name)
    assert (response.status, response.headers["content-type"]) == (200, "application/json")
    return json.loads(body)


def test_every_service_is_listed(server: RunningServer) -> None:
    listed = {each["prefix"]: each["name"] for each in get_json(server, "services.json")["services"]}
    assert tuple(listed) == catalogue.list_services()
    assert listed["iam"] == "AWS Identity and Access Management (IAM)"
    assert "ostiary" in listed
    # The list has a name that is then no service's.
    assert "services" not in listed


def test_a_service_has_all_that_a_statement_is_built_of(server: RunningServer) -> None:
    found = get_json(server, "iam.json")
    actions = {each["name"]: each for each in found["actions"]}
    assert actions.keys() == {action.name.partition(":")[2] for action in catalogue.list_actions("iam")}
    passing = actions["PassRole"]
    assert passing["accessLevel"] == "Write"
    assert passing["resourceTypes"] == [{"name": "role", "required": True}]
    assert "iam:PassedToService" in passing["conditionKeys"]
    types = {each["name"]: each["arn"] for each in found["resourceTypes"]}
    assert types["role"] == "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"
    own = {each["name"]: each for each in found["conditionKeys"]}
    assert own["iam:PolicyARN"] == {"name": "iam:PolicyARN", "type": "ARN", "multivalued": False}
    shared = {each["name"]: each for each in found["globalConditionKeys"]}
    assert shared["aws:SourceIp"]["type"] == "IPAddress"
    assert shared["aws:CalledVia"]["multivalued"] is True


def test_browsers_may_keep_it(server: RunningServer) -> None:
    response, plain = get(server, "ec2.json")
    assert response.headers["cache-control"] == "public, max-age=3600"
    again, body = get(server, "ec2.json", if_none_match=response.headers["etag"])
    assert (again.status, body) == (304, b"")
    packed, body = get(server, "ec2.json", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == plain
    assert len(body) < 100_000


@pytest.mark.parametrize("name", ["nothing.json", "IAM.json", "..%2Fiam.json", "iam.js", "a" * 65 + ".json"])
def test_what_is_no_service_is_not_found(server: RunningServer, name: str) -> None:
    response, body = get(server, name)
    assert (response.status, json.loads(body)["error"]) == (404, "NotFound")

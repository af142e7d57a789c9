"""Refusals in AWS's words: tests/cases/refusals/*.yaml, asked through botocore of a server of their own.

A case is a list item with these members:

    note      what it is about, and where the rule or sentence comes from
    given     calls that the administrator makes before: a list of one-item mappings, operation to parameters; optional
    keep      names for texts in the answers of `given`: `key: AccessKey.AccessKeyId`, the latest answer that has it
    call      the operation that is refused, `sts:` before it for one of STS's
    by        `root` or `admin` (the default); or `nobody`, a user without permissions
    session   parameters of an AssumeRole by the administrator; the call is made by that session; optional
    with      its parameters, sent unchecked; in a text `<account>` stands for the account ID, `<key>` for what is kept
    refused   code, status and message, which is null when AWS says nothing but the code
"""

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml
from botocore.exceptions import ClientError

from tests.conftest import Credentials, RunningServer

FOLDER = Path(__file__).parent.parent / "cases" / "refusals"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}-{case['call']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text()), 1)
]


@pytest.fixture(scope="module")
def callers(server: RunningServer, iam: Any) -> dict[str, Credentials]:
    iam.create_user(UserName="nobody-at-all")
    key = iam.create_access_key(UserName="nobody-at-all")["AccessKey"]
    return {"admin": server.admin, "root": server.create_root_key(), "nobody": Credentials.of(key)}


@pytest.fixture(scope="module")
def clients(server: RunningServer, callers: dict[str, Credentials]) -> dict[tuple[str, str], Any]:
    return {
        (service, name): server.client(service, credentials, parameter_validation=False)
        for service, (name, credentials) in itertools.product(("iam", "sts"), callers.items())
    }


def filled(value: Any, kept: dict[str, str]) -> Any:
    match value:
        case dict():
            return {key: filled(member, kept) for key, member in value.items()}
        case list():
            return [filled(member, kept) for member in value]
        case str():
            for name, text in kept.items():
                value = value.replace(f"<{name}>", text)
            return value
        case _:
            return value


def found(answer: Any, way: str) -> Any:
    for part in way.split("."):
        answer = answer.get(part) if isinstance(answer, dict) else None
    return answer


def make_call(clients: dict[tuple[str, str], Any], caller: str, operation: str, parameters: dict[str, Any]) -> Any:
    service, _, name = operation.rpartition(":")
    return clients[service or "iam", caller]._make_api_call(name, parameters)  # noqa: SLF001 - by its name


@pytest.mark.parametrize("case", CASES)
def test_is_refused_in_aws_words(
    server: RunningServer, clients: dict[tuple[str, str], Any], case: dict[str, Any]
) -> None:
    kept = {"account": server.account_id}
    for step in case.get("given", []):
        ((operation, parameters),) = step.items()
        answer = make_call(clients, "admin", operation, filled(parameters or {}, kept))
        for name, way in case.get("keep", {}).items():
            text = found(answer, way)
            if isinstance(text, str):
                kept[name] = text
    caller = case.get("by", "admin")
    if "session" in case:
        caller = "session"
        opened = make_call(clients, "admin", "sts:AssumeRole", filled(case["session"], kept))
        credentials = Credentials.of(opened["Credentials"])
        for service in ("iam", "sts"):
            clients[service, caller] = server.client(service, credentials, parameter_validation=False)
    with pytest.raises(ClientError) as caught:
        make_call(clients, caller, case["call"], filled(case.get("with", {}), kept))
    response: Any = caught.value.response
    told = {
        "code": response["Error"]["Code"],
        "status": response["ResponseMetadata"]["HTTPStatusCode"],
        "message": response["Error"].get("Message"),
    }
    assert told == filled(case["refused"], kept)


def test_there_are_three_hundred() -> None:
    assert len(CASES) >= 300

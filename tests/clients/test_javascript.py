"""The AWS SDK for JavaScript, version 3."""

import json
import shutil
from pathlib import Path
from typing import Any

from ostiary.audit import find_events
from tests.clients.tools import HERE, Tool
from tests.conftest import RunningServer
from tests.e2e.identity_providers import serving_issuer

SCRIPT = HERE / "javascript" / "iam.test.mjs"


def test_the_javascript_sdk_works_unchanged(server: RunningServer, iam: Any, tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node, "Node.js is not there"
    assert (SCRIPT.parent / "node_modules").is_dir(), "the SDK is not there: `make clients` sets it up"
    token = tmp_path / "token"
    with serving_issuer() as issuer:
        token.write_text(issuer.token())
        provider = iam.create_open_id_connect_provider(Url=issuer.url, ClientIDList=["client"])
        role = iam.create_role(RoleName="js-web", AssumeRolePolicyDocument=trust(provider, issuer.url))
        Tool(Path(node)).run(server, server.admin, str(SCRIPT), TOKEN_FILE=str(token), WEB_ROLE_ARN=role["Role"]["Arn"])
    # What the SDK says it did is there for others too, and so is who it says it is.
    assert iam.get_user(UserName="js-user")["User"]["Path"] == "/js/"
    with server.reading() as directory:
        events = find_events(directory.connection, server.account_id, limit=200)
    (made,) = [
        each
        for each in events
        if (each.get("requestParameters") or {}).get("userName") == "js-user"
        and each["eventName"] == "CreateUser"
        and "errorCode" not in each
    ]
    assert "javascript-test/1.0" in made["userAgent"]


def trust(provider: dict[str, Any], url: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider["OpenIDConnectProviderArn"]},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {f"{url.partition('://')[2]}:aud": "client"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": statement})

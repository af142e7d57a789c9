"""`ostiary keys rotate`: replacing one's own key, step by step."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import botocore.loaders
import pytest
from click.testing import Result
from sqlalchemy import update

from ostiary.cli.client import OwnKeys, ServerError
from ostiary.store import schema
from tests.cli.aged_keys import age, make_user, run
from tests.conftest import Credentials, RunningServer


@pytest.fixture(scope="module", autouse=True)
def one_loader() -> Iterator[None]:
    """Read botocore's models once: each run of the command would read them anew, and take long."""
    loader = botocore.loaders.create_loader()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.loaders, "create_loader", lambda *_: loader)
        yield


@pytest.fixture
def as_user(server: RunningServer) -> Callable[..., Result]:
    def rotate(key: Credentials, *words: object, **environment: str) -> Result:
        return run(
            "rotate",
            *words,
            AWS_ENDPOINT_URL=server.endpoint,
            AWS_ACCESS_KEY_ID=key.access_key_id,
            AWS_SECRET_ACCESS_KEY=key.secret_access_key,
            **environment,
        )

    return rotate


def new_key(result: Result) -> Credentials:
    assert result.exit_code == 0, result.output
    found = dict(re.findall(r"(aws_\w+) = (\S+)", result.stdout))
    return Credentials(found["aws_access_key_id"], found["aws_secret_access_key"])


def statuses(iam: Any, name: str) -> dict[str, str]:
    return {key["AccessKeyId"]: key["Status"] for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]}


def test_a_key_is_replaced_step_by_step(server: RunningServer, iam: Any, as_user: Callable[..., Result]) -> None:
    old = make_user(iam, "alice")
    age(server, old, 90)
    begun = as_user(old)
    new = new_key(begun)
    assert begun.stdout.count(new.secret_access_key) == 1
    assert "ostiary keys rotate --finish" in begun.stdout
    assert statuses(iam, "alice") == {old.access_key_id: "Active", new.access_key_id: "Active"}

    told = as_user(new)
    assert f"The old key {old.access_key_id} was last used " in told.stdout
    assert "--finish" in told.stdout
    assert as_user(new, "--delete").exit_code == 1
    assert statuses(iam, "alice")[old.access_key_id] == "Active"

    finished = as_user(new, "--finish")
    assert re.search(rf"{old.access_key_id} was last used .* for \w+ in us-east-1\.", finished.stdout)
    assert statuses(iam, "alice") == {old.access_key_id: "Inactive", new.access_key_id: "Active"}
    assert "--delete" in as_user(new).stdout
    assert "is inactive already" in as_user(new, "--finish").stderr

    assert as_user(new, "--delete").stdout == f"{old.access_key_id} is deleted.\n"
    assert statuses(iam, "alice") == {new.access_key_id: "Active"}
    assert all(new.secret_access_key not in result.output for result in (told, finished))


def test_a_profile_gets_the_new_key_and_nobody_sees_it(
    server: RunningServer, iam: Any, tmp_path: Path, as_user: Callable[..., Result]
) -> None:
    key = make_user(iam, "bob")
    age(server, key, 90)
    file = tmp_path / "credentials"
    kept = "# mine\n[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n\n"
    file.write_text(
        f"{kept}[work]\naws_access_key_id={key.access_key_id}\naws_secret_access_key={key.secret_access_key}\n# end\n"
    )
    nobody = Credentials("AKIANOBODYNOBODYNOBO", "nothing")
    options = ["--profile", "work"]
    begun = as_user(nobody, *options, AWS_SHARED_CREDENTIALS_FILE=str(file))
    assert begun.exit_code == 0, begun.output
    text = file.read_text()
    assert text.startswith(kept)
    assert text.endswith("# end\n")
    found = dict(re.findall(r"(aws_\w+) = (\S+)", text.partition("[work]")[2]))
    assert found["aws_access_key_id"] in begun.stdout
    assert found["aws_secret_access_key"] not in begun.output
    assert key.secret_access_key not in text
    assert as_user(nobody, *options, "--finish", AWS_SHARED_CREDENTIALS_FILE=str(file)).exit_code == 0
    assert statuses(iam, "bob") == {key.access_key_id: "Inactive", found["aws_access_key_id"]: "Active"}


@pytest.mark.parametrize("failing", ["verify", "write"])
def test_a_key_that_nobody_would_have_is_taken_back(
    iam: Any,
    tmp_path: Path,
    as_user: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
) -> None:
    key = make_user(iam, f"carol-{failing}")
    options: tuple[str, ...] = ()
    environment = {}
    if failing == "verify":

        def fail(_self: OwnKeys, _key: object) -> None:
            raise ServerError("the new key does not work")

        monkeypatch.setattr(OwnKeys, "verify_key", fail)
    else:
        folder = tmp_path / "aws"
        folder.mkdir()
        file = folder / "credentials"
        file.write_text(
            f"[work]\naws_access_key_id={key.access_key_id}\naws_secret_access_key={key.secret_access_key}\n"
        )
        options, environment = ("--profile", "work"), {"AWS_SHARED_CREDENTIALS_FILE": str(file)}
        monkeypatch.setattr("ostiary.cli.sign_in.aws_profile.write_atomically", _full)
    result = as_user(key, *options, **environment)
    assert result.exit_code == 1
    assert ("does not work" if failing == "verify" else "No space left") in result.stderr
    assert statuses(iam, f"carol-{failing}") == {key.access_key_id: "Active"}


def _full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_cannot_be_done_is_said_in_a_line(
    server: RunningServer, iam: Any, as_user: Callable[..., Result], tmp_path: Path
) -> None:
    key = make_user(iam, "dave")

    def complaint(by: Credentials, *words: str, **environment: str) -> str:
        result = as_user(by, *words, **environment)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        return line

    assert "there is no other key" in complaint(key, "--finish")
    assert "--finish and --delete are two steps" in complaint(key, "--finish", "--delete")
    assert "is signed with" in complaint(key, "--finish", "--key", key.access_key_id)
    assert "say with --key which" in complaint(key, "--finish", "--key", "AKIANOBODY")
    assert "InvalidClientTokenId" in complaint(Credentials("AKIANOBODYNOBODYNOBO", "nothing"))
    session = Credentials.of(server.client("sts", key).get_session_token()["Credentials"])
    assert "temporary credentials" in complaint(session, AWS_SESSION_TOKEN=session.session_token or "")
    file = tmp_path / "credentials"
    file.write_text("[work]\nregion = us-east-1\n")
    missing = complaint(key, "--profile", "nowhere", AWS_SHARED_CREDENTIALS_FILE=str(file))
    assert "nowhere" in missing
    no_key = complaint(key, "--profile", "work", AWS_SHARED_CREDENTIALS_FILE=str(file))
    assert "no AWS access key to replace" in no_key
    # Two keys, and the older one signs: a newer one is never taken for the old one.
    age(server, key, 5)
    newer = Credentials.of(iam.create_access_key(UserName="dave")["AccessKey"])
    assert "is older than" in complaint(key)
    assert "is older than" in complaint(key, "--finish")
    assert "is older than" in complaint(key, "--finish", "--key", newer.access_key_id)
    now = age(server, key, 0)
    with server.changing() as directory:
        directory.connection.execute(update(schema.access_keys).values(created_at=now))
    assert "were made at once" in complaint(newer, "--finish")
    assert as_user(newer, "--finish", "--key", key.access_key_id).exit_code == 0
    assert statuses(iam, "dave") == {key.access_key_id: "Inactive", newer.access_key_id: "Active"}

"""`ostiary explain --message`, of a server that answers as AWS does: whoever was refused chose what is in a message."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner, Result

from ostiary.cli.explain import explain

ALICE = "arn:aws:iam::111122223333:user/alice"
REFUSED = {
    "allowed": False,
    "explicitDeny": False,
    "matchedStatements": {"items": []},
    "context": {
        "principal": {"id": "AIDAEXAMPLE", "arn": ALICE},
        "action": "s3:GetObject",
        "resource": "arn:aws:s3:::site/a",
        "conditions": {
            "items": [
                {"key": "aws:Region", "values": {"items": [{"value": "eu-west-1"}]}},
                {"key": "aws:TagKeys", "values": {"items": [{"value": "a"}, {"value": "b"}]}},
            ]
        },
    },
}

Shown = Callable[..., Result]


@pytest.fixture
def shown() -> Iterator[Shown]:
    """Run the command against a server that decodes every message to a given text."""
    decoded = ""

    class Sts(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = (
                "<DecodeAuthorizationMessageResponse><DecodeAuthorizationMessageResult><DecodedMessage>"
                f"{escape(decoded)}</DecodedMessage></DecodeAuthorizationMessageResult>"
                "</DecodeAuthorizationMessageResponse>"
            ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    def show(message: Any, *words: str) -> Result:
        nonlocal decoded
        decoded = message if isinstance(message, str) else json.dumps(message)
        keys = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{sts.server_port}",
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "x",
        }
        return CliRunner(env=keys).invoke(explain, ["--message", "m", *words], catch_exceptions=False)

    with HTTPServer(("127.0.0.1", 0), Sts) as sts:
        thread = Thread(target=sts.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield show
        sts.shutdown()
        thread.join()


def test_what_aws_says_is_shown(shown: Shown) -> None:
    result = shown(REFUSED)
    assert result.exit_code == 1, result.stderr
    assert result.stdout.splitlines() == [
        "DENIED: s3:GetObject on arn:aws:s3:::site/a as no policy allows it",
        f"  principal  {ALICE}",
        "  aws:Region  eu-west-1",
        "  aws:TagKeys  a and b",
    ]
    assert json.loads(shown(REFUSED, "--format", "json").stdout) == REFUSED
    assert shown({**REFUSED, "explicitDeny": True}).stdout.startswith(
        "DENIED: s3:GetObject on arn:aws:s3:::site/a with an explicit deny\n"
    )
    assert shown({**REFUSED, "allowed": True}).exit_code == 0


FORGED = "x\x1b[2J\x1b]0;y\x07\r\n\u202eALLOWED: everything"


def forge(value: Any) -> Any:
    """Return a message with each text in it another's choice."""
    if isinstance(value, dict):
        return {name: forge(each) for name, each in value.items()}
    if isinstance(value, list):
        return [forge(each) for each in value]
    return FORGED if isinstance(value, str) else value


def test_nobody_writes_to_the_terminal_by_way_of_a_refused_call(shown: Shown) -> None:
    seen = r"x\x1b[2J\x1b]0;y\x07\r\n\u202eALLOWED: everything"
    assert shown(forge(REFUSED)).stdout.splitlines() == [
        f"DENIED: {seen} on {seen} as no policy allows it",
        f"  principal  {seen}",
        f"  {seen}  {seen}",
        f"  {seen}  {seen} and {seen}",
    ]
    assert shown({**REFUSED, "explanation": ["one", FORGED]}).stdout == f"one\n{seen}\n"


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"context": []},
        {"context": {"principal": "x", "conditions": {"items": "x"}}},
        {"context": {"conditions": {"items": [5, {"values": []}, {"values": {"items": [None]}}]}}},
        {"context": {"conditions": None}, "explanation": "x"},
    ],
)
def test_a_message_of_another_shape_is_shown_as_far_as_it_goes(shown: Shown, message: Any) -> None:
    result = shown(message)
    assert result.exit_code == 1
    assert result.stdout.startswith("DENIED: None on None as no policy allows it\n  principal  None\n")


@pytest.mark.parametrize("message", ["[]", "x", "5"])
def test_what_is_no_message_is_refused(shown: Shown, message: str) -> None:
    result = shown(message)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1

"""Receivers of alerts, for tests: of POST requests, and of mail."""

import base64
import json
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = bytes(range(32))
SECRET_TEXT = f"whsec_{base64.b64encode(SECRET).decode()}"


@dataclass(frozen=True)
class Post:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed


@dataclass
class Receiver:
    """Takes what is posted, and answers as it is told: `status` and `headers`, or not at all while it `hangs`."""

    url: str
    posts: list[Post] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    freed: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int, seconds: float = 20) -> list[Post]:
        """Return the posts once there are so many."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.posts) >= count, seconds), len(self.posts)
            return list(self.posts)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Run a receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with receiver.changed:
                receiver.posts.append(Post(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                hangs, status, headers = receiver.hangs, receiver.status, dict(receiver.headers)
                receiver.changed.notify_all()
            if hangs:
                receiver.freed.wait(20)
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            # Who posted may be gone, having been killed.
            pass

    server = Server(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/hook")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.freed.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class MailServer:
    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    refuses: str | None = None
    """Which command it answers with an error."""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int, seconds: float = 20) -> list[EmailMessage]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.mails) >= count, seconds), len(self.mails)
            return list(self.mails)


@contextmanager
def taking_mail() -> Iterator[MailServer]:
    """Run a mail server on a free port: no encryption, any user."""

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 ready")
            for raw in iter(self.rfile.readline, b""):
                line = raw.decode().strip()
                mail_server.said.append(line)
                verb = line.partition(" ")[0].upper()
                if verb == mail_server.refuses:
                    self.say("550 no")
                elif verb == "EHLO":
                    self.say("250-hello")
                    self.say("250 AUTH PLAIN")
                elif verb == "AUTH":
                    self.say("235 well")
                elif verb == "DATA":
                    self.say("354 go on")
                    self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 well")

        def take(self, mail: bytes) -> None:
            with mail_server.changed:
                mail_server.mails.append(message_from_bytes(mail, policy=default))  # type: ignore[arg-type] # typeshed
                mail_server.changed.notify_all()
            self.say("250 taken")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mail_server = MailServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield mail_server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def dripping(answer: bytes, pause: float = 0.05) -> Iterator[str]:
    """Run what takes one connection and sends its answer a byte at a time, again and again, to no end."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(20)
    stopping = threading.Event()

    def drip() -> None:
        try:
            stream, _ = listening.accept()
        except TimeoutError:
            return
        with stream:
            while not stopping.wait(pause):
                try:
                    stream.sendall(answer)
                except OSError:
                    return

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        yield f"127.0.0.1:{listening.getsockname()[1]}"
    finally:
        stopping.set()
        thread.join()
        listening.close()

"""Mail: what it says, whom it reaches, and what nobody can make it do."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.mail import Mail, Tls
from ostiary.server.alerting.message import as_text, subject_line
from tests.server.alerting.receivers import dripping, taking_mail
from tests.server.alerting.telling import alert, message

SHORT = timedelta(seconds=5)
SHORTER = timedelta(milliseconds=300)
TO = ("ops@example.com", "boss@example.com")


def mail_by(port: int, **more: object) -> Mail:
    given: dict[str, object] = {"tls": Tls.NONE, "sender": "ostiary@example.com", "recipients": TO, "timeout": SHORT}
    return Mail("127.0.0.1", port, **{**given, **more})  # type: ignore[arg-type] # as above


def test_a_mail_says_what_happened_and_what_to_do() -> None:
    sent = message(attempt=2)
    with taking_mail() as server:
        mail_by(server.port).send(sent)
        mail_by(server.port).send(sent)
    mail, again = server.mails
    assert mail["Subject"] == "[HIGH] The root user signed in to the console (account 111122223333)"
    assert (mail["From"], mail["To"]) == ("ostiary@example.com", "ops@example.com, boss@example.com")
    assert mail["Message-ID"] == again["Message-ID"] == f"<{sent.alert.alert_id}@example.com>"
    assert mail["X-Ostiary-Attempt"] == "2"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.strip() == as_text(sent).strip()
    for said in ("From:     192.0.2.7", "What to do:\nIf nobody was meant to use the root user", "This is attempt 2"):
        assert said in text
    assert {line for line in server.said if line.startswith("rcpt")} == {f"rcpt TO:<{each}>" for each in TO}


def test_a_user_and_a_password_are_shown_when_there_are() -> None:
    with taking_mail() as server:
        mail_by(server.port, user="u", password="p").send(message())
        mail_by(server.port).send(message())
    assert sum(line.startswith("AUTH PLAIN") for line in server.said) == 1


def test_a_server_without_starttls_is_sent_nothing() -> None:
    with taking_mail() as server, pytest.raises(NotDelivered, match="the mail server cannot be used"):
        mail_by(server.port, tls=Tls.STARTTLS, user="u", password="p").send(message())
    assert server.mails == []
    assert not any(line.startswith("AUTH") for line in server.said)


@pytest.mark.parametrize(
    ("refuses", "reason"),
    [
        ("MAIL", "the mail server answers 550"),
        ("RCPT", "the mail server takes nothing for the recipients"),
        ("DATA", "the mail server answers 550"),
        ("AUTH", "the mail server answers 550"),
    ],
)
def test_what_is_refused_is_not_delivered(refuses: str, reason: str) -> None:
    with taking_mail() as server:
        server.refuses = refuses
        with pytest.raises(NotDelivered, match=reason):
            mail_by(server.port, user="u", password="p").send(message())
    assert server.mails == []


def test_it_is_delivered_whatever_becomes_of_the_farewell() -> None:
    with taking_mail() as server:
        server.refuses = "QUIT"
        mail_by(server.port).send(message())
    assert len(server.mails) == 1


@pytest.mark.parametrize("answer", [b"2", b"220-more\r\n"])
@pytest.mark.parametrize("tls", Tls)
def test_a_server_that_never_ends_is_cut_off(answer: bytes, tls: Tls) -> None:
    with dripping(answer) as address, pytest.raises(NotDelivered):
        mail_by(int(address.rpartition(":")[2]), tls=tls, timeout=SHORTER).send(message())


def test_nobody_adds_a_header_or_a_line() -> None:
    forged = "x\r\nBcc: victim@example.com\r\n\r\nforged\u2028body\x1b[2J"
    made = alert(
        forged,
        subject=forged,
        content={"actor": forged, "event": {"userAgent": forged, "sourceIPAddress": forged, "eventName": forged}},
    )
    with taking_mail() as server:
        mail_by(server.port).send(message(forged, subject=forged, content=made.content))
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert set(mail.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "X-Ostiary-Alert",
        "X-Ostiary-Attempt",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert not any(line.startswith(("forged", "Bcc")) for line in mail.get_content().splitlines())
    assert not any(line.startswith("rcpt") and "victim" in line for line in server.said)


@given(st.text())
def test_a_subject_is_one_line_that_can_be_sent(title: str) -> None:
    line = subject_line(message(title))
    assert line.isprintable()
    lines = as_text(message(title)).splitlines()
    assert len(lines) == len(as_text(message("x")).splitlines())

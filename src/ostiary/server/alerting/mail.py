"""Telling by e-mail: plain text, handed to a server by SMTP.

Source: https://www.rfc-editor.org/rfc/rfc5321
"""

import logging
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Enum

from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.message import Message, as_text, subject_line
from ostiary.server.bounded_connection import cut_off_at, end_in, open_connection

_log = logging.getLogger(__name__)


class Tls(Enum):
    """How the connection is encrypted."""

    STARTTLS = "starttls"
    """From the client's first command on; a server that cannot is sent nothing."""
    IMPLICIT = "implicit"
    """From the first byte on."""
    NONE = "none"


class _Connected(smtplib.SMTP):
    """Speaks SMTP over a connection that is there already."""

    def __init__(self, stream: socket.socket, host: str, port: int) -> None:
        self._stream = stream
        # Asked for its whole name, the resolver may take its time.
        super().__init__(host, port, local_hostname=socket.gethostname())

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - smtplib's signature
        return self._stream


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, and who gets mail by it."""

    host: str
    port: int
    tls: Tls
    sender: str
    recipients: tuple[str, ...]
    timeout: timedelta
    user: str | None = None
    password: str = field(default="", repr=False)

    def send(self, message: Message) -> None:
        """Hand a message to the mail server.

        Raises:
            NotDelivered: the server cannot be reached, does not prove itself, takes too long, or takes the message for
                nobody.
        """
        try:
            self._hand_over(self._compose(message))
        except ssl.SSLCertVerificationError as error:
            raise NotDelivered(f"the mail server does not prove itself: {error.verify_message}") from error
        except smtplib.SMTPRecipientsRefused as error:
            raise NotDelivered("the mail server takes nothing for the recipients") from error
        except smtplib.SMTPResponseException as error:
            # Its words are left out: they may repeat what was sent to it.
            raise NotDelivered(f"the mail server answers {error.smtp_code}") from error
        except TimeoutError as error:
            raise NotDelivered("the mail server takes too long") from error
        except (OSError, ValueError) as error:
            raise NotDelivered(f"the mail server cannot be used: {type(error).__name__}: {error}"[:300]) from error

    def _hand_over(self, mail: EmailMessage) -> None:
        end = end_in(self.timeout.total_seconds())
        context = ssl.create_default_context()
        raw = open_connection(self.host, self.port, end)
        implicit = self.tls is Tls.IMPLICIT
        with (
            raw,
            cut_off_at(end, raw),
            context.wrap_socket(raw, server_hostname=self.host) if implicit else raw as stream,
        ):
            smtp = _Connected(stream, self.host, self.port)
            try:
                if self.tls is Tls.STARTTLS:
                    smtp.starttls(context=context)
                if self.user is not None:
                    smtp.login(self.user, self.password)
                refused = smtp.send_message(mail, self.sender, self.recipients)
                with suppress(OSError):
                    # It has the message by now, whatever becomes of the farewell.
                    smtp.quit()
            finally:
                smtp.close()
        if refused:
            # To send it again would reach the others twice.
            _log.warning("of %d recipients of alerts the mail server refuses %d", len(self.recipients), len(refused))

    def _compose(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.recipients)
        mail["Subject"] = subject_line(message)
        mail["Date"] = format_datetime(message.sent_at)
        # The same for each attempt, by which mail programs know one that they have.
        mail["Message-ID"] = f"<{message.alert.alert_id}@{self.sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Ostiary-Alert"] = message.alert.kind
        mail["X-Ostiary-Attempt"] = str(message.attempt)
        mail.set_content(as_text(message), cte="quoted-printable")
        return mail

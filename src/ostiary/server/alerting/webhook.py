"""Telling by HTTP: a signed POST to a receiver.

Sources: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md (structured),
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md (the signature)
"""

import base64
import hashlib
import hmac
import http.client
import json
import ssl
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import SplitResult

from ostiary.server.alerting.errors import NotDelivered
from ostiary.server.alerting.message import Message, as_cloud_event
from ostiary.server.bounded_connection import cut_off_at, end_in, open_connection, seconds_until
from ostiary.values.version import VERSION

_LONGEST_RETRY_AFTER = timedelta(hours=24)


def sign(secret: bytes, message_id: str, sent_at: datetime, body: bytes) -> str:
    """Return the `webhook-signature` of a body: over its ID, the time of sending and itself."""
    signed = b".".join((message_id.encode(), str(int(sent_at.timestamp())).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()}"


@dataclass(frozen=True, slots=True)
class Webhook:
    """A receiver of POST requests."""

    url: SplitResult
    """`https`, or `http` where that is allowed."""
    secret: bytes = field(repr=False)
    timeout: timedelta

    def send(self, message: Message) -> None:
        """Post a message.

        Raises:
            NotDelivered: the receiver cannot be reached, does not prove itself, takes too long, or answers anything but
                success; to a redirect nothing is sent.
        """
        body = json.dumps(as_cloud_event(message)).encode()
        try:
            status, retry_after = self._post(message, body)
        except ssl.SSLCertVerificationError as error:
            raise NotDelivered(f"the receiver does not prove itself: {error.verify_message}") from error
        except TimeoutError as error:
            raise NotDelivered("the receiver takes too long") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotDelivered(f"the receiver cannot be asked: {type(error).__name__}: {error}"[:300]) from error
        if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            # Only this says that nobody will listen here again. Whatever else is wrong, somebody may mend it.
            is_final = status == HTTPStatus.GONE
            asked = _read_retry_after(retry_after, message.sent_at)
            raise NotDelivered(f"the receiver answers {status}", retry_after=asked, is_final=is_final)

    def _post(self, message: Message, body: bytes) -> tuple[int, str | None]:
        """Return the answer's status and its Retry-After; its body, which says nothing to us, is not read."""
        end = end_in(self.timeout.total_seconds())
        context = ssl.create_default_context() if self.url.scheme == "https" else None
        host = self.url.hostname or ""
        raw = open_connection(host, self.url.port or (443 if context else 80), end)
        with raw, cut_off_at(end, raw), context.wrap_socket(raw, server_hostname=host) if context else raw as stream:
            connection = http.client.HTTPConnection(self.url.netloc)
            connection.sock = stream
            target = (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")
            headers = {
                "Content-Type": "application/cloudevents+json; charset=utf-8",
                "User-Agent": f"Ostiary/{VERSION}",
                "webhook-id": message.alert.alert_id,
                "webhook-timestamp": str(int(message.sent_at.timestamp())),
                "webhook-signature": sign(self.secret, message.alert.alert_id, message.sent_at, body),
                "Connection": "close",
            }
            connection.request("POST", target, body=body, headers=headers)
            with connection.getresponse() as answer:
                # Headers that were cut off look like headers that ended.
                seconds_until(end)
                return answer.status, answer.getheader("Retry-After")


def _read_retry_after(text: str | None, now: datetime) -> timedelta | None:
    """Return how long a receiver asks to be left alone, a day at most; None when it does not, or not in so many words.

    Source: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    if text is None:
        return None
    try:
        asked = timedelta(seconds=int(text)) if text.isdecimal() else parsedate_to_datetime(text) - now
    except (ValueError, TypeError, OverflowError):
        # What it says is no time, or one without a zone.
        return None
    return min(max(asked, timedelta()), _LONGEST_RETRY_AFTER)

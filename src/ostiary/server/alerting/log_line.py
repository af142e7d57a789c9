"""Telling by the server's log: an object in a line of its own, on standard error."""

import json
import sys

from ostiary.server.alerting.message import Message, as_cloud_event


def log_message(message: Message) -> None:
    """Write a message as one line of JSON, in ASCII, whatever form the rest of the log has."""
    said = {
        "time": message.sent_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": "WARNING",
        "logger": "ostiary.alerts",
        "alert": as_cloud_event(message),
    }
    # JSON lets DEL stand, which is a terminal's business too.
    sys.stderr.write(json.dumps(said).replace("\x7f", "\\u007f") + "\n")
    sys.stderr.flush()

"""The log, on standard error: a line for each thing there is to say, in text or in JSON."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from ostiary.server.telemetry.answered import ACCESS_LOGGER, Answered
from ostiary.server.telemetry.one_line import as_value, one_line
from ostiary.values.settings import Settings


def configure_logging(settings: Settings) -> None:
    """Send whatever is logged in this process, the libraries' and Python's own warnings too, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else TextLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    logging.getLogger(ACCESS_LOGGER).setLevel(logging.INFO if settings.access_log else logging.WARNING)


class TextLines(logging.Formatter):
    """`TIME LEVEL LOGGER` and a message, or `name=value` for a request. A traceback's lines begin with two spaces.

    INVARIANT: a line that begins with a time is one of ours, whatever anybody sent;
    tests/server/telemetry/test_logs.py holds it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line or lines of a record."""
        head = f"{_moment(record)} {record.levelname} {one_line(record.name)}"
        if isinstance(record.msg, Answered):
            pairs = (f"{name}={as_value(value)}" for name, value in record.msg.fields().items())
            return f"{head} {' '.join(pairs)}"
        lines = [f"{head} {one_line(record.getMessage())}"]
        lines += [f"  {one_line(line)}" for line in _traceback(record).split("\n") if line]
        return "\n".join(lines)


class JsonLines(logging.Formatter):
    """An object a line, in ASCII: `time`, `level`, `logger`, and `message` (with `traceback`) or a request's fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        said: dict[str, Any] = {"time": _moment(record), "level": record.levelname, "logger": record.name}
        if isinstance(record.msg, Answered):
            said |= record.msg.fields()
        else:
            said["message"] = record.getMessage()
            if traceback := _traceback(record):
                said["traceback"] = traceback
        # JSON lets DEL stand, which is a terminal's business too.
        return json.dumps(said).replace("\x7f", "\\u007f")


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _traceback(record: logging.LogRecord) -> str:
    return logging.Formatter().formatException(record.exc_info) if record.exc_info else ""

"""What an operator can set of a running server, beyond where it keeps its data and listens."""

import json
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is an option of `ostiary serve`."""

    credential_report_reuse: timedelta = timedelta(hours=4)
    """How long GenerateCredentialReport gives the report there is, before it makes a new one."""
    oidc_keys: Path | None = None
    """A directory of key sets for closed networks: the signing keys of OIDC providers, fetched by somebody else."""
    public_url: str = "http://localhost:4747"
    """Where others reach the server: people its console, and the issuer in the tokens that it vends begins with it.
    A name rather than an address, since passkeys belong to names."""
    console_files: Path | None = None
    """The console's built files, in place of those that are part of this package."""
    metrics_token_file: Path | None = None
    """A file with the token that metrics are shown for; without one they are neither counted nor shown."""
    log_format: str = "text"
    """`text` or `json`."""
    access_log: bool = False
    """Whether there is a line in the log for each request."""
    alerts: Path | None = None
    """The file that says where alerts go; without one they are kept and sent nowhere."""

    @property
    def origin(self) -> str:
        """The origin of the console's pages, as browsers write it."""
        scheme, address, *_ = urlsplit(self.public_url)
        return f"{scheme}://{address.lower().removesuffix(_DEFAULT_PORTS[scheme])}"

    @property
    def relying_party(self) -> str:
        """The host name that passkeys are made for."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_reached_by_name(self) -> bool:
        """Tell whether people reach the console by a name: browsers make no passkeys for an address."""
        try:
            ip_address(self.relying_party)
        except ValueError:
            return True
        return False

    def to_json(self) -> str:
        """Return the settings as text that `parse_settings` reads, for the processes that a server starts."""
        return json.dumps(
            {
                "credential_report_reuse": self.credential_report_reuse.total_seconds(),
                "oidc_keys": None if self.oidc_keys is None else str(self.oidc_keys),
                "public_url": self.public_url,
                "console_files": None if self.console_files is None else str(self.console_files),
                "metrics_token_file": None if self.metrics_token_file is None else str(self.metrics_token_file),
                "log_format": self.log_format,
                "access_log": self.access_log,
                "alerts": None if self.alerts is None else str(self.alerts),
            }
        )


def parse_settings(text: str) -> Settings:
    """Return the settings that `to_json` wrote."""
    written = json.loads(text)
    return Settings(
        credential_report_reuse=timedelta(seconds=written["credential_report_reuse"]),
        oidc_keys=None if written["oidc_keys"] is None else Path(written["oidc_keys"]),
        public_url=written["public_url"],
        console_files=None if written["console_files"] is None else Path(written["console_files"]),
        metrics_token_file=None if written["metrics_token_file"] is None else Path(written["metrics_token_file"]),
        log_format=written["log_format"],
        access_log=written["access_log"],
        alerts=None if written["alerts"] is None else Path(written["alerts"]),
    )


DEFAULT_SETTINGS = Settings()

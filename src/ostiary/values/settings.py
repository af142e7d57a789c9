"""What an operator can set of a running server, beyond where it keeps its data and listens."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; each is an option of `ostiary serve`."""

    credential_report_reuse: timedelta = timedelta(hours=4)
    """How long GenerateCredentialReport gives the report there is, before it makes a new one."""
    oidc_keys: Path | None = None
    """A directory of key sets for closed networks: the signing keys of OIDC providers, fetched by somebody else."""
    public_url: str = "http://127.0.0.1:4747"
    """Where others reach the server; the issuer in the tokens that it vends begins with it."""

    def to_json(self) -> str:
        """Return the settings as text that `parse_settings` reads, for the processes that a server starts."""
        return json.dumps(
            {
                "credential_report_reuse": self.credential_report_reuse.total_seconds(),
                "oidc_keys": None if self.oidc_keys is None else str(self.oidc_keys),
                "public_url": self.public_url,
            }
        )


def parse_settings(text: str) -> Settings:
    """Return the settings that `to_json` wrote."""
    written = json.loads(text)
    return Settings(
        credential_report_reuse=timedelta(seconds=written["credential_report_reuse"]),
        oidc_keys=None if written["oidc_keys"] is None else Path(written["oidc_keys"]),
        public_url=written["public_url"],
    )


DEFAULT_SETTINGS = Settings()

"""What secrets are sealed with, made once from the master key."""

from dataclasses import dataclass

from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec


@dataclass(frozen=True, slots=True)
class Vault:
    """Seals secrets for the database, and sessions for their bearers."""

    sealer: Sealer
    tokens: SessionTokenCodec


def open_vault(master_key: MasterKey) -> Vault:
    """Return a vault under a master key."""
    sealer = Sealer(master_key)
    return Vault(sealer, SessionTokenCodec(sealer))

"""The state of the accounts, as one transaction sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from ostiary.credentials import Sealer, SessionTokenCodec
from ostiary.directory.errors import Quota
from ostiary.directory.quotas import AWS_DEFAULTS


@dataclass(frozen=True, slots=True)
class Directory:
    """One transaction on the state, with what is needed to keep its secrets and rules.

    The functions of this package take one as their first argument; services hand it on and look into it no further.
    """

    connection: Connection
    sealer: Sealer
    tokens: SessionTokenCodec
    quotas: Mapping[Quota, int] = field(default_factory=lambda: AWS_DEFAULTS)

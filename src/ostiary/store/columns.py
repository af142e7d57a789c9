"""Column types that say what a value means."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole seconds since 1970: AWS's timestamps have no fractions."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return whole seconds; a datetime without a time zone is a mistake and raises."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("times are aware UTC datetimes")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the moment in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)

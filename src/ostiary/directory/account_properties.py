"""Settings of account-wide features, by `Namespace/PropertyName`."""

from collections.abc import Mapping

from sqlalchemy import delete, insert, select

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_properties = schema.account_properties


def get_properties(directory: Directory, account: AccountId) -> dict[str, str]:
    """Return the account's properties, in order of their names."""
    query = select(_properties).where(_properties.c.account_id == account).order_by(_properties.c.name)
    return {row.name: row.value for row in directory.connection.execute(query)}


def put_properties(directory: Directory, account: AccountId, properties: Mapping[str, str]) -> None:
    """Set properties; one that is there already is replaced, and all others stay.

    Args:
        directory: the transaction to write in.
        account: whose properties they are.
        properties: values by name, at least one.
    """
    directory.connection.execute(
        delete(_properties).where(_properties.c.account_id == account, _properties.c.name.in_(properties))
    )
    directory.connection.execute(
        insert(_properties),
        [{"account_id": account, "name": name, "value": value} for name, value in properties.items()],
    )

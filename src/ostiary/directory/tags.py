"""Tags on users, roles and policies.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.directory.pages import Page, PageRequest, fetch_page
from ostiary.directory.quotas import require_room
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_tags = schema.tags


def get_tags(directory: Directory, account: AccountId, entity_id: str) -> dict[str, str]:
    """Return all tags of an entity, by key."""
    rows = directory.connection.execute(
        select(_tags.c.key, _tags.c.value)
        .where(_tags.c.account_id == account, _tags.c.entity_id == entity_id)
        .order_by(_tags.c.key_fold)
    )
    return {row.key: row.value for row in rows}


def list_tags(directory: Directory, account: AccountId, entity_id: str, page: PageRequest) -> Page[tuple[str, str]]:
    """Return an entity's tags as (key, value), ordered by key without regard to case."""
    query = select(_tags).where(_tags.c.account_id == account, _tags.c.entity_id == entity_id)
    return fetch_page(directory, query, page, sort_key=_tags.c.key_fold, build=lambda row: (row.key, row.value))


def set_tags(directory: Directory, account: AccountId, entity_id: str, tags: Mapping[str, str], quota: Quota) -> None:
    """Add tags; one whose key is there already, without regard to case, is replaced.

    Raises:
        LimitExceeded: the entity would have more tags than it may.
    """
    if not tags:
        return
    present = {key.lower() for key in get_tags(directory, account, entity_id)}
    require_room(directory.quotas, quota, len(present | {key.lower() for key in tags}))
    remove_tags(directory, account, entity_id, tags)
    directory.connection.execute(
        insert(_tags),
        [
            {"account_id": account, "entity_id": entity_id, "key_fold": key.lower(), "key": key, "value": value}
            for key, value in tags.items()
        ],
    )


def remove_tags(directory: Directory, account: AccountId, entity_id: str, keys: Iterable[str]) -> None:
    """Remove tags by key, without regard to case; a key that is not there is no error."""
    directory.connection.execute(
        delete(_tags).where(
            _tags.c.account_id == account,
            _tags.c.entity_id == entity_id,
            _tags.c.key_fold.in_([key.lower() for key in keys]),
        )
    )

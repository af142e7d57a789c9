"""Tags on all that bears them.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from sqlalchemy import bindparam, delete, insert, select

from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.directory.quotas import require_room
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_tags = schema.tags

# On most calls' way, so built once.
_ALL_OF = (
    select(_tags.c.key, _tags.c.value)
    .where(_tags.c.account_id == bindparam("account"), _tags.c.entity_id == bindparam("entity"))
    .order_by(_tags.c.key_fold)
)


class Tagged(Enum):
    """What bears tags; the values are their quotas."""

    USER = Quota.TAGS_PER_USER
    ROLE = Quota.TAGS_PER_ROLE
    POLICY = Quota.TAGS_PER_POLICY
    INSTANCE_PROFILE = Quota.TAGS_PER_INSTANCE_PROFILE
    MFA_DEVICE = Quota.TAGS_PER_MFA_DEVICE
    OIDC_PROVIDER = Quota.TAGS_PER_OIDC_PROVIDER
    SAML_PROVIDER = Quota.TAGS_PER_SAML_PROVIDER
    SERVER_CERTIFICATE = Quota.TAGS_PER_SERVER_CERTIFICATE

    @property
    def looks_past_case(self) -> bool:
        """Tell whether tag keys that differ only by case are one."""
        return self in {Tagged.USER, Tagged.ROLE}

    def fold(self, key: str) -> str:
        """Return what makes a tag key unique: users and roles look past its case, nothing else does."""
        return key.lower() if self.looks_past_case else key


def get_tags(directory: Directory, account: AccountId, entity_id: str) -> dict[str, str]:
    """Return all tags of an entity, in order of their keys."""
    return directory.once(account, ("tags", entity_id), lambda: _fetch_tags(directory, account, entity_id))


def set_tags(directory: Directory, account: AccountId, entity_id: str, tags: Mapping[str, str], of: Tagged) -> None:
    """Add tags; one whose key is there already is replaced.

    Args:
        directory: the transaction to write in.
        account: the account of what is tagged.
        entity_id: its unique ID.
        tags: values by key; the keys must differ as `of` tells them apart.
        of: what is tagged.

    Raises:
        LimitExceeded: the entity would have more tags than it may.
    """
    if not tags:
        return
    present = {of.fold(key) for key in get_tags(directory, account, entity_id)}
    require_room(directory, account, of.value, len(present | {of.fold(key) for key in tags}))
    remove_tags(directory, account, entity_id, tags, of)
    directory.connection.execute(
        insert(_tags),
        [
            {"account_id": account, "entity_id": entity_id, "key_fold": of.fold(key), "key": key, "value": value}
            for key, value in tags.items()
        ],
    )


def remove_tags(directory: Directory, account: AccountId, entity_id: str, keys: Iterable[str], of: Tagged) -> None:
    """Remove tags by key; a key that is not there is no error."""
    directory.connection.execute(
        delete(_tags).where(
            _tags.c.account_id == account,
            _tags.c.entity_id == entity_id,
            _tags.c.key_fold.in_([of.fold(key) for key in keys]),
        )
    )


def _fetch_tags(directory: Directory, account: AccountId, entity_id: str) -> dict[str, str]:
    rows = directory.connection.execute(_ALL_OF, {"account": account, "entity": entity_id})
    return {row.key: row.value for row in rows}

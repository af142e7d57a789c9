"""The users and roles of an account."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from ostiary.directory.directory import Directory
from ostiary.directory.pages import Page, PageRequest
from ostiary.directory.roles import Role, find_role, list_roles
from ostiary.directory.users import User, find_user, list_users
from ostiary.values.identifiers import AccountId

T = TypeVar("T")

_PORTION = PageRequest(size=1_000)
_NAMED = re.compile(r"(?:arn:[^:]*:iam::(?P<account>[0-9]{12}):)?(?P<kind>user|role)/(?:.*/)?(?P<name>[^/]+)")


def find_principal(directory: Directory, account: AccountId, text: str) -> User | Role | None:
    """Return the user or role that is meant by an ARN, `user/NAME` or `role/NAME`; None when there is none."""
    named = _NAMED.fullmatch(text)
    if named is None or named["account"] not in {None, account}:
        return None
    if named["kind"] == "user":
        return find_user(directory, account, named["name"])
    return find_role(directory, account, named["name"])


def list_principals(directory: Directory, account: AccountId) -> Iterator[User | Role]:
    """Yield all users, then all roles but those that are linked to a service, which alone may change them; by name."""
    yield from _all_pages(lambda page: list_users(directory, account, page))
    yield from (role for role in _all_pages(lambda page: list_roles(directory, account, page)) if role.service is None)


def _all_pages(fetch: Callable[[PageRequest], Page[T]]) -> Iterator[T]:
    page = fetch(_PORTION)
    yield from page.items
    while page.next_after is not None:
        page = fetch(PageRequest(_PORTION.size, page.next_after))
        yield from page.items

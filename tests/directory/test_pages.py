"""Lists in pages: each item once and in order, whatever the page size, also while items come and go."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ostiary.directory import groups, keys, roles, users
from ostiary.directory.directory import Directory
from ostiary.directory.errors import Quota
from ostiary.directory.pages import Page, PageRequest
from ostiary.directory.quotas import set_quota
from tests.directory.facts import ACCOUNT, NOW, OTHER_ACCOUNT

names = st.lists(st.text("abcABC+-_09", min_size=1, max_size=4), max_size=12, unique_by=str.lower)
sizes = st.integers(1, 5)
# The fixture's transaction serves all examples; each undoes what it did.
repeated = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def walk(fetch: Callable[[PageRequest], Page[Any]], size: int) -> Iterator[Any]:
    page = fetch(PageRequest(size))
    yield from page.items
    while page.next_after is not None:
        assert len(page.items) == size
        page = fetch(PageRequest(size, page.next_after))
        yield from page.items


@repeated
@given(names=names, size=sizes)
def test_each_item_comes_once_and_in_order(directory: Directory, names: list[str], size: int) -> None:
    with directory.connection.begin_nested() as undone:
        for name in names:
            users.create_user(directory, ACCOUNT, name, now=NOW)
            users.create_user(directory, OTHER_ACCOUNT, name, now=NOW)
        listed = list(walk(lambda page: users.list_users(directory, ACCOUNT, page), size))
        assert [user.name for user in listed] == sorted(names, key=str.lower)
        assert {user.account for user in listed} <= {ACCOUNT}
        undone.rollback()


@repeated
@given(names=names, gone=st.sets(st.integers(0, 11)), new=names, size=sizes)
def test_what_stays_comes_once_while_others_come_and_go(
    directory: Directory, names: list[str], gone: set[int], new: list[str], size: int
) -> None:
    with directory.connection.begin_nested() as undone:
        made = [users.create_user(directory, ACCOUNT, name, now=NOW) for name in names]
        leaving = [user for index, user in enumerate(made) if index in gone]
        coming = [name for name in new if name.lower() not in {each.lower() for each in names}]
        seen: list[str] = []
        for user in walk(lambda page: users.list_users(directory, ACCOUNT, page), size):
            seen.append(user.name)
            if leaving:
                users.delete_user(directory, leaving.pop())
            if coming:
                users.create_user(directory, ACCOUNT, coming.pop(), now=NOW)
        staying = {user.name for index, user in enumerate(made) if index not in gone}
        assert seen == sorted(seen, key=str.lower)
        assert len(set(seen)) == len(seen)
        assert staying <= set(seen)
        undone.rollback()


def fill_users(directory: Directory, count: int) -> Callable[[PageRequest], Page[Any]]:
    for number in range(count):
        users.create_user(directory, ACCOUNT, f"u{number}", now=NOW)
    return lambda page: users.list_users(directory, ACCOUNT, page)


def fill_groups(directory: Directory, count: int) -> Callable[[PageRequest], Page[Any]]:
    for number in range(count):
        groups.create_group(directory, ACCOUNT, f"g{number}", now=NOW)
    return lambda page: groups.list_groups(directory, ACCOUNT, page)


def fill_roles(directory: Directory, count: int) -> Callable[[PageRequest], Page[Any]]:
    for number in range(count):
        roles.create_role(directory, ACCOUNT, f"r{number}", trust_policy="{}", now=NOW)
    return lambda page: roles.list_roles(directory, ACCOUNT, page)


def fill_members(directory: Directory, count: int) -> Callable[[PageRequest], Page[Any]]:
    group = groups.create_group(directory, ACCOUNT, "g", now=NOW)
    for number in range(count):
        groups.add_member(directory, group, users.create_user(directory, ACCOUNT, f"u{number}", now=NOW))
    return lambda page: groups.list_members(directory, group, page)


def fill_groups_of(directory: Directory, count: int) -> Callable[[PageRequest], Page[Any]]:
    user = users.create_user(directory, ACCOUNT, "u", now=NOW)
    for number in range(count):
        groups.add_member(directory, groups.create_group(directory, ACCOUNT, f"g{number}", now=NOW), user)
    return lambda page: groups.list_groups_of(directory, user, page)


def fill_keys(directory: Directory, count: int) -> Callable[[PageRequest], Page[Any]]:
    set_quota(directory, ACCOUNT, Quota.ACCESS_KEYS_PER_USER, count)
    for _ in range(count):
        keys.create_access_key(directory, ACCOUNT, None, now=NOW)
    return lambda page: keys.list_access_keys(directory, ACCOUNT, None, page)


@pytest.mark.parametrize("fill", [fill_users, fill_groups, fill_roles, fill_members, fill_groups_of, fill_keys])
@pytest.mark.parametrize(("count", "size"), [(0, 1), (1, 1), (4, 2), (5, 2), (5, 5), (5, 100)])
def test_every_list_is_complete(
    directory: Directory,
    fill: Callable[[Directory, int], Callable[[PageRequest], Page[Any]]],
    count: int,
    size: int,
) -> None:
    listed = list(walk(fill(directory, count), size))
    assert len(set(listed)) == len(listed) == count


def test_many_users_under_a_path_are_listed_as_few_are(directory: Directory) -> None:
    set_quota(directory, ACCOUNT, Quota.USERS, 2_000)
    for number in range(600):
        users.create_user(directory, ACCOUNT, f"u{number:03}", path="/many/", now=NOW)
        if number % 100 == 0:
            users.create_user(directory, ACCOUNT, f"v{number:03}", path="/many\x7f/", now=NOW)
    many = [f"u{number:03}" for number in range(600)]
    few = [f"v{number:03}" for number in range(0, 600, 100)]
    for prefix, expected in {"/many": many + few, "/many/": many, "/many\x7f": few}.items():
        found = walk(lambda page, prefix=prefix: users.list_users(directory, ACCOUNT, page, prefix), 250)
        assert [user.name for user in found] == expected


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("/", {"a", "b", "c", "d", "e"}),
        ("/x", {"b", "c", "d"}),
        ("/x/", {"b", "c"}),
        ("/x/y/", {"c"}),
        ("/X/", {"e"}),
        ("/_/", set()),
        ("/%", set()),
        ("/none/", set()),
    ],
)
def test_paths_are_taken_by_the_letter(directory: Directory, prefix: str, expected: set[str]) -> None:
    for name, path in {"a": "/", "b": "/x/", "c": "/x/y/", "d": "/x%y/", "e": "/X/"}.items():
        users.create_user(directory, ACCOUNT, name, path=path, now=NOW)
        groups.create_group(directory, ACCOUNT, name, path=path, now=NOW)
        roles.create_role(directory, ACCOUNT, name, path=path, trust_policy="{}", now=NOW)
    for listing in (users.list_users, groups.list_groups, roles.list_roles):
        assert {each.name for each in listing(directory, ACCOUNT, PageRequest(), prefix).items} == expected

"""The migrations and the declared schema say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from ostiary.store import SchemaMismatch, Store, open_store
from ostiary.store.migrations import HEAD
from ostiary.store.migrations.run import configuration, downgrade, upgrade
from ostiary.store.schema import metadata


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/store.db")
    yield opened
    opened.close()


def test_migrations_make_the_declared_schema(store: Store) -> None:
    store.create_schema()
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_head_is_the_newest_migration(store: Store) -> None:
    with store.read() as connection:
        assert ScriptDirectory.from_config(configuration(connection)).get_current_head() == HEAD


def test_can_go_down_to_nothing_and_up_again(store: Store) -> None:
    store.create_schema()
    with store.write() as connection:
        downgrade(connection, "base")
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    with store.write() as connection:
        upgrade(connection)
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.require_schema()


def test_an_empty_database_is_not_taken_for_one_of_ours(store: Store) -> None:
    assert store.schema_revision() is None
    with pytest.raises(SchemaMismatch, match="is at schema None"):
        store.require_schema()


def test_making_the_schema_again_changes_nothing(store: Store) -> None:
    store.create_schema()
    store.create_schema()
    store.require_schema()
    assert store.schema_revision() == HEAD

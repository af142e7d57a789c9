"""The migrations and the declared schema say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from ostiary.store import SchemaMismatch, Store, open_store, schema
from ostiary.store.migrations import HEAD, OLDER
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
        scripts = ScriptDirectory.from_config(configuration(connection))
        assert scripts.get_current_head() == HEAD
        assert {script.revision for script in scripts.walk_revisions()} == {HEAD, *OLDER}


@pytest.mark.parametrize("revision", sorted(OLDER))
def test_an_older_database_is_brought_up_to_date_with_what_it_holds(store: Store, revision: str) -> None:
    with store.write() as connection:
        command.upgrade(configuration(connection), "0001")
        connection.execute(
            text(
                "INSERT INTO accounts (account_id, root_email, root_password_hash, created_at, revision, "
                "access_revision) VALUES ('111122223333', 'root@example.com', '-', 0, 1, 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO users (account_id, user_id, name, name_key, path, created_at) "
                "VALUES ('111122223333', 'AIDA', 'Alice', 'alice', '/', 0)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO roles (account_id, role_id, name, name_key, path, trust_policy, max_session_duration, "
                "created_at) VALUES ('111122223333', 'AROA', 'Deploy', 'deploy', '/', :trust, 3600, 0)"
            ),
            {"trust": '{"Statement": {"Principal": {"AWS": ["arn:aws:iam::111122223333:user\\/Alice", "*"]}}}'},
        )
        command.upgrade(configuration(connection), revision)
    store.upgrade_schema()
    with store.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.scalars(select(schema.users.c.name)).all() == ["Alice"]
        assert connection.execute(select(schema.trust_principals)).all() == [
            ("111122223333", "AROA", "arn:aws:iam::111122223333:user/Alice")
        ]


def test_a_newer_database_is_left_alone(store: Store) -> None:
    store.create_schema()
    with store.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatch, match="is at schema 9999"):
        store.upgrade_schema()


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

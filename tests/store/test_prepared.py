"""Statements that go straight to the driver say what is wrong as all others do."""

from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from ostiary.store import StoreUnavailable, open_store, schema
from ostiary.store.prepared import Prepared

JOB = {"account_id": "111122223333", "name": "count", "due_at": 5, "state": "{}"}
INSERTION = Prepared(insert(schema.jobs))
FOUND = Prepared(select(schema.jobs).where(schema.jobs.c.name == bindparam("name")))


def test_a_row_is_written_and_found_as_the_driver_has_it(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/store.db")
    with pytest.raises(StoreUnavailable, match="no such table"), store.read() as connection:
        FOUND.find_one(connection, {"name": "count"})
    store.create_schema()
    with store.write() as connection:
        INSERTION.run(connection, JOB)
    with store.read() as connection:
        assert FOUND.find_one(connection, {"name": "count"}) == JOB
        assert FOUND.find_one(connection, {"name": "other"}) is None
    with store.write() as connection:
        with pytest.raises(IntegrityError):
            INSERTION.run(connection, JOB)
        with pytest.raises(DBAPIError, match="NOT NULL"):
            INSERTION.run(connection, {**JOB, "state": None})
    store.close()

"""What the tests of `ostiary keys` share: users with keys of a known age, and the command run in this process."""

from datetime import datetime, timedelta
from typing import Any

from click.testing import CliRunner, Result
from sqlalchemy import update

from ostiary.cli.keys import keys
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import Credentials, RunningServer

DAY = timedelta(days=1)
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


def age(server: RunningServer, key: Credentials, days: int) -> datetime:
    """Make a key as if it had been made so many days ago, and return when that was."""
    made = (system_clock() - days * DAY).replace(microsecond=0)
    table = schema.access_keys
    with server.changing() as directory:
        which = table.c.access_key_id == key.access_key_id
        directory.connection.execute(update(table).where(which).values(created_at=made))
    return made


def make_user(iam: Any, name: str) -> Credentials:
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn=ADMINISTRATOR)
    return Credentials.of(iam.create_access_key(UserName=name)["AccessKey"])


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def run(*words: object, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(keys, [str(word) for word in words], catch_exceptions=False)

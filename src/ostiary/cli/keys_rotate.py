"""`ostiary keys rotate`: the caller's access key is replaced, step by step, so that nothing stops in between."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

import click

from ostiary.cli.client import NewKey, OwnKey, OwnKeys
from ostiary.cli.options import ENVIRONMENT
from ostiary.cli.sign_in.aws_profile import find_profile_key, write_profile_key
from ostiary.questions import QuestionsError
from ostiary.questions.printable import printable


class CannotRotate(click.ClickException):
    """The next step cannot be taken; one line says why and what would help."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so on standard error."""
        click.echo(f"ostiary: {printable(' '.join(self.message.splitlines()))}", file=file, err=True)


@click.command(context_settings=ENVIRONMENT)
@click.option("--profile", help="Use the key of this profile of the AWS credentials file, and write the new one there.")
@click.option("--key", metavar="ID", help="The old key, where that is not clear.")
@click.option("--finish", is_flag=True, help="Deactivate the old key; it can be made active again.")
@click.option("--delete", is_flag=True, help="Delete the old key, once it is inactive.")
def rotate(*, profile: str | None, key: str | None, finish: bool, delete: bool) -> None:
    """Replace your own access key, at the server that AWS_ENDPOINT_URL names or at AWS.

    Run it with the old key: it makes a new one, proves that it works, and prints it once, or writes it into --profile.
    Then use the new key everywhere, and run it with that: it says when the old one was last used. With --finish it
    deactivates the old key, and with --delete, some days later, it deletes it.
    """
    if finish and delete:
        raise CannotRotate("--finish and --delete are two steps: see that nothing needs the old key in between")
    try:
        own_keys = OwnKeys(profile)
        present, others = _sort_out(own_keys)
        if not others and key is None:
            if finish or delete:
                raise CannotRotate("there is no other key: run `ostiary keys rotate` first to make a new one")
            _begin(own_keys, profile)
            return
        old = _find_old(present, others, key)
        if delete:
            _delete(own_keys, old)
        elif finish:
            _finish(own_keys, old)
        else:
            _tell(own_keys, present, old)
    except QuestionsError as error:
        raise CannotRotate(str(error)) from error


def _sort_out(own_keys: OwnKeys) -> tuple[OwnKey, Sequence[OwnKey]]:
    """Return the key that the command is signed with, and the caller's others."""
    listed = own_keys.list_keys()
    present = next((each for each in listed if each.access_key_id == own_keys.access_key_id), None)
    if present is None:
        raise CannotRotate(f"the server does not list {own_keys.access_key_id} among the keys of its own user")
    return present, [each for each in listed if each is not present]


def _find_old(present: OwnKey, others: Sequence[OwnKey], named: str | None) -> OwnKey:
    """Return the key that is to go: an older one than that which the command is signed with."""
    if named == present.access_key_id:
        raise CannotRotate(f"this is signed with {named} itself: sign with the key that takes its place")
    found = [each for each in others if named in {None, each.access_key_id}]
    if len(found) != 1:
        there = ", ".join(each.access_key_id for each in others) or "none"
        raise CannotRotate(f"say with --key which key is the old one; there are, beside the one in use: {there}")
    (old,) = found
    if old.created_at > present.created_at:
        raise CannotRotate(
            f"{present.access_key_id}, which this is signed with, is older than {old.access_key_id}: sign with the "
            "newer one, or delete that if nothing uses it, and begin anew"
        )
    if old.created_at == present.created_at and named is None:
        raise CannotRotate(f"both keys were made at once: say with --key {old.access_key_id} that this is the old one")
    return old


def _begin(own_keys: OwnKeys, profile: str | None) -> None:
    old_id = own_keys.access_key_id
    if profile is not None and find_profile_key(profile) != old_id:
        raise CannotRotate(f"the profile {profile} of the AWS credentials file does not have the key {old_id}")
    new = own_keys.create_key()
    try:
        own_keys.verify_key(new)
        if profile is not None:
            write_profile_key(profile, new.access_key_id, new.secret)
    except Exception as error:
        _take_back(own_keys, new, error)
        raise
    _show(new, old_id, profile)


def _take_back(own_keys: OwnKeys, new: NewKey, error: Exception) -> None:
    """Delete a new key, whose secret nobody will ever have.

    Raises:
        CannotRotate: that is refused.
    """
    try:
        own_keys.delete_key(new.access_key_id)
    except QuestionsError as refusal:
        message = f"{error}; and the new key {new.access_key_id}, which nobody has, is still there: {refusal}"
        raise CannotRotate(message) from error


def _show(new: NewKey, old_id: str, profile: str | None) -> None:
    again = "ostiary keys rotate" + (f" --profile {profile}" if profile is not None else "")
    if profile is not None:
        click.echo(f"The new key {new.access_key_id} works, and stands in the profile {profile}.")
    else:
        click.echo("The new key works. This is shown once:\n")
        click.echo(f"  aws_access_key_id = {new.access_key_id}")
        click.echo(f"  aws_secret_access_key = {new.secret}\n")
    click.echo(f"The old key {old_id} works too. When the new one is in use everywhere, run, with the new one:\n")
    click.echo(f"  {again} --finish")


def _tell(own_keys: OwnKeys, present: OwnKey, old: OwnKey) -> None:
    click.echo(_last_use(own_keys, old))
    if not old.active:
        click.echo("It is inactive. Run this with --delete when nothing will need it again.")
        return
    click.echo(f"It is older than {present.access_key_id}, which is in use here, and active.")
    click.echo("Run this with --finish to deactivate it.")


def _finish(own_keys: OwnKeys, old: OwnKey) -> None:
    click.echo(_last_use(own_keys, old))
    if not old.active:
        raise CannotRotate(f"{old.access_key_id} is inactive already: --delete deletes it")
    own_keys.deactivate_key(old.access_key_id)
    click.echo(f"{old.access_key_id} is inactive now. Should something need it after all, make it active again:\n")
    click.echo(f"  aws iam update-access-key --access-key-id {old.access_key_id} --status Active\n")
    click.echo("Run this with --delete when nothing will.")


def _delete(own_keys: OwnKeys, old: OwnKey) -> None:
    if old.active:
        raise CannotRotate(f"{old.access_key_id} is active: deactivate it with --finish, and wait whether it is missed")
    own_keys.delete_key(old.access_key_id)
    click.echo(f"{old.access_key_id} is deleted.")


def _last_use(own_keys: OwnKeys, old: OwnKey) -> str:
    use = own_keys.find_last_use(old.access_key_id)
    if use is None:
        return f"The old key {old.access_key_id} was never used."
    return printable(
        f"The old key {old.access_key_id} was last used {_moment(use.at)} for {use.service} in {use.region}."
    )


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d at %H:%M:%S UTC")

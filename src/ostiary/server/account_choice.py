"""Which account of an installation is meant."""

from collections.abc import Sequence

from ostiary.server.errors import SetupError
from ostiary.values.identifiers import AccountId


def choose_account(there: Sequence[AccountId], wanted: AccountId | None) -> AccountId:
    """Return the account that is wanted, or the only one there is when none is said.

    Raises:
        SetupError: there is no such account, or it is not clear which is meant.
    """
    if wanted is not None:
        if wanted not in there:
            raise SetupError(f"there is no account {wanted} here")
        return wanted
    if len(there) != 1:
        raise SetupError(f"there are {len(there)} accounts here: say with --account-id which one is meant")
    return there[0]

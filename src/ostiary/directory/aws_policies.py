"""AWS's managed policies as AWS had them when an account was exported.

The catalogue knows one version of each policy. An account that was imported goes by its export instead: what its
policies allowed there they allow here, and their former versions can be looked at.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, bindparam, select

from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_kept = schema.aws_policies
_versions = schema.aws_policy_versions

# Asked for each of AWS's policies that apply to a caller, so built once.
_BY_ARN = select(_kept).where(_kept.c.account_id == bindparam("account"), _kept.c.arn == bindparam("arn"))


def find_kept(directory: Directory, account: AccountId, arn: str) -> Row[Any] | None:
    """Return the policy at `arn` as the account has it, or None when it goes by the catalogue."""
    return directory.connection.execute(_BY_ARN, {"account": account, "arn": arn}).first()


def list_kept(directory: Directory, account: AccountId) -> Iterable[Row[Any]]:
    """Return all policies of AWS's that the account has a state of its own of."""
    return directory.connection.execute(select(_kept).where(_kept.c.account_id == account)).all()


def list_kept_versions(directory: Directory, account: AccountId, arn: str) -> Iterable[Row[Any]]:
    """Return the versions of such a policy, the newest first."""
    query = (
        select(_versions)
        .where(_versions.c.account_id == account, _versions.c.arn == arn)
        .order_by(_versions.c.version.desc())
    )
    return directory.connection.execute(query).all()

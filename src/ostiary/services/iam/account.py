"""IAM's operations on the account itself."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import accounts, summary
from ostiary.directory.directory import Directory
from ostiary.services.iam import targets
from ostiary.services.iam.pages import cut, page_output, requested_page
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def create_account_alias(call: AuthorizedCall, directory: Directory) -> Output:
    """Give the account an alias; an account has one, so it takes the place of the one before."""
    accounts.create_alias(directory, call.account, call.parameters["AccountAlias"])
    return {}


def delete_account_alias(call: AuthorizedCall, directory: Directory) -> Output:
    """Take the account's alias away."""
    accounts.delete_alias(directory, call.account, call.parameters["AccountAlias"])
    return {}


def list_account_aliases(call: AuthorizedCall, directory: Directory) -> Output:
    """List the account's alias, if it has one."""
    alias = accounts.get_account(directory, call.account).alias
    page = cut([alias] if alias else [], requested_page(call, directory), str)
    return page_output(call, directory, "AccountAliases", page, str)


def get_account_summary(call: AuthorizedCall, directory: Directory) -> Output:
    """Return how much of everything the account has and may have."""
    return {"SummaryMap": summary.get_summary(directory, call.account)}


OPERATIONS = (
    Operation(
        "iam", "CreateAccountAlias", targets.anything("iam:CreateAccountAlias"), create_account_alias, writes=True
    ),
    Operation(
        "iam", "DeleteAccountAlias", targets.anything("iam:DeleteAccountAlias"), delete_account_alias, writes=True
    ),
    Operation(
        "iam", "ListAccountAliases", targets.anything("iam:ListAccountAliases"), list_account_aliases, writes=False
    ),
    Operation("iam", "GetAccountSummary", targets.anything("iam:GetAccountSummary"), get_account_summary, writes=False),
)

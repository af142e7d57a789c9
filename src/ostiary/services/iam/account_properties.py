"""IAM's operations on account properties: settings of account-wide features, each named `Namespace/PropertyName`.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutAccountProperties.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.directory import account_properties
from ostiary.directory.directory import Directory
from ostiary.services.iam import targets
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_MOST_PROPERTIES = 100


def get_account_properties(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the properties that were set."""
    return {"Properties": account_properties.get_properties(directory, call.account)}


def put_account_properties(call: AuthorizedCall, directory: Directory) -> Output:
    """Set properties of one namespace; those that the call leaves out stay.

    Raises:
        Fault: `InvalidInput`, a name is none, the namespaces differ, or the account would have too many properties.
    """
    given: Mapping[str, str] = call.parameters["Properties"]
    if len({_namespace_of(name) for name in given}) > 1:
        raise Fault("InvalidInput", "All account properties in a request must belong to the same namespace.")
    if len(account_properties.get_properties(directory, call.account).keys() | given.keys()) > _MOST_PROPERTIES:
        raise Fault("InvalidInput", f"An account can have at most {_MOST_PROPERTIES} account properties.")
    account_properties.put_properties(directory, call.account, given)
    return {}


def _namespace_of(name: str) -> str:
    namespace, _, rest = name.partition("/")
    if not namespace or not rest or "/" in rest:
        raise Fault("InvalidInput", f"Account property name {name} must be in the format Namespace/PropertyName.")
    return namespace


OPERATIONS = (
    Operation(
        "iam",
        "GetAccountProperties",
        targets.anything("iam:GetAccountProperties"),
        get_account_properties,
        writes=False,
    ),
    Operation(
        "iam",
        "PutAccountProperties",
        targets.anything("iam:PutAccountProperties"),
        put_account_properties,
        writes=True,
    ),
)

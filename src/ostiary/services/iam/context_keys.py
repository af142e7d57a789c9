"""IAM's operations that tell which condition keys policies ask about.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.policy import PolicyKind
from ostiary.services.iam import targets
from ostiary.services.iam.context_keys_used import keys_used, unique_keys
from ostiary.services.iam.documents import simulated_document
from ostiary.services.iam.policy_sources import get_policy_source, identity_policies
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]


def get_context_keys_for_custom_policy(call: AuthorizedCall, directory: Directory) -> Output:  # noqa: ARG001 - as all operations
    """Return the condition keys that the policies given ask about."""
    return _answer(call.parameters["PolicyInputList"])


def get_context_keys_for_principal_policy(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the condition keys that the policies of a user, group or role ask about, and those given besides."""
    attached = [policy.document for policy in identity_policies(directory, get_policy_source(call, directory))]
    return _answer([*attached, *call.parameters.get("PolicyInputList", ())])


def _answer(texts: Iterable[str]) -> Output:
    documents = [simulated_document(text, PolicyKind.IDENTITY) for text in texts]
    keys = (key for document in documents for each in document.statements for key in keys_used(document, each))
    return {"ContextKeyNames": unique_keys(keys)}


OPERATIONS = (
    Operation(
        "iam",
        "GetContextKeysForCustomPolicy",
        targets.anything("iam:GetContextKeysForCustomPolicy"),
        get_context_keys_for_custom_policy,
        writes=False,
    ),
    Operation(
        "iam",
        "GetContextKeysForPrincipalPolicy",
        targets.policy_source("iam:GetContextKeysForPrincipalPolicy"),
        get_context_keys_for_principal_policy,
        writes=False,
    ),
)

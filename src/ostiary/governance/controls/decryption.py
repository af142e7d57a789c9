"""Policies that allow to decrypt with every KMS key.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1
"""

from ostiary.governance.controls.documents import FindFault, is_allowed_on, nobodys
from ostiary.policy import CompiledPolicy
from ostiary.values.identifiers import AccountId

_ACTIONS = ("kms:Decrypt", "kms:ReEncryptFrom")


def decrypting(account: AccountId) -> FindFault:
    """Return what finds that a policy allows to decrypt with every key of the account, in whatever region."""
    key = nobodys(account, "kms", "key/nobodys")

    def find(policy: CompiledPolicy) -> str | None:
        allowed = [action for action in _ACTIONS if is_allowed_on(policy, action, key)]
        return f"allows {' and '.join(allowed)} on every key" if allowed else None

    return find

"""IAM's operations on the account's users, groups, roles, policies and keys."""

from ostiary.services.iam.errors import fault_of
from ostiary.services.iam.operations import OPERATIONS

__all__ = ["OPERATIONS", "fault_of"]

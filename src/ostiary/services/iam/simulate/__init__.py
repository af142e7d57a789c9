"""The policy simulator: what policies would decide, without anything being done."""

from ostiary.services.iam.simulate.operations import OPERATIONS

__all__ = ["OPERATIONS"]

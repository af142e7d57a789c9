"""The tagging service, as far as it finds IAM's resources by their tags.

Source: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/
"""

from ostiary.services.tagging.operations import OPERATIONS

__all__ = ["OPERATIONS"]

"""AWS Config, as far as it tells which resources comply with its rules about IAM.

Source: https://docs.aws.amazon.com/config/latest/APIReference/Welcome.html
"""

from ostiary.services.config.operations import OPERATIONS

__all__ = ["OPERATIONS"]

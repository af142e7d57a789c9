"""Security Hub, as far as it tells of controls and of what they find.

Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
"""

from ostiary.services.securityhub.operations import OPERATIONS

__all__ = ["OPERATIONS"]

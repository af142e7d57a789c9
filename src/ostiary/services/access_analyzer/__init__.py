"""IAM Access Analyzer, as far as it checks policies.

Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
"""

from ostiary.services.access_analyzer.operations import OPERATIONS

__all__ = ["OPERATIONS"]

"""IAM Access Analyzer, as far as it checks policies and generates them.

Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/Welcome.html
"""

from ostiary.services.access_analyzer.operations import OPERATIONS

__all__ = ["OPERATIONS"]

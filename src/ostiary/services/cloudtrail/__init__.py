"""CloudTrail, as far as events are looked up with it.

Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
"""

from ostiary.services.cloudtrail.operations import OPERATIONS

__all__ = ["OPERATIONS"]

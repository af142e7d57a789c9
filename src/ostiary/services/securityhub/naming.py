"""What things are called: ARNs of the hub, of findings and of controls, and types of resources.

IAM is the same in all regions, so all of it is in IAM's own.

Sources: https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html and
https://docs.aws.amazon.com/securityhub/latest/userguide/asff-resources-attributes.html
"""

from ostiary.directory.findings import KeptFinding
from ostiary.governance.controls import Control
from ostiary.governance.findings import control_id
from ostiary.values.identifiers import AccountId

REGION = "us-east-1"
PRODUCT_ARN = f"arn:aws:securityhub:{REGION}::product/aws/securityhub"
ACCOUNT_TYPE = "AWS::::Account"

_TYPES = {
    ACCOUNT_TYPE: "AwsAccount",
    "AWS::IAM::User": "AwsIamUser",
    "AWS::IAM::Group": "AwsIamGroup",
    "AWS::IAM::Role": "AwsIamRole",
    "AWS::IAM::Policy": "AwsIamPolicy",
}
_OTHER = "Other"
"""What Security Hub calls the types that it has no name for."""


def hub_arn(account: AccountId) -> str:
    """Return the ARN of the account's hub, the resource of all operations on it."""
    return f"arn:aws:securityhub:{REGION}:{account}:hub/default"


def control_arn(account: AccountId, control: Control) -> str:
    """Return the ARN of a control in the account."""
    return f"arn:aws:securityhub:{REGION}:{account}:security-control/{control_id(control)}"


def finding_arn(account: AccountId, control: Control, finding_id: str) -> str:
    """Return a finding's `Id`."""
    return f"{control_arn(account, control)}/finding/{finding_id}"


def remediation_url(control: Control) -> str:
    """Return where it is told how to mend what a control finds."""
    if control.security_hub is None:
        return "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"
    return f"https://docs.aws.amazon.com/console/securityhub/{control.security_hub}/remediation"


def resource_type(kind: str) -> str:
    """Return what findings call a type of resources, such as `AwsIamUser` for `AWS::IAM::User`."""
    return _TYPES.get(kind, _OTHER)


def resource_id(account: AccountId, finding: KeptFinding) -> str:
    """Return what findings call a resource: its ARN, but for the account itself."""
    return f"{ACCOUNT_TYPE}:{account}" if finding.resource_type == ACCOUNT_TYPE else finding.resource_arn

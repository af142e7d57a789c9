"""Examples of delegation requests and role templates, which only AWS and its partners make."""

from tests.services.examples.stage import Example, RightlyRefused, Stage

_TEMPLATE = "arn:aws:iam::aws:role-template/Example"


def _no_such_request(_stage: Stage) -> dict[str, str]:
    return {"DelegationRequestId": "dr-0123456789abcdef"}


_NO_SUCH_REQUEST = RightlyRefused(_no_such_request, "NoSuchEntity")
_NO_SUCH_TEMPLATE = RightlyRefused(lambda _: {"TemplateArn": _TEMPLATE}, "NoSuchEntity")

EXAMPLES: dict[str, Example] = {
    "iam:CreateDelegationRequest": RightlyRefused(
        lambda stage: {
            "Description": "Set up monitoring",
            "Permissions": {"PolicyTemplateArn": "arn:aws:iam::aws:policy-template/Example"},
            "RequestorWorkflowId": stage.fresh("workflow"),
            "NotificationChannel": f"arn:aws:sns:us-east-1:{stage.account_id}:channel",
            "SessionDuration": 3600,
        },
        "AccessDenied",
    ),
    "iam:GetDelegationRequest": _NO_SUCH_REQUEST,
    "iam:ListDelegationRequests": lambda _: {},
    "iam:UpdateDelegationRequest": _NO_SUCH_REQUEST,
    "iam:AssociateDelegationRequest": _NO_SUCH_REQUEST,
    "iam:AcceptDelegationRequest": _NO_SUCH_REQUEST,
    "iam:RejectDelegationRequest": _NO_SUCH_REQUEST,
    "iam:SendDelegationToken": _NO_SUCH_REQUEST,
    "iam:GetHumanReadableSummary": RightlyRefused(
        lambda stage: {"EntityArn": f"arn:aws:iam::{stage.account_id}:delegation-request/dr-0123456789abcdef"},
        "NoSuchEntity",
    ),
    "iam:AcquireRole": _NO_SUCH_TEMPLATE,
    "iam:GetRoleTemplateVersion": _NO_SUCH_TEMPLATE,
    "sts:GetDelegatedAccessToken": RightlyRefused(
        lambda _: {"TradeInToken": "a-token-that-nobody-made"}, "ExpiredTradeInTokenException"
    ),
}

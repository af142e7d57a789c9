"""Outbound web identity federation switched on and off, through boto3."""

import re
from typing import Any

from tests.services.iam.asking import answer, refusal

ENABLED_ALREADY = (
    "FeatureEnabled",
    (
        "The request failed because outbound identity federation is already enabled for your AWS account. "
        "You cannot enable the feature multiple times."
    ),
    409,
)
DISABLED_ALREADY = (
    "FeatureDisabled",
    (
        "The request failed because outbound identity federation is already disabled for your AWS account. "
        "You cannot disable the feature multiple times."
    ),
    404,
)


def test_the_feature_is_on_or_off_and_the_issuer_stays(iam: Any) -> None:
    assert refusal(iam.get_outbound_web_identity_federation_info) == DISABLED_ALREADY
    assert refusal(iam.disable_outbound_web_identity_federation) == DISABLED_ALREADY
    made = answer(iam.enable_outbound_web_identity_federation)
    assert set(made) == {"IssuerIdentifier"}
    issuer = made["IssuerIdentifier"]
    assert re.fullmatch(r"http://localhost:[0-9]+/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", issuer)
    info = {"IssuerIdentifier": issuer, "JwtVendingEnabled": True}
    assert answer(iam.get_outbound_web_identity_federation_info) == info
    assert refusal(iam.enable_outbound_web_identity_federation) == ENABLED_ALREADY
    assert answer(iam.disable_outbound_web_identity_federation) == {}
    assert refusal(iam.get_outbound_web_identity_federation_info) == DISABLED_ALREADY
    assert refusal(iam.disable_outbound_web_identity_federation) == DISABLED_ALREADY
    assert answer(iam.enable_outbound_web_identity_federation) == made
    assert answer(iam.get_outbound_web_identity_federation_info) == info

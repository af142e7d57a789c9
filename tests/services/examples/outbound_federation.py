"""Examples of outbound web identity federation."""

from typing import Any

from tests.services.examples.stage import Example, Stage


def _enabled(stage: Stage) -> dict[str, Any]:
    if not _is_enabled(stage):
        stage.iam.enable_outbound_web_identity_federation()
    return {}


def _disabled(stage: Stage) -> dict[str, Any]:
    if _is_enabled(stage):
        stage.iam.disable_outbound_web_identity_federation()
    return {}


def _is_enabled(stage: Stage) -> bool:
    try:
        stage.iam.get_outbound_web_identity_federation_info()
    except stage.iam.exceptions.FeatureDisabledException:
        return False
    return True


EXAMPLES: dict[str, Example] = {
    "iam:EnableOutboundWebIdentityFederation": _disabled,
    "iam:DisableOutboundWebIdentityFederation": _enabled,
    "iam:GetOutboundWebIdentityFederationInfo": _enabled,
    "sts:GetWebIdentityToken": lambda stage: {
        **_enabled(stage),
        "Audience": ["https://service.example.com"],
        "SigningAlgorithm": "ES384",
    },
}

"""What a browser is asked for a passkey: the options of `navigator.credentials`, as JSON.

Source: https://www.w3.org/TR/webauthn-3/, sections 5.4 and 5.5
"""

import json
from collections.abc import Iterable

from ostiary.credentials.passkey import Passkey

_TIMEOUT_MILLISECONDS = 300_000


def registration_options(
    *, rp_id: str, rp_name: str, user_handle: bytes, user_name: str, challenge: bytes, exclude: Iterable[bytes]
) -> str:
    """Return the JSON of what a browser is asked for a new passkey (PublicKeyCredentialCreationOptionsJSON).

    Args:
        rp_id: the host name of the pages that may use the passkey.
        rp_name: what people know these pages by.
        user_handle: as `user_handle` makes it.
        user_name: what the owner sees when choosing among passkeys.
        challenge: a new one.
        exclude: the IDs of credentials that the owner has; the authenticators that keep them are refused.
    """
    from webauthn import generate_registration_options  # noqa: PLC0415 - few processes see a passkey, and all start
    from webauthn.helpers import options_to_json_dict, structs  # noqa: PLC0415 - as said above

    options = generate_registration_options(
        rp_id=rp_id,
        rp_name=rp_name,
        user_id=user_handle,
        user_name=user_name,
        challenge=challenge,
        timeout=_TIMEOUT_MILLISECONDS,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.PREFERRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=known) for known in exclude],
    )
    return json.dumps({**options_to_json_dict(options), "extensions": {"credProps": True}})


def authentication_options(*, rp_id: str, challenge: bytes, allowed: Iterable[Passkey]) -> str:
    """Return the JSON of what a browser is asked for to prove a passkey (PublicKeyCredentialRequestOptionsJSON).

    Args:
        rp_id: the host name of the pages that the passkey was made for.
        challenge: a new one.
        allowed: the passkeys of which one is asked for; none to leave the choice to the user, among what can be found.
    """
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415 - see registration_options
    from webauthn.helpers import structs  # noqa: PLC0415 - likewise

    options = generate_authentication_options(
        rp_id=rp_id,
        challenge=challenge,
        timeout=_TIMEOUT_MILLISECONDS,
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(
                id=passkey.credential_id,
                transports=[structs.AuthenticatorTransport(transport) for transport in passkey.transports],
            )
            for passkey in allowed
        ],
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)

"""What can be wrong with a proof.

CredentialError                 a caller's proof does not hold; carries what AWS answers
├── IncompleteSignature         400, the signature cannot be read
├── MalformedQueryString        404, the query cannot be read
├── MissingAuthenticationToken  403, there is an Authorization header with nothing in it
├── SignatureDoesNotMatch       403, the signature, its time or its scope is wrong
├── ExpiredToken                403, the session is over
├── InvalidClientTokenId        403, the session token is not one of ours, or not this key's
├── PackedPolicyTooLarge        400, the session does not fit into a token
├── InvalidPublicKey            400, an uploaded public key is none that can be used
├── UnrecognizedPublicKeyEncoding 400, an uploaded public key has a form that is not known
├── MalformedCertificate        400, an uploaded certificate, key or chain cannot be read, or is expired
├── InvalidCertificate          400, an uploaded certificate is none to sign requests with
├── KeyPairMismatch             400, an uploaded private key is not the certificate's
└── InvalidAuthorizationMessage 400, the encoded message is not one of ours, or not this account's

SealingError                    something of our own cannot be opened; never a caller's fault by itself
├── SealBroken                  sealed bytes are not what was sealed, under these keys, in this context
├── MasterKeyError              a master key cannot be read
└── WrongFileSignature          a file is not the one that was signed, or not by this key

PasswordError
├── WrongPassword               the password is not the one that was hashed
├── WrongCode                   the one-time code is not the device's at this time, or was used before
├── WrongPasskey                what an authenticator says proves nothing
│   └── ClonedPasskey           it does, but its counter did not go up
├── PasswordTooLong             the password is longer than any may be
└── BrokenPasswordHash          what was stored is no hash of ours
"""


class CredentialError(Exception):
    """A proof that does not hold, in AWS's code, sentence and HTTP status."""

    code: str
    status = 403

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class IncompleteSignature(CredentialError):  # noqa: N818 - AWS's own code
    """The request carries a signature that cannot be read."""

    code = "IncompleteSignature"
    status = 400


class MalformedQueryString(CredentialError):  # noqa: N818 - AWS's own code
    """The query string cannot be read."""

    code = "MalformedQueryString"
    status = 404


class MissingAuthenticationToken(CredentialError):  # noqa: N818 - AWS's own code
    """The request has an Authorization header with nothing in it."""

    code = "MissingAuthenticationToken"

    def __init__(self) -> None:
        super().__init__("Request is missing Authentication Token")


class SignatureDoesNotMatch(CredentialError):  # noqa: N818 - AWS's own code
    """The signature is not the one that this request must have at this time."""

    code = "SignatureDoesNotMatch"

    def __init__(
        self,
        message: str = "The request signature we calculated does not match the signature you provided. Check your AWS "
        "Secret Access Key and signing method. Consult the service documentation for details.",
    ) -> None:
        super().__init__(message)


class ExpiredToken(CredentialError):  # noqa: N818 - AWS's own code
    """The session that the token stands for is over."""

    code = "ExpiredToken"

    def __init__(self) -> None:
        super().__init__("The security token included in the request is expired")


class InvalidClientTokenId(CredentialError):  # noqa: N818 - AWS's own code
    """The session token was not minted here, was changed, or belongs to another access key."""

    code = "InvalidClientTokenId"

    def __init__(self) -> None:
        super().__init__("The security token included in the request is invalid.")


class PackedPolicyTooLarge(CredentialError):  # noqa: N818 - AWS's own code
    """The session's policies and tags do not fit into a session token."""

    code = "PackedPolicyTooLarge"
    status = 400

    def __init__(self, percent: int) -> None:
        super().__init__(f"Packed policy consumes {percent}% of allotted space, please use smaller policy.")


class InvalidPublicKey(CredentialError):  # noqa: N818 - AWS's own code
    """The public key has a known form, and is none that can be used."""

    code = "InvalidPublicKey"
    status = 400


class UnrecognizedPublicKeyEncoding(CredentialError):  # noqa: N818 - AWS's own code
    """The public key is neither `ssh-rsa` nor PEM."""

    code = "UnrecognizedPublicKeyEncoding"
    status = 400

    def __init__(self) -> None:
        super().__init__("The public key encoding format is unsupported or unrecognized.")


class MalformedCertificate(CredentialError):  # noqa: N818 - AWS's own code
    """The certificate, its private key or its chain cannot be read, or the certificate is expired."""

    code = "MalformedCertificate"
    status = 400


class InvalidCertificate(CredentialError):  # noqa: N818 - AWS's own code
    """The certificate can be read, and is none to sign requests with."""

    code = "InvalidCertificate"
    status = 400


class KeyPairMismatch(CredentialError):  # noqa: N818 - AWS's own code
    """The private key is not the certificate's."""

    code = "KeyPairMismatch"
    status = 400

    def __init__(self) -> None:
        super().__init__("Public key certificate and private key doesn't match.")


class InvalidAuthorizationMessage(CredentialError):  # noqa: N818 - AWS's own code
    """The encoded message was not minted here for the caller's account, or was changed."""

    code = "InvalidAuthorizationMessageException"
    status = 400

    def __init__(self) -> None:
        super().__init__("Message is not valid")


class SealingError(Exception):
    """Whatever goes wrong with sealed bytes and the keys to them."""


class SealBroken(SealingError):  # noqa: N818 - reads as what happened
    """The bytes were not sealed under these keys in this context, or were changed since."""

    def __init__(self) -> None:
        super().__init__("the seal is broken")


class MasterKeyError(SealingError):
    """The text is no master key; it is never part of the message."""


class WrongFileSignature(SealingError):  # noqa: N818 - named after what happened
    """A file is not the one that was signed, or not by this key."""


class PasswordError(Exception):
    """Whatever is wrong with a password."""


class WrongPassword(PasswordError):  # noqa: N818 - reads as what happened
    """The password is not the one that was hashed."""

    def __init__(self) -> None:
        super().__init__("the password is wrong")


class WrongCode(PasswordError):  # noqa: N818 - reads as what happened
    """The one-time code is none that the device shows at this time, or was used before."""

    def __init__(self) -> None:
        super().__init__("the one-time code is wrong")


class WrongPasskey(PasswordError):  # noqa: N818 - reads as what happened
    """What an authenticator says does not prove what it should."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the passkey is wrong: {reason}")
        self.reason = reason
        """For logs only: it would tell an attacker how far they got."""


class ClonedPasskey(WrongPasskey):
    """The passkey signed, but does not count on from where it was: somebody has a copy of it."""

    def __init__(self) -> None:
        super().__init__("its counter did not go up")


class PasswordTooLong(PasswordError):  # noqa: N818 - reads as what happened
    """The password is longer than any may be."""

    def __init__(self, most: int) -> None:
        super().__init__(f"a password has at most {most} characters")


class BrokenPasswordHash(PasswordError):  # noqa: N818 - reads as what happened
    """What was stored in place of a password is no argon2 hash, so no password can be right."""

    def __init__(self) -> None:
        super().__init__("the stored password hash cannot be read")

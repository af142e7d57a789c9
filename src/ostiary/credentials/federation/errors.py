"""What can be wrong with an identity provider's proof.

CredentialError
└── FederationError
    ├── InvalidIdentityToken   400, the token or assertion cannot be read, or is not the provider's
    ├── ExpiredIdentityToken   400, it was good once, or is not yet
    └── RejectedClaim          403, the provider says what cannot be taken

MetadataError                  what describes a SAML provider cannot be read

Source of codes: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
"""

from ostiary.credentials.errors import CredentialError


class FederationError(CredentialError):
    """An identity provider's proof does not hold."""

    status = 400


class InvalidIdentityToken(FederationError):  # noqa: N818 - AWS's own code
    """The token or assertion cannot be read, or is not signed by the provider for us."""

    code = "InvalidIdentityToken"


class ExpiredIdentityToken(FederationError):  # noqa: N818 - named after AWS's code
    """The token or assertion is not good at this time."""

    code = "ExpiredTokenException"


class RejectedClaim(FederationError):  # noqa: N818 - named after AWS's code
    """The provider says what cannot be taken."""

    code = "IDPRejectedClaim"
    status = 403


class MetadataError(ValueError):
    """The document does not describe a SAML provider."""

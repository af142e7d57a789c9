"""Proofs of who is calling: verifies and mints signatures, tokens, keys, seals and passwords; fetches nothing."""

from ostiary.credentials.authorization_message import (
    MAX_MESSAGE_CHARACTERS,
    AuthorizationMessageCodec,
    message_codec,
)
from ostiary.credentials.certificates import verify_server_certificate, verify_signing_certificate
from ostiary.credentials.enrolment import enrolment_uri, qr_code_png
from ostiary.credentials.errors import (
    BrokenPasswordHash,
    CredentialError,
    ExpiredToken,
    IncompleteSignature,
    InvalidAuthorizationMessage,
    InvalidCertificate,
    InvalidClientTokenId,
    InvalidPublicKey,
    KeyPairMismatch,
    MalformedCertificate,
    MalformedQueryString,
    MasterKeyError,
    MissingAuthenticationToken,
    PackedPolicyTooLarge,
    PasswordError,
    PasswordTooLong,
    SealBroken,
    SealingError,
    SignatureDoesNotMatch,
    UnrecognizedPublicKeyEncoding,
    WrongCode,
    WrongPassword,
)
from ostiary.credentials.key_ids import account_of, mint_access_key_id, mint_secret_key, mint_unique_id
from ostiary.credentials.master_key import MasterKey, parse_master_key
from ostiary.credentials.password import generate_password, hash_password, needs_rehash, verify_password
from ostiary.credentials.refused_call import RefusedCall
from ostiary.credentials.sealing import Sealer
from ostiary.credentials.service_secret import hash_service_secret, mint_api_key, mint_service_password
from ostiary.credentials.session_token import SessionTokenCodec, TemporaryCredentials
from ostiary.credentials.sigv4 import (
    STANDARD,
    CanonicalStyle,
    PresentedSignature,
    parse_signature,
    verify_signature,
)
from ostiary.credentials.ssh_keys import SshPublicKey, parse_ssh_public_key
from ostiary.credentials.totp import (
    code_at,
    mint_seed,
    seed_text,
    time_step,
    verify_code,
    verify_codes_in_a_row,
)
from ostiary.credentials.vended_token import TokenAlgorithm, TokenSigner, parse_token_signer

__all__ = [
    "MAX_MESSAGE_CHARACTERS",
    "STANDARD",
    "AuthorizationMessageCodec",
    "BrokenPasswordHash",
    "CanonicalStyle",
    "CredentialError",
    "ExpiredToken",
    "IncompleteSignature",
    "InvalidAuthorizationMessage",
    "InvalidCertificate",
    "InvalidClientTokenId",
    "InvalidPublicKey",
    "KeyPairMismatch",
    "MalformedCertificate",
    "MalformedQueryString",
    "MasterKey",
    "MasterKeyError",
    "MissingAuthenticationToken",
    "PackedPolicyTooLarge",
    "PasswordError",
    "PasswordTooLong",
    "PresentedSignature",
    "RefusedCall",
    "SealBroken",
    "Sealer",
    "SealingError",
    "SessionTokenCodec",
    "SignatureDoesNotMatch",
    "SshPublicKey",
    "TemporaryCredentials",
    "TokenAlgorithm",
    "TokenSigner",
    "UnrecognizedPublicKeyEncoding",
    "WrongCode",
    "WrongPassword",
    "account_of",
    "code_at",
    "enrolment_uri",
    "generate_password",
    "hash_password",
    "hash_service_secret",
    "message_codec",
    "mint_access_key_id",
    "mint_api_key",
    "mint_secret_key",
    "mint_seed",
    "mint_service_password",
    "mint_unique_id",
    "needs_rehash",
    "parse_master_key",
    "parse_signature",
    "parse_ssh_public_key",
    "parse_token_signer",
    "qr_code_png",
    "seed_text",
    "time_step",
    "verify_code",
    "verify_codes_in_a_row",
    "verify_password",
    "verify_server_certificate",
    "verify_signature",
    "verify_signing_certificate",
]

"""Proofs of who is calling: verifies and mints signatures, tokens, keys, seals and passwords; fetches nothing."""

from ostiary.credentials.authorization_message import (
    MAX_MESSAGE_CHARACTERS,
    AuthorizationMessageCodec,
    message_codec,
)
from ostiary.credentials.errors import (
    BrokenPasswordHash,
    CredentialError,
    ExpiredToken,
    IncompleteSignature,
    InvalidAuthorizationMessage,
    InvalidClientTokenId,
    MalformedQueryString,
    MasterKeyError,
    MissingAuthenticationToken,
    PackedPolicyTooLarge,
    PasswordError,
    PasswordTooLong,
    SealBroken,
    SealingError,
    SignatureDoesNotMatch,
    WrongPassword,
)
from ostiary.credentials.key_ids import account_of, mint_access_key_id, mint_secret_key, mint_unique_id
from ostiary.credentials.master_key import MasterKey, parse_master_key
from ostiary.credentials.password import generate_password, hash_password, needs_rehash, verify_password
from ostiary.credentials.refused_call import RefusedCall
from ostiary.credentials.sealing import Sealer
from ostiary.credentials.session_token import SessionTokenCodec, TemporaryCredentials
from ostiary.credentials.sigv4 import (
    STANDARD,
    CanonicalStyle,
    PresentedSignature,
    parse_signature,
    verify_signature,
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
    "InvalidClientTokenId",
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
    "TemporaryCredentials",
    "TokenAlgorithm",
    "TokenSigner",
    "WrongPassword",
    "account_of",
    "generate_password",
    "hash_password",
    "message_codec",
    "mint_access_key_id",
    "mint_secret_key",
    "mint_unique_id",
    "needs_rehash",
    "parse_master_key",
    "parse_signature",
    "parse_token_signer",
    "verify_password",
    "verify_signature",
]

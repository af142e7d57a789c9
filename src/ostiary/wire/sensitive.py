"""Secrets that the models fail to mark as such.

The models mark passwords, private keys and secret access keys themselves. A session token is as good as the keys it
goes with, and a one-time code must not outlive its use in a log, though no model says so.
"""

UNMARKED: frozenset[tuple[str, str]] = frozenset(
    {
        ("AssumeRoleRequest", "TokenCode"),
        ("Credentials", "SessionToken"),
        ("EnableMFADeviceRequest", "AuthenticationCode1"),
        ("EnableMFADeviceRequest", "AuthenticationCode2"),
        ("GetSessionTokenRequest", "TokenCode"),
        ("ResyncMFADeviceRequest", "AuthenticationCode1"),
        ("ResyncMFADeviceRequest", "AuthenticationCode2"),
    }
)
"""Structure and member, as the models name them."""

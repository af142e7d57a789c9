"""The two cookies: one for a sign-in under way, one for a session.

Scripts cannot read them, other sites cannot have them sent, and they go to the console's paths alone.
"""

from ostiary.values.settings import Settings

SESSION = "ostiary-session"
FLOW = "ostiary-sign-in"


def set_cookie(settings: Settings, name: str, token: str) -> str:
    """Return the header that gives a browser a cookie, until it is closed."""
    return f"{name}={token}; {_attributes(settings)}"


def drop_cookie(settings: Settings, name: str) -> str:
    """Return the header that takes a cookie away."""
    return f"{name}=; Max-Age=0; {_attributes(settings)}"


def _attributes(settings: Settings) -> str:
    secure = "; Secure" if settings.public_url.startswith("https:") else ""
    return f"Path=/console; HttpOnly; SameSite=Strict{secure}"

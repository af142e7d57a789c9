"""The web console: its pages, and the sign-in that they begin with. All else they ask by the API, as everybody does."""

from ostiary.server.console.console import Console, is_console

__all__ = ["Console", "is_console"]

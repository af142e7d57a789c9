"""The `ostiary` command."""

from ostiary.cli.main import main

__all__ = ["main"]

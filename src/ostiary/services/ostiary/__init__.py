"""Our own service: what a console needs beyond AWS's APIs. Its model is in `wire/data/models`."""

from ostiary.services.ostiary.operations import OPERATIONS

__all__ = ["OPERATIONS"]

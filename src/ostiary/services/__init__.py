"""The APIs that Ostiary serves: a package per service, a function per operation."""

from ostiary.services.served import find_operation, served_operations

__all__ = ["find_operation", "served_operations"]

"""Which operations are served, over all services."""

from collections.abc import Mapping
from types import MappingProxyType

from ostiary.services import access_analyzer, cloudtrail, config, iam, ostiary, securityhub, sts, tagging
from ostiary.values.operation import Operation

_SERVICES: Mapping[str, Mapping[str, Operation]] = MappingProxyType(
    {
        "access-analyzer": access_analyzer.OPERATIONS,
        "cloudtrail": cloudtrail.OPERATIONS,
        "config": config.OPERATIONS,
        "iam": iam.OPERATIONS,
        "ostiary": ostiary.OPERATIONS,
        "securityhub": securityhub.OPERATIONS,
        "sts": sts.OPERATIONS,
        "tagging": tagging.OPERATIONS,
    }
)


def find_operation(service: str, name: str) -> Operation | None:
    """Return the operation that `service`, by its signing name, calls `name`, or None when it is not served."""
    return _SERVICES.get(service, {}).get(name)


def served_operations() -> Mapping[str, tuple[str, ...]]:
    """Return the names of all operations served, in order, by the service's signing name."""
    return {service: tuple(sorted(operations)) for service, operations in _SERVICES.items()}

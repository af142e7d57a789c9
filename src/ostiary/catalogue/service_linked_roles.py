"""The roles that AWS's services have for themselves in an account.

A line of `data/service_linked_roles.tsv` is the service, the role's name, its policy, and `suffix` where whoever asks
for the role may add one to its name.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from dataclasses import dataclass

from ostiary.catalogue.data_file import DataFile, open_data

_FILE = "service_linked_roles.tsv"
_POLICY_PREFIX = "arn:aws:iam::aws:policy/aws-service-role/"


@dataclass(frozen=True, slots=True)
class ServiceLinkedRole:
    """What a service's own role looks like."""

    service: str
    """Such as `autoscaling.amazonaws.com`."""
    name: str
    """Such as `AWSServiceRoleForAutoScaling`."""
    policy_arn: str
    """The managed policy that is attached to it."""
    takes_suffix: bool
    """There may be several, told apart by a suffix to the name."""

    @property
    def path(self) -> str:
        """Where such roles live, and nothing else does."""
        return f"/aws-service-role/{self.service}/"


def find_service_linked_role(service: str) -> ServiceLinkedRole | None:
    """Return what the role of a service looks like, or None; services are told apart by case.

    Raises:
        DataError: the data file is damaged.
    """
    if service not in _lines():
        return None
    name, policy, suffix = _lines()[service]
    return ServiceLinkedRole(service, name, _POLICY_PREFIX + policy, bool(suffix))


def list_service_linked_roles() -> tuple[ServiceLinkedRole, ...]:
    """Return what the roles of all services look like, by service.

    Raises:
        DataError: the data file is damaged.
    """
    found = (find_service_linked_role(service) for service in _lines())
    return tuple(role for role in found if role is not None)


def _lines() -> DataFile:
    return open_data(_FILE, columns=4)

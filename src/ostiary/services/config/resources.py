"""Resources as Config names them: by the unique IDs that IAM gives them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ostiary.directory import groups, policies, roles, server_certificates, users
from ostiary.directory.directory import Directory
from ostiary.directory.findings import KeptFinding
from ostiary.values.identifiers import AccountId

_Find = Callable[[Directory, AccountId, str], str | None]


def _by_name(find: Callable[[Directory, AccountId, str], object], member: str) -> _Find:
    def find_id(directory: Directory, account: AccountId, arn: str) -> str | None:
        found = find(directory, account, arn.rpartition("/")[2])
        return None if found is None else str(getattr(found, member))

    return find_id


def _policy_id(directory: Directory, account: AccountId, arn: str) -> str | None:
    policy = policies.find_policy(directory, account, arn)
    return None if policy is None else policy.policy_id


_FIND: Mapping[str, _Find] = MappingProxyType(
    {
        "AWS::::Account": lambda _directory, account, _arn: account,
        "AWS::IAM::User": _by_name(users.find_user, "user_id"),
        "AWS::IAM::Group": _by_name(groups.find_group, "group_id"),
        "AWS::IAM::Role": _by_name(roles.find_role, "role_id"),
        "AWS::IAM::Policy": _policy_id,
        "AWS::IAM::ServerCertificate": _by_name(server_certificates.find_server_certificate, "certificate_id"),
    }
)


def resource_id(directory: Directory, account: AccountId, finding: KeptFinding) -> str:
    """Return the ID of what a finding is about; its ARN, where it has no other or is gone since it was looked at."""
    find = _FIND.get(finding.resource_type)
    return (find(directory, account, finding.resource_arn) if find else None) or finding.resource_arn

"""Events made up for rules, in the shapes that the trail has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ostiary.audit import AuditEvent, SignInParty, describe_call, describe_deed, describe_sign_in
from ostiary.directory.entities import EntityKind
from ostiary.values.arn import iam_arn, root_arn
from ostiary.values.call import Call, HttpRequest
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccessKeyId, AccountId

ACCOUNT = AccountId("111122223333")
ROOT = root_arn(ACCOUNT)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)

ROOT_CALLER = Caller(CallerKind.ROOT, ACCOUNT, ROOT, ACCOUNT, AccessKeyId("AKIAROOT"))
ALICE = iam_arn(ACCOUNT, "user", "/staff/", "alice")
ALICE_CALLER = Caller(CallerKind.USER, ACCOUNT, ALICE, "AIDAALICE", AccessKeyId("AKIAALICE"), "alice")


@dataclass
class Known:
    """Evidence made up."""

    account: AccountId = ACCOUNT
    managed: Mapping[str, str] = field(default_factory=dict)
    inline: str | None = None
    trust: str | None = None
    asked: tuple[Mapping[str, Any], ...] = ()

    def arn_of(self, kind: EntityKind, name: str) -> str:
        return iam_arn(self.account, kind.value.lower(), "/staff/", name)

    def managed_document(self, arn: str) -> str | None:
        return self.managed.get(arn)

    def inline_document(self, kind: EntityKind, name: str, policy: str) -> str | None:
        assert kind
        assert name
        assert policy
        return self.inline

    def trust_document(self, role: str) -> str | None:
        assert role
        return self.trust

    def earlier(self, name: str, source: str) -> Iterator[Mapping[str, Any]]:
        assert name
        assert source
        return iter(self.asked)


def call(
    operation: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    service: str = "iam",
    caller: Caller | None = ALICE_CALLER,
    output: Mapping[str, Any] | None = None,
    fault: Fault | None = None,
    after: timedelta = timedelta(),
    account: AccountId = ACCOUNT,
) -> AuditEvent:
    request = HttpRequest("POST", "/", "", (("user-agent", "a client"),), b"", "192.0.2.7")
    return describe_call(
        Call(request, service, operation, "request", NOON + after),
        account=account,
        caller=caller,
        presented_key=None,
        region="us-east-1",
        read_only=operation.startswith(("Get", "List")),
        parameters=parameters,
        output=output,
        fault=fault,
    )


def at_the_page(
    name: str,
    *,
    party: SignInParty | None = None,
    error: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> AuditEvent:
    return describe_sign_in(
        name,
        party or SignInParty(ACCOUNT, "AIDAALICE", "alice", ALICE),
        now=NOON,
        request_id="request",
        address="192.0.2.7",
        user_agent="a browser",
        succeeded=error is None,
        error=error,
        facts=facts,
    )


def deed(
    name: str,
    parameters: Mapping[str, Any],
    *,
    source: str = "ostiary.amazonaws.com",
    after: timedelta = timedelta(),
) -> AuditEvent:
    return describe_deed(name, ACCOUNT, now=NOON + after, parameters=parameters, source=source)

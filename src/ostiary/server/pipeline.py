"""The way of a request, in order; the only place that knows it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import Connection

from ostiary.audit import AuditEvent, describe_call
from ostiary.credentials import CredentialError, PresentedSignature, account_of, parse_signature
from ostiary.directory import accounts
from ostiary.directory.directory import Directory
from ostiary.directory.keys import KeyUse
from ostiary.directory.last_used import RoleUse, Use
from ostiary.directory.snapshot import Snapshots
from ostiary.gate import Authorizer, authenticate, identify
from ostiary.gate.context import call_region
from ostiary.governance import record_events
from ostiary.server.elsewhere import not_served
from ostiary.server.faults import answer_fault, fault_of
from ostiary.server.key_sets import KeySets
from ostiary.server.recorder import Recorder
from ostiary.server.telemetry import Answered, Stopwatch, metrics, tell
from ostiary.server.vault import Vault
from ostiary.services import find_operation
from ostiary.store import Store
from ostiary.values.call import AuthenticatedCall, AuthorizedCall, Call, HttpRequest
from ostiary.values.caller import CallerKind
from ostiary.values.clock import Clock
from ostiary.values.decided import Decided
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Operation
from ostiary.values.settings import DEFAULT_SETTINGS, Settings
from ostiary.wire import (
    EncodedResponse,
    Route,
    decode,
    encode,
    find_fault_form,
    redact,
    require_whole_body,
    route,
    validate,
)

UNKNOWN_ACCOUNT = AccountId("000000000000")
"""The trail that calls go to which name no account of this server."""

_UNKNOWN_REGION = "us-east-1"


@dataclass(slots=True)
class _Progress:
    """How far a call got; what its event can tell when it is refused."""

    call: Call
    route: Route
    presented: PresentedSignature | None
    authenticated: AuthenticatedCall | None = None
    operation: Operation | None = None
    parameters: Mapping[str, Any] | None = None
    decided: tuple[Decided, ...] = ()


class Pipeline:
    """Answers requests: route → authenticate → decode → authorize → perform → record → encode."""

    def __init__(self, store: Store, vault: Vault, clock: Clock, settings: Settings = DEFAULT_SETTINGS) -> None:
        self._store = store
        self._vault = vault
        self._clock = clock
        self._settings = settings
        self._issuer_keys = KeySets(settings.oidc_keys)
        self._authorizer = Authorizer()
        self._snapshots = Snapshots()
        self._recorder = Recorder(store, self._directory_on)

    def answer(self, request: HttpRequest) -> EncodedResponse:
        """Return the answer to a request; whatever goes wrong is an answer too. Called from worker threads."""
        stopwatch = Stopwatch()
        request_id = str(uuid.uuid4())
        progress: _Progress | None = None
        fault: Fault | None = None
        presented, bad_signature = _read_signature(request)
        signing_name = presented.service if presented else None
        try:
            routed = route(request, signing_name)
            call = Call(request, routed.service, routed.operation, request_id, self._clock())
            progress = _Progress(call, routed, presented)
            try:
                operation = find_operation(routed.service, routed.operation)
                if operation is None:
                    self._turn_away(progress, bad_signature)
                answer = self._carry_out(progress, operation, bad_signature)
            except Exception as error:  # noqa: BLE001 - as below; what keeps it from being recorded takes its place
                metrics.count_failure(error)
                fault = fault_of(error, request_id)
                self._record_refusal(progress, fault)
                answer = answer_fault(find_fault_form(request, signing_name), fault, request_id)
        except Exception as error:  # noqa: BLE001 - the border: every error becomes an answer, unforeseen ones are logged
            metrics.count_failure(error)
            fault = fault_of(error, request_id)
            answer = answer_fault(find_fault_form(request, signing_name), fault, request_id)
        seconds = stopwatch.seconds()
        tell(_answered(request, request_id, progress, fault=fault, status=answer.status, seconds=seconds))
        return answer

    def is_recording(self, seconds: float) -> bool:
        """Tell whether events can be written, within so many seconds."""
        return self._recorder.is_writing(seconds)

    def close(self) -> None:
        """Write down what is still waiting to be recorded."""
        self._recorder.close()

    def _carry_out(
        self, progress: _Progress, operation: Operation, bad_signature: CredentialError | None
    ) -> EncodedResponse:
        unsigned = operation.identify is not None
        if bad_signature is not None and not unsigned:
            raise bad_signature
        with self._store.read() as connection:
            directory = self._snapshot_on(connection, progress.presented)
            if unsigned:
                return self._carry_out_unsigned(directory, progress, operation)
            progress.authenticated = authenticate(directory, progress.call, progress.presented)
            parameters = _read_parameters(progress, operation)
            if not operation.call_writes(parameters):
                answer, event = self._perform(directory, progress.authenticated, operation, progress)
                self._recorder.record(event, _use(progress), wait=operation.hands_out_credentials)
                return answer
            prepared = None
            if operation.prepare is not None:
                authorized = self._authorizer.authorize(directory, progress.authenticated, operation, parameters)
                prepared = operation.prepare(authorized, directory)
        # A change is decided in the transaction that makes it, and its event is part of it. The caller is proven anew:
        # the key may have gone while the call waited for its turn.
        with self._store.write() as connection:
            directory = self._directory_on(connection)
            progress.authenticated = authenticate(directory, progress.call, progress.presented)
            answer, event = self._perform(directory, progress.authenticated, operation, progress, prepared)
            account = progress.authenticated.caller.account
            accounts.raise_revision(directory, account, access=operation.changes_access)
            record_events(directory, [event])
        metrics.events_written(1)
        self._recorder.note_use(_use(progress))
        return answer

    def _carry_out_unsigned(self, directory: Directory, progress: _Progress, operation: Operation) -> EncodedResponse:
        """Do what a call asks that proves its caller by its parameters; those are therefore read first."""
        parameters = _read_parameters(progress, operation)
        progress.authenticated = identify(directory, progress.call, operation, parameters)
        answer, event = self._perform(directory, progress.authenticated, operation, progress)
        self._recorder.record(event, None, wait=True)
        return answer

    def _perform(
        self,
        directory: Directory,
        authenticated: AuthenticatedCall,
        operation: Operation,
        progress: _Progress,
        prepared: Callable[[AuthorizedCall, Directory], Mapping[str, Any]] | None = None,
    ) -> tuple[EncodedResponse, AuditEvent]:
        """Do the deed and put its answer into bytes, so that what cannot be answered is not done either."""
        parameters = progress.parameters or {}
        authorized = self._authorizer.authorize(directory, authenticated, operation, parameters)
        progress.decided = authorized.decided
        output = (prepared or operation.perform)(authorized, directory)
        answer = encode(progress.route, output, progress.call.request_id)
        return answer, self._event(progress, output=output)

    def _turn_away(self, progress: _Progress, bad_signature: CredentialError | None) -> NoReturn:
        """Refuse a call for what is not served, once it is known who called.

        Raises:
            Fault: `AccessDenied`, to who signed it well.
        """
        if bad_signature is not None:
            raise bad_signature
        require_whole_body(progress.call.request)
        with self._store.read() as connection:
            directory = self._snapshot_on(connection, progress.presented)
            progress.authenticated = authenticate(directory, progress.call, progress.presented)
        raise not_served(progress.call, progress.authenticated.caller)

    def _record_refusal(self, progress: _Progress, fault: Fault) -> None:
        self._recorder.record(self._event(progress, fault=fault), _use(progress), wait=True)

    def _event(
        self,
        progress: _Progress,
        *,
        output: Mapping[str, Any] | None = None,
        fault: Fault | None = None,
    ) -> AuditEvent:
        authenticated, operation = progress.authenticated, progress.operation
        kept_output = output is not None and operation and (operation.writes or operation.hands_out_credentials)
        return describe_call(
            progress.call,
            account=authenticated.caller.account if authenticated else self._claimed_account(progress.presented),
            caller=authenticated.caller if authenticated else None,
            presented_key=progress.presented.access_key_id if progress.presented else None,
            region=call_region(authenticated) if authenticated else _UNKNOWN_REGION,
            read_only=not (operation and operation.writes),
            parameters=redact(progress.route, progress.parameters) if progress.parameters else None,
            output=redact(progress.route, output) if kept_output and output else None,
            fault=fault,
            decided=(fault and fault.decided) or progress.decided,
        )

    def _claimed_account(self, presented: PresentedSignature | None) -> AccountId:
        """Return the account that a key which did not prove itself names, if this server has that account."""
        claimed = account_of(presented.access_key_id) if presented else None
        if claimed is None:
            return UNKNOWN_ACCOUNT
        with self._store.read() as connection:
            return claimed if accounts.find_account(self._directory_on(connection), claimed) else UNKNOWN_ACCOUNT

    def _snapshot_on(self, connection: Connection, presented: PresentedSignature | None) -> Directory:
        """Return a directory to read from, with what is known already of the account that the call's key names."""
        account = account_of(presented.access_key_id) if presented else None
        snapshot = self._snapshots.current(connection, account) if account else None
        return Directory(
            connection, self._vault.sealer, self._vault.tokens, self._settings, self._issuer_keys, snapshot
        )

    def _directory_on(self, connection: Connection) -> Directory:
        return Directory(connection, self._vault.sealer, self._vault.tokens, self._settings, self._issuer_keys)


def _read_signature(request: HttpRequest) -> tuple[PresentedSignature | None, CredentialError | None]:
    # A signature that cannot be read must not keep the request from being routed: the refusal is answered and
    # recorded in the way of the operation that was called.
    try:
        return parse_signature(request), None
    except CredentialError as error:
        return None, error


def _answered(
    request: HttpRequest,
    request_id: str,
    progress: _Progress | None,
    *,
    fault: Fault | None,
    status: int,
    seconds: float,
) -> Answered:
    call = progress.call if progress else None
    authenticated = progress.authenticated if progress else None
    return Answered(
        request_id=request_id,
        service=call.service if call else None,
        operation=call.operation if call else None,
        is_served=call is not None and find_operation(call.service, call.operation) is not None,
        caller=authenticated.caller if authenticated else None,
        status=status,
        fault=fault,
        source_address=request.client_address,
        seconds=seconds,
    )


def _read_parameters(progress: _Progress, operation: Operation) -> Mapping[str, Any]:
    """Return what an operation is called with, and note both."""
    progress.operation = operation
    parameters = decode(progress.route, progress.call.request)
    validate(progress.route, parameters)
    progress.parameters = parameters
    return parameters


def _use(progress: _Progress) -> Use | None:
    """Return the use of a long-term key, or of a role by one of its sessions."""
    authenticated = progress.authenticated
    if authenticated is None:
        return None
    caller = authenticated.caller
    if caller.kind is CallerKind.ASSUMED_ROLE:
        region = call_region(authenticated)
        return RoleUse(caller.identity_id, caller.account, progress.call.received_at, region)
    if caller.session is not None or caller.federation is not None:
        return None
    if caller.access_key_id is None:
        return None
    return KeyUse(
        caller.access_key_id,
        caller.account,
        progress.call.received_at,
        progress.call.service,
        call_region(authenticated),
    )

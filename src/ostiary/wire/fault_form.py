"""In which service's form a fault is to be told: known of every request, even of one that cannot be routed."""

from dataclasses import dataclass

from ostiary.values.call import HttpRequest
from ostiary.wire import query
from ostiary.wire.known_services import KnownService, services_signed_as
from ostiary.wire.marks import CBOR, JSON, names_target, read_mark, wants_json
from ostiary.wire.spoken import SPOKEN

QUERY = "query"
QUERY_IN_JSON = "query+json"
"""The query protocol, asked to answer in JSON."""
REST_JSON = "rest-json"
S3 = "s3"
"""`rest-xml` as S3 speaks it."""

FRAMEWORK_NAMESPACE = "http://webservices.amazon.com/AWSFault/2005-15-09"
"""What AWS's front answers in when it cannot tell which service was meant."""

_NEWEST_JSON = "1.1"
_FORMS = frozenset({"query", "ec2"})


@dataclass(frozen=True, slots=True)
class FaultForm:
    """How a fault is written."""

    protocol: str
    service: str | None = None
    """The signing name, if it is one that is known."""
    namespace: str = FRAMEWORK_NAMESPACE
    json_version: str = _NEWEST_JSON
    query_compatible: bool = False


UNKNOWN_FORM = FaultForm(QUERY)
"""For a request of which nothing is known."""


def find_fault_form(request: HttpRequest, signing_name: str | None) -> FaultForm:
    """Return how a fault is told to who sent a request. It raises nothing, whatever the request is like.

    Args:
        request: as it came.
        signing_name: the service in the signature's scope; None for an unsigned request, which is known by its looks.
    """
    service = find_spoken(request, signing_name)
    known = services_signed_as(service or signing_name or "")
    if service is not None:
        # Services of a family share a signing name; of those only one is spoken.
        known = tuple(one for one in known if one.model.startswith(f"{SPOKEN[service].model}/"))
    mark = read_mark(request)
    if mark is not None:
        meant = next((one for one in known if names_target(one.target_prefix, mark.target_prefix)), None)
        return _marked_form(mark.protocol, meant)
    by_form = next((one for one in known if not _FORMS.isdisjoint(one.protocols)), None)
    if by_form is not None and (query.is_form(request) or len(known) == 1):
        return _xml_form(by_form, in_json=wants_json(request))
    if known:
        return _form_of(known[0])
    return FaultForm(QUERY_IN_JSON if wants_json(request) else QUERY)


def find_spoken(request: HttpRequest, signing_name: str | None) -> str | None:
    """Return the service that a request is for, or None when that is none that is spoken here.

    Args:
        request: as it came.
        signing_name: the service in the signature's scope, which decides alone when there is one; an unsigned request
            is known by the API version or the target that it asks for.
    """
    if signing_name is not None:
        return signing_name if signing_name in SPOKEN else None
    mark = read_mark(request)
    if mark is not None:
        return next((one.name for one in SPOKEN.values() if names_target(one.target_prefix, mark.target_prefix)), None)
    version = query.requested_version(request)
    return next((one.name for one in SPOKEN.values() if QUERY in one.protocols and one.api_version == version), None)


def _marked_form(protocol: str, service: KnownService | None) -> FaultForm:
    if service is None:
        return FaultForm(protocol)
    return FaultForm(
        protocol,
        service.signing_name,
        json_version=service.json_version or _NEWEST_JSON,
        query_compatible=service.query_compatible,
    )


def _xml_form(service: KnownService, *, in_json: bool) -> FaultForm:
    protocol = "ec2" if "ec2" in service.protocols else QUERY_IN_JSON if in_json else QUERY
    return FaultForm(protocol, service.signing_name, service.namespace)


def _form_of(service: KnownService) -> FaultForm:
    """Return the form of a service whose request does not look like one: the first of the service's own."""
    first = service.protocols[0]
    if first in {JSON, CBOR}:
        return _marked_form(JSON, service)
    if first == REST_JSON:
        return FaultForm(first, service.signing_name)
    protocol = S3 if service.signing_name.startswith(S3) else first
    return FaultForm(protocol, service.signing_name, service.namespace)

"""How a request that is no form names its operation, before anything else of it is read.

Sources: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html,
https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
"""

import re
from dataclasses import dataclass

from ostiary.values.call import HttpRequest

JSON = "json"
CBOR = "smithy-rpc-v2-cbor"

_TARGET = re.compile(r"([A-Za-z0-9_.]{1,128})\.([A-Za-z0-9_]{1,128})")
_RPC_PATH = re.compile(r"/service/([A-Za-z0-9_]{1,128})/operation/([A-Za-z0-9_]{1,128})/?")


@dataclass(frozen=True, slots=True)
class Mark:
    """The protocol that a request declares, and what it says of service and operation; empty when that is broken."""

    protocol: str
    target_prefix: str
    operation: str


def names_target(prefix: str, presented: str) -> bool:
    """Tell whether a presented target prefix means the service whose model has `prefix`.

    SDKs made from Smithy's models (those for JavaScript and Go) leave out the package that some prefixes begin with.
    """
    return presented != "" and presented in {prefix, prefix.rpartition(".")[2]}


def read_mark(request: HttpRequest) -> Mark | None:
    """Return what a request in JSON or CBOR says it is for, or None for any other."""
    target = request.header("x-amz-target")
    if target is not None:
        return _mark(JSON, _TARGET.fullmatch(target))
    if request.header("smithy-protocol") == "rpc-v2-cbor":
        return _mark(CBOR, _RPC_PATH.fullmatch(request.path))
    return None


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the answer to a form is to be JSON rather than XML."""
    accepted = (request.header("accept") or "").lower()
    return any(choice.partition(";")[0].strip() == "application/json" for choice in accepted.split(","))


def _mark(protocol: str, found: re.Match[str] | None) -> Mark:
    return Mark(protocol, found[1], found[2]) if found else Mark(protocol, "", "")

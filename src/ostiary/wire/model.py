"""AWS's own description of each service, as botocore bundles it.

The description is read straight from botocore's data files. Importing `botocore.model` for it would bring in botocore's
HTTP client and double the server's start-up time, and half of that class serves clients only.
"""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ostiary.wire.errors import ModelError
from ostiary.wire.shapes import ShapeReader, Structure
from ostiary.wire.spoken import SPOKEN

_DEFAULT_ERROR_STATUS = 400

OWN_MODELS = Path(__file__).parent / "data" / "models"
"""The folder of our own services' models. It is in the form of botocore's, whose clients find them there when
`AWS_DATA_PATH` names it."""
_NOTHING = Structure("", {}, frozenset())


@dataclass(frozen=True, slots=True)
class ErrorShape:
    """An error that a service documents."""

    code: str
    status: int
    sender: bool
    """The caller is at fault, not the service."""


@dataclass(frozen=True, slots=True)
class OperationModel:
    """What an operation takes and returns."""

    name: str
    input: Structure
    """Without members when the operation takes nothing; the same holds for the output."""
    output: Structure
    result_wrapper: str | None
    """The element that the query protocol puts around the output."""
    path: str = "/"
    """Where a REST service has it; labels stand in braces."""
    status: int = 200
    """The HTTP status of success."""


class ServiceModel:
    """One service: its operations and errors, read from the description when they are first asked for."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._description = description
        self._shapes = ShapeReader(description["shapes"])

    @property
    def namespace(self) -> str:
        """The XML namespace of the service's answers."""
        return str(self._description["metadata"]["xmlNamespace"])

    @property
    def json_version(self) -> str:
        """The version of JSON answers, as their content type has it."""
        return str(self._description["metadata"]["jsonVersion"])

    @cached_property
    def operation_names(self) -> frozenset[str]:
        """The names of all operations, such as `CreateUser`."""
        return frozenset(self._description["operations"])

    def operation(self, name: str) -> OperationModel:
        """Return the operation called `name`.

        Raises:
            ModelError: the service has no such operation.
        """
        raw = self._description["operations"].get(name)
        if raw is None:
            raise ModelError(f"no operation is called {name!r}")
        output, http = raw.get("output", {}), raw.get("http", {})
        return OperationModel(
            name,
            self._structure(raw.get("input")),
            self._structure(output),
            output.get("resultWrapper"),
            http.get("requestUri", "/"),
            http.get("responseCode", HTTPStatus.OK),
        )

    def error(self, code: str) -> ErrorShape | None:
        """Return the documented error with that code, or None."""
        return self._errors.get(code)

    @cached_property
    def _errors(self) -> Mapping[str, ErrorShape]:
        exceptions = {name: raw for name, raw in self._description["shapes"].items() if raw.get("exception")}
        shapes = [_error_shape(name, raw.get("error", {})) for name, raw in exceptions.items()]
        return {shape.code: shape for shape in shapes}

    def _structure(self, reference: Mapping[str, Any] | None) -> Structure:
        return self._shapes.structure(reference["shape"]) if reference else _NOTHING


@cache
def service_model(service: str) -> ServiceModel:
    """Return the model of a spoken service; it is loaded on first use and kept.

    Raises:
        ModelError: the service is not spoken here.
    """
    if service not in SPOKEN:
        raise ModelError(f"no service is called {service!r}")
    folder = Path(SPOKEN[service].model, SPOKEN[service].api_version)
    own = OWN_MODELS / folder / "service-2.json"
    if own.exists():
        return ServiceModel(json.loads(own.read_bytes()))
    return ServiceModel(json.loads(gzip.decompress((data_path() / folder / "service-2.json.gz").read_bytes())))


def operation_names(service: str) -> frozenset[str]:
    """Return the names of all operations of a spoken service.

    Raises:
        ModelError: the service is not spoken here.
    """
    return service_model(service).operation_names


def error_shape(service: str, code: str) -> ErrorShape | None:
    """Return status and fault of a service's documented error, or None when the model does not have that code.

    Raises:
        ModelError: the service is not spoken here.
    """
    return service_model(service).error(code)


def data_path() -> Path:
    """Return the folder of botocore's models.

    Raises:
        ModelError: botocore is not installed.
    """
    # find_spec locates a top-level package without importing it.
    spec = find_spec("botocore")
    if spec is None or not spec.submodule_search_locations:
        raise ModelError("botocore is not installed")
    return Path(spec.submodule_search_locations[0]) / "data"


def _error_shape(name: str, raw: Mapping[str, Any]) -> ErrorShape:
    status = raw.get("httpStatusCode", _DEFAULT_ERROR_STATUS)
    return ErrorShape(raw.get("code", name), status, raw.get("senderFault", status < 500))  # noqa: PLR2004 - HTTP's own line

import subprocess
import sys

import pytest
from botocore.model import ListShape, MapShape, Shape, StructureShape

from ostiary.wire.errors import ModelError
from ostiary.wire.model import ErrorShape, error_shape, operation_names, service_model
from ostiary.wire.shapes import ListOf, MapOf, Member, Scalar, ShapeReader, Structure
from ostiary.wire.spoken import SPOKEN
from tests.wire.calls import all_operations, botocore_model, botocore_operation


@pytest.mark.parametrize("service", SPOKEN)
def test_names_and_namespace_are_botocores(service: str) -> None:
    theirs = botocore_model(service)

    assert operation_names(service) == set(theirs.operation_names)
    if "xmlNamespace" in theirs.metadata:
        assert service_model(service).namespace == theirs.metadata["xmlNamespace"]
    assert SPOKEN[service].api_version == theirs.api_version
    assert SPOKEN[service].name == theirs.signing_name
    assert SPOKEN[service].protocols[0] == theirs.resolved_protocol
    assert set(SPOKEN[service].protocols) == set(theirs.protocols)
    assert SPOKEN[service].target_prefix == theirs.metadata.get("targetPrefix", "")


@pytest.mark.parametrize(("service", "name"), all_operations())
def test_shapes_are_botocores(service: str, name: str) -> None:
    ours, theirs = service_model(service).operation(name), botocore_operation(service, name)

    for mine, their in ((ours.input, theirs.input_shape), (ours.output, theirs.output_shape)):
        if their is None:
            assert mine == Structure("", {}, frozenset())
        else:
            assert_same(Member(mine), their)


def assert_same(mine: Member, their: Shape) -> None:
    assert mine.sensitive >= their.metadata.get("sensitive", False)
    assert mine.location == their.serialization.get("name")
    match mine.shape, their:
        case Structure() as shape, StructureShape():
            assert list(shape.members) == list(their.members)
            assert shape.required == set(their.required_members)
            for name, member in shape.members.items():
                assert_same(member, their.members[name])
        case ListOf() as shape, ListShape():
            assert (shape.minimum, shape.maximum) == bounds(their)
            assert_same(shape.element, their.member)
        case MapOf() as shape, MapShape():
            assert (shape.minimum, shape.maximum) == bounds(their)
            assert_same(shape.key, their.key)
            assert_same(shape.value, their.value)
        case Scalar() as shape, _:
            written = "iso-" if their.serialization.get("timestampFormat") == "iso8601" else ""
            assert shape.kind == f"{written}{their.type_name}"
            assert (shape.minimum, shape.maximum) == bounds(their)
            assert list(shape.enum) == their.metadata.get("enum", [])
            assert shape.pattern == their.metadata.get("pattern")
        case _:
            pytest.fail(f"{mine.shape} is not {their}")


def bounds(shape: Shape) -> tuple[int | None, int | None]:
    return shape.metadata.get("min"), shape.metadata.get("max")


@pytest.mark.parametrize(
    ("service", "code", "status", "sender"),
    [
        ("iam", "NoSuchEntity", 404, True),
        ("iam", "EntityAlreadyExists", 409, True),
        ("iam", "LimitExceeded", 409, True),
        ("iam", "DeleteConflict", 409, True),
        ("iam", "MalformedPolicyDocument", 400, True),
        ("iam", "InvalidAuthenticationCode", 403, True),
        ("iam", "ServiceFailure", 500, False),
        ("iam", "OrganizationNotFoundException", 400, True),
        ("sts", "PackedPolicyTooLarge", 400, True),
        ("sts", "IDPRejectedClaim", 403, True),
    ],
)
def test_documented_errors(service: str, code: str, status: int, sender: bool) -> None:  # noqa: FBT001 - a table's column
    assert error_shape(service, code) == ErrorShape(code, status, sender)


def test_an_error_that_no_model_documents() -> None:
    assert error_shape("iam", "AccessDenied") is None


def test_what_is_not_there_raises() -> None:
    with pytest.raises(ModelError, match="no service is called 's3'"):
        service_model("s3")
    with pytest.raises(ModelError, match="no operation is called 'DropUser'"):
        service_model("iam").operation("DropUser")
    with pytest.raises(ModelError, match="no codec knows the shape 'float' of Ratio"):
        ShapeReader({"Ratio": {"type": "float"}, "In": structure("Ratio")}).structure("In")
    with pytest.raises(ModelError, match="Name is not a structure"):
        ShapeReader({"Name": {"type": "string"}}).structure("Name")


def structure(shape: str) -> dict[str, object]:
    return {"type": "structure", "members": {"Member": {"shape": shape}}}


def test_importing_the_wire_loads_no_botocore_and_no_model() -> None:
    source = "import sys, ostiary.wire.model as m; print('botocore' in sys.modules, 'regex' in sys.modules, end=' ');"
    source += "print(m.service_model.cache_info().currsize)"

    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )

    assert done.stdout.split() == ["False", "False", "0"]

import pytest

from ostiary.values.call import HttpRequest
from ostiary.wire import Route, WireError, decode, route
from ostiary.wire.bounds import MAX_BODY_BYTES
from ostiary.wire.query.form import MAX_NAME_DEPTH, MAX_NAME_LENGTH, MAX_PARAMETERS
from tests.wire.calls import FORM, form_request

CREATE_USER = "Action=CreateUser&Version=2010-05-08&UserName=alice"
WHO_AM_I = "Action=GetCallerIdentity&Version=2011-06-15"
UTF8_UPPER = (("content-type", 'Application/X-WWW-Form-URLencoded; charset="UTF-8"'),)
MEDIA_TYPE = "application/x-www-form-urlencoded"


def typed(content_type: str) -> HttpRequest:
    return form_request(CREATE_USER, headers=[("content-type", content_type)])


@pytest.mark.parametrize(
    ("request_", "scope", "expected"),
    [
        (form_request(CREATE_USER), "iam", Route("iam", "CreateUser", "query")),
        (form_request(WHO_AM_I), "sts", Route("sts", "GetCallerIdentity", "query")),
        (form_request(CREATE_USER), None, Route("iam", "CreateUser", "query")),
        (form_request(WHO_AM_I), None, Route("sts", "GetCallerIdentity", "query")),
        (form_request(query=WHO_AM_I, method="GET", headers=()), None, Route("sts", "GetCallerIdentity", "query")),
        (form_request(query=WHO_AM_I, headers=()), "sts", Route("sts", "GetCallerIdentity", "query")),
        (form_request("Action=CreateUser", query="Version=2010-05-08"), "iam", Route("iam", "CreateUser", "query")),
        (form_request(WHO_AM_I, headers=()), "sts", Route("sts", "GetCallerIdentity", "query")),
        (form_request(WHO_AM_I, headers=UTF8_UPPER), "sts", Route("sts", "GetCallerIdentity", "query")),
        (form_request(f"&&{WHO_AM_I}&=&X-Other"), "sts", Route("sts", "GetCallerIdentity", "query")),
        (
            form_request("Action=Get%43allerIdentity&Version=2011-06-15"),
            "sts",
            Route("sts", "GetCallerIdentity", "query"),
        ),
    ],
)
def test_what_a_request_is_for(request_: HttpRequest, scope: str | None, expected: Route) -> None:
    assert route(request_, scope) == expected


@pytest.mark.parametrize(
    ("body", "scope"),
    [
        ("", "iam"),
        ("Version=2010-05-08", "iam"),
        ("Action=&Version=2010-05-08", "iam"),
        ("Version=2011-06-15", None),
    ],
)
def test_no_operation_is_named(body: str, scope: str | None) -> None:
    with pytest.raises(WireError) as caught:
        route(form_request(body), scope)

    assert (caught.value.code, caught.value.message, caught.value.status) == ("MissingAction", "Missing Action", 400)


@pytest.mark.parametrize(
    ("body", "scope", "asked_for"),
    [
        ("Action=Fly&Version=2010-05-08", "iam", "Fly for version 2010-05-08"),
        ("Action=createuser&Version=2010-05-08", "iam", "createuser for version 2010-05-08"),
        ("Action=CreateUser&Version=2012-12-12", "iam", "CreateUser for version 2012-12-12"),
        ("Action=CreateUser", "iam", "CreateUser for version NO_VERSION_SPECIFIED"),
        ("Action=CreateUser&Version=", "iam", "CreateUser for version NO_VERSION_SPECIFIED"),
        ("Action=CreateUser", None, "CreateUser for version NO_VERSION_SPECIFIED"),
        (WHO_AM_I, "iam", "GetCallerIdentity for version 2011-06-15"),
        (CREATE_USER, "tagging", "CreateUser for version 2010-05-08"),
        (CREATE_USER, "s3/x", "CreateUser for version 2010-05-08"),
        (CREATE_USER, "", "CreateUser for version 2010-05-08"),
        (f"Action={'x' * 200}&Version={'1' * 200}", "iam", f"{'x' * 128} for version {'1' * 128}"),
    ],
)
def test_no_such_operation(body: str, scope: str | None, asked_for: str) -> None:
    with pytest.raises(WireError) as caught:
        route(form_request(body), scope)

    assert (caught.value.code, caught.value.status) == ("InvalidAction", 400)
    assert caught.value.message == f"Could not find operation {asked_for}"


@pytest.mark.parametrize(
    ("added", "detail"),
    [
        ("&Action=DeleteUser", "a parameter appears more than once"),
        ("&UserName=bob", "a parameter appears more than once"),
        ("&UserName=alice", "a parameter appears more than once"),
        ("&UserN%61me=bob", "a parameter appears more than once"),
        ("&Path=%2", "a percent sign is not followed by two hexadecimal digits"),
        ("&Path=%zz", "a percent sign is not followed by two hexadecimal digits"),
        ("&%Path=x", "a percent sign is not followed by two hexadecimal digits"),
        ("&Path=%ff", "the text is not UTF-8"),
        ("&Path=%ed%a0%80", "the text is not UTF-8"),
        (b"&Path=\xff", "the text is not UTF-8"),
        ("&" + "x" * (MAX_NAME_LENGTH + 1), "a parameter's name is too long or too deep"),
        ("&x" + ".x" * MAX_NAME_DEPTH, "a parameter's name is too long or too deep"),
        ("&" * MAX_PARAMETERS, f"there are more than {MAX_PARAMETERS} parameters"),
    ],
)
def test_a_broken_form(added: str | bytes, detail: str) -> None:
    request = form_request(CREATE_USER.encode() + (added.encode() if isinstance(added, str) else added))

    with pytest.raises(WireError) as caught:
        decode(route(request, "iam"), request)

    assert (caught.value.code, caught.value.status) == ("MalformedQueryString", 400)
    assert caught.value.message == f"The query string contains a syntax error: {detail}"


@pytest.mark.parametrize(
    ("request_", "code", "status"),
    [
        (form_request(CREATE_USER, method="PUT"), "MethodNotAllowed", 405),
        (form_request(query=CREATE_USER, method="HEAD"), "MethodNotAllowed", 405),
        (form_request(b"x" * (MAX_BODY_BYTES + 1)), "RequestEntityTooLarge", 413),
        (form_request(query="x" * (MAX_BODY_BYTES + 1)), "RequestEntityTooLarge", 413),
        (typed("application/json"), "UnsupportedMediaType", 415),
        (typed("multipart/form-data; boundary=x"), "UnsupportedMediaType", 415),
        (typed(f"{MEDIA_TYPE}; x=y"), "UnsupportedMediaType", 415),
        (typed(f"{MEDIA_TYPE}; charset=utf-16"), "UnsupportedMediaType", 415),
        (form_request(CREATE_USER, headers=[*FORM, ("content-encoding", "gzip")]), "UnsupportedMediaType", 415),
        (form_request("Action=A", query="Action=B"), "MalformedQueryString", 400),
        (form_request(query="Action=\N{EURO SIGN}"), "MalformedQueryString", 400),
        (form_request(query="Action=\xff"), "MalformedQueryString", 400),
    ],
)
def test_what_is_no_form(request_: HttpRequest, code: str, status: int) -> None:
    with pytest.raises(WireError) as caught:
        route(request_, "iam")

    assert (caught.value.code, caught.value.status) == (code, status)


def test_a_media_type_without_a_body_means_nothing() -> None:
    request = form_request(query=WHO_AM_I, method="GET", headers=[("content-type", "application/json")])

    assert route(request, "sts").operation == "GetCallerIdentity"


def test_the_largest_body_is_read() -> None:
    padding = MAX_BODY_BYTES - len(CREATE_USER) - len("&X=")

    assert route(form_request(f"{CREATE_USER}&X={'x' * padding}"), "iam").operation == "CreateUser"

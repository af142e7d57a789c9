"""Whatever arrives, it is a call or a fault with a 4xx status: nothing else ever leaves the wire."""

from hypothesis import given
from hypothesis import strategies as st

from ostiary.values.call import HttpRequest
from ostiary.wire import (
    Elsewhere,
    FaultForm,
    Route,
    WireError,
    decode,
    encode_fault,
    find_fault_form,
    redact,
    route,
    validate,
)
from tests.examples import examples
from tests.wire.calls import FORM, all_operations, protocol_of

PARTS = st.one_of(
    st.sampled_from(
        ["Tags", "member", "entry", "key", "value", "Key", "Value", "UserName", "MaxItems", "Policies", ""]
    ),
    st.sampled_from(["0", "1", "2", "01", "-1", "99999", "100000", "9" * 40, "\u0661"]),
    st.text(max_size=4),
)
NAMES = st.one_of(
    st.lists(PARTS, min_size=1, max_size=6).map(".".join),
    st.sampled_from(["Action", "Version", "PolicyArns.member.1.arn", "x." * 40, "y" * 400]),
)
VALUES = st.one_of(
    st.sampled_from(
        ["2010-05-08", "2011-06-15", "", "true", "1", "%", "%4", "%zz", "%ff", "%c3%a9", "%00", "+", "9" * 30]
    ),
    st.sampled_from([name for _, name in all_operations()]),
    st.text(max_size=8),
)
FORMS = st.lists(st.tuples(NAMES, VALUES).map("=".join), max_size=8).map("&".join)
TEXTS = st.one_of(FORMS, st.text(max_size=40))
BODIES = st.one_of(TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=40))
TAGGING = "ResourceGroupsTaggingAPI_20170126"
HEADERS = st.one_of(
    st.just(FORM),
    st.lists(
        st.tuples(
            st.sampled_from(["content-type", "content-encoding", "accept", "x-amz-target", "smithy-protocol", "x"]),
            st.one_of(
                st.text(st.characters(max_codepoint=255)),
                st.sampled_from(
                    ["application/json", "rpc-v2-cbor", f"{TAGGING}.GetResources", "TrentService.ListKeys"]
                ),
            ),
        ),
        max_size=3,
    ).map(tuple),
)
REQUESTS = st.builds(
    HttpRequest,
    method=st.sampled_from(["GET", "POST", "POST", "POST", "PUT", "", "\x00"]),
    path=st.one_of(st.text(max_size=5), st.just(f"/service/{TAGGING}/operation/GetTagKeys"), st.just("/b/k")),
    query=TEXTS,
    headers=HEADERS,
    body=BODIES,
    client_address=st.just("127.0.0.1"),
)
SCOPES = st.sampled_from(["iam", "iam", "sts", "s3", "ec2", "kms", "tagging", "nothing", "", None])


@examples(120)
@given(REQUESTS, SCOPES)
def test_anything_is_routed_or_refused(request: HttpRequest, scope: str | None) -> None:
    form = find_fault_form(request, scope)
    try:
        found = route(request, scope)
    except WireError as error:
        assert_is_refusal(form, error)
    else:
        if not isinstance(found, Elsewhere):
            assert_is_decoded_or_refused(found, request)


@examples(150)
@given(
    st.sampled_from(all_operations()),
    st.builds(
        HttpRequest,
        method=st.just("POST"),
        path=st.just("/"),
        query=st.just(""),
        headers=st.just(FORM),
        body=FORMS.map(lambda text: text.encode("utf-8", "surrogatepass")),
        client_address=st.just(""),
    ),
)
def test_any_form_is_decoded_or_refused(operation: tuple[str, str], request: HttpRequest) -> None:
    assert_is_decoded_or_refused(Route(*operation, protocol_of(operation[0])), request)


def assert_is_decoded_or_refused(found: Route, request: HttpRequest) -> None:
    try:
        parameters = decode(found, request)
        assert redact(found, parameters).keys() == parameters.keys()
        validate(found, parameters)
    except WireError as error:
        assert_is_refusal(find_fault_form(request, found.service), error)


def assert_is_refusal(form: FaultForm, error: WireError) -> None:
    assert 400 <= error.status < 500
    assert not error.receiver
    assert 400 <= encode_fault(form, error, "r-1").status < 500

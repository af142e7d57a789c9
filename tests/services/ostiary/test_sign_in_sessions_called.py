"""ListSignInSessions and EndSignInSession."""

from collections.abc import Callable
from typing import Any

from tests.conftest import Credentials, RunningServer
from tests.services.ostiary.calling import User, is_good, refusal, sign_in

NewUser = Callable[..., User]


def test_people_see_their_own_sign_ins_without_a_permission(server: RunningServer, new_user: NewUser) -> None:
    user = new_user()
    first, second = sign_in(server, user.name), sign_in(server, user.name, client="command-line")
    sign_in(server, new_user().name)
    answer = server.client("ostiary", second.credentials).list_sign_in_sessions()
    by_id = {each.pop("SessionId"): each for each in answer["Sessions"]}
    assert by_id.keys() == {first.session_id, second.session_id}
    assert [by_id[each.session_id]["Current"] for each in (first, second)] == [False, True]
    shown = by_id[first.session_id]
    assert shown["ExpiresAt"] > shown["LastUsedAt"] >= shown["CreatedAt"]
    facts = {name: shown[name] for name in ("Client", "MfaAuthenticated", "Address", "UserAgent")}
    assert facts == {"Client": "console", "MfaAuthenticated": True, "Address": "127.0.0.1", "UserAgent": "a browser"}


def test_people_sign_themselves_out_elsewhere(server: RunningServer, new_user: NewUser) -> None:
    user = new_user()
    here, elsewhere = sign_in(server, user.name), sign_in(server, user.name)
    client = server.client("ostiary", here.credentials)
    client.end_sign_in_session(SessionId=elsewhere.session_id)
    assert is_good(server, here)
    assert not is_good(server, elsewhere)
    assert [each["SessionId"] for each in client.list_sign_in_sessions()["Sessions"]] == [here.session_id]


def test_a_policy_may_deny_it_even_of_oneself(server: RunningServer, new_user: NewUser) -> None:
    user = new_user({"Effect": "Deny", "Action": "ostiary:*"})
    client = server.client("ostiary", user.key)
    assert refusal(client.list_sign_in_sessions) == (
        "AccessDeniedException",
        (
            f"User: {user.arn} is not authorized to perform: ostiary:ListSignInSessions on resource: user {user.name} "
            "with an explicit deny in an identity-based policy"
        ),
        403,
    )


def test_others_take_a_permission_on_the_user(server: RunningServer, new_user: NewUser) -> None:
    user = new_user()
    theirs = sign_in(server, user.name)
    helper = new_user({"Action": ["ostiary:ListSignInSessions", "ostiary:EndSignInSession"], "Resource": user.arn})
    client = server.client("ostiary", helper.key)
    (shown,) = client.list_sign_in_sessions(UserName=user.name)["Sessions"]
    assert (shown["SessionId"], shown["Current"]) == (theirs.session_id, False)
    client.end_sign_in_session(SessionId=theirs.session_id, UserName=user.name)
    assert not is_good(server, theirs)

    other = new_user()
    assert refusal(client.end_sign_in_session, SessionId="A", UserName=other.name) == (
        "AccessDeniedException",
        (
            f"User: {helper.arn} is not authorized to perform: ostiary:EndSignInSession on resource: user {other.name} "
            "because no identity-based policy allows the ostiary:EndSignInSession action"
        ),
        403,
    )


def test_a_session_of_somebody_else_is_not_found(server: RunningServer, new_user: NewUser) -> None:
    user, other = new_user(), new_user()
    theirs = sign_in(server, other.name)
    client = server.client("ostiary", user.key)
    assert refusal(client.end_sign_in_session, SessionId=theirs.session_id) == (
        "NoSuchEntity",
        f"The sign-in session with id {theirs.session_id} cannot be found.",
        404,
    )
    assert is_good(server, theirs)


def test_the_root_user_has_its_own(server: RunningServer, root: Credentials, ostiary: Any) -> None:
    signed_in = sign_in(server)
    client = server.client("ostiary", root)
    (shown,) = client.list_sign_in_sessions()["Sessions"]
    assert shown["SessionId"] == signed_in.session_id
    assert refusal(ostiary.end_sign_in_session, SessionId=signed_in.session_id)[0] == "NoSuchEntity"
    client.end_sign_in_session(SessionId=signed_in.session_id)
    assert not is_good(server, signed_in)


def test_bad_input(ostiary: Any) -> None:
    assert refusal(ostiary.list_sign_in_sessions, UserName="nobody-here") == (
        "NoSuchEntity",
        "The user with name nobody-here cannot be found.",
        404,
    )
    assert refusal(ostiary.end_sign_in_session)[0] == "ValidationException"
    assert refusal(ostiary.end_sign_in_session, SessionId="no/id")[0] == "ValidationException"
    assert refusal(ostiary.list_sign_in_sessions, UserName="a" * 65)[0] == "ValidationException"


def test_who_is_no_user_has_to_name_one(server: RunningServer, iam: Any, sts: Any) -> None:
    trust = (
        '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "'
        + server.account_id
        + '"}, "Action": "sts:AssumeRole"}}'
    )
    arn = iam.create_role(RoleName="Visitor", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    session = Credentials.of(sts.assume_role(RoleArn=arn, RoleSessionName="visit")["Credentials"])
    assert refusal(server.client("ostiary", session).list_sign_in_sessions) == (
        "ValidationException",
        "Must specify userName when calling with non-User credentials",
        400,
    )

"""What somebody could try against `ostiary login`'s endpoints, to have credentials that are another's."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from ostiary.audit import find_events
from ostiary.credentials import mint_pkce_pair
from ostiary.store import schema
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.e2e.at_the_page import DEVELOPER, AtThePage, Refused, agree, make_user, signed_in

LOCAL = "http://127.0.0.1:5000/callback"


def refresh(server: RunningServer, token: str) -> dict[str, Any]:
    return AtThePage(server).ask("login/token", origin=None, grantType="refresh_token", refreshToken=token)


def exchange(server: RunningServer, code: str, verifier: str, redirect_uri: str = LOCAL) -> dict[str, Any]:
    asked = {"code": code, "codeVerifier": verifier, "redirectUri": redirect_uri}
    return AtThePage(server).ask("login/token", origin=None, grantType="authorization_code", **asked)


def granted(page: AtThePage, challenge: str) -> str:
    redirect = agree(page, {"redirect_uri": LOCAL, "code_challenge": challenge, "state": "s"})
    return parse_qs(urlsplit(redirect).query)["code"][0]


@pytest.fixture(scope="module")
def page(server: RunningServer, iam: Any) -> AtThePage:
    return signed_in(server, make_user(iam))


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "https://evil.example/callback",
        "http://evil.example:80/callback",
        "http://127.0.0.1.evil.example:80/callback",
        "http://127.0.0.1:80@evil.example/callback",
        "http://evil.example#@127.0.0.1:80/callback",
        "http://localhost:80/callback/../other",
        "http://localhost:80/callback?to=evil",
        "http://localhost:80/callback#x",
        "http://localhost:80\\@evil.example/callback",
        "http://127.0.0.1/callback",
        "http://127.0.0.1:0/callback",
        "http://127.0.0.1:65536/callback",
        "http://127.0.0.1:80/callback\n",
        "http://127.0.0.1:\u0668\u0660/callback",
        "http://127.1:80/callback",
        "http://0.0.0.0:80/callback",
        "https://127.0.0.1:80/callback",
        "javascript://127.0.0.1:80/callback",
        "",
    ],
)
def test_a_code_goes_to_this_machine_alone(page: AtThePage, redirect_uri: str) -> None:
    asked = {"redirect_uri": redirect_uri, "code_challenge": mint_pkce_pair().challenge, "state": "s"}
    with pytest.raises(Refused, match="ValidationError: `redirectUri` must be"):
        agree(page, asked)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_each_name_of_this_machine_will_do(page: AtThePage, host: str) -> None:
    pair = mint_pkce_pair()
    asked = {"redirect_uri": f"http://{host}:5000/callback", "code_challenge": pair.challenge, "state": "a&code=b"}
    redirect = urlsplit(agree(page, asked))
    assert parse_qs(redirect.query)["state"] == ["a&code=b"]
    assert redirect.netloc == f"{host}:5000"


def test_a_code_is_good_once(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    code = granted(page, pair.challenge)
    tokens = exchange(server, code, pair.verifier)
    assert (tokens["tokenType"], tokens["expiresIn"]) == ("aws_sigv4", 900)
    with pytest.raises(Refused, match="invalid_grant") as caught:
        exchange(server, code, pair.verifier)
    assert caught.value.status == 400


def test_of_many_at_once_one_gets_the_credentials(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    code = granted(page, pair.challenge)

    def take(_: int) -> bool:
        try:
            exchange(server, code, pair.verifier)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(take, range(6))) == [False] * 5 + [True]


@pytest.mark.parametrize("wrong", ["verifier", "challenge", "redirect", "short"])
def test_who_did_not_ask_for_a_code_gets_nothing_and_spoils_it(
    server: RunningServer, page: AtThePage, wrong: str
) -> None:
    pair = mint_pkce_pair()
    code = granted(page, pair.challenge)
    verifier = {"verifier": mint_pkce_pair().verifier, "challenge": pair.challenge, "short": pair.verifier[:-1]}
    redirect_uri = LOCAL.replace("5000", "5001") if wrong == "redirect" else LOCAL
    for given in (verifier.get(wrong, pair.verifier), pair.verifier):
        with pytest.raises(Refused, match="invalid_grant"):
            exchange(server, code, given, redirect_uri)
        redirect_uri = LOCAL
    with server.reading() as directory:
        event = find_events(directory.connection, server.account_id, limit=1)[0]
    assert (event["eventName"], event["errorCode"]) == ("CreateOAuth2Token", "invalid_grant")


def test_a_code_is_good_for_a_minute(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    code = granted(page, pair.challenge)
    with server.changing() as directory:
        over = update(schema.login_codes).values(expires_at=system_clock() - timedelta(seconds=1))
        directory.connection.execute(over)
    with pytest.raises(Refused, match="invalid_grant"):
        exchange(server, code, pair.verifier)


def test_a_code_goes_with_the_session_that_granted_it(server: RunningServer, iam: Any) -> None:
    page = signed_in(server, make_user(iam))
    pair = mint_pkce_pair()
    code = granted(page, pair.challenge)
    page.ask("sign-out")
    with pytest.raises(Refused, match="invalid_grant"):
        exchange(server, code, pair.verifier)


@pytest.mark.parametrize("challenge", ["", "x", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 42 + "+"])
def test_there_is_no_code_without_a_challenge(page: AtThePage, challenge: str) -> None:
    with pytest.raises(Refused, match="ValidationError: `codeChallenge` must be"):
        granted(page, challenge)


def test_nobody_gets_a_code_who_is_not_signed_in(server: RunningServer) -> None:
    with pytest.raises(Refused, match="NotSignedIn"):
        granted(AtThePage(server), mint_pkce_pair().challenge)


@pytest.mark.parametrize("origin", [None, "http://evil.example", "null"])
def test_no_other_site_agrees_in_the_person_s_name(page: AtThePage, origin: str | None) -> None:
    with pytest.raises(Refused, match="AccessDenied: The request does not come from a page of this console"):
        page.ask("login/grant", origin=origin, redirectUri=LOCAL, codeChallenge="A" * 43, state="s")


def test_of_many_who_bring_a_refresh_token_at_once_nobody_stays(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    token = exchange(server, granted(page, pair.challenge), pair.verifier)["refreshToken"]

    def take(_: int) -> str | None:
        try:
            return str(refresh(server, token)["refreshToken"])
        except Refused:
            return None

    with ThreadPoolExecutor(4) as pool:
        (newer,) = filter(None, pool.map(take, range(4)))
    with pytest.raises(Refused, match="TOKEN_EXPIRED"):
        refresh(server, newer)


def test_a_session_that_grew_old_is_over_and_no_theft(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    token = exchange(server, granted(page, pair.challenge), pair.verifier)["refreshToken"]
    with server.changing() as directory:
        sessions = schema.sign_in_sessions
        old = update(sessions).where(sessions.c.client == "command-line").values(expires_at=system_clock())
        directory.connection.execute(old)
        before = find_events(directory.connection, server.account_id, limit=1)
    with pytest.raises(Refused, match="TOKEN_EXPIRED"):
        refresh(server, token)
    with server.reading() as directory:
        assert find_events(directory.connection, server.account_id, limit=1) == before


@pytest.mark.parametrize("token", ["x", "A" * 2_048, "A" * 2_049, "\N{SNOWMAN}", "000000000000.AAAAAAAAAAAAAAAA.x"])
def test_made_up_refresh_tokens(server: RunningServer, token: str) -> None:
    with pytest.raises(Refused, match=r"TOKEN_EXPIRED|ValidationError"):
        refresh(server, token)


def test_a_console_s_cookie_is_no_refresh_token(server: RunningServer, page: AtThePage) -> None:
    with pytest.raises(Refused, match="TOKEN_EXPIRED"):
        refresh(server, page.cookies["ostiary-session"])


def test_a_refresh_token_is_no_cookie(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    token = exchange(server, granted(page, pair.challenge), pair.verifier)["refreshToken"]
    with pytest.raises(Refused, match="NotSignedIn"):
        AtThePage(server, {"ostiary-session": token}).ask("credentials")


def test_other_grants_are_unknown(server: RunningServer) -> None:
    with pytest.raises(Refused, match="unsupported_grant_type"):
        AtThePage(server).ask("login/token", origin=None, grantType="password")


def test_ending_twice_or_nothing_is_no_error(server: RunningServer, page: AtThePage) -> None:
    pair = mint_pkce_pair()
    token = exchange(server, granted(page, pair.challenge), pair.verifier)["refreshToken"]
    for each in (token, token, "made-up"):
        assert AtThePage(server).ask("login/end", origin=None, refreshToken=each) == {}
    with pytest.raises(Refused, match="TOKEN_EXPIRED"):
        refresh(server, token)


def test_policies_decide_who_may(server: RunningServer, iam: Any) -> None:
    user = make_user(iam, may_log_in=False)
    page = signed_in(server, user)
    with pytest.raises(Refused) as caught:
        granted(page, mint_pkce_pair().challenge)
    client = f"arn:aws:signin:us-east-1:{server.account_id}:oauth2/public-client/localhost"
    assert caught.value.status == 403
    assert str(caught.value) == (
        f"AccessDenied: User: arn:aws:iam::{server.account_id}:user/{user.name} is not authorized to perform: "
        f"signin:AuthorizeOAuth2Access on resource: {client} because no identity-based policy allows the "
        "signin:AuthorizeOAuth2Access action"
    )
    iam.attach_user_policy(UserName=user.name, PolicyArn=DEVELOPER)
    pair = mint_pkce_pair()
    token = exchange(server, granted(page, pair.challenge), pair.verifier)["refreshToken"]
    # It is asked anew each time, and a refusal spends nothing.
    iam.detach_user_policy(UserName=user.name, PolicyArn=DEVELOPER)
    with pytest.raises(Refused, match="signin:CreateOAuth2Token"):
        refresh(server, token)
    iam.attach_user_policy(UserName=user.name, PolicyArn=DEVELOPER)
    assert refresh(server, token)["accessToken"]


def test_a_user_who_is_gone_is_signed_out(server: RunningServer, iam: Any) -> None:
    user = make_user(iam, mfa=False)
    page = signed_in(server, user)
    pair = mint_pkce_pair()
    token = exchange(server, granted(page, pair.challenge), pair.verifier)["refreshToken"]
    iam.delete_login_profile(UserName=user.name)
    with pytest.raises(Refused, match="TOKEN_EXPIRED"):
        refresh(server, token)


def test_the_trail_tells_all_but_secrets(server: RunningServer, iam: Any) -> None:
    user = make_user(iam)
    page = signed_in(server, user)
    pair = mint_pkce_pair()
    code = granted(page, pair.challenge)
    tokens = exchange(server, code, pair.verifier)
    refreshed = refresh(server, tokens["refreshToken"])
    AtThePage(server).ask("login/end", origin=None, refreshToken=refreshed["refreshToken"])
    with server.reading() as directory:
        events = list(reversed(find_events(directory.connection, server.account_id, limit=4)))
    assert [(event["eventName"], event["eventSource"]) for event in events] == [
        (name, "signin.amazonaws.com")
        for name in ("AuthorizeOAuth2Access", "CreateOAuth2Token", "CreateOAuth2Token", "RevokeOAuth2Token")
    ]
    assert events[0]["requestParameters"] == {
        "client_id": "arn:aws:signin:::devtools/same-device",
        "response_type": "code",
        "redirect_uri": LOCAL,
        "code_challenge_method": "SHA-256",
    }
    assert [event["requestParameters"].get("grant_type") for event in events[1:3]] == [
        "authorization_code",
        "refresh_token",
    ]
    for event in events:
        assert event["userIdentity"]["userName"] == user.name
        assert event["userIdentity"]["sessionContext"]["attributes"]["mfaAuthenticated"] == "true"
        assert (event["eventType"], event["readOnly"]) == ("AwsApiCall", False)
    told = json.dumps(events)
    secrets = (code, pair.verifier, tokens["refreshToken"], refreshed["refreshToken"])
    assert not any(secret in told for secret in (*secrets, *refreshed["accessToken"].values()))

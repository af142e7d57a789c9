"""The person at the page agrees that `ostiary login`, on the same machine, is signed in too.

Sources: RFC 6749, section 4.1 (the authorization code), RFC 7636 (its proof), RFC 8252 (programs on one's own machine)
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from ostiary.credentials import is_pkce_challenge
from ostiary.directory.directory import Directory
from ostiary.directory.login_codes import grant_code
from ostiary.gate.sign_in import caller_in
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.login_calls import AUTHORIZE, carry_out, read_redirect_uri
from ostiary.values.fault import Fault

_LONGEST_STATE = 512


def grant(desk: Desk, exchange: Exchange) -> Answer:
    """Give a code to the program that waits on the person's own machine; the page has asked the person first.

    Raises:
        Fault: `NotSignedIn`; `ValidationError`, the code would go elsewhere; `AccessDenied`, no policy allows it.
    """
    redirect_uri = read_redirect_uri(exchange)
    challenge, state = exchange.text("codeChallenge"), exchange.text("state", longest=_LONGEST_STATE)
    if not is_pkce_challenge(challenge):
        raise Fault("ValidationError", "`codeChallenge` must be the SHA-256 digest of a verifier in base 64 for URLs.")
    with desk.reading() as directory:
        session, person = desk.signed_in(directory, exchange)

    def give(directory: Directory) -> Mapping[str, Any]:
        code = grant_code(directory, session, code_challenge=challenge, redirect_uri=redirect_uri, now=exchange.now)
        return {"redirectTo": f"{redirect_uri}?{urlencode({'code': code, 'state': state})}"}

    told = {"response_type": "code", "redirect_uri": redirect_uri, "code_challenge_method": "SHA-256"}
    return Answer(carry_out(desk, exchange, AUTHORIZE, caller_in(person, session), told=told, deed=give))

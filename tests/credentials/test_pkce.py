"""Proof Key for Code Exchange, against the vector of RFC 7636, appendix B."""

import re

import pytest

from ostiary.credentials import WrongCode, is_pkce_challenge, mint_pkce_pair, verify_pkce

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_the_vector() -> None:
    assert is_pkce_challenge(CHALLENGE)
    verify_pkce(VERIFIER, expected_challenge=CHALLENGE)


def test_a_new_pair_holds_and_is_new() -> None:
    pair, other = mint_pkce_pair(), mint_pkce_pair()
    verify_pkce(pair.verifier, expected_challenge=pair.challenge)
    with pytest.raises(WrongCode):
        verify_pkce(other.verifier, expected_challenge=pair.challenge)
    assert re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", pair.verifier)
    assert pair.verifier not in repr(pair)


@pytest.mark.parametrize(
    "verifier",
    ["", CHALLENGE, VERIFIER[:-1], VERIFIER + "k", VERIFIER + "\n", VERIFIER.upper(), "\N{SNOWMAN}" * 43, "a" * 129],
)
def test_what_is_not_the_verifier(verifier: str) -> None:
    with pytest.raises(WrongCode):
        verify_pkce(verifier, expected_challenge=CHALLENGE)


@pytest.mark.parametrize("text", ["", VERIFIER[:-1], CHALLENGE + "=", CHALLENGE[:-1] + "+", CHALLENGE + "\n"])
def test_what_can_be_no_challenge(text: str) -> None:
    assert not is_pkce_challenge(text)

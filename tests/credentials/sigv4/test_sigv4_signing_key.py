"""What is remembered of derived keys."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from ostiary.credentials.sigv4.signing_key import derive_signing_key


def _derived_by_the_book(secret: str, date: str, region: str, service: str) -> bytes:
    def mac(key: bytes, message: str) -> bytes:
        return hmac.new(key, message.encode(), hashlib.sha256).digest()

    return mac(mac(mac(mac(("AWS4" + secret).encode(), date), region), service), "aws4_request")


_few = st.sampled_from(["a", "b", "ab", ""])


@given(st.lists(st.tuples(_few, _few, _few, _few), max_size=50))
def test_a_key_served_from_memory_is_the_key(asked: list[tuple[str, str, str, str]]) -> None:
    for arguments in asked:
        assert derive_signing_key(*arguments) == _derived_by_the_book(*arguments)


def test_what_is_remembered_is_bounded() -> None:
    most = derive_signing_key.cache_parameters()["maxsize"]
    assert most is not None
    derive_signing_key.cache_clear()
    for number in range(most + 100):
        derive_signing_key("secret", "20261124", f"region-{number}", "iam")
    assert derive_signing_key.cache_info().currsize == most

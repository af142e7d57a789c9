"""Address ranges, against a comparison of bits written out."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.policy.match.addresses import in_range


def bits(text: str) -> str:
    address = IPv6Address(text) if ":" in text else IPv4Address(text)
    return format(int(address), f"0{address.max_prefixlen}b")


addresses = st.ip_addresses(v=4, network="192.0.2.0/23") | st.ip_addresses(v=6, network="2001:db8::/120")


@given(addresses.map(str), addresses.map(str), st.integers(0, 128))
def test_agrees_with_bits(address: str, network: str, length: int) -> None:
    length = min(length, len(bits(network)))
    same_family = (":" in address) == (":" in network)
    expected = same_family and bits(address)[:length] == bits(network)[:length]
    assert in_range([f"{network}/{length}"], False, False)(address, {}) is expected  # noqa: FBT003 - the shape of Family


@pytest.mark.parametrize("address", ["10.1.2.3", "::ffff:10.1.2.3"])
@pytest.mark.parametrize(
    ("network", "expected"), [("10.0.0.0/8", True), ("::ffff:10.0.0.0/104", True), ("::/0", False)]
)
def test_ipv4_in_the_clothes_of_ipv6_is_ipv4(address: str, network: str, expected: bool) -> None:  # noqa: FBT001 - a table's column
    assert in_range([network], False, False)(address, {}) is expected  # noqa: FBT003 - the shape of Family

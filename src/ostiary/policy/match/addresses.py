"""IP address operators: IPv4 and IPv6 addresses and CIDR ranges.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from socket import AF_INET, inet_pton
from typing import NamedTuple

from ostiary.policy.match.truth import Context, Truth, ValueTest

_MAPPED_PREFIX = 96
"""IPv6 ranges at least this long, of addresses that are IPv4 in IPv6's clothes, are ranges of IPv4 addresses."""

_MASK_4 = 2**32 - 1


class Range(NamedTuple):
    """The addresses that agree with `number` in the bits of `mask`."""

    number: int
    mask: int


def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that `text` writes, or None; one that is IPv4 in IPv6's clothes comes back as IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def read_range(text: str) -> tuple[int, Range] | None:
    """Return the version of IP and the range that `text` writes, or None; an address alone is a range of one.

    A range of IPv4 addresses in IPv6's clothes comes back as IPv4.
    """
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return None
    number, mask = int(network.network_address), int(network.netmask)
    if isinstance(network, IPv6Network) and network.prefixlen >= _MAPPED_PREFIX and network.network_address.ipv4_mapped:
        return 4, Range(number & _MASK_4, mask & _MASK_4)
    return network.version, Range(number, mask)


def in_range(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: ARG001, FBT001 - the shape of Family
    """Match an address that is in one of the ranges."""
    read = [read_range(value) for value in values]
    when_outside: Truth = None if None in read else False
    ranges = {version: tuple(each[1] for each in read if each and each[0] == version) for version in (4, 6)}
    ranges_4 = ranges[4]

    def test(value: str, context: Context) -> Truth:  # noqa: ARG001 - addresses take no variables
        try:
            # Most are IPv4 addresses in their plain form, which the system's own reader knows a dozen times faster.
            number, candidates = int.from_bytes(inet_pton(AF_INET, value)), ranges_4
        except (OSError, ValueError):
            address = read_address(value)
            if address is None:
                return None
            number, candidates = int(address), ranges[address.version]
        for expected, mask in candidates:
            if number & mask == expected:
                return True
        return when_outside

    return test

"""IP address operators: IPv4 and IPv6 addresses and CIDR ranges.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
"""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import AF_INET, inet_pton
from typing import NamedTuple

from ostiary.policy.match.truth import Context, Truth, ValueTest


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


def in_range(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: ARG001, FBT001 - the shape of Family
    """Match an address that is in one of the ranges; an address alone is a range of one."""
    ranges: dict[int, list[Range]] = {4: [], 6: []}
    when_outside: Truth = False
    for value in values:
        try:
            network = ip_network(value, strict=False)
        except ValueError:
            when_outside = None
        else:
            ranges[network.version].append(Range(int(network.network_address), int(network.netmask)))
    ranges_4 = tuple(ranges[4])

    def test(value: str, context: Context) -> Truth:  # noqa: ARG001 - addresses take no variables
        try:
            # Most are IPv4 addresses in their plain form, which the system's own reader knows a dozen times faster.
            number, candidates = int.from_bytes(inet_pton(AF_INET, value)), ranges_4
        except (OSError, ValueError):
            address = read_address(value)
            if address is None:
                return None
            number, candidates = int(address), tuple(ranges[address.version])
        for expected, mask in candidates:
            if number & mask == expected:
                return True
        return when_outside

    return test

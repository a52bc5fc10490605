"""Which network addresses belong to the public internet: the only ones that the service connects to when somebody else named them.

What is not public is refused by what is known of address space (the IANA special-purpose registries, RFC 6890 and those after it), not by
what a library happens to call private: an address that only stands for another (mapped, translated, tunnelled) is never public, whatever it
stands for, and IPv6 is public within 2000::/3 alone, the only space that is handed out.
"""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from app.domain.networks import Address

_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; metadata of some clouds
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # the platform's own address in Azure
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; metadata of some clouds
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112 sinks
        "192.52.193.0/24",  # relays of multicast
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112 sinks
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_HANDED_OUT_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: stands for an IPv4 address
        "2620:4f:8000::/48",  # AS112 sinks
        "3fff::/20",  # documentation
    )
)


def is_public(address: Address | str) -> bool:
    """Whether an address belongs to the public internet. Raises ValueError for a text that is no address."""
    found = ip_address(address) if isinstance(address, str) else address
    if isinstance(found, IPv6Address):
        plain = found.scope_id is None and found in _HANDED_OUT_6
        return plain and not any(found in network for network in _NOT_PUBLIC_6)
    return not any(found in network for network in _NOT_PUBLIC_4)

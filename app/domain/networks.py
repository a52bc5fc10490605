"""Networks that a credential may be used from, and network addresses as they are compared and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from app.domain.faults import Fault, Path

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MOST_NETWORKS = 100
"""Networks that a credential may list."""

UNKNOWN = "unknown"
"""Stands for all clients whose address cannot be read, such as those of a local socket."""

_MAPPED = 96
"""Bits before the IPv4 address in an IPv6 address that maps one."""

_SITE = 64
"""Bits of an IPv6 address that tell one site from another; whoever has a site has all addresses within it."""


def address_of(text: str | None) -> Address | None:
    """The address that a text names; None for what is none. An IPv4 address in IPv6 clothes (`::ffff:192.0.2.1`) is the IPv4 address."""
    try:
        found = ip_address(text or "")
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        return found.ipv4_mapped or IPv6Address(int(found))
    return found


def allowed(client: str | None, networks: Iterable[str] | None) -> bool:
    """Whether a client's address lies in one of the networks; None allows all, an empty list nobody."""
    if networks is None:
        return True
    address = address_of(client)
    return address is not None and any(address in ip_network(network) for network in networks)


def site_of(client: str | None) -> str:
    """Under what the requests of a client's address are counted: the IPv4 address, or the /64 network of an IPv6 address."""
    address = address_of(client)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, _SITE), strict=False))
    return str(address) if address is not None else UNKNOWN


def network_faults(texts: Sequence[object], path: Path) -> list[Fault]:
    """What is wrong with a list of networks at a place of a body: entries that are none, come twice, or are too many."""
    if len(texts) > MOST_NETWORKS:
        return [Fault(path, "too_many_networks", details={"count": len(texts), "most": MOST_NETWORKS})]
    faults, seen = [], set()
    for place, text in enumerate(texts):
        network = _network(text)
        if network is None or str(network) != text:
            nearest = None if network is None else str(network)
            faults.append(Fault((*path, place), "bad_form", text, "network", nearest=nearest))
        elif network in seen:
            faults.append(Fault((*path, place), "duplicate_item", text))
        seen.add(network)
    return faults


def _network(text: object) -> Network | None:
    """The network that is meant, though a host of it or an address may be what is written."""
    try:
        found = ip_network(text, strict=False) if isinstance(text, str) else None
    except ValueError:
        return None
    if isinstance(found, IPv6Network) and (mapped := found.network_address.ipv4_mapped):
        return IPv4Network((mapped, found.prefixlen - _MAPPED), strict=False)
    return found

"""Networks of credentials, and addresses as they are counted."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.faults import invalid
from app.domain.networks import MOST_NETWORKS, UNKNOWN, allowed, network_faults, site_of
from tests.counts import many


@pytest.mark.parametrize(
    ("client", "networks", "is_allowed"),
    [
        ("192.0.2.7", None, True),
        (None, None, True),
        ("192.0.2.7", [], False),
        ("192.0.2.7", ["192.0.2.0/24"], True),
        ("192.0.3.7", ["192.0.2.0/24"], False),
        ("192.0.3.7", ["192.0.2.0/24", "192.0.3.7/32"], True),
        ("::ffff:192.0.2.7", ["192.0.2.0/24"], True),
        ("2001:db8::1", ["2001:db8::/32"], True),
        ("2001:db9::1", ["2001:db8::/32"], False),
        ("2001:db8::1", ["0.0.0.0/0"], False),
        ("fe80::1%eth0", ["fe80::/10"], True),
        (None, ["0.0.0.0/0", "::/0"], False),
        ("testclient", ["0.0.0.0/0", "::/0"], False),
        ("", ["0.0.0.0/0", "::/0"], False),
    ],
)
def test_a_credential_is_good_in_its_networks_alone(
    client: str | None, networks: list[str] | None, is_allowed: bool
) -> None:
    """A client whose address is not known is in none."""
    assert allowed(client, networks) is is_allowed


@settings(max_examples=many(2_000))
@given(st.ip_addresses(v=4) | st.ip_addresses(network="2000::/3"), st.integers(0, 128))
def test_an_address_is_in_each_network_around_it(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int
) -> None:
    """However wide."""
    network = ipaddress.ip_network((address, min(bits, address.max_prefixlen)), strict=False)

    assert allowed(str(address), [str(network)])
    assert network_faults([str(network)], ()) == []


def test_every_fault_of_a_list_is_told_with_what_was_meant() -> None:
    """Where it stands, what was expected, and the network that is nearest."""
    texts = [
        "10.0.0.1/8",
        "192.0.2.7",
        "10.0.0.0/33",
        "office",
        7,
        "2001:DB8::/32",
        "10.0.0.0/8",
        "::ffff:10.1.0.0/112",
    ]

    problems = invalid(network_faults(texts, ("networks",))).problems

    expected = "a network such as 192.0.2.0/24 or 2001:db8::/32"
    assert [(p.pointer, p.code, p.found, p.expected, p.nearest) for p in problems] == [
        ("/networks/0", "bad_form", "'10.0.0.1/8'", expected, "10.0.0.0/8"),
        ("/networks/1", "bad_form", "'192.0.2.7'", expected, "192.0.2.7/32"),
        ("/networks/2", "bad_form", "'10.0.0.0/33'", expected, None),
        ("/networks/3", "bad_form", "'office'", expected, None),
        ("/networks/4", "bad_form", "7", expected, None),
        ("/networks/5", "bad_form", "'2001:DB8::/32'", expected, "2001:db8::/32"),
        ("/networks/6", "duplicate_item", "'10.0.0.0/8'", None, None),
        ("/networks/7", "bad_form", "'::ffff:10.1.0.0/112'", expected, "10.1.0.0/16"),
    ]


def test_a_list_without_end_is_refused_whole() -> None:
    """Before its entries are looked at."""
    problems = invalid(network_faults(["x"] * (MOST_NETWORKS + 1), ("networks",))).problems

    assert [p.message for p in problems] == ["'networks' has 101 entries; at most 100 networks can be listed"]


@pytest.mark.parametrize(
    ("client", "site"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, UNKNOWN),
        ("testclient", UNKNOWN),
    ],
)
def test_an_address_is_counted_with_all_that_its_holder_has(client: str | None, site: str) -> None:
    """Whoever has one IPv6 address has a network of them."""
    assert site_of(client) == site

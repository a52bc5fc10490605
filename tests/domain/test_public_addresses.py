"""Which addresses are public."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.public_addresses import is_public
from tests.counts import many


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "93.184.216.34", "100.63.255.255", "100.128.0.0", "168.63.129.15",
        "172.15.255.255", "172.32.0.0", "192.0.1.0", "223.255.255.255", "2000::1", "2001:200::1", "2606:4700:4700::1111", "2a00:1450::8a",
    ],
)  # fmt: skip
def test_addresses_of_the_internet_are_public(address: str) -> None:
    """Also those next to what is not."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
        "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1",
        "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::8.8.8.8", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
        "100::1", "2001::1", "2001:0:4136:e378::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1",
        "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::a9fe:a9fe", "fec0::1", "ff02::1", "ff0e::1", "2606:4700::1%eth0",
    ],
)  # fmt: skip
def test_all_others_are_not(address: str) -> None:
    """Loopback, private, shared, link-local, metadata, multicast, reserved, documentation, and what stands for another address."""
    assert not is_public(address)


@settings(max_examples=many(20_000))
@given(st.ip_addresses(network="0.0.0.0/0") | st.ip_addresses(network="::/0") | st.ip_addresses(network="2000::/3"))
def test_nothing_is_public_that_the_standard_library_calls_private(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """Two lists of special addresses, made by different people, one within the other."""
    if address.is_private or address.is_multicast or address.is_reserved or address.is_link_local:
        assert not is_public(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.1", "2130706433", "1.1.1.1/32"])
def test_what_is_no_address_is_neither(text: str) -> None:
    """Names are resolved before they are judged."""
    with pytest.raises(ValueError, match="does not appear to be"):
        is_public(text)

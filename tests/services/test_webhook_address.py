"""Addresses of webhooks, as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.faults import invalid
from app.services.webhook_address import LONGEST, Target, address_faults, target
from tests.counts import many


@pytest.mark.parametrize(
    ("url", "read"),
    [
        (
            "https://hr.example/hooks?x=1",
            Target("https://hr.example/hooks?x=1", "hr.example", "hr.example", 443, "/hooks?x=1"),
        ),
        ("https://HR.Example:443", Target("https://hr.example", "hr.example", "hr.example", 443, "/")),
        ("https://hr.example:8443/", Target("https://hr.example:8443/", "hr.example:8443", "hr.example", 8443, "/")),
        ("https://1.1.1.1/ä b", Target("https://1.1.1.1/%C3%A4%20b", "1.1.1.1", "1.1.1.1", 443, "/%C3%A4%20b")),
        (
            "https://bücher.example/",
            Target("https://xn--bcher-kva.example/", "xn--bcher-kva.example", "xn--bcher-kva.example", 443, "/"),
        ),
        (
            "https://[2606:4700::1111]:8443/",
            Target("https://[2606:4700::1111]:8443/", "[2606:4700::1111]:8443", "2606:4700::1111", 8443, "/"),
        ),
    ],
)
def test_an_address_is_read(url: str, read: Target) -> None:
    """In its normal form."""
    assert target(url) == read


@pytest.mark.parametrize(
    "url",
    [
        "", "hr.example", "//hr.example/", "http://hr.example/", "ftp://hr.example/", "https:/hr.example", "https:///x", "https://",
        "https://hr.example:80/", "https://hr.example:22/", "https://hr.example:0/", "https://hr.example:99999/", "https://hr.example:x/",
        "https://user@hr.example/", "https://user:secret@hr.example/", "https://hr.example\\@evil.example/", "https://hr.example/#x",
        "https://hr.example/#", "https://a..b/", "https://-a.example/", "https://hr example/", "https://hr.example\n/", "https://hr.example\x00/",
        "https://10.0.0.1/", "https://127.0.0.1:8443/", "https://[::1]/", "https://[fe80::1%25eth0]/", "https://[::ffff:8.8.8.8]/",
        "https://169.254.169.254/latest/meta-data", "https://" + "a" * 64 + ".example/", "https://hr.example/" + "a" * LONGEST,
    ],
)  # fmt: skip
def test_an_address_that_is_never_connected_to_is_refused(url: str) -> None:
    """When the webhook is made, with what was expected."""
    (problem,) = invalid(address_faults(url, ("url",))).problems

    assert target(url) is None
    assert (problem.pointer, problem.code) == ("/url", "bad_form")
    assert problem.expected == "an https address with a public host, port 443 or 8443, without user name and #"


@settings(max_examples=many(20_000))
@given(st.text(max_size=40).map("https://{}".format) | st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(url: str) -> None:
    """Never a failure; and what is read is read again as the same."""
    found = target(url)

    assert found is None or target(found.url) == found

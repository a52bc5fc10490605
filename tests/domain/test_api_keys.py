"""API keys: made, read, told from what only looks like one."""

from __future__ import annotations

import hashlib
import re
import zlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.api_keys import LONGEST, PATTERN, RANDOM_BYTES, ParsedKey, hash_of, key_from, parse_key, same_hash
from tests.counts import many

RANDOM = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)
ENVIRONMENTS = st.from_regex("[a-z][a-z0-9]{0,11}", fullmatch=True)
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def number(text: str) -> int:
    """What base-62 digits stand for."""
    found = 0
    for digit in text:
        found = found * 62 + BASE62.index(digit)
    return found


def test_a_key_looks_as_it_is_documented() -> None:
    """Lookup part, 256 bits of secret, checksum over all before it; its last characters can be shown."""
    key = key_from(bytes(range(RANDOM_BYTES)), "live")

    prefix, env, lookup, rest = key.text.split("_")
    assert (prefix, env, lookup, len(rest)) == ("cnc", "live", key.lookup, 49)
    assert number(rest[:43]) == int.from_bytes(bytes(range(8, 40)), "big")
    assert number(rest[43:]) == zlib.crc32(key.text[:-6].encode())
    assert key.last4 == key.text[-4:]
    assert key.hash == hashlib.sha256(key.text.encode()).digest()


@settings(max_examples=many(5_000))
@given(RANDOM, ENVIRONMENTS)
def test_a_key_that_was_made_can_be_read(random_bytes: bytes, env: str) -> None:
    """Every one fits the pattern that scanners look for."""
    key = key_from(random_bytes, env)

    assert parse_key(key.text) == ParsedKey(env, key.lookup, key.hash)
    assert re.fullmatch(PATTERN, key.text) and len(key.text) <= LONGEST


@settings(max_examples=many(2_000))
@given(RANDOM, RANDOM)
def test_other_bytes_make_another_key(some: bytes, others: bytes) -> None:
    """No bit of the secret is lost."""
    assume(some[8:] != others[8:])

    assert key_from(some, "live").text != key_from(others, "live").text


@settings(max_examples=many(10_000))
@given(RANDOM, st.data())
def test_a_typo_is_refused_without_a_look_up(random_bytes: bytes, data: st.DataObject) -> None:
    """One wrong character, two exchanged neighbours, one too few or too many."""
    text = key_from(random_bytes, "live").text
    place = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from(BASE62 + "_"))
    typos = {
        text[:place] + character + text[place + 1 :],
        text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :],
        text[:place] + text[place + 1 :],
        text[:place] + character + text[place:],
    }

    assert [typo for typo in typos - {text} if parse_key(typo)] == []


@settings(max_examples=many(5_000))
@given(st.text(max_size=90) | st.from_regex(PATTERN, fullmatch=True))
def test_what_only_looks_like_a_key_is_none(text: str) -> None:
    """Not even by its form alone."""
    assume(not re.fullmatch(PATTERN, text) or number(text[-6:]) != zlib.crc32(text[:-6].encode()))

    assert parse_key(text) is None


@pytest.mark.parametrize("around", ["{} ", " {}", "{}\n", "Bearer {}", "{}\x00", "{}" * 2])
def test_a_key_with_something_around_it_is_none(around: str) -> None:
    """Not even a line break is overlooked."""
    text = key_from(bytes(RANDOM_BYTES), "live").text

    assert parse_key(around.replace("{}", text)) is None


def test_a_key_does_not_show_itself() -> None:
    """What is printed or logged by mistake betrays neither the key nor its hash."""
    key = key_from(bytes(range(RANDOM_BYTES)), "test")

    parsed = parse_key(key.text)

    assert parsed is not None
    assert repr(key) == f"NewKey(lookup='{key.lookup}', last4='{key.last4}')"
    assert repr(parsed) == f"ParsedKey(environment='test', lookup='{key.lookup}')"


def test_hashes_are_compared_whole() -> None:
    """An equal beginning is not enough."""
    kept = hash_of("cnc")

    assert same_hash(hash_of("cnc"), kept)
    assert not same_hash(kept[:-1] + bytes([kept[-1] ^ 1]), kept)
    assert not same_hash(kept[:-1], kept)


@pytest.mark.parametrize("env", ["", "Live", "1a", "a_b", "a" * 13, "ä", "live\n"])
def test_an_environment_that_could_not_be_read_is_refused(env: str) -> None:
    """Before a key is made with it."""
    with pytest.raises(ValueError, match="environment"):
        key_from(bytes(RANDOM_BYTES), env)


@pytest.mark.parametrize("count", [0, 32, 39, 41])
def test_too_little_randomness_is_refused(count: int) -> None:
    """A key is never weaker than it looks."""
    with pytest.raises(ValueError, match="40 random bytes"):
        key_from(bytes(count), "live")

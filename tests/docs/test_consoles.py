"""What a page says is printed is compared line by line; only its gaps are filled."""

from __future__ import annotations

import pytest

from tests.docs.consoles import Step, prints, steps
from tests.docs.pages import Block


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("", ""),
        ("one", "one"),
        ("one\ntwo", "one\ntwo\n"),
        ("…", "whatever\nthere is"),
        ("…", ""),
        ("first\n…\nlast", "first\nlast"),
        ("first\n…\nlast", "first\nsecond\nthird\nlast"),
        ("it takes … seconds", "it takes 12 seconds"),
    ],
)
def test_the_same_is_the_same(expected: str, printed: str):
    """Gaps stand for any lines, or for any text within a line."""
    assert prints(expected, printed)


@pytest.mark.parametrize(
    ("expected", "printed"),
    [
        ("", "something"),
        ("one", "one more"),
        ("one", "one\ntwo"),
        ("first\n…\nlast", "first\nlast\nand more"),
        ("it takes … seconds", "it takes 12 minutes"),
        ("it takes … seconds", "it takes\n12 seconds"),
    ],
)
def test_something_else_is_not_the_same(expected: str, printed: str):
    """Nothing may be added, missing or different outside the gaps."""
    assert not prints(expected, printed)


def test_a_block_is_read_command_by_command():
    """Lines after a command are its output, up to the next."""
    block = Block("console", "", "$ first\none\ntwo\n$ second\n", 1)

    assert [*steps(block)] == [Step("first", "one\ntwo"), Step("second", "")]

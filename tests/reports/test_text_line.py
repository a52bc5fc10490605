"""Lines of text in the cells of a terminal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.reports.text_line import Line, cells, padded
from tests.counts import many

TEXTS = st.text(st.sampled_from("ab  -…→会社ée\u0301ä👍"), max_size=60)


@given(text=TEXTS, width=st.integers(2, 30))
@settings(max_examples=many(2000))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int):
    """No line is wider than asked for, and all that is not a space is there, in order."""
    lines = [line.text for line in Line.of(text).wrapped(width)]

    assert all(cells(line.rstrip()) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(text=TEXTS, width=st.integers(1, 30))
@settings(max_examples=many(2000))
def test_padded_text_has_the_width(text: str, width: int):
    """Cut or filled up, it takes the cells that were asked for."""
    assert cells(padded(text, width)) == width


def test_words_stay_whole_where_they_fit():
    """A line breaks at a space, and within a word only when the word is wider than the page."""
    lines = [line.text for line in Line.of("one two threefourfive").wrapped(8)]

    assert lines == ["one two", "threefou", "rfive"]


def test_styles_go_with_the_text():
    """A style begins and ends where its piece does, also across a break."""
    lines = [line.written(colour=True) for line in Line.of("one ", ("two three", "name")).wrapped(8)]

    assert lines == ["one \x1b[1mtwo\x1b[0m", "\x1b[1mthree\x1b[0m"]


def test_wide_characters_take_two_cells_and_combining_ones_none():
    """As terminals show them."""
    assert (cells("会社"), cells("e\u0301"), cells("→")) == (4, 1, 1)

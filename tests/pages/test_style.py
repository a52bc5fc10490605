"""The style sheet: contrast that can be read in both themes, and nothing from elsewhere."""

from __future__ import annotations

import re

import pytest

from app.pages.assets import assets, by_hashed_name

CSS = assets()["concord.css"].body.decode()
TEXTS = [
    ("ink", "paper"), ("ink", "tint"), ("soft", "paper"), ("soft", "tint"), ("link", "paper"), ("good", "tint"), ("bad", "tint"),
    ("even", "tint"), ("low-ink", "low"), ("medium-ink", "medium"), ("high-ink", "high"), ("critical-ink", "critical"),
    ("paper", "good"), ("paper", "bad"), ("paper", "even"),
]  # fmt: skip
"""Text on what it stands on."""
SHAPES = [
    ("line", "paper"),
    ("line", "tint"),
    ("good", "tint"),
    ("bad", "tint"),
    ("accent", "tint"),
    ("accent", "paper"),
]
"""Shapes that say something, on what they stand on."""


def colours(theme: str) -> dict[str, str]:
    """The colours of a theme by name."""
    start = CSS.index(":root{") if theme == "light" else CSS.index(":root[data-theme=dark]{")
    block = CSS[start : CSS.index("}", start)]
    return dict(re.findall(r"--concord-([a-z-]+):(#[0-9a-f]+)", block))


def contrast(one: str, other: str) -> float:
    """The ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_shapes_stand_out(theme: str) -> None:
    """Text 4.5 to 1, shapes 3 to 1, in drawings too, where browsers' checks do not look."""
    known = colours(theme)

    faint = {
        pair: round(contrast(known[pair[0]], known[pair[1]]), 2)
        for pair in TEXTS
        if contrast(known[pair[0]], known[pair[1]]) < 4.5
    }
    weak = {
        pair: round(contrast(known[pair[0]], known[pair[1]]), 2)
        for pair in SHAPES
        if contrast(known[pair[0]], known[pair[1]]) < 3
    }

    assert (faint, weak) == ({}, {})


def test_the_dark_theme_is_the_same_by_wish_and_by_system() -> None:
    """The colours that `data-theme=dark` sets are those of a system that is dark."""
    wished = CSS[CSS.index(":root[data-theme=dark]{") :].split("{", 1)[1].split("}")[0]
    system = CSS[CSS.index(":root:not([data-theme=light]){") :].split("{", 1)[1].split("}")[0]

    assert wished == system


def test_nothing_is_loaded_from_anywhere() -> None:
    """No font, no picture, no other sheet; scripts name no address of their own."""
    for asset in assets().values():
        text = re.sub(r"/\*.*?\*/", "", asset.body.decode(), flags=re.DOTALL)

        assert not re.search(
            r"@import|url\(|https?://|eval\(|innerHTML|new Function", text.replace("/url|image", "")
        ), asset.name


def test_names_change_with_what_they_hold() -> None:
    """Each file has a name with the hash of its content."""
    assert {one.name for one in by_hashed_name().values()} == set(assets())
    assert all(
        re.fullmatch(rf"{one.name.split('.')[0]}-[0-9a-f]{{16}}\.(css|js)", hashed)
        for hashed, one in by_hashed_name().items()
    )

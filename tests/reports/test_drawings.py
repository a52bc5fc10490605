"""Drawings: what each says, in the picture, in words and in its table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pytest

from app.domain.document import Accelerator, Payout
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.chain import Step, Stop, chain
from app.reports.drawings.compass import Needle, compass
from app.reports.drawings.front import Choice, front
from app.reports.drawings.heat_map import Pull, heat_map
from app.reports.drawings.network import MOST, Influence, network
from app.reports.drawings.payout_curve import payout_curve
from app.reports.drawings.reap import reap
from app.reports.drawings.role_curves import role_curves
from app.reports.drawings.trend import Mark, trend
from app.reports.drawings.words import DrawingWords

NAMES = {"sales": "Sales <& shops>", "service": "Service", "finance": "Finance"}
PULLS = [
    Pull("sales", "service", 3, 54.9, "high"), Pull("service", "customer", 1, 71.2, "critical"),
    Pull("finance", "sales", 2, 31.0, "medium"), Pull("finance", "customer", 1, 12.5, "low"),
]  # fmt: skip
ARCS = [Influence(f"m{n}", f"m{n + 1}", 90.0 - n, "high") for n in range(20)]
Words = DrawingWords


def heat(words: Words, rtl: bool) -> Drawing:
    return heat_map("heat", PULLS, NAMES, words, rtl=rtl)


def witness(words: Words, rtl: bool) -> Drawing:
    stops = [Stop("Average handle time", "down"), Stop("Hurry", None), Stop("First-contact resolution", "down")]
    steps = [Step("strong", 0, "identity"), Step("moderate", 30, "observational", contested=True)]
    return chain("chain", "Service", "customers", stops, steps, words, rtl=rtl)


def ways(words: Words, rtl: bool) -> Drawing:
    return network("ways", ARCS, {f"m{n}": f"Metric {n}" for n in range(21)}, words, rtl=rtl)


def dial(words: Words, rtl: bool) -> Drawing:
    needles = [Needle("Sales", -0.8, 2.0, 0.7), Needle("Service", 0.6, 1.0, 1.0), Needle("Legal", None, 0.3, 0.0)]
    return compass("dial", needles, words, rtl=rtl)


def line(words: Words, rtl: bool) -> Drawing:
    marks = [Mark(date(2026, 9, 1), -0.4, 7), Mark(date(2026, 10, 1), None, 7), Mark(date(2026, 11, 1), 0.1, 3)]
    return trend("line", marks, words, rtl=rtl)


def curve(words: Words, rtl: bool) -> Drawing:
    payout = Payout(kind="linear", threshold=0.8, cap=2.0, accelerators=(Accelerator(above=1.0, multiplier=2.0),))
    drawn = payout_curve("curve", payout, words, rtl=rtl)
    assert drawn is not None
    return drawn


def plans(words: Words, rtl: bool) -> Drawing:
    return front(
        "plans", [Choice(0, 900.0), Choice(1, 500.0), Choice(2, 320.0, knee=True), Choice(3, 300.0)], words, rtl=rtl
    )


def role(words: Words, rtl: bool) -> Drawing:
    before, after = [(0.0, 0.0), (0.8, 0.0), (0.8, 0.8), (2.0, 2.0)], [(0.0, 0.0), (1.2, 1.2), (2.0, 1.2)]
    return role_curves("role", before, after, words, about="Sales <& shops>", rtl=rtl)


def drivers(words: Words, rtl: bool) -> Drawing:
    return reap("drivers", {"retention": 0.25, "acquisition": 0.75}, words, rtl=rtl)


DRAWINGS = [heat, witness, ways, dial, line, curve, role, plans, drivers]
Draw = Callable[[Words, bool], Drawing]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("draw", DRAWINGS)
def test_a_drawing_says_what_it_is(draw: Draw, language: str) -> None:
    """A title, a description and a table, in the language; what is read aloud is named by the picture itself."""
    drawn = draw(DrawingWords(language), False)  # type: ignore[arg-type]
    root = ElementTree.fromstring(drawn.svg)

    assert root.get("role") == "img"
    named = [root.find(f".//*[@id='{id_}']") for id_ in root.get("aria-labelledby", "").split()]
    assert [one.text for one in named if one is not None] == [drawn.title, drawn.description]
    assert len({len(row) for row in (drawn.table.head, *drawn.table.rows)}) == 1
    assert len(drawn.table.rows) > 1


@pytest.mark.parametrize("draw", DRAWINGS)
def test_looks_are_the_pages_own(draw: Draw) -> None:
    """No colour, no style and no script in the markup; ids begin with the drawing's name, so that two stand on a page."""
    drawn = draw(DrawingWords("en"), False)
    root = ElementTree.fromstring(drawn.svg)

    for one in root.iter():
        assert not {"style", "stroke", "font-family", "onclick"} & set(one.attrib)
        assert one.get("fill", "url(#").startswith("url(#")
        assert (one.get("id") or drawn.name).startswith(drawn.name)


@pytest.mark.parametrize("draw", DRAWINGS)
def test_from_right_to_left_a_drawing_is_mirrored(draw: Draw) -> None:
    """Every box stands where its mirror image does, and the direction is said; nothing leaves the sheet."""
    plain, turned = (ElementTree.fromstring(draw(DrawingWords("en"), rtl).svg) for rtl in (False, True))
    width = float(plain.get("width", "0"))

    def boxes(root: ElementTree.Element) -> list[tuple[float, float]]:
        return [(float(one.get("x", "0")), float(one.get("width", "0"))) for one in root.iter(f"{SVG}rect")]

    assert turned.get("direction") == "rtl"
    assert [round(width - x - wide, 1) for x, wide in boxes(plain)] == [round(x, 1) for x, _ in boxes(turned)]
    assert all(-0.1 <= x <= width + 0.1 for x, _ in boxes(turned))


def test_the_customers_come_last_and_every_cell_is_in_the_table() -> None:
    """Rows and columns in the order of the document; severities are rounded down; what a name says is text."""
    drawn = heat(DrawingWords("en"), False)

    assert drawn.table.rows[0] == ("Service", "Customers", "critical", "71", "1")
    assert [row[3] for row in drawn.table.rows] == ["71", "54", "31", "12"]
    assert drawn.svg.index(">Service<") < drawn.svg.index(">Customers<")
    assert "Sales &lt;&amp;" in drawn.svg


def test_a_level_is_told_without_its_colour() -> None:
    """Each but the lowest has a pattern of its own."""
    drawn = heat(DrawingWords("en"), False)

    assert set(re.findall(r'fill="url\(#heat-([a-z]+)\)"', drawn.svg)) == {"dots", "lines", "cross"}


def test_the_network_is_cut_down_to_what_matters() -> None:
    """The worst influences alone are drawn, and it is said how many there are; going round in circles does no harm."""
    drawn = ways(DrawingWords("en"), False)
    round_ = [Influence("a", "b", 60, "high"), Influence("b", "c", 50, "high"), Influence("c", "a", 40, "medium")]

    assert len(drawn.table.rows) == MOST
    assert "Only the strongest of 20 influences are drawn: 10." in drawn.description
    assert len(network("round", round_, {}, DrawingWords("en")).table.rows) == 3


def test_an_arrow_stands_at_the_angle_of_its_alignment() -> None:
    """Straight for the customers it lies along their arrow, straight against them it points the other way, at nought it stands upright."""
    needles = [Needle("For", 1.0, 1.0, 1.0), Needle("Against", -1.0, 1.0, 1.0), Needle("Neither", 0.0, 1.0, 1.0)]
    root = ElementTree.fromstring(compass("dial", needles, DrawingWords("en")).svg)

    arrows = {str(one.get("class")): one for one in root.iter(f"{SVG}line")}
    ends = {look: (_along(arrows[look], "x"), _along(arrows[look], "y")) for look in ("good", "bad", "even")}

    assert ends["good"][0] > 80
    assert ends["bad"][0] < -80
    assert ends["even"][1] < -80
    assert (round(ends["good"][1]), round(ends["bad"][1]), round(ends["even"][0])) == (0, 0, 0)


def _along(line: ElementTree.Element, axis: str) -> float:
    """How far a line goes along an axis."""
    return float(line.get(f"{axis}2", "0")) - float(line.get(f"{axis}1", "0"))


def test_a_department_that_reaches_nothing_has_no_arrow() -> None:
    """It stands in the list, and says so."""
    drawn = dial(DrawingWords("en"), False)

    assert drawn.table.rows[-1] == ("Legal", "", "reaches no customer outcome", "")
    assert drawn.svg.count('class="unknown"') == 0


def test_the_payout_curve_is_what_is_paid() -> None:
    """Nothing below the threshold, twice as fast above the target, no more than the cap; the jump is told."""
    drawn = curve(DrawingWords("en"), False)

    assert dict(drawn.table.rows) == {
        "0%": "0%", "50%": "0%", "80%": "80%", "90%": "90%", "100%": "100%", "110%": "120%", "125%": "150%", "150%": "200%",
    }  # fmt: skip
    assert "It jumps by 80% at 80%." in drawn.description


def test_pay_of_a_role_is_read_off_both_lines() -> None:
    """Beyond a jump at the attainment itself, between points in proportion, and where a side has no line as unknown."""
    drawn = role(DrawingWords("en"), False)
    new = role_curves("new", [], [(0.0, 0.5), (2.0, 0.5)], DrawingWords("en"), about="New")

    assert drawn.table.rows == (
        ("0%", "0%", "0%"), ("80%", "80%", "80%"), ("100%", "100%", "100%"), ("120%", "120%", "120%"),
        ("150%", "150%", "120%"),
    )  # fmt: skip
    assert {row[1:] for row in new.table.rows} == {("unknown", "50%")}


def test_what_is_not_said_is_not_drawn() -> None:
    """A ranking says nothing of what is paid for which result."""
    assert payout_curve("curve", Payout(kind="ranking"), DrawingWords("en")) is None

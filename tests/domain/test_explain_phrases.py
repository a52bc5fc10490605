"""Names, shares and spans of time as they stand in sentences."""

from __future__ import annotations

import pytest

from app.domain.phrases import after, clean, count, listed, percent, quoted, says_direction
from app.domain.terms import Wanted
from app.domain.voice import unit


@pytest.mark.parametrize(
    ("days", "english", "german"),
    [
        (0, "", ""),
        (3, "within days", "nach wenigen Tagen"),
        (7, "after about a week", "nach etwa einer Woche"),
        (21, "after about three weeks", "nach etwa drei Wochen"),
        (30, "after about a month", "nach etwa einem Monat"),
        (42, "after about six weeks", "nach etwa sechs Wochen"),
        (90, "after about three months", "nach etwa drei Monaten"),
        (180, "after about half a year", "nach etwa einem halben Jahr"),
        (365, "after about a year", "nach etwa einem Jahr"),
        (545, "after about a year and a half", "nach etwa anderthalb Jahren"),
        (1095, "after about three years", "nach etwa drei Jahren"),
    ],
)
def test_a_lag_in_words(days: int, english: str, german: str):
    """Days are weeks, months or years to whoever hears them."""
    assert after(days, "en") == english
    assert after(days, "de") == german


@pytest.mark.parametrize(
    ("share", "english", "german"),
    [
        (0.3, "30%", "30 %"),
        (0.025, "2.5%", "2,5 %"),
        (0.125, "12.5%", "12,5 %"),
        (1 / 3, "33%", "33 %"),
        (1.0, "100%", "100 %"),
        (0.0001, "under 0.1%", "unter 0,1 %"),
    ],
)
def test_a_share_in_percent(share: float, english: str, german: str):
    """Whole percents, one digit where they are small, a comma in German."""
    assert percent(share, "en") == english
    assert percent(share, "de") == german


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (" two\nlines ", "“two lines”"),
        ("“Quoted”", "“Quoted”"),
        ("the “best” rate", "“the ‘best’ rate”"),
        ("a\u202eb\u200b", "“ab”"),
        ("x" * 100, f"“{'x' * 59}…”"),
        (
            "a long name that goes on and on until it is cut at a word of its own",
            "“a long name that goes on and on until it is cut at a word…”",
        ),
    ],
)
def test_a_name_in_quotation_marks(name: str, said: str):
    """One line, one pair of marks, cut at a word."""
    assert quoted(name, "en") == said


@pytest.mark.parametrize(
    ("name", "wanted", "says"),
    [
        ("Reduce churn", "decrease", True),
        ("Kosten senken", "decrease", True),
        ("More than 3 contacts", "decrease", False),
        ("Churn", "decrease", False),
        ("Umsatzsteigerung", "increase", False),
    ],
)
def test_whether_a_name_says_its_direction(name: str, wanted: Wanted, says: bool):
    """Only a name whose own word goes the wanted way does."""
    assert says_direction(name, wanted) is says


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        (
            "Vertrieb",
            ("die Abteilung Vertrieb", "der Abteilung Vertrieb", "der Abteilung Vertrieb", "die Abteilung Vertrieb"),
        ),
        (
            "Vertriebsabteilung",
            ("die Vertriebsabteilung", "der Vertriebsabteilung", "der Vertriebsabteilung", "die Vertriebsabteilung"),
        ),
        (
            "Bereich Filialen",
            ("der Bereich Filialen", "des Bereichs Filialen", "dem Bereich Filialen", "den Bereich Filialen"),
        ),
        ("Serviceteam", ("das Serviceteam", "des Serviceteams", "dem Serviceteam", "das Serviceteam")),
    ],
)
def test_german_departments_carry_their_article(name: str, cases: tuple[str, str, str, str]):
    """Nominative, genitive, dative, accusative."""
    assert unit(name, "de") == cases
    assert set(unit(name, "en")) == {clean(name)}


def test_lists_and_counts():
    """Two with `and`, three with a comma; small numbers in words."""
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["a", "b"], "de") == "a und b"
    assert count(1, "one KPI", "KPIs", "en") == "one KPI"
    assert count(3, "ein KPI", "KPIs", "de") == "drei KPIs"
    assert count(13, "one KPI", "KPIs", "en") == "13 KPIs"

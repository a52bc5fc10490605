"""Conditions in plain words."""

from __future__ import annotations

import re

import pytest

from app.domain.findings import Condition
from app.domain.rules.explain import compile_explanation
from app.domain.rules.schema import FactKind, Field
from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node
from app.domain.rules.words import in_words, told
from app.domain.terms import Language
from tests.counts import many
from tests.domain.rules.random_rules import KIND, conditions, rows

PAY = FactKind(
    name="component",
    labels={"en": "component", "de": "Bestandteil"},
    fields=(
        Field("gate", "bool", labels={"en": "pay has a gate", "de": "die Zahlung hat eine Vorbedingung"},
              denials={"en": "pay has no gate", "de": "die Zahlung hat keine Vorbedingung"}),
        Field("watched", "bool", nullable=True, labels={"en": "effects are watched", "de": "Wirkungen werden beobachtet"},
              denials={"en": "effects are not watched", "de": "Wirkungen werden nicht beobachtet"}),
        Field("accelerator", "decimal", labels={"en": "largest accelerator", "de": "größter Beschleuniger"}),
        Field("weight", "decimal", unit="share", labels={"en": "weight in the plan", "de": "Gewicht im Plan"}),
        Field("quality", "decimal", unit="share", labels={"en": "quality", "de": "Qualität"}),
        Field("kpis", "int", labels={"en": "shared KPIs", "de": "geteilte KPIs"}),
        Field("lag", "int", nullable=True, labels={"en": "days of lag", "de": "Tage Verzug"}),
        Field("wait", "int", labels={"en": "days of waiting", "de": "Tage Wartezeit"}),
        Field("payout", "enum", values=("line", "steps", "rank"), labels={"en": "payout", "de": "Auszahlung"},
              said={"en": {"line": "linear", "steps": "in tiers", "rank": "by rank"},
                    "de": {"line": "linear", "steps": "in Stufen", "rank": "nach Rang"}}),
        Field("role", "text", labels={"en": "role", "de": "Rolle"}),
        Field("tags", "enum_list", values=("old", "new"), labels={"en": "tags", "de": "Marken"}),
    ),
)  # fmt: skip

SAID = {
    "gate": ("pay has a gate", "die Zahlung hat eine Vorbedingung"),
    "!gate": ("pay has no gate", "die Zahlung hat keine Vorbedingung"),
    "!!gate": ("pay has a gate", "die Zahlung hat eine Vorbedingung"),
    "gate == false": ("pay has no gate", "die Zahlung hat keine Vorbedingung"),
    "false != gate": ("pay has a gate", "die Zahlung hat eine Vorbedingung"),
    "accelerator > 1.0": ("largest accelerator: above 1", "größter Beschleuniger: über 1"),
    "!(accelerator > 1)": ("largest accelerator: at most 1", "größter Beschleuniger: höchstens 1"),
    "1.5 > accelerator": ("largest accelerator: below 1.5", "größter Beschleuniger: unter 1,5"),
    "accelerator == -0.5": ("largest accelerator: exactly −0.5", "größter Beschleuniger: genau −0,5"),
    "weight >= 0.02": ("weight in the plan: at least 2 %", "Gewicht im Plan: mindestens 2 %"),
    "weight < 0.125": ("weight in the plan: below 12.5 %", "Gewicht im Plan: unter 12,5 %"),
    "weight + quality <= 0.5": ("weight in the plan plus quality: at most 50 %", "Gewicht im Plan plus Qualität: höchstens 50 %"),
    "3 * quality <= weight": ("3 times quality: at most weight in the plan", "3 mal Qualität: höchstens Gewicht im Plan"),
    "quality / weight < 0.5": ("quality divided by weight in the plan: below 0.5", "Qualität geteilt durch Gewicht im Plan: unter 0,5"),
    "(weight - quality) / 2 > 0.1": (
        "(weight in the plan minus quality) divided by 2: above 10 %", "(Gewicht im Plan minus Qualität) geteilt durch 2: über 10 %",
    ),
    "-accelerator < 0": ("minus largest accelerator: below 0", "minus größter Beschleuniger: unter 0"),
    "kpis == 0": ("no shared KPIs", "keinerlei geteilte KPIs"),
    "kpis > 0": ("some shared KPIs", "mehr als 0 geteilte KPIs"),
    "!(kpis > 0)": ("no shared KPIs", "keinerlei geteilte KPIs"),
    "kpis >= 3": ("at least 3 shared KPIs", "mindestens 3 geteilte KPIs"),
    "kpis != 2": ("not 2 shared KPIs", "nicht 2 geteilte KPIs"),
    "wait < lag": ("days of waiting: below days of lag", "Tage Wartezeit: unter Tage Verzug"),
    "lag == null": ("days of lag is missing", "Tage Verzug fehlt"),
    "!(lag == null)": ("days of lag is known", "Tage Verzug ist bekannt"),
    "watched == null": ("“effects are watched” is not known", "„Wirkungen werden beobachtet“ ist nicht bekannt"),
    'payout == "rank"': ("payout: by rank", "Auszahlung: nach Rang"),
    'payout != "rank"': ("payout: not by rank", "Auszahlung: nicht nach Rang"),
    'payout in ["line", "steps"]': ("payout: linear or in tiers", "Auszahlung: linear oder in Stufen"),
    '!(payout in ["line", "steps"])': ("payout: neither linear nor in tiers", "Auszahlung: weder linear noch in Stufen"),
    '!(payout in ["rank"])': ("payout: not by rank", "Auszahlung: nicht nach Rang"),
    "kpis in [1, 2, 3]": ("shared KPIs: 1, 2 or 3", "geteilte KPIs: 1, 2 oder 3"),
    'role.startsWith("head")': ("role begins with “head”", "Rolle beginnt mit „head“"),
    '!role.contains("sales")': ("role does not have “sales” in it", "Rolle enthält nicht „sales“"),
    'tags.contains("old")': ("tags has “old” in it", "Marken enthält „old“"),
    "gate == watched": ("pay has a gate exactly if effects are watched",
                        "die Zahlung hat eine Vorbedingung genau dann, wenn gilt: Wirkungen werden beobachtet"),
    "gate && !watched": ("pay has a gate and effects are not watched",
                         "die Zahlung hat eine Vorbedingung und Wirkungen werden nicht beobachtet"),
    "!(gate && watched)": ("pay has no gate or effects are not watched",
                           "die Zahlung hat keine Vorbedingung oder Wirkungen werden nicht beobachtet"),
    "gate && (watched || kpis == 0)": ("pay has a gate and (effects are watched or no shared KPIs)",
                                       "die Zahlung hat eine Vorbedingung und (Wirkungen werden beobachtet oder keinerlei geteilte KPIs)"),
    "accelerator > 1 && !gate && !watched": (
        "largest accelerator: above 1; pay has no gate; and effects are not watched",
        "größter Beschleuniger: über 1; die Zahlung hat keine Vorbedingung; und Wirkungen werden nicht beobachtet",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "english", "german"), [(k, *v) for k, v in SAID.items()], ids=SAID)
def test_conditions_are_told_in_both_languages(text: str, english: str, german: str):
    """Operators by templates, fields by their labels; a denial never turns into its opposite."""
    node = parse(text)

    assert in_words(node, PAY, "en") == english
    assert in_words(node, PAY, "de") == german


TOLD = {
    "a quantity, with what it is": (Condition("weight >= 0.02", {"weight": 0.09}, True), "weight in the plan: at least 2 % (9 %)"),
    "a count, with what it is": (Condition("kpis > 5", {"kpis": 7}, True), "more than 5 shared KPIs (7)"),
    "two quantities": (
        Condition("wait < lag", {"wait": 30, "lag": 180}, True),
        "days of waiting: below days of lag (days of waiting 30, days of lag 180)",
    ),
    "a clause needs no value": (Condition("!gate", {"gate": False}, True), "pay has no gate"),
    "an equal word is told already": (Condition('payout == "rank"', {"payout": "rank"}, True), "payout: by rank"),
    "one out of a list is not": (
        Condition('payout in ["line", "steps"]', {"payout": "steps"}, True), "payout: linear or in tiers (in tiers)",
    ),
    "what fails is told as it is": (Condition("kpis > 5", {"kpis": 3}, False), "at most 5 shared KPIs (3)"),
    "a clause that fails": (Condition("!gate", {"gate": True}, False), "pay has a gate"),
    "what is missing": (
        Condition("lag > 90", {"lag": None}, None),
        "it cannot be said whether this holds: more than 90 days of lag (missing: days of lag)",
    ),
    "a clause that is missing is told once": (
        Condition("!watched", {"watched": None}, None), "it cannot be said whether this holds: effects are not watched",
    ),
    "nothing missing, divided by nothing": (
        Condition("quality / weight > 1", {"quality": 0.0, "weight": 0.0}, None),
        "it cannot be said whether this holds: quality divided by weight in the plan: above 1",
    ),
    "small numbers keep a digit": (Condition("accelerator > 0", {"accelerator": 0.0034}, True), "largest accelerator: above 0 (0.003)"),
}  # fmt: skip


@pytest.mark.parametrize(("condition", "english"), TOLD.values(), ids=TOLD)
def test_deciding_conditions_are_told_with_their_values(condition: Condition, english: str):
    """What decided is told as it holds, as it fails, or why nobody can say."""
    assert told(condition, PAY, "en") == english


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_rule_can_be_told(language: Language):
    """No condition is without words, and no operator of the language shows in them."""
    for node in conditions(many(300), seed=21):
        words = in_words(node, KIND, language)
        assert words
        assert not re.search(r"&&|\|\||==|!=|<=|>=|\{|\}", words), words


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_rule_and_its_denial_are_told_differently(language: Language):
    """Nobody reads the opposite of what a rule says."""
    for node in conditions(many(300), seed=22):
        assert in_words(Node("not", (node,)), KIND, language) != in_words(node, KIND, language)


def test_what_decided_can_be_told_on_every_row():
    """Every deciding condition of every random rule has words, whatever it came to."""
    for node in conditions(many(300), seed=23):
        explain = compile_explanation(node, KIND)
        for row in rows(5, seed=24):
            assert all(told(condition, KIND, "en") for condition in explain(row))

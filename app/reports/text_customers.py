"""What customers are worth, business cases and own evidence as text for the terminal, in English and German."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from app.domain.business_case_words import told_assumption
from app.domain.customer_asset_words import told_driver
from app.domain.phrases import number, percent
from app.domain.terms import Language
from app.reports.text_words import Words

Json = Mapping[str, Any]
Table = list[list[str]]

_SAID: Mapping[str, tuple[str, str]] = {
    "worth": ("Customers are worth {worth}; {within} of it comes within {years} years.",
              "Die Kunden sind {worth} wert; {within} davon kommen binnen {years} Jahren."),
    "segments": ("Segment|Customers|Each|Worth|A point of retention", "Segment|Kunden|Je Kunde|Wert|Ein Punkt Bindung"),
    "drivers": ("Driver|One more is worth|Of worth|Of pressure|Of pay|Answerable",
                "Treiber|Eins mehr ist wert|Vom Wert|Vom Druck|Von der Vergütung|Verantwortlich"),
    "all": ("all customers", "alle Kunden"),
    "others": ("all others", "alle anderen"),
    "nobody": ("nobody", "niemand"),
    "stake": ("Conflicts with {outcome} may cost {low} to {high} of that.",
              "Konflikte mit {outcome} können davon {low} bis {high} kosten."),
    "no_stake": ("No conflict with a retention rate was found that could be valued.",
                 "Es wurde kein Konflikt mit einer Bindungsquote gefunden, der sich bewerten lässt."),
    "rests": ("This rests on:", "Das beruht auf:"),
    "npv": ("Net present value {middle} ({low} to {high}); probability of loss {loss}.",
            "Kapitalwert {middle} ({low} bis {high}); Wahrscheinlichkeit eines Verlusts {loss}."),
    "payback": ("Nothing is lost any more after {middle} quarters, in the middle of the draws.",
                "Nach {middle} Quartalen ist in der Mitte der Ziehungen nichts mehr verloren."),
    "no_payback": ("In half of the draws the money does not come back within {quarters} quarters.",
                   "In der Hälfte der Ziehungen kommt das Geld in {quarters} Quartalen nicht zurück."),
    "quarters": ("Quarter|Low|Middle|High|Cumulated", "Quartal|Tief|Mitte|Hoch|Zusammen"),
    "decides": ("What decides|Low|High", "Was entscheidet|Tief|Hoch"),
    "range": ("{likely} ({low} to {high})", "{likely} ({low} bis {high})"),
    "held": ("held at its likely value", "beim wahrscheinlichen Wert gehalten"),
    "left_out": ("left out", "weggelassen"),
    "lacking": ("Could not be valued: {outcome}: {text}.", "Nicht bewertet: {outcome}: {text}."),
    "tested": ("Influence|Verdict|Points|Needed|Correlation|Lag|p", "Einfluss|Urteil|Punkte|Nötig|Korrelation|Verzug|p"),
    "supported": ("supported", "gestützt"),
    "contradicted": ("contradicted", "widersprochen"),
    "open": ("open", "offen"),
    "not_enough": ("not enough", "zu wenig"),
    "own": ("{influence}: your class is {own}, the catalogue's {strength}.",
            "{influence}: Ihre Klasse ist {own}, die des Katalogs {strength}."),
    "untested": ("{count} more influences cannot be tested; observe first: {metrics}.",
                 "{count} weitere Einflüsse lassen sich nicht prüfen; beobachten Sie zuerst: {metrics}."),
    "none_tested": ("None of the {count} influences behind findings can be tested yet; observe first: {metrics}.",
                    "Keiner der {count} Einflüsse hinter Befunden lässt sich schon prüfen; beobachten Sie zuerst: {metrics}."),
    "nothing": ("No finding uses an influence.", "Kein Befund nutzt einen Einfluss."),
    "replaced": ("{influence}: {before} → {after}: {new} new, {worse} worse, {better} better, {fixed} fixed.",
                 "{influence}: {before} → {after}: {new} neu, {worse} schlimmer, {better} besser, {fixed} behoben."),
}  # fmt: skip

MOST_MISSING = 5
"""Metrics that are named as those to observe first."""


class Called(NamedTuple):
    """What things are called, by their keys; what is not known is called by its key."""

    departments: Mapping[str, str] = MappingProxyType({})
    segments: Mapping[str, str] = MappingProxyType({})
    outcomes: Mapping[str, str] = MappingProxyType({})
    metrics: Mapping[str, str] = MappingProxyType({})
    citations: Mapping[str, str] = MappingProxyType({})


def called_in(raw: Json, citations: Mapping[str, str] = MappingProxyType({})) -> Called:
    """What a document calls things. `citations`: short forms by id."""
    customers = raw.get("organization", {}).get("customers", {})
    named = (raw.get("departments", ()), customers.get("segments", ()), raw.get("outcomes", ()))
    departments, segments, outcomes = ({one["key"]: one.get("name", one["key"]) for one in each} for each in named)
    return Called(departments, segments, outcomes, citations=citations)


class CustomerText:
    """Texts in a language, amounts in a currency, things as they are called."""

    def __init__(self, language: Language, currency: str | None = None, called: Called | None = None) -> None:
        self.language, self.currency, self._words = language, currency, Words(language)
        self.called = called or Called()

    def asset(self, asset: Json) -> tuple[list[str], Table, Table, list[str]]:
        """A headline, the segments, the drivers, and what conflicts cost with all that it rests on."""
        within = asset["within_years"]
        head = [
            self("worth", worth=self.money(asset["worth"]), within=self.money(within["worth"]), years=within["years"])
        ]
        segments = [
            [self.segment(one["segment"]), self.count(one["customers"]),
             *map(self.money, (one["each"], one["worth"])),
             self.money(one["point_of_retention"])]
            for one in asset["segment_worth"]
        ]  # fmt: skip
        drivers = [
            [told_driver(one["driver"], self.language), self.money(one["worth"]),
             *(self.share(one.get(name)) for name in ("share_of_worth", "share_of_pressure", "share_of_pay")),
             ", ".join(self._department(each["department"]) for each in one["answerable"]) or self("nobody")]
            for one in asset["drivers"]
        ]  # fmt: skip
        stake = asset["at_stake"]["outcomes"]
        costs = [
            self(
                "stake",
                outcome=self._outcome(one["outcome"]),
                low=self.money(one["worth"]["low"]),
                high=self.money(one["worth"]["high"]),
            )
            for one in stake
        ]
        rests = [f"- {one['text']}{self._cited(one)}" for one in asset["assumptions"]]
        return (
            head,
            [self("segments").split("|"), *segments],
            [self("drivers").split("|"), *drivers],
            [*(costs or [self("no_stake")]), "", self("rests"), *rests],
        )

    def case(self, case: Json) -> tuple[list[str], Table, Table, list[str]]:
        """A headline, the quarters, what decides, and all that it rests on."""
        worth, back = case["net_present_value"], case["payback_quarters"]
        bands = {name: self.money(worth[name]) for name in ("low", "middle", "high")}
        middle = back.get("middle")
        quarters = [
            [str(one["quarter"]), *(self.money(one[name]) for name in ("low", "middle", "high")),
             self.money(one["cumulated"]["middle"])]
            for one in case["cash_flow"]
        ]  # fmt: skip
        decides = [
            [self.assumption(one["assumption"]), self.money(one["low"]), self.money(one["high"])]
            for one in case["tornado"]
        ]
        paid = (
            self("no_payback", quarters=case["quarters"])
            if middle is None
            else self("payback", middle=self.count(middle))
        )
        rests = [self._assumption(one) for one in case["assumptions"]]
        lacking = [self("lacking", outcome=self._outcome(one["outcome"]), text=one["text"]) for one in case["lacking"]]
        return (
            [self("npv", **bands, loss=self.share(case["probability_of_loss"])), paid],
            [self("quarters").split("|"), *quarters],
            [self("decides").split("|"), *decides],
            [self("rests"), *rests, *lacking],
        )

    def evidence(self, found: Json) -> tuple[Table, list[str]]:
        """What was tested, and what follows."""
        tested = found["influences"]
        rows = [
            [one["influence"], self(one["verdict"]), str(one["points"]), str(one["points_needed"]),
             *(self._figure(one, name) for name in ("correlation", "lag_periods", "p_value"))]
            for one in tested
        ]  # fmt: skip
        own = [
            self("own", influence=one["influence"], own=one["own_strength"], strength=one["strength"])
            for one in tested
            if one.get("own_strength") not in (None, one["strength"])
        ]
        missing = [metric for one in found["untested"] for metric in one["missing"]]
        ranked = sorted(set(missing), key=lambda metric: (-missing.count(metric), metric))[:MOST_MISSING]
        names = ", ".join(self.called.metrics.get(metric, metric) for metric in ranked)
        told = "untested" if tested else "none_tested"
        more = [self(told, count=len(found["untested"]), metrics=names)] if missing else []
        nothing = [] if tested or missing else [self("nothing")]
        return ([self("tested").split("|"), *rows] if rows else []), [*own, *more, *nothing]

    def replaced(self, made: Json) -> str:
        """What replacing a class changes."""
        counts = {name: len(made[name]) for name in ("new", "worse", "better", "fixed")}
        return self("replaced", influence=made["influence"], before=made["before"], after=made["after"], **counts)

    def __call__(self, name: str, **values: Any) -> str:
        """A text by its name."""
        return _SAID[name][self.language == "de"].format(**values)

    def money(self, amount: str) -> str:
        """An amount in whole units."""
        said = self.count(float(amount))
        return f"{said} {self.currency}" if self.currency else said

    def count(self, value: float) -> str:
        """A whole number."""
        return self._words.count(round(value))

    def share(self, value: float | None) -> str:
        """A share in percent; a dash where nobody knows it."""
        return "–" if value is None else self._words.share(value)

    def assumed(self, value: float, unit: str) -> str:
        """A value of an assumption, as its unit is read."""
        if unit.startswith("share"):
            return percent(value, self.language)
        return self.count(value) if unit.startswith("money") else number(value, self.language, 2)

    def _assumption(self, one: Json) -> str:
        low, likely, high = (self.assumed(one[name], one["unit"]) for name in ("low", "likely", "high"))
        range_ = likely if one["low"] == one["high"] else self("range", low=low, likely=likely, high=high)
        mode = "" if one["mode"] == "drawn" else f"; {self(one['mode'])}"
        return f"- {one['key']}: {self.assumption(one['key'])}: {range_} ({one['source']}{mode})"

    def segment(self, key: str) -> str:
        """A segment by the name of the document, or as what is left of its customers."""
        return self.called.segments.get(key) or (self(key) if key in ("all", "others") else key)

    def assumption(self, key: str) -> str:
        """What an assumption of a business case is."""
        return told_assumption(key, self.language, self.called.outcomes)

    def _outcome(self, key: str) -> str:
        return self.called.outcomes.get(key, key)

    def _department(self, key: str) -> str:
        return self.called.departments.get(key, key)

    def _cited(self, one: Json) -> str:
        cited: Sequence[str] = one["citations"]
        formula = f" {one['formula']}." if "formula" in one else ""
        return f"{formula} ({', '.join(self.called.citations.get(id_, id_) for id_ in cited)})" if cited else formula

    def _figure(self, one: Json, name: str) -> str:
        value = one.get(name)
        return "–" if value is None else number(value, self.language, 0 if name == "lag_periods" else 3)

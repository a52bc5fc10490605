"""What a rule, metric, remedy, source, family, lever or influence is, told on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue, Citation, Family, Influence, Lever, Metric
from app.domain.errors import Unknown
from app.domain.facts.kinds import FACT_KINDS
from app.domain.nearest import nearest
from app.domain.remedies import Remedy
from app.domain.rules.rule import Example, Rule, compile_rule
from app.domain.rules.words import in_words
from app.domain.terms import Language
from app.reports.text_line import Piece
from app.reports.text_names import FAMILY, Names, Sources
from app.reports.text_page import Page
from app.reports.text_sources import write_sources
from app.reports.text_words import Words

_GAP = 14
_MOST_EXAMPLES = 4
_MOST_INFLUENCES = 12


class Encyclopedia:
    """Pages about the entries of a catalogue."""

    def __init__(self, catalogue: Catalogue, language: Language, width: int) -> None:
        self._known = catalogue
        self._words = Words(language)
        self._names = Names(self._words, None, catalogue)
        self._sources = Sources(self._names)
        self._page = Page(width)

    def entry(self, id_: str) -> Page:
        """The page of whatever has the id; raises Unknown."""
        known = self._known
        sections: tuple[tuple[Mapping[str, Any], Callable[[Any], Page]], ...] = (
            (known.rules, self.rule),
            (known.metrics, self.metric),
            (known.remedies, self.remedy),
            (known.citations, self.citation),
            (known.families, self.family),
            (known.levers, self.lever),
            (known.influences, self.influence),
            (known.family_influences, self.influence),
        )
        for section, told in sections:
            for written in (id_, id_.upper(), id_.lower()):
                if written in section:
                    return told(section[written])
        ids = [key for section, _ in sections[:6] for key in section]
        raise Unknown("rule, metric, remedy or source", id_, tuple(nearest(id_, ids)))

    def rule(self, rule: Rule) -> Page:
        """What a rule reports and when, with examples, sources and remedies."""
        language = self._words.language
        self._title(rule.id, rule.title.get(language) or rule.title["en"], f"{rule.pack}, v{rule.version}")
        self._page.paragraph(rule.why(language))
        self._page.blank()
        self._line("reports", (self._words(rule.finding), "name"), f" ({rule.flaw})" if rule.flaw else "")
        self._line("says", rule.message.get(language) or rule.message["en"])
        compiled = compile_rule(rule, FACT_KINDS)
        self._line("when_rule", in_words(compiled.node, compiled.kind, language))
        self._line("condition", (rule.condition, "aside"))
        self._line("severity", self._severity(rule))
        self._line("rests_on", "; ".join(self._sources.named(r) for r in rule.references))
        self._line("remedies", self._words.listed([self._remedy_name(r) for r in rule.remedies]))
        served = [r.id for r in self._known.remedies.values() if rule.id in r.rules and r.id not in rule.remedies]
        self._line("answered_by", self._words.listed([self._remedy_name(r) for r in served]))
        self._examples("matches", rule.matches)
        self._examples("silent", rule.silent)
        return self._end()

    def metric(self, metric: Metric) -> Page:
        """What is measured, what it is called, and what moves it and is moved by it."""
        self._title(metric.id, self._names.metric(metric.id), metric.function)
        of = self._known.metric_families.get(metric.id)
        self._line("good", self._words(f"good_{metric.good_direction}"), f" · {metric.unit}" if metric.unit else "")
        if of:
            self._line("family", self._names.metric(FAMILY + of.family), f" ({of.family}, {of.orientation})")
        self._line("names", self._words.listed([*metric.aliases]))
        self._line("opposites", self._words.listed([*metric.inverse_aliases]))
        self._line("not_this", self._words.listed([*metric.differs_from]))
        self._line("controlled", self._words.listed([*metric.controllable_by]))
        how = f": {metric.gameability_how}" if metric.gameability_how else ""
        self._line("gaming", f"{self._words(metric.gameability)}{how}")
        self._line("note", metric.note)
        arcs = self._known.influences.values()
        self._arcs("moved_by", [i for i in arcs if i.target == metric.id], ingoing=True)
        self._arcs("moves", [i for i in arcs if i.source == metric.id], ingoing=False)
        return self._end()

    def remedy(self, remedy: Remedy) -> Page:
        """What a remedy changes, when, at what cost and risk."""
        language = self._words.language
        self._title(remedy.id, remedy.name.said(language), "")
        self._page.paragraph(remedy.rationale.said(language))
        self._page.blank()
        self._line("when_rule", remedy.when.said(language))
        self._line("costs", remedy.cost.said(language))
        for risk in remedy.risks:
            sources = "; ".join(self._sources.named(r) for r in risk.references) or self._words("expert")
            self._line("risk", f"{risk.text.said(language)} ({sources})")
        self._line("rests_on", "; ".join(self._sources.named(r) for r in remedy.references))
        for form in remedy.forms:
            self._line("form", _without_places(form.title.de if language == "de" else form.title.en))
        named = sorted(
            rule.id for rule in self._known.rules.values() if remedy.id in rule.remedies or rule.id in remedy.rules
        )
        self._cited("label_answers", named, most=len(named))
        return self._end()

    def citation(self, citation: Citation) -> Page:
        """A source, what it found, and everything that rests on it."""
        self._title(citation.id, citation.title, str(citation.year or ""))
        self._line("authors", "; ".join(citation.authors))
        self._line("venue", citation.venue)
        self._line(
            "doi",
            citation.doi or "",
            "" if citation.doi_seen or not citation.doi else f" ({self._words('from_memory')})",
        )
        self._line("address", citation.address)
        seen = f" ({citation.seen})" if citation.seen else ""
        self._line("status", self._words(f"status_{citation.status}"), seen)
        self._line("found", citation.finding)
        self._cited_by(citation.id)
        return self._end()

    def family(self, family: Family) -> Page:
        """A kind of measure, and the metrics that belong to it."""
        german = self._words.language == "de"
        self._title(family.id, self._names.metric(FAMILY + family.id), "")
        self._page.paragraph(family.definition)
        self._page.blank()
        self._line("up_means", family.up_means_de if german and family.up_means_de else family.up_means)
        self._line("examples", self._words.listed([*family.examples]))
        members = sorted(m for m, of in self._known.metric_families.items() if of.family == family.id)
        self._line("metrics", self._words.listed(members))
        arcs = self._known.family_influences.values()
        self._arcs("moved_by", [i for i in arcs if i.target == family.id], ingoing=True, prefix=FAMILY)
        self._arcs("moves", [i for i in arcs if i.source == family.id], ingoing=False, prefix=FAMILY)
        return self._end()

    def lever(self, lever: Lever) -> Page:
        """A feature of a plan that acts like the source of a movement."""
        self._title(lever.id, self._names.metric(lever.id), lever.category)
        self._page.paragraph(lever.definition)
        self._page.blank()
        self._line("names", self._words.listed([*lever.aliases]))
        self._line("shown_by", lever.shown_by)
        arcs = self._known.influences.values()
        self._arcs("moves", [i for i in arcs if i.source == lever.id], ingoing=False)
        return self._end()

    def influence(self, influence: Influence) -> Page:
        """An arc with its evidence."""
        prefix = FAMILY if influence.id in self._known.family_influences else ""
        source, target = self._names.metric(prefix + influence.source), self._names.metric(prefix + influence.target)
        self._title(influence.id, f"{source} → {target}", "")
        german = self._words.language == "de"
        self._page.paragraph((german and influence.mechanism_de) or influence.mechanism)
        self._page.blank()
        self._line("sign", self._words({"+": "sign_plus", "-": "sign_minus", "0": "sign_none"}[influence.sign]))
        self._line("strength", f"{self._words(influence.strength)}, {self._words.lag(influence.lag_days)}")
        self._line("evidence", self._evidence(influence))
        self._line("when_rule", (german and influence.when_de) or influence.when)
        self._line("rests_on", "; ".join(self._sources.named(c) for c in influence.citations))
        self._line("countered_by", self._words.listed([*influence.counters]))
        return self._end()

    def _title(self, id_: str, name: str, aside: str) -> None:
        self._page.sides((id_, "title"), (aside, "aside"))
        self._page.rule()
        self._page.paragraph((name, "title"))
        self._page.blank()

    def _line(self, label: str, *pieces: Piece) -> None:
        if any(piece for piece in pieces):
            self._page.labelled((self._words(f"label_{label}"), "label"), *pieces, gap=_GAP)

    def _severity(self, rule: Rule) -> str:
        if rule.severity != "standard":
            return rule.severity
        if rule.base is None:
            return self._words("severity_of_pair")
        return self._words("severity_from_base", base=self._words.number(rule.base))

    def _remedy_name(self, id_: str) -> str:
        known = self._known.remedies.get(id_)
        return f"{known.name.said(self._words.language)} ({id_})" if known else id_

    def _examples(self, label: str, examples: Iterable[Example]) -> None:
        shown = list(examples)[:_MOST_EXAMPLES]
        if shown:
            self._page.blank()
            self._page.paragraph((self._words(f"label_{label}"), "heading"))
        for example in shown:
            self._page.labelled("•", f"{example.because}  ", (_facts(example.facts), "aside"), gap=2)

    def _arcs(self, label: str, arcs: list[Influence], *, ingoing: bool, prefix: str = "") -> None:
        if not arcs:
            return
        self._page.blank()
        self._page.paragraph((self._words(f"label_{label}"), "heading"))
        order = sorted(arcs, key=lambda i: ({"strong": 0, "moderate": 1, "weak": 2}[i.strength], i.id))
        for arc in order[:_MOST_INFLUENCES]:
            other = self._names.metric(prefix + (arc.source if ingoing else arc.target))
            marks = self._sources.marks(arc.citations)
            sign = {"+": "+", "-": "−", "0": "0"}[arc.sign]
            told = f"  {self._words(arc.strength)}, {self._words.lag(arc.lag_days)}, {self._evidence(arc)}"
            self._page.labelled(sign, other, (told, "aside"), (f" {marks}" if marks else "", "reference"), gap=2)
        if len(order) > _MOST_INFLUENCES:
            self._page.paragraph((self._words("more_also", n=len(order) - _MOST_INFLUENCES), "aside"), indent=2)

    def _evidence(self, influence: Influence) -> str:
        analogy = f", {self._words('analogy')}" if influence.support == "analogy" else ""
        contested = f", {self._words('link_contested')}" if influence.contested else ""
        return f"{self._words(influence.evidence)}{analogy}{contested}"

    def _cited_by(self, id_: str) -> None:
        known = self._known
        cites = {
            "cited_rules": [r.id for r in known.rules.values() if id_ in _bare(r.references)],
            "cited_remedies": [
                r.id
                for r in known.remedies.values()
                if id_ in _bare(r.references) or any(id_ in _bare(risk.references) for risk in r.risks)
            ],
            "cited_influences": [
                i.id for i in (*known.influences.values(), *known.family_influences.values()) if id_ in i.citations
            ],
        }
        for label, ids in cites.items():
            self._cited(
                "label_" + label, sorted(ids), most=_MOST_INFLUENCES if label == "cited_influences" else len(ids)
            )

    def _cited(self, label: str, ids: Sequence[str], most: int) -> None:
        for number, id_ in enumerate(ids[:most]):
            self._page.labelled((self._words(label) if number == 0 else "", "label"), self._names.rule(id_), gap=_GAP)
        if len(ids) > most:
            self._page.labelled("", (self._words("more_also", n=len(ids) - most), "aside"), gap=_GAP)

    def _end(self) -> Page:
        write_sources(self._page, self._names, self._sources)
        return self._page


def rules_page(rules: Sequence[Rule], language: Language, width: int) -> Page:
    """Rules by pack, a line each."""
    page = Page(width)
    for pack in dict.fromkeys(rule.pack for rule in rules):
        page.heading(pack)
        for rule in rules:
            if rule.pack == pack:
                page.labelled((rule.id, "reference"), rule.title.get(language) or rule.title["en"], gap=9)
    return page


def _without_places(text: str) -> str:
    """A template's text, its placeholders as dots."""
    return re.sub(r"\{[a-z_.]+\}", "…", text)


def _facts(facts: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_said(value)}" for name, value in facts.items())


def _said(value: Any) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)


def _bare(references: Iterable[str]) -> set[str]:
    return {reference.partition("#")[0] for reference in references}

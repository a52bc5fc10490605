"""One document in one language: its names, departments and movements as they stand in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from app.domain.arcs import FAMILY
from app.domain.catalogue import Catalogue, Influence, Saying
from app.domain.goals import Goal, Goals, Item
from app.domain.phrases import clean, lowered, quoted, says_direction
from app.domain.terms import Direction, Language, Movement, Wanted

DEPARTMENT_MOST = 50
"""Characters of a department's name that a sentence can carry."""


class Unit(NamedTuple):
    """A department's name as it stands in a sentence, by German case; in English all are alike."""

    nominative: str
    genitive: str
    dative: str
    accusative: str


class Voice:
    """Says names, wants and movements of one document in one language; every phrase is made once."""

    def __init__(self, goals: Goals, language: Language) -> None:
        self.goals = goals
        self.catalogue: Catalogue = goals.catalogue
        self.language = language
        self.german = language == "de"
        self._units = {d.key: unit(d.name, language) for d in goals.document.departments}
        self._on: dict[int, list[Goal]] = {}
        for goal in goals.goals:
            self._on.setdefault(id(goal.item), []).append(goal)
        self._plans = {p.key: quoted(p.role or p.key, language) for p in goals.document.incentive_plans}
        self.pushes: dict[tuple[str, bool], str] = {}
        """Goal, and whether it is the other side → how hard it is pushed, as said before."""
        self.notes: dict[str, str] = {}
        """Influence → its evidence and sources, as said before."""
        self.counters = _counters(goals.catalogue)
        """Influence → what speaks against it."""

    def say(self, english: str, german: str) -> str:
        """Whichever is asked for."""
        return german if self.german else english

    def name(self, item: Item) -> str:
        """The document's own name of a KPI, a measure or an outcome, in quotation marks."""
        return quoted(item.name, self.language)

    def unit(self, department: str | None) -> Unit:
        """A department by its key."""
        return self._units.get(department or "") or unit(department or "–", self.language)

    def plan(self, key: str) -> str:
        """An incentive plan by its role, in quotation marks."""
        return self._plans.get(key) or quoted(key, self.language)

    def influence(self, id_: str) -> Influence:
        """An influence between metrics or families, by its id."""
        return self.catalogue.influences.get(id_) or self.catalogue.family_influences[id_]

    def goals_on(self, item: Item) -> list[Goal]:
        """The goals that push an item."""
        return self._on.get(id(item), [])

    def to_want(self, item: Item) -> str:
        """What is asked of whoever holds the item: `raise “Bookings”`, `„Aufträge“ zu steigern`."""
        return to_want(item.name, item.wanted, self.language)

    def must(self, item: Item) -> str:
        """The same after `must`: `raise “Bookings”`, `„Aufträge“ steigern`."""
        return must(item.name, item.wanted, self.language)

    def wanting(self, item: Item) -> str:
        """The same as what somebody does: `raising “Bookings”`."""
        name = self.name(item)
        if says_direction(item.name, item.wanted):
            return f"meeting {name}"
        steady = f"holding {name} steady"
        return {"increase": f"raising {name}", "decrease": f"lowering {name}", "maintain": steady}[item.wanted]

    def aim(self, item: Item) -> str:
        """What is owed: `“Retention”`, `lower “Churn”`."""
        name = self.name(item)
        if item.wanted == "increase" or says_direction(item.name, item.wanted):
            return name
        if item.wanted == "decrease":
            return self.say(f"lower {name}", f"weniger {name}")
        return self.say(f"a steady {name}", f"gleichbleibend {name}")

    def subject(self, node: str) -> str:
        """A metric or family as the subject of a sentence."""
        return _subject(self._saying(node), self.catalogue, node, self.language)

    def moves(self, movement: Movement) -> str:
        """A movement as a clause: `first-contact resolution falls`; in German the verb leads: `sinkt die Erstlösungsquote`."""
        saying = self._saying(movement.metric)
        does = _does(saying, movement.direction, self.language)
        subject = self.subject(movement.metric)
        if not self.german:
            return f"{subject} {does}"
        verb, _, rest = does.partition(" ")
        return f"{verb} {subject} {rest}" if rest else f"{verb} {subject.rstrip(',')}"

    def states(self, movement: Movement) -> str:
        """A movement as a statement by itself, subject first in both languages."""
        does = _does(self._saying(movement.metric), movement.direction, self.language)
        return f"{self.subject(movement.metric)} {does}"

    def kind_of(self, family: str) -> str:
        """What kind of measure a family is: `working speed per case`."""
        known = self.catalogue.families.get(family.removeprefix(FAMILY))
        if known is None:
            return family.removeprefix(FAMILY).replace("_", " ")
        return known.name_de or known.name if self.german else lowered(known.name)

    def title(self, node: str) -> str:
        """A metric or family by its name alone."""
        if node.startswith(FAMILY):
            return self.kind_of(node)
        metric = self.goals.metrics.get(node)
        if metric is None:
            return node
        return clean(metric.name_de or metric.name) if self.german else lowered(clean(metric.name))

    def _saying(self, node: str) -> Saying | None:
        return self.catalogue.sayings.get(node)


def to_want(name: str, wanted: Wanted, language: Language) -> str:
    """What is asked: `raise “Bookings”`, `„Aufträge“ zu steigern`; a name that says it itself is to be met."""
    said = quoted(name, language)
    if says_direction(name, wanted):
        return f"{said} zu erreichen" if language == "de" else f"meet {said}"
    if language == "de":
        return f"{said} {_WANTED_DE[wanted]}"
    return f"hold {said} steady" if wanted == "maintain" else f"{_WANTED_EN[wanted]} {said}"


def must(name: str, wanted: Wanted, language: Language) -> str:
    """What somebody must do: `raise “Bookings”`, `„Aufträge“ steigern`."""
    if language == "en":
        return to_want(name, wanted, language)
    verb = "erreichen" if says_direction(name, wanted) else _MUST_DE[wanted]
    return f"{quoted(name, language)} {verb}"


def unit(name: str, language: Language) -> Unit:
    """A department's name in sentences: a German one gets its article, or the word `Abteilung` that carries one."""
    said = clean(name, DEPARTMENT_MOST)
    if language == "en":
        return Unit(said, said, said, said)
    for word in said.split():
        gender = next((g for ending, g in _GENDERS.items() if word.casefold().endswith(ending)), None)
        if gender:
            owning = said if gender == "f" else said.replace(word, f"{word}s", 1)
            one, of, to, at = _ARTICLES[gender]
            return Unit(f"{one} {said}", f"{of} {owning}", f"{to} {said}", f"{at} {said}")
    return Unit(*(f"{article} Abteilung {said}" for article in _ARTICLES["f"]))


def joined(preposition: str, dative: str) -> str:
    """A German preposition before a dative with its article: `vom Serviceteam`, `in der Abteilung Service`."""
    if dative.startswith("dem "):
        return f"{_WITH_DEM[preposition]} {dative.removeprefix('dem ')}"
    return f"{preposition} {dative}"


_WITH_DEM = {"von": "vom", "in": "im"}
_WANTED_EN: Mapping[Wanted, str] = {"increase": "raise", "decrease": "lower"}
_WANTED_DE: Mapping[Wanted, str] = {"increase": "zu steigern", "decrease": "zu senken", "maintain": "stabil zu halten"}
_MUST_DE: Mapping[Wanted, str] = {"increase": "steigern", "decrease": "senken", "maintain": "stabil halten"}
_GENDERS = {"abteilung": "f", "leitung": "f", "führung": "f", "bereich": "m", "vorstand": "m", "team": "n"}
_ARTICLES = {
    "f": ("die", "der", "der", "die"),
    "m": ("der", "des", "dem", "den"),
    "n": ("das", "des", "dem", "das"),
}


@lru_cache(maxsize=8)
def _counters(catalogue: Catalogue) -> Mapping[str, tuple[Influence, ...]]:
    found: dict[str, list[Influence]] = {}
    for influences in (catalogue.influences, catalogue.family_influences):
        for influence in influences.values():
            for countered in influence.counters if influence.role == "counter" else ():
                found.setdefault(countered, []).append(influence)
    return {id_: tuple(sorted(against, key=lambda i: i.id)) for id_, against in found.items()}


def _subject(saying: Saying | None, catalogue: Catalogue, node: str, language: Language) -> str:
    if saying is not None:
        return saying.de[0] if language == "de" else saying.en[0]
    metric = catalogue.metrics.get(node)
    return quoted(metric.name_de or metric.name if language == "de" else metric.name, language) if metric else node


def _does(saying: Saying | None, direction: Direction, language: Language) -> str:
    place = 1 if direction == "up" else 2
    if saying is not None:
        return (saying.de if language == "de" else saying.en)[place]
    return {"en": ("", "rises", "falls"), "de": ("", "steigt", "sinkt")}[language][place]

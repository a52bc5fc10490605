"""An assessment as text: what it comes to, what is missing most, and what each score rests on; English and German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.instruments import Instrument
from app.domain.terms import Language
from app.reports.text_line import plain
from app.reports.text_words import Words

Json = Mapping[str, Any]

TEXTS: Mapping[str, tuple[str, str]] = {
    "head": ("{name}, {instrument}, as of {day}: {score}", "{name}, {instrument}, Stand {day}: {score}"),
    "of_five": ("{score} of 5", "{score} von 5"),
    "open": ("nothing answered yet", "noch nichts beantwortet"),
    "covered": (
        "{share} of the questions answered; people: {people}; the model: revision {revision}",
        "{share} der Fragen beantwortet; Personen: {people}; das Modell: Revision {revision}",
    ),
    "opinions": (
        "what each of {n} people thinks of the whole: {mean} (95 % {low} to {high}, agreement {agreement})",
        "was jede von {n} Personen vom Ganzen hält: {mean} (95 % {low} bis {high}, Einigkeit {agreement})",
    ),
    "gaps": ("WHAT IS MISSING MOST", "WAS AM MEISTEN FEHLT"),
    "gain": ("{n}. {text} ({score} of 5; closing it adds {gain})", "{n}. {text} ({score} von 5; geschlossen bringt es {gain})"),
    "people": ("people {mean}, answers {n}", "Personen {mean}, Antworten {n}"),
    "between": ("95 % {low} to {high}, agreement {agreement}", "95 % {low} bis {high}, Einigkeit {agreement}"),
    "model": ("the model {score} ({facts})", "das Modell {score} ({facts})"),
    "nobody": ("not answered", "nicht beantwortet"),
    "differs": ("people and the model differ", "Personen und Modell weichen ab"),
    "executives": ("executives", "Führung"),
    "employees": ("employees", "Mitarbeitende"),
    "customers": ("customers", "Kunden"),
    "seen": ("{group}: {share} of {n} agree (95 % {low} to {high})", "{group}: {share} von {n} stimmen zu (95 % {low} bis {high})"),
    "holds": ("{first} − {second}: {gap} points, more than chance", "{first} − {second}: {gap} Punkte, mehr als Zufall"),
    "chance": (
        "{first} − {second}: {gap} points, may be chance; ask {n} people of each group",
        "{first} − {second}: {gap} Punkte, vielleicht Zufall; fragen Sie {n} Personen je Gruppe",
    ),
    "published": ("Published by {source}: {told}", "Veröffentlicht von {source}: {told}"),
    "places": ("none {none}, partial {partial}, full {full}", "keine {none}, teilweise {partial}, voll {full}"),
}  # fmt: skip


def assessment_text(said: Json, instrument: Instrument, sources: Mapping[str, str], language: Language) -> str:
    """The assessment as the API answers it. `sources`: short forms of the citations of published figures, by id."""
    told = _Told(instrument, sources, language)
    body = told.perception(said) if "perception" in said["result"] else told.scores(said)
    return "\n".join(plain(line) for line in (*told.head(said), *body)) + "\n"


class _Told:
    """The parts in a language."""

    def __init__(self, instrument: Instrument, sources: Mapping[str, str], language: Language) -> None:
        self.language, self.instrument, self.words = language, instrument, Words(language)
        self.sources = sources
        self.text = instrument.texts(language)
        self.title = {one.key: one.title.plain(language) for one in instrument.sections}

    def say(self, name: str, /, **values: object) -> str:
        return TEXTS[name][self.language == "de"].format(**values)

    def score(self, value: float) -> str:
        return self.words.number(value, 1)

    def head(self, said: Json) -> Iterator[str]:
        result = said["result"]
        is_scored = result["score"] is not None
        score = self.say("of_five", score=self.score(result["score"])) if is_scored else ""
        if not is_scored and "perception" not in result:
            score = self.say("open")
        title, day = self.instrument.title.plain(self.language), self.words.day(said["as_of"])
        yield self.say("head", name=said["name"], instrument=title, day=day, score=score).rstrip(": ")
        share, revision = self.words.share(result["coverage"]), result["model"]["revision"]
        yield self.say("covered", share=share, people=result["people"], revision=revision)
        spread = result.get("spread", {})
        if "interval" in spread:
            low, high = map(self.score, spread["interval"])
            agreed = self.words.number(spread["agreement"], 2)
            mean = self.score(spread["mean"])
            yield self.say("opinions", n=spread["people"], mean=mean, low=low, high=high, agreement=agreed)

    def scores(self, said: Json) -> Iterator[str]:
        result = said["result"]
        for section in result["sections"]:
            score = "–" if section["score"] is None else self.score(section["score"])
            yield ""
            yield f"{self.title[section['section']]}: {score}"
            for one in section["questions"]:
                yield f"  {self.text[one['question']]}"
                yield f"    {'; '.join(self._rests(one))}"
        for view in result.get("views", ()):
            if view["at"]:
                shares = {name: self.words.share(share) for name, share in view["shares"].items()}
                yield f"  {self.text[view['question']]} {self.say('places', **shares)}"
        if result["gaps"]:
            yield ""
            yield self.say("gaps")
        for n, gap in enumerate(result["gaps"], 1):
            score, gain = self.score(5 - gap["points"]), self.words.number(gap["gain"], 2)
            yield self.say("gain", n=n, text=self.text[gap["question"]], score=score, gain=gain)
            for one in gap["recommendations"][:3]:
                yield f"   {one['id']}  {one['titles'].get(self.language, one['titles']['en'])}"

    def perception(self, said: Json) -> Iterator[str]:
        found = said["result"]["perception"]
        for one in found["questions"]:
            yield ""
            yield self.text[one["question"]]
            for seen in one["seen"]:
                low, high = map(self.words.share, seen["interval"])
                share = self.words.share(seen["share"])
                yield f"  {self.say('seen', group=self.say(seen['group']), share=share, n=seen['asked'], low=low, high=high)}"
            for gap in one["gaps"]:
                sides = {side: self.say(gap[side]) for side in ("first", "second")}
                points = self.words.number(gap["gap"] * 100)
                yield f"  {self.say('holds' if gap['holds'] else 'chance', **sides, gap=points, n=gap['ask'])}"
            for mark in found["benchmarks"]:
                if mark["question"] == one["question"]:
                    told = mark["told_de" if self.language == "de" else "told"]
                    yield f"  {self.say('published', source=self.sources[mark['citation']], told=told)}"

    def _rests(self, one: Json) -> Iterator[str]:
        if "people" in one:
            people = one["people"]
            yield self.say("people", mean=self.score(people["mean"]), n=people["answers"])
            if "interval" in people:
                low, high = map(self.score, people["interval"])
                yield self.say("between", low=low, high=high, agreement=self.words.number(people["agreement"], 2))
        if "model" in one:
            facts = ", ".join(f"{name} = {self._value(value)}" for name, value in one["model"]["facts"].items())
            yield self.say("model", score=one["model"]["score"], facts=facts)
        if one["by"] is None:
            yield self.say("nobody")
        if one["differs"]:
            yield self.say("differs")

    def _value(self, value: Any) -> str:
        return f"{value:.4g}" if isinstance(value, float) else str(value).lower()

"""A comparison of a scenario as text: what becomes of findings, whose pay moves, what roles are paid; English and German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.phrases import number, percent, quoted
from app.domain.terms import Language
from app.reports.text_clauses import change_text
from app.reports.text_line import cells, padded, plain
from app.reports.text_names import Names
from app.reports.text_words import Words

Json = Mapping[str, Any]

TEXTS: Mapping[str, tuple[str, str]] = {
    "model": ("the model, revision {n}", "dem Modell, Revision {n}"),
    "compared": ("{after} against {before}, as of {day}", "{after} gegenüber {before}, Stand {day}"),
    "index": ("Alignment index", "Ausrichtungsindex"),
    "severity": ("Severity of all findings", "Schwere aller Befunde"),
    "none": ("none", "keiner"),
    "findings": ("FINDINGS", "BEFUNDE"),
    "new": ("new", "neu"),
    "worse": ("worse", "schlimmer"),
    "better": ("weaker", "schwächer"),
    "fixed": ("gone", "weg"),
    "unchanged": ("{n} as they were", "{n} wie zuvor"),
    "pay": ("PAY THAT MOVES", "VERGÜTUNG, DIE SICH VERSCHIEBT"),
    "nobody": ("Nobody's pay hangs on something else.", "Niemandes Vergütung hängt an etwas anderem."),
    "of_pay": ("{share} of total pay", "{share} der Gesamtvergütung"),
    "a_year": ("{amount} a year for all", "{amount} im Jahr für alle"),
    "roles": ("PAY AT {at} OF EVERY TARGET (1 = TARGET VARIABLE PAY)", "VERGÜTUNG BEI {at} JEDES ZIELS (1 = ZIELBONUS)"),
    "before": ("before", "vorher"),
    "after": ("after", "nachher"),
    "by_place": ("{share} of it is paid by place, or by tiers that are not known", "{share} davon nach Rang oder unbekannten Stufen"),
    "hangs_on": ("hangs on", "hängt an"),
    "changes": ("CHANGES", "ÄNDERUNGEN"),
}  # fmt: skip

SIGNS = {"new": "+", "worse": "▲", "better": "▼", "fixed": "−"}
"""What became of a finding → what stands before it."""


def comparison_text(said: Json, before: Json, after: Json, language: Language) -> str:
    """The comparison as the API answers it; `before` and `after` are the documents, which give names to keys."""
    told = _Told(language)
    parts = [told.head(said), told.findings(said), told.pay(said), told.roles(said), told.changes(said, before, after)]
    return "\n\n".join("\n".join(map(plain, part)) for part in (list(each) for each in parts) if part) + "\n"


class _Told:
    """The sections in a language."""

    def __init__(self, language: Language) -> None:
        self.language, self._at = language, int(language == "de")

    def say(self, name: str, **values: object) -> str:
        return TEXTS[name][self._at].format(**values)

    def head(self, said: Json) -> Iterator[str]:
        sides = [self._side(said[side]) for side in ("before", "after")]
        yield self.say("compared", after=sides[1], before=sides[0], day=said["as_of"])
        indexes, sums = ([said[side][name] for side in ("before", "after")] for name in ("alignment_index", "severity"))
        for name, values, digits in (("index", indexes, 2), ("severity", sums, 0)):
            figures = [
                self.say("none") if value is None else Words(self.language).number(value, digits) for value in values
            ]
            yield f"{self.say(name)}: {' → '.join(figures)}"

    def findings(self, said: Json) -> Iterator[str]:
        counts = said["counts"]
        yield self.say("findings")
        yield ", ".join(
            [
                *(f"{counts[fate]} {self.say(fate)}" for fate in SIGNS),
                self.say("unchanged", n=counts["unchanged"]),
            ]
        )
        for fate, sign in SIGNS.items():
            for one in said[fate]:
                sides = [one[side] for side in ("before", "after") if side in one]
                grades = " → ".join(Words(self.language).grade(side["level"], side["severity"]) for side in sides)
                yield f"  {sign} {self.say(fate)}, {grades}: {one['title']}"

    def pay(self, said: Json) -> Iterator[str]:
        yield self.say("pay")
        if not said["pay_moved"]:
            yield f"  {self.say('nobody')}"
        for one in said["pay_moved"]:
            share = self.say("of_pay", share=percent(one["share"], self.language))
            amount = [self.say("a_year", amount=self._money(one["amount"]))] if "amount" in one else []
            yield f"  {self._role(one)}: {'; '.join([share, *amount])}"

    def roles(self, said: Json) -> Iterator[str]:
        marks = [
            mark
            for role in said["roles"]
            for side in ("before", "after")
            for mark in role.get(side, {}).get("marks", ())
        ]
        if not said["roles"]:
            return
        at = dict.fromkeys(percent(mark["attainment"], self.language) for mark in marks)
        yield self.say("roles", at=" / ".join(at) or "100 %")
        for role in said["roles"]:
            yield f"  {self._role(role)}"
            width = max(cells(self.say(side)) for side in ("before", "after"))
            for side in ("before", "after"):
                if side in role:
                    yield f"    {padded(self.say(side), width)}  {self._paid(role[side])}"

    def changes(self, said: Json, before: Json, after: Json) -> Iterator[str]:
        from app.domain.change_form import change_from_json

        words = Words(self.language)
        names, old_names = Names(words, after, None), Names(words, before, None)
        yield self.say("changes")
        for change in said["changes"]:
            yield f"  {change_text(change_from_json(change), names, old_names)}"

    def _side(self, side: Json) -> str:
        if "scenario" in side:
            return quoted(side["name"], self.language)
        return self.say("model", n=side["revision"])

    def _role(self, role: Json) -> str:
        return f"{role['role']} ({role['incentive_plan']})" if "role" in role else str(role["incentive_plan"])

    def _paid(self, pay: Json) -> str:
        marks = " / ".join(number(mark["pay"], self.language, 2) for mark in pay["marks"]) or self.say("none")
        rest = 1 - pay["known"]
        said = [self.say("by_place", share=percent(rest, self.language))] if rest > 1e-6 else []
        measures: Sequence[Json] = [one for one in pay["measures"] if one["effective"] is not None]
        hangs = [
            f"{one.get('kpi') or one['component']} {percent(one['effective'], self.language)}" for one in measures[:4]
        ]
        said += [f"{self.say('hangs_on')} {', '.join(hangs)}"] if hangs else []
        return "; ".join([marks, *said])

    def _money(self, money: Json) -> str:
        whole = f"{round(float(money['amount'])):,}"
        return " ".join(
            [whole.replace(",", ".") if self._at else whole, *([money["currency"]] if "currency" in money else [])]
        )

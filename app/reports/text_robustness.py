"""What pages on sensitivity, deciding influences, cuts and value at stake share: their texts, and how influences are named."""

from __future__ import annotations

from app.domain.catalogue import Influence
from app.domain.findings import ChainLink
from app.domain.terms import Level, Movement
from app.reports.robustness_words import TEXTS
from app.reports.text_names import Names
from app.reports.text_words import Words


class Teller:
    """Texts in one language, and names."""

    def __init__(self, words: Words, names: Names) -> None:
        self.words, self.names = words, names

    def say(self, text: str, **values: object) -> str:
        """A text with its placeholders filled."""
        return TEXTS[text][self.words.language == "de"].format(**values)

    def influence(self, id_: str) -> str:
        """An influence by its id: what moves what."""
        known = self.names.catalogue
        found = (known.influences.get(id_) or known.family_influences.get(id_)) if known else None
        return (
            id_
            if found is None
            else self._influence(found, family=known is not None and id_ in known.family_influences)
        )

    def link(self, link: ChainLink) -> str:
        """An influence as a step of a chain."""
        return f"{self.names.movement(link.source)} → {self.names.movement(link.target)}"

    def level(self, level: Level | None) -> str:
        """A level, or that nothing is found."""
        return self.say("gone") if level is None else self.words(level)

    def grade(self, level: Level | None, severity: float) -> str:
        """A level with its severity."""
        return self.say("absent") if level is None else self.words.grade(level, severity)

    def _influence(self, one: Influence, *, family: bool) -> str:
        prefix = "family:" if family else ""
        source, target = prefix + one.source if not one.source.startswith("lever.") else one.source, prefix + one.target
        falls = one.source_direction == "down"
        start, end = Movement(source, "down" if falls else "up"), one.sign == "-"
        return (
            f"{self.names.movement(start)} → {self.names.movement(Movement(target, 'down' if falls != end else 'up'))}"
        )

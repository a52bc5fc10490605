"""What is said of waivers, in English and German."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.domain.findings import Finding
from app.domain.grounds import Change
from app.domain.terms import Language

_MOST_TITLES = 2
_CHANGED: dict[Change, tuple[str, str]] = {
    "chain": ("the witness chain has changed", "die Wirkungskette hat sich geändert"),
    "sources": ("what the chain rests on has changed", "die Belege der Kette haben sich geändert"),
    "both": (
        "the witness chain and what it rests on have changed",
        "die Wirkungskette und ihre Belege haben sich geändert",
    ),
}


class Words(NamedTuple):
    """The sentences in a language."""

    language: Language

    def expired(self, day: date, titles: Sequence[str], count: int) -> str:
        """A waiver that has ended, and what counts again; `titles` of those that were asked for."""
        told = [*titles[:_MOST_TITLES]]
        more = count - len(told)
        if more:
            told.append(self._(f"{more} more", f"{more} weitere") if told else str(more))
        what = "; ".join(told)
        return self._(f"expired on {day}; counted again: {what}", f"abgelaufen am {day}; zählt wieder: {what}")

    def expired_idle(self, day: date) -> str:
        """A waiver that has ended and is not missed."""
        return self._(
            f"expired on {day}, and there is nothing left to waive; remove it",
            f"abgelaufen am {day}, und es gibt nichts mehr hinzunehmen; kann entfallen",
        )

    def void(self, finding: Finding, change: Change) -> str:
        """A waiver that was granted on other grounds."""
        english, german = _CHANGED[change]
        chain = " → ".join(str(m) for m in (*(x.source for x in finding.chain[:1]), *(x.target for x in finding.chain)))
        now = self._(f" (now {chain})", f" (jetzt {chain})") if chain else ""
        return self._(
            f"void, {english}{now}: {finding.title}; accept it anew with grounds {finding.grounds}",
            f"hinfällig, {german}{now}: {finding.title}; neu hinzunehmen mit grounds {finding.grounds}",
        )

    def wide(self, count: int) -> str:
        """A waiver for more than one finding."""
        return self._(
            f"waives {count} findings at once; name subjects or a fingerprint, so that each is accepted by itself",
            f"nimmt {count} Befunde auf einmal hin; nennen Sie subjects oder einen fingerprint, damit jeder einzeln gilt",
        )

    def lacking(self, members: Sequence[str]) -> str:
        """A waiver that does not say who, why or until when."""
        return self._(f"does not say: {', '.join(members)}", f"sagt nichts zu: {', '.join(members)}")

    def no_fingerprint(self, fingerprint: str, near: Sequence[str]) -> str:
        """A waiver for a finding that is not there."""
        perhaps = f"; {self._('perhaps', 'vielleicht')} {near[0]}" if near else ""
        return self._(
            f"waives nothing: there is no finding {fingerprint} (any more){perhaps}",
            f"nimmt nichts hin: es gibt keinen Befund {fingerprint} (mehr){perhaps}",
        )

    def no_rule(self, rule: str, near: Sequence[str]) -> str:
        """A waiver for a rule that does not exist."""
        perhaps = f"; {self._('did you mean', 'meinten Sie')} {near[0]}?" if near else ""
        return self._(
            f"waives nothing: there is no rule {rule}{perhaps}",
            f"nimmt nichts hin: es gibt keine Regel {rule}{perhaps}",
        )

    def nothing_about(self, rule: str, subjects: Sequence[str], near: Sequence[str]) -> str:
        """A waiver for what a rule does not report."""
        about = f" {self._('about', 'über')} {', '.join(subjects)}" if subjects else ""
        perhaps = f"; {self._('perhaps', 'vielleicht')} {near[0]}" if near else ""
        return self._(
            f"waives nothing: {rule} reports nothing{about} (any more){perhaps}",
            f"nimmt nichts hin: {rule} meldet nichts{about} (mehr){perhaps}",
        )

    def _(self, english: str, german: str) -> str:
        return german if self.language == "de" else english

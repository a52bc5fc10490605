"""Texts of the formats for pipelines and for the page, English and German, beside those of the text report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.findings import NotRun
from app.domain.terms import Language
from app.domain.verdicts import AuditReport, Verdict
from app.reports.text_words import Words

RUN_TEXTS: dict[str, tuple[str, str]] = {
    # standing of findings
    "not_valid": ("Not valid", "Ungültig"),
    "waived_as": ("Accepted by {owner}: {reason}", "Hingenommen von {owner}: {reason}"),
    "waived_until": ("Accepted by {owner} until {day}: {reason}", "Hingenommen von {owner} bis {day}: {reason}"),
    "known_since": ("Known from the baseline", "Aus der Basislinie bekannt"),
    # runs
    "left_out": (
        "{told} of {all} findings are listed, the worst; {n} more are left out.",
        "{told} von {all} Befunden sind aufgeführt, die schwersten; {n} weitere fehlen.",
    ),
    "not_marked": (
        "Waived or known from the baseline, so that no line is marked: {n}.",
        "Hingenommen oder aus der Basislinie bekannt, daher ohne markierte Zeile: {n}.",
    ),
    "problems_omitted": ("Problems that are not listed: {n}.", "Nicht aufgeführte Probleme: {n}."),
    "nothing_at_all": ("Nothing was audited.", "Nichts wurde geprüft."),
    "settings_in_force": ("Settings in force", "Geltende Einstellungen"),
    "notices": ("Notices", "Hinweise"),
    "rules_not_run": ("Rules that were not run", "Regeln, die nicht liefen"),
    "not_run_off": ("{rule}: switched off: {reason}", "{rule}: abgeschaltet: {reason}"),
    "not_run_unfit": (
        "{rule}: it does not fit what rules can read today: {reason}",
        "{rule}: passt nicht zu dem, was Regeln heute lesen können: {reason}",
    ),
    "in_force_from": ("{rule}: in force from {start}", "{rule}: gilt ab {start}"),
    "in_force_until": ("{rule}: in force until {end}", "{rule}: galt bis {end}"),
    "in_force_between": ("{rule}: in force from {start} until {end}", "{rule}: gilt von {start} bis {end}"),
    "not_audited": ("Not audited", "Nicht geprüft"),
    # rules
    "rule_looks_for": ("Reports: {kind}.", "Meldet: {kind}."),
    "holds_when": ("Holds when", "Gilt, wenn"),
    "what_can_be_done": ("What can be done", "Was man tun kann"),
    "explained_by": ("More", "Mehr"),
    # cases of a rule
    "rule_clear": ("nothing found, rows looked at: {n}", "nichts gefunden, geprüfte Zeilen: {n}"),
    "rule_unknown": (
        "Rows that could not be judged: {n}; missing: {names}",
        "Zeilen, die sich nicht beurteilen ließen: {n}; es fehlt: {names}",
    ),
    "not_assessable": ("could not be judged", "nicht zu beurteilen"),
    # roles
    "role_subject": ("subject", "Gegenstand"),
    "role_source": ("pushes", "drängt"),
    "role_target": ("suffers", "leidet"),
    "role_gate": ("gate", "Bedingung der Auszahlung"),
    "role_other": ("also concerned", "ebenfalls betroffen"),
    "chain_title": ("How it comes about", "Wie es dazu kommt"),
    # page and merge request
    "report_of": ("Audit of goals and incentive plans", "Prüfung von Zielen und Anreizplänen"),
    "file": ("File", "Datei"),
    "place": ("Place", "Stelle"),
    "level": ("Level", "Stufe"),
    "severity": ("Severity", "Schwere"),
    "finding": ("Finding", "Befund"),
    "rule": ("Rule", "Regel"),
    "department": ("Department", "Abteilung"),
    "reached": ("Of what customers are owed, reached", "Davon erreicht, was Kunden zusteht"),
    "from": ("From", "Von"),
    "to": ("To", "An"),
    "number_of": ("Number", "Anzahl"),
    "as_table": ("The same as a table", "Dasselbe als Tabelle"),
    "contents": ("Contents", "Inhalt"),
    "to_content": ("To the content", "Zum Inhalt"),
    "who": ("Who", "Wer"),
    "until": ("Until", "Bis"),
    "reason": ("Reason", "Grund"),
    "setting": ("Setting", "Einstellung"),
    "value": ("Value", "Wert"),
    "origin": ("Where it stands", "Wo sie steht"),
    "problem": ("Problem", "Problem"),
    "change_column": ("Change", "Änderung"),
    "effect": ("Effect", "Wirkung"),
    "evidence": ("Evidence", "Belege"),
    "made_by": ("Concord {engine}, catalogue {catalogue}, as of {day}", "Concord {engine}, Katalog {catalogue}, Stand {day}"),
    "more_findings": ("{n} more", "{n} weitere"),
    "more_files": ("{n} more files", "{n} weitere Dateien"),
    "no_open": ("Nothing open was found.", "Nichts Offenes wurde gefunden."),
}  # fmt: skip
"""Name → English and German."""


class RunWords(Words):
    """The texts in one language, those of runs first."""

    def __init__(self, language: Language = "en") -> None:
        super().__init__(language)
        self._place = 1 if language == "de" else 0

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its placeholders filled."""
        if text in RUN_TEXTS:
            return RUN_TEXTS[text][self._place].format(**values)
        return super().__call__(text, **values)

    def excuse(self, verdict: Verdict) -> str:
        """Why a finding does not fail a run; empty where it does."""
        if (by := verdict.waiver) is not None:
            told = {"owner": by.owner or self("no_owner"), "reason": by.reason or self("no_reason")}
            if by.expires is not None:
                return self("waived_until", day=self.day(by.expires.isoformat()), **told)
            return self("waived_as", **told)
        return self("known_since") if verdict.baseline == "unchanged" else ""

    def override(self, verdict: Verdict) -> str:
        """That settings changed the level, and where; empty where they did not."""
        if verdict.override is None:
            return ""
        was, now = self(verdict.engine_level), self(verdict.finding.level)
        return self("overridden", was=was, now=now, origin=verdict.override)

    def not_run(self, one: NotRun) -> str:
        """Why a rule was not run; the day after its period is the first on which it is in force no more."""
        if one.because != "not_in_force":
            return self(f"not_run_{one.because}", rule=one.rule, reason=one.reason)
        start, _, end = one.reason.partition("/")
        days = {"start": self.day(start) if start else "", "end": self.day(_day_before(end)) if end else ""}
        which = "in_force_between" if start and end else "in_force_from" if start else "in_force_until"
        return self(which, rule=one.rule, **days)

    def role(self, role: str) -> str:
        """What part a subject plays."""
        return self(f"role_{role}" if f"role_{role}" in RUN_TEXTS else "role_other")


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def words_of(reports: Sequence[AuditReport]) -> RunWords:
    """The texts in the language of the reports; in English where there is none."""
    return RunWords(reports[0].language if reports else "en")

"""Every text of the report for people, English and German, and how numbers, dates and spans of time are written."""

from __future__ import annotations

import math
from datetime import date

from app.domain.terms import Language, Level

TEXTS: dict[str, tuple[str, str]] = {
    # top
    "as_of": ("as of {day}", "Stand {day}"),
    "unnamed": ("The organization", "Die Organisation"),
    "alignment": ("Alignment", "Ausrichtung"),
    "findings": ("Findings", "Befunde"),
    "no_findings": ("none", "keine"),
    "aligned": ("goals pull where customers want them", "die Ziele ziehen dorthin, wo Kunden sie haben wollen"),
    "mostly_aligned": ("goals pull mostly where customers want them", "die Ziele ziehen überwiegend zu den Kunden hin"),
    "partly_aligned": (
        "goals pull partly where customers want them",
        "die Ziele ziehen zum Teil dorthin, wo Kunden sie haben wollen",
    ),
    "neutral": ("goals pull neither for nor against customers", "die Ziele ziehen weder zu Kunden hin noch von ihnen weg"),
    "partly_against": ("goals pull partly against customers", "die Ziele ziehen zum Teil gegen die Kunden"),
    "mostly_against": ("goals pull mostly against customers", "die Ziele ziehen überwiegend gegen die Kunden"),
    "against": ("goals pull straight against customers", "die Ziele ziehen geradewegs gegen die Kunden"),
    "no_alignment": (
        "unknown: no goal was found to reach a customer outcome",
        "unbekannt: kein Ziel erreicht erkennbar ein Kundenergebnis",
    ),
    "scale": (
        "−1 straight against what customers are owed, 0 neither, +1 straight for it",
        "−1 geradewegs gegen das, was Kunden zusteht, 0 weder noch, +1 geradewegs dafür",
    ),
    "reaches": ("reaches {share} of it", "erreicht {share}"),
    "reaches_nothing": ("reaches no customer outcome", "erreicht kein Kundenergebnis"),
    # levels and kinds
    "critical": ("critical", "kritisch"),
    "high": ("high", "hoch"),
    "medium": ("medium", "mittel"),
    "low": ("low", "gering"),
    "goal_conflict": ("conflict between departments", "Konflikt zwischen Abteilungen"),
    "outcome_conflict": ("conflict with what customers are owed", "Konflikt mit dem, was Kunden zusteht"),
    "internal_tension": ("tension within a department", "Spannung in einer Abteilung"),
    "incentive_flaw": ("flaw of an incentive plan", "Mangel eines Anreizplans"),
    "governance_gap": ("gap in governance", "Lücke in der Führung"),
    "measurement_gap": ("gap in measurement", "Lücke in der Messung"),
    "goal_conflicts": ("{n} between departments", "{n} zwischen Abteilungen"),
    "outcome_conflicts": ("{n} with what customers are owed", "{n} mit dem, was Kunden zusteht"),
    "internal_tensions": ("{n} within a department", "{n} in einer Abteilung"),
    "incentive_flaws": ("{n} of incentive plans", "{n} an Anreizplänen"),
    "governance_gaps": ("{n} of governance", "{n} der Führung"),
    "measurement_gaps": ("{n} of measurement", "{n} der Messung"),
    # matrix
    "matrix": ("Who works against whom", "Wer gegen wen arbeitet"),
    "customers": ("customers", "Kunden"),
    "no_matrix": (
        "No department's goals were found to work against another's, or against customers.",
        "Keine Abteilung arbeitet mit ihren Zielen erkennbar gegen eine andere oder gegen die Kunden.",
    ),
    "matrix_legend": (
        "Rows push, columns suffer. “{severity} ×{n}”: {n} found, the worst of severity {severity} of 100. {levels}.",
        "Zeilen drängen, Spalten leiden. „{severity} ×{n}“: {n} gefunden, der schwerste mit {severity} von 100. {levels}.",
    ),
    "matrix_legend_short": (
        "Rows push, columns suffer. A number is the severity of the worst found, of 100. {levels}.",
        "Zeilen drängen, Spalten leiden. Die Zahl ist die Schwere des schwersten Konflikts, von 100. {levels}.",
    ),
    "from_level": ("{level} from {severity}", "{level} ab {severity}"),
    "own_cell": (
        "On the diagonal: tensions within a department.",
        "Auf der Diagonale: Spannungen in einer Abteilung.",
    ),
    "pair": ("{source} against {target}", "{source} gegen {target}"),
    "more_pairs": ("and {n} more pairs", "und {n} weitere Paare"),
    # findings
    "worst_first": ("Findings, worst first", "Befunde, die schwersten zuerst"),
    "clean": (
        "Nothing was found. {judged}",
        "Nichts wurde gefunden. {judged}",
    ),
    "clean_of_wanted": (
        "Nothing of what was asked for was found. {judged}",
        "Von dem, wonach gefragt war, wurde nichts gefunden. {judged}",
    ),
    "judged": (
        "{known} of {names} names were understood and {rules} of {all} rules could be judged throughout; see below for the rest.",
        "{known} von {names} Namen wurden verstanden, {rules} von {all} Regeln ließen sich ganz beurteilen; zum Rest siehe unten.",
    ),
    "no_kpis": (
        "The document has no KPIs yet, so there is nothing to compare. Add what each department is measured on "
        "under “kpis”; `concord init --template saas` writes an example to start from.",
        "Das Dokument enthält noch keine KPIs, es gibt also nichts zu vergleichen. Tragen Sie unter „kpis“ ein, woran "
        "jede Abteilung gemessen wird; `concord init --template saas` schreibt ein Beispiel für den Anfang.",
    ),
    "no_plans": (
        "No incentive plan is given, so pay was not looked at. Add “incentive_plans” to judge how people are paid.",
        "Kein Anreizplan ist angegeben, die Vergütung wurde also nicht geprüft. Tragen Sie „incentive_plans“ ein, um zu "
        "beurteilen, wofür bezahlt wird.",
    ),
    "against_customers": ("{source} against customers", "{source} gegen Kunden"),
    "within": ("within {source}", "in {source}"),
    "how": ("How", "Wie"),
    "rests_on": ("Rests on", "Grundlage"),
    "chain_as_in": ("as in {n}", "wie in {n}"),
    "sum": ("Severity", "Schwere"),
    "sum_told": (
        "pressure {pressure}, importance {importance}, net harm {net} (harm {harm}, help {help}, internalised {internalised}), "
        "shows {lag}",
        "Druck {pressure}, Bedeutung {importance}, Nettoschaden {net} (Schaden {harm}, Hilfe {help}, verinnerlicht "
        "{internalised}), zeigt sich {lag}",
    ),
    "rests_on_told": ("Rests on ", "Grundlage: "),
    "change": ("Change", "Ändern"),
    "also": ("Also", "Auch"),
    "also_against": ("against “{name}”", "gegen „{name}“"),
    "doubt": ("Doubt", "Zweifel"),
    "proof": (
        "total severity {before} → {after}; removes {removed}, weakens {weakened}, worsens {worsened}",
        "Gesamtschwere {before} → {after}; beseitigt {removed}, schwächt {weakened}, verschlimmert {worsened}",
    ),
    "see_change": ("{ref}, as above", "{ref}, wie oben"),
    "no_change_found": (
        "no single change was found that lowers the total; it takes a decision between the two goals",
        "keine einzelne Änderung senkt die Summe; zwischen beiden Zielen muss entschieden werden",
    ),
    "contested": ("the evidence is contested", "die Belege sind umstritten"),
    "sign_unsure": (
        "other chains help: the signs agree to {share}",
        "andere Ketten nützen: die Vorzeichen stimmen zu {share} überein",
    ),
    "confidence": ("confidence {share}", "Sicherheit {share}"),
    "by_family": (
        "judged by the kind of measure only, because no chain of exact metrics joins the two",
        "nur nach der Art der Messgröße beurteilt, weil keine Kette genauer Metriken beide verbindet",
    ),
    "held_by": ("held back by {names}", "gebremst durch {names}"),
    "more_also": ("and {n} more", "und {n} weitere"),
    "short_ones": ("In short", "In Kürze"),
    "low_ones": (
        "{n} of low severity, not shown: {kinds}. --all shows them.",
        "{n} von geringer Schwere, nicht gezeigt: {kinds}. --all zeigt sie.",
    ),
    "one_low": (
        "1 of low severity, not shown: {kinds}. --all shows it.",
        "1 von geringer Schwere, nicht gezeigt: {kinds}. --all zeigt ihn.",
    ),
    "low_heading": ("Of low severity", "Von geringer Schwere"),
    # chain
    "identity": ("by definition", "per Definition"),
    "meta_analysis": ("meta-analysis", "Metaanalyse"),
    "experiment": ("experiment", "Experiment"),
    "quasi_experiment": ("natural experiment", "natürliches Experiment"),
    "observational": ("observed", "beobachtet"),
    "case": ("case", "Fallbericht"),
    "practitioner": ("from practice", "aus der Praxis"),
    "expert": ("judgement", "Einschätzung"),
    "analogy": ("by analogy", "übertragen"),
    "weak": ("weak", "schwach"),
    "moderate": ("moderate", "mittel"),
    "strong": ("strong", "stark"),
    "at_once": ("at once", "sofort"),
    "after_days": ("after {n} days", "nach {n} Tagen"),
    "after_day": ("after a day", "nach einem Tag"),
    "after_weeks": ("after {n} weeks", "nach {n} Wochen"),
    "after_months": ("after {n} months", "nach {n} Monaten"),
    "after_month": ("after a month", "nach einem Monat"),
    "after_years": ("after {n} years", "nach {n} Jahren"),
    "link_contested": ("contested", "umstritten"),
    # recommendations
    "recommendations": ("What to change", "Was zu ändern ist"),
    "recommendations_intro": (
        "Each change was tried on a copy of the document and the audit run again.",
        "Jede Änderung wurde an einer Kopie des Dokuments erprobt und die Prüfung wiederholt.",
    ),
    "no_recommendations": (
        "No single change of the catalogue lowers the total severity of this document.",
        "Keine einzelne Änderung des Katalogs senkt die Gesamtschwere dieses Dokuments.",
    ),
    "more_recommendations": (
        "{n} more with their proof: --all shows them.",
        "{n} weitere mit Beleg: --all zeigt sie.",
    ),
    "effort": ("effort {effort}", "Aufwand {effort}"),
    "effort_low": ("low", "gering"),
    "effort_medium": ("medium", "mittel"),
    "effort_high": ("high", "hoch"),
    "clears": ("Clears", "Behebt"),
    "removed_ones": ("removes {refs}", "beseitigt {refs}"),
    "weakened_ones": ("weakens {refs}", "schwächt {refs}"),
    "worsened_ones": ("worsens {refs}", "verschlimmert {refs}"),
    "finding_number": ("#{n}", "#{n}"),
    "and_folded": ("{n} folded or low", "{n} eingeklappte oder geringe"),
    "and_new": ("{n} new, folded or low", "{n} neue, eingeklappte oder geringe"),
    "index_moves": ("alignment {before} → {after}", "Ausrichtung {before} → {after}"),
    "costs": ("Costs", "Kostet"),
    "weight_moved": ("moves {share} of plan weight", "verschiebt {share} Plangewicht"),
    "pay_moved": ("moves {share} of total pay", "verschiebt {share} der Gesamtvergütung"),
    "a_year": (" ({amount} a year)", " ({amount} im Jahr)"),
    "one_plan": ("1 plan", "1 Plan"),
    "n_plans": ("{n} plans", "{n} Pläne"),
    "one_person": ("1 person", "1 Person"),
    "n_people": ("{n} people", "{n} Personen"),
    "costs_nothing": ("touches no pay", "berührt keine Vergütung"),
    "decided_by": ("decided by {names}", "zu entscheiden: {names}"),
    "why": ("Why", "Warum"),
    "reasons_as_in": ("reason and risks as in {ref}", "Grund und Risiken wie in {ref}"),
    "risk": ("Risk", "Risiko"),
    "do": ("Write", "Schreibe"),
    "set": ("{path}: {value}", "{path}: {value}"),
    "take_out": ("take out {path}", "{path} streichen"),
    # what could not be judged
    "not_judged": ("What could not be judged", "Was nicht beurteilt werden konnte"),
    "all_judged": (
        "Everything in the document was understood and every rule could be judged.",
        "Alles im Dokument wurde verstanden, jede Regel ließ sich beurteilen.",
    ),
    "unresolved": (
        "Names that were not understood; they take no part. Pin what is meant with “metric”, or give a “family”:",
        "Nicht verstandene Namen; sie bleiben außen vor. Legen Sie mit „metric“ fest, was gemeint ist, oder geben Sie „family“ an:",
    ),
    "no_candidates": ("no metric comes near", "keine Metrik kommt in die Nähe"),
    "perhaps": ("perhaps {names}", "vielleicht {names}"),
    "by_kind_only": (
        "Names of which only the kind of measure is known:",
        "Namen, von denen nur die Art der Messgröße bekannt ist:",
    ),
    "read_as": (
        "Names that were guessed; pin the metric if the guess is wrong:",
        "Erratene Namen; legen Sie die Metrik fest, wenn falsch geraten wurde:",
    ),
    "taken_as": ("taken as {name}", "verstanden als {name}"),
    "taken_as_opposite": ("taken as the opposite of {name}", "verstanden als Gegenteil von {name}"),
    "fill_in": (
        "Facts that are missing, and the rules that wait for them:",
        "Angaben, die fehlen, und die Regeln, die darauf warten:",
    ),
    "metric_missing": (
        "metric or family of the names that were not understood",
        "metric oder family der nicht verstandenen Namen",
    ),
    "rule_named": ("{id} “{title}”", "{id} „{title}“"),
    "for_subjects": ("for {names}", "für {names}"),
    "not_assessable_by_rule": ("What each rule could not judge", "Was jede Regel nicht beurteilen konnte"),
    "rows_of": ("{n} of {rows}", "{n} von {rows}"),
    "lacks": ("{names} of {whom}", "{names} bei {whom}"),
    "everything_judged": ("Every rule could judge everything.", "Jede Regel konnte alles beurteilen."),
    # assumptions, loops, waived
    "assumptions": ("What was assumed", "Was angenommen wurde"),
    "loops": ("Goals that feed each other", "Ziele, die einander nähren"),
    "reinforcing": ("each round makes it stronger", "jede Runde verstärkt es"),
    "balancing": ("each round works against itself", "jede Runde arbeitet gegen sich selbst"),
    "waived": ("Waived", "Hingenommen"),
    "waived_by": ("{reason} ({owner}, until {day})", "{reason} ({owner}, bis {day})"),
    "waived_forever": ("{reason} ({owner}, no end)", "{reason} ({owner}, ohne Ende)"),
    "no_reason": ("no reason given", "ohne Begründung"),
    "no_owner": ("nobody named", "niemand genannt"),
    # sources
    "sources": ("Sources", "Quellen"),
    "judgement_note": (
        "Links marked “judgement” have no study behind them; “by definition” follows from how metrics are computed.",
        "Hinter Gliedern mit „Einschätzung“ steht keine Studie; „per Definition“ folgt aus der Berechnung der Metriken.",
    ),
    # foot
    "foot": (
        "Engine {engine}, catalogue {catalogue}. `concord explain {rule}` tells what a rule is, `concord why FROM TO FILE` "
        "why two goals clash or do not.",
        "Engine {engine}, Katalog {catalogue}. `concord explain {rule}` erklärt eine Regel, `concord why VON NACH DATEI`, "
        "warum zwei Ziele sich stoßen oder nicht.",
    ),
    # why
    "harms": ("Harms", "Schadet"),
    "helps": ("Helps", "Hilft"),
    # knowledge
    "label_reports": ("Reports", "Meldet"),
    "label_says": ("Says", "Sagt"),
    "label_when_rule": ("When", "Wenn"),
    "label_condition": ("Condition", "Bedingung"),
    "label_severity": ("Severity", "Schwere"),
    "label_rests_on": ("Rests on", "Grundlage"),
    "label_remedies": ("Remedies", "Abhilfen"),
    "label_answered_by": ("Also helps", "Hilft auch"),
    "label_matches": ("Matches", "Trifft zu"),
    "label_silent": ("Stays silent", "Bleibt still"),
    "label_good": ("Good is", "Gut ist"),
    "good_increase": ("up", "nach oben"),
    "good_decrease": ("down", "nach unten"),
    "good_none": ("neither way by itself", "für sich keine Richtung"),
    "label_family": ("Kind", "Art"),
    "label_names": ("Also called", "Auch genannt"),
    "label_opposites": ("Opposite", "Gegenteil"),
    "label_not_this": ("Not meant", "Nicht gemeint"),
    "label_controlled": ("In hands of", "In Händen von"),
    "label_gaming": ("Gaming", "Manipulation"),
    "label_note": ("Note", "Anmerkung"),
    "label_moved_by": ("What moves it", "Was darauf wirkt"),
    "label_moves": ("What it moves", "Worauf es wirkt"),
    "label_costs": ("Costs", "Kostet"),
    "label_risk": ("Risk", "Risiko"),
    "label_form": ("Change", "Änderung"),
    "label_answers": ("Answers", "Beantwortet"),
    "label_authors": ("Authors", "Verfasser"),
    "label_venue": ("Published", "Erschienen"),
    "label_doi": ("DOI", "DOI"),
    "from_memory": ("from memory, not checked", "aus dem Gedächtnis, ungeprüft"),
    "label_address": ("Address", "Adresse"),
    "label_status": ("Status", "Stand"),
    "status_verified": ("verified: the source or its record was seen", "geprüft: die Quelle oder ihr Nachweis wurde gesehen"),
    "status_memory": ("unverified: from memory, nobody has looked it up", "ungeprüft: aus dem Gedächtnis, niemand hat nachgesehen"),
    "status_editorial": ("no source, but a mark of this catalogue", "keine Quelle, sondern ein Vermerk dieses Katalogs"),
    "label_found": ("Found", "Ergebnis"),
    "label_cited_rules": ("Rules", "Regeln"),
    "label_cited_remedies": ("Remedies", "Abhilfen"),
    "label_cited_influences": ("Influences", "Einflüsse"),
    "label_up_means": ("Up means", "Mehr heißt"),
    "label_examples": ("Examples", "Beispiele"),
    "label_metrics": ("Metrics", "Metriken"),
    "label_shown_by": ("Shown by", "Zeigt sich an"),
    "label_sign": ("Sign", "Vorzeichen"),
    "sign_plus": ("both go the same way", "beide gehen in dieselbe Richtung"),
    "sign_minus": ("one goes against the other", "eines geht gegen das andere"),
    "sign_none": ("no effect was seen", "keine Wirkung wurde gesehen"),
    "label_strength": ("Strength", "Stärke"),
    "label_evidence": ("Evidence", "Beleg"),
    "label_countered_by": ("Counters", "Spricht gegen"),
    "severity_of_pair": ("by pressure, importance and net harm of the pair", "aus Druck, Bedeutung und Nettoschaden des Paars"),
    "severity_from_base": (
        "{base} of 100, by the pay at stake where there is any",
        "{base} von 100, wo Vergütung daran hängt nach deren Anteil",
    ),
    # standing and settings
    "new": ("new", "neu"),
    "unchanged": ("known", "bekannt"),
    "new_count": ("{n} new", "{n} neu"),
    "known_count": ("{n} known from the baseline", "{n} aus der Basislinie bekannt"),
    "waived_count": ("{n} waived, not counted here", "{n} hingenommen, hier nicht gezählt"),
    "overridden": ("{was} set to {now} by {origin}", "{was} geändert zu {now} durch {origin}"),
    # several files
    "several": ("{n} documents", "{n} Dokumente"),
    # names
    "unresolved_name": ("not understood", "nicht verstanden"),
    "only_kind": ("kind of measure only", "nur Art der Messgröße"),
    "opposite_of": ("opposite of {name}", "Gegenteil von {name}"),
    "nothing_like_it": ("No metric is like “{query}”.", "Keine Metrik ähnelt „{query}“."),
    "names_read": ("{known} of {n} names were understood.", "{known} von {n} Namen wurden verstanden."),
}  # fmt: skip
"""Name → English and German."""

_MONTHS = (
    ("January", "Januar"), ("February", "Februar"), ("March", "März"), ("April", "April"), ("May", "Mai"),
    ("June", "Juni"), ("July", "Juli"), ("August", "August"), ("September", "September"), ("October", "Oktober"),
    ("November", "November"), ("December", "Dezember"),
)  # fmt: skip


class Words:
    """The texts in one language."""

    def __init__(self, language: Language = "en") -> None:
        self.language = language
        self._at = 1 if language == "de" else 0

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its placeholders filled."""
        return TEXTS[text][self._at].format(**values)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with its decimal sign and a real minus."""
        text = f"{value:.{digits}f}".replace("-", "−")
        if not text.strip("−0."):
            text = text.lstrip("−")
        return text.replace(".", ",") if self._at else text

    def severity(self, value: float) -> str:
        """Whole points of severity, rounded down: what is just below the bound of a level does not read as if it had reached it."""
        return self.number(math.floor(value + 1e-9))

    def grade(self, level: Level, severity: float) -> str:
        """A level with its severity: `high 54`."""
        return f"{self(level)} {self.severity(severity)}"

    def signed(self, value: float, digits: int = 2) -> str:
        """A number with its sign."""
        text = self.number(value, digits)
        return text if text.startswith("−") or not value else f"+{text}"

    def count(self, value: int) -> str:
        """A whole number, thousands apart."""
        return f"{value:,}".replace(",", "." if self._at else ",").replace("-", "−")

    def share(self, value: float) -> str:
        """A share as percent."""
        return f"{value * 100:.0f} %" if self._at else f"{value * 100:.0f}%"

    def day(self, iso: str) -> str:
        """A day as people write it."""
        day = date.fromisoformat(iso)
        month = _MONTHS[day.month - 1][self._at]
        return f"{day.day}. {month} {day.year}" if self._at else f"{day.day} {month} {day.year}"

    def lag(self, days: int) -> str:
        """After how long something shows."""
        if days == 0:
            return self("at_once")
        if days == 1:
            return self("after_day")
        if days < 14:
            return self("after_days", n=days)
        if days < 28:
            return self("after_weeks", n=round(days / 7))
        if days < 45:
            return self("after_month")
        if days < 700:
            return self("after_months", n=round(days / 30.4))
        return self("after_years", n=round(days / 365))

    def listed(self, items: list[str], most: int = 100) -> str:
        """Items with commas, those beyond the first few counted."""
        shown = items[:most]
        if len(items) > most:
            shown.append(f"+{len(items) - most}")
        return ", ".join(shown)

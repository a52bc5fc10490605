"""Texts of the report for a board, English and German, beside those of runs."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.terms import Language
from app.reports.beside_words import BESIDE_TEXTS
from app.reports.run_words import RunWords

BOARD_TEXTS: dict[str, tuple[str, str]] = {
    "board_title": ("Goals and incentive plans: report for the board", "Ziele und Anreizpläne: Bericht für den Vorstand"),
    "board_of": ("{name}: goals and incentive plans", "{name}: Ziele und Anreizpläne"),
    # every page
    "analysis": ("Analysis {id}", "Analyse {id}"),
    "not_stored": ("Analysis not stored", "Analyse nicht gespeichert"),
    "content": ("Content {hash}", "Inhalt {hash}"),
    "more_on_screen": ("Further columns are in the workbook.", "Weitere Spalten stehen in der Arbeitsmappe."),
    # what a board must know
    "index": ("Alignment index", "Ausrichtungsindex"),
    "index_means": (
        "The index says how far the goals of all departments together pull towards what customers are owed: {scale}.",
        "Der Index sagt, wie weit die Ziele aller Abteilungen zusammen zu dem ziehen, was Kunden zusteht: {scale}.",
    ),
    "gravest_conflicts": ("The gravest conflicts", "Die schwersten Konflikte"),
    "gravest_findings": ("The gravest findings", "Die schwersten Befunde"),
    "helps_proved": ("What helps, as tried: {title}.", "Was erprobt hilft: {title}."),
    "nothing_tried": (
        "no single change of the catalogue clears it",
        "keine einzelne Änderung des Katalogs behebt das",
    ),
    "severity_moves": (
        "Sum of severities {before} → {after} ({share})",
        "Summe der Schweren {before} → {after} ({share})",
    ),
    "does": (
        "removes {removed}, weakens {weakened}, worsens {worsened}",
        "beseitigt {removed}, schwächt {weakened}, verschlimmert {worsened}",
    ),
    "this_gone": ("this one is gone then", "dieser ist dann behoben"),
    "this_weaker": ("this one is weaker then", "dieser ist dann schwächer"),
    "matrix_how": (
        "Rows push, columns suffer. The number is the severity of the worst conflict, of 100; below it how many there are.",
        "Zeilen drängen, Spalten leiden. Die Zahl ist die Schwere des schwersten Konflikts, von 100; darunter, wie viele es sind.",
    ),
    "the_worst_pairs": ("The worst of {n} pairs; all are in the annex.", "Die schwersten von {n} Paaren; alle stehen im Anhang."),
    # what to decide
    "to_decide": ("What to decide", "Was zu entscheiden ist"),
    "to_decide_how": (
        "Each change was made on a copy of the document and the whole audit run again; before and after are results of those runs. Changes "
        "stand by what they clear for what they cost; several at once do not simply add up.",
        "Jede Änderung wurde an einer Kopie des Dokuments gemacht und die ganze Prüfung wiederholt; vorher und nachher sind Ergebnisse "
        "dieser Läufe. Die Änderungen stehen nach dem, was sie für ihren Preis beheben; mehrere zusammen addieren sich nicht einfach.",
    ),
    "more_changes": ("{n} more are in the annex.", "{n} weitere stehen im Anhang."),
    "change_of": ("Change", "Änderung"),
    "before_after": ("Sum of severities", "Summe der Schweren"),
    "index_column": ("Index", "Index"),
    "clears_column": ("Clears", "Behebt"),
    "costs_column": ("Costs, who decides", "Kostet, wer entscheidet"),
    # how sure
    "quoted": ("“{name}”", "„{name}“"),
    "reliance": ("How far to rely on it", "Wie weit darauf Verlass ist"),
    "names_known": (
        "{known} of {all} names of KPIs and outcomes were understood; {guessed} of them were guessed from the wording (annex: names).",
        "{known} von {all} Namen von KPIs und Ergebnissen wurden verstanden; davon {guessed} aus dem Wortlaut erraten (Anhang: Namen).",
    ),
    "names_lost": ("Not understood, and without part in the result: {names}.", "Nicht verstanden und ohne Anteil am Ergebnis: {names}."),
    "names_by_kind": ("Judged by their kind of measure only: {names}.", "Nur nach der Art der Messgröße beurteilt: {names}."),
    "rules_open": (
        "{n} of {all} rules could not be judged throughout, because the document does not say: {fields}.",
        "{n} von {all} Regeln ließen sich nicht ganz beurteilen, weil das Dokument nicht sagt: {fields}.",
    ),
    "pay_unseen": (
        "The document has no incentive plan: pay was not looked at.",
        "Das Dokument hat keinen Anreizplan: Die Vergütung wurde nicht geprüft.",
    ),
    "grave_confidence": (
        "Of {n} findings of the level {levels}, {sure} have a confidence of 50% or more; the least certain has {least}.",
        "Von {n} Befunden der Stufe {levels} haben {sure} eine Sicherheit von 50 % oder mehr; der unsicherste hat {least}.",
    ),
    "and_up": ("{level} and above", "{level} und darüber"),
    "grave_steps": ("The chains behind them have {n} steps: {kinds}.", "Die Ketten dahinter haben {n} Glieder: {kinds}."),
    "kind_of_step": ("{n} {kind}", "{n} {kind}"),
    "grave_contested": ("On contested evidence: {n} of them.", "Auf umstrittenen Belegen: {n} davon."),
    "grave_by_kind": ("By the kind of measure only: {n} of them.", "Nur nach der Art der Messgröße: {n} davon."),
    "assumed": (
        "{n} things were assumed where the document is silent (annex).",
        "{n} Annahmen stehen für das, was das Dokument nicht sagt (Anhang).",
    ),
    "assumed_one": (
        "One thing was assumed where the document is silent (annex).",
        "Eine Annahme steht für das, was das Dokument nicht sagt (Anhang).",
    ),
    "waived_some": (
        "{n} findings were accepted by somebody and count no more (annex).",
        "{n} Befunde hat jemand hingenommen; sie zählen nicht mehr (Anhang).",
    ),
    "waived_single": (
        "One finding was accepted by somebody and counts no more (annex).",
        "Einen Befund hat jemand hingenommen; er zählt nicht mehr (Anhang).",
    ),
    "what_it_is_not": (
        "A finding says that pay and goals pull apart, not that harm has been done: look at the figures of the departments named before "
        "anybody is blamed.",
        "Ein Befund sagt, dass Vergütung und Ziele auseinanderziehen, nicht dass Schaden entstanden ist: Sehen Sie die Zahlen der "
        "genannten Abteilungen an, ehe jemand beschuldigt wird.",
    ),
    # annex
    "annex": ("Annex", "Anhang"),
    "annex_findings": ("Findings of the level medium and above", "Befunde der Stufe mittel und darüber"),
    "annex_none": ("There are none.", "Es gibt keine."),
    "annex_cut": (
        "The gravest {told} of {all} are told here; the workbook and the JSON have every one.",
        "Hier stehen die schwersten {told} von {all}; die Arbeitsmappe und das JSON haben alle.",
    ),
    "pairs_cut": ("{n} more pairs are in the workbook.", "{n} weitere Paare stehen in der Arbeitsmappe."),
    "annex_low": ("Of low severity, not told here: {n}.", "Von geringer Schwere, hier nicht erzählt: {n}."),
    "begins": ("It begins with {name}.", "Es beginnt mit {name}."),
    "step": ("Step", "Schritt"),
    "moves": ("What moves", "Was sich bewegt"),
    "how_strong": ("How strongly, when", "Wie stark, wann"),
    "known_by": ("Known by", "Woher bekannt"),
    "doubts": ("How sure", "Wie sicher"),
    "sure_enough": ("confidence {share}", "Sicherheit {share}"),
    "what_helps": ("What helps", "Was hilft"),
    "changes_all": ("The changes in full", "Die Änderungen im Einzelnen"),
    "names_read_as": ("Names as they were taken", "Namen, wie sie verstanden wurden"),
    "name": ("Name", "Name"),
    "taken_for": ("Taken for", "Verstanden als"),
    "how_taken": ("How", "Wie"),
    "certainty": ("Certainty", "Sicherheit"),
    "kind_of_thing": ("What it names", "Was er benennt"),
    "thing_kpi": ("KPI", "KPI"),
    "thing_outcome": ("customer outcome", "Kundenergebnis"),
    "thing_component": ("pay component", "Vergütungsbestandteil"),
    "thing_other": ("other", "sonstiges"),
    "method_pinned": ("as the document says", "wie im Dokument gesagt"),
    "method_exact": ("same name", "gleicher Name"),
    "method_alias": ("known synonym", "bekanntes Synonym"),
    "method_fuzzy": ("like in wording", "ähnlicher Wortlaut"),
    "method_semantic": ("like in meaning", "ähnliche Bedeutung"),
    "method_own": ("the document's own metric", "eigene Metrik des Dokuments"),
    "method_family": ("kind of measure only", "nur Art der Messgröße"),
    "method_unresolved": ("not understood", "nicht verstanden"),
    "opposite": ("opposite of {name}", "Gegenteil von {name}"),
    "names_cut": ("{n} more names are in the workbook.", "{n} weitere Namen stehen in der Arbeitsmappe."),
    "method": ("Method and limits", "Verfahren und Grenzen"),
    "method_how": (
        "Every KPI, customer outcome and pay component is read as a metric of the catalogue ({catalogue}). From each goal, published "
        "influences between metrics are followed to what they harm; rules look for conflicts of goals, for flaws of pay, of governance "
        "and of measurement.",
        "Jeder KPI, jedes Kundenergebnis und jeder Vergütungsbestandteil wird als Metrik des Katalogs ({catalogue}) gelesen. Von jedem "
        "Ziel aus werden veröffentlichte Einflüsse zwischen Metriken bis zu dem verfolgt, was sie schädigen; Regeln suchen Konflikte der "
        "Ziele und Mängel der Vergütung, der Führung und der Messung.",
    ),
    "method_severity": (
        "Severity, 0 to 100, grows with the pressure of the goal, the importance of what suffers, and the harm that is left after what "
        "helps. {levels}. Sums of severities rank changes; they are no money.",
        "Die Schwere, 0 bis 100, wächst mit dem Druck des Ziels, der Bedeutung dessen, was leidet, und dem Schaden, der nach Abzug des "
        "Nützlichen bleibt. {levels}. Summen von Schweren ordnen Änderungen; sie sind kein Geld.",
    ),
    "method_evidence": (
        "Each step of a chain says how it is known: from a meta-analysis, an experiment, observation, cases, practice, or judgement alone; "
        "“by definition” follows from how metrics are computed. “By analogy” means that the study looked at another field.",
        "Jedes Glied einer Kette sagt, woher es bekannt ist: aus einer Metaanalyse, einem Experiment, Beobachtung, Fällen, der Praxis oder "
        "bloßer Einschätzung; „per Definition“ folgt aus der Berechnung der Metriken. „Übertragen“ heißt, dass die Studie ein anderes "
        "Feld untersuchte.",
    ),
    "method_limits": (
        "Goals are judged as they are written, not as people live them. What the document leaves out was not judged, and that "
        "nothing was found does not prove that all is well.",
        "Ziele werden beurteilt, wie sie geschrieben sind, nicht wie Menschen sie leben. Was das Dokument auslässt, wurde nicht beurteilt; "
        "dass nichts gefunden wurde, beweist nicht, dass alles gut ist.",
    ),
    "files_cut": ("{n} more files are in the workbook.", "{n} weitere Dateien stehen in der Arbeitsmappe."),
    # workbook
    "sheet_summary": ("Summary", "Überblick"),
    "sheet_conflicts": ("Conflicts", "Konflikte"),
    "sheet_flaws": ("Flaws", "Mängel"),
    "sheet_recommendations": ("Recommendations", "Empfehlungen"),
    "sheet_matrix": ("Matrix", "Matrix"),
    "sheet_names": ("Names", "Namen"),
    "sheet_sources": ("Sources", "Quellen"),
    "organization": ("Organization", "Organisation"),
    "what": ("What", "Was"),
    "state": ("State", "Zustand"),
    "state_open": ("open", "offen"),
    "state_new": ("new", "neu"),
    "state_known": ("known", "bekannt"),
    "state_waived": ("waived", "hingenommen"),
    "kind": ("Kind", "Art"),
    "confidence_column": ("Confidence", "Sicherheit"),
    "explanation": ("Explanation", "Erklärung"),
    "chain_column": ("Chain", "Kette"),
    "fingerprint": ("Fingerprint", "Fingerabdruck"),
    "departments": ("Departments", "Abteilungen"),
    "number": ("No.", "Nr."),
    "before": ("Before", "Vorher"),
    "after": ("After", "Nachher"),
    "index_before": ("Index before", "Index vorher"),
    "index_after": ("Index after", "Index nachher"),
    "removed": ("Removes", "Beseitigt"),
    "weakened": ("Weakens", "Schwächt"),
    "worsened": ("Worsens", "Verschlimmert"),
    "weight_column": ("Plan weight moved", "Verschobenes Plangewicht"),
    "pay_column": ("Total pay moved", "Verschobene Gesamtvergütung"),
    "amount_column": ("Money a year", "Geld im Jahr"),
    "plans_column": ("Plans", "Pläne"),
    "people_column": ("People", "Personen"),
    "effort_column": ("Effort", "Aufwand"),
    "risks": ("Risks", "Risiken"),
    "source": ("Source", "Quelle"),
    "id": ("Id", "Kennung"),
    "day": ("As of", "Stand"),
    "content_hash": ("Content hash", "Inhalts-Hash"),
    "analysis_id": ("Analysis", "Analyse"),
    "headline": ("Headline", "Kernaussage"),
    "made_with": ("Made with", "Erstellt mit"),
}  # fmt: skip
"""Name → English and German."""

FIELD_TEXTS: dict[str, tuple[str, str]] = {
    "metric": ("what some names mean", "was einige Namen bedeuten"),
    "governance.outcome_owner": ("who answers for customer outcomes", "wer Kundenergebnisse verantwortet"),
    "governance.executive_sponsor": ("which executive stands behind them", "wer in der Leitung dahintersteht"),
    "governance.customer_in_all_decisions": (
        "whether customers count in every decision", "ob Kunden bei jeder Entscheidung zählen",
    ),
    "governance.customer_owned_by": ("to whom the customer belongs", "wem der Kunde gehört"),
    "governance.single_customer_view": ("whether all see the same customer", "ob alle denselben Kunden sehen"),
    "governance.incentive_review.quality_monitoring": ("whether quality is monitored", "ob die Qualität überwacht wird"),
    "governance.incentive_review.frequency": ("how often plans are reviewed", "wie oft Pläne überprüft werden"),
    "departments[].headcount": ("how many people departments have", "wie viele Menschen Abteilungen haben"),
    "kpis[].horizon": ("over which span KPIs are measured", "über welche Zeit KPIs gemessen werden"),
    "incentive_plans[]": ("how people are paid", "wofür bezahlt wird"),
    "incentive_plans[].designed_by": ("who designs plans", "wer Pläne entwirft"),
    "incentive_plans[].approved_by": ("who approves plans", "wer Pläne genehmigt"),
    "incentive_plans[].effective.from": ("from when plans hold", "ab wann Pläne gelten"),
    "incentive_plans[].components[].payout": ("how components pay out", "wie Bestandteile auszahlen"),
    "incentive_plans[].components[].payout.cap": ("whether pay is capped", "ob die Auszahlung gedeckelt ist"),
    "incentive_plans[].components[].payout.tiers": ("in which steps pay rises", "in welchen Stufen die Auszahlung steigt"),
    "incentive_plans[].components[].gate.condition": ("on which condition pay is released", "unter welcher Bedingung ausgezahlt wird"),
    "incentive_plans[].components[].controllable": ("what people can move themselves", "was die Menschen selbst bewegen können"),
}  # fmt: skip
"""What a field of the document says, for people who have never seen one."""

_HARD_SPACE = "\u00a0"


class BoardWords(RunWords):
    """The texts in one language, those of the board first."""

    def __init__(self, language: Language = "en") -> None:
        super().__init__(language)
        self._side = 1 if language == "de" else 0

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its placeholders filled."""
        for texts in (BOARD_TEXTS, BESIDE_TEXTS):
            if text in texts:
                return texts[text][self._side].format(**values)
        return super().__call__(text, **values)

    def share(self, value: float) -> str:
        """A share as percent that stays on one line."""
        return super().share(value).replace(" ", _HARD_SPACE)

    def some(self, items: Sequence[str], most: int) -> str:
        """The first of the items, the others counted."""
        left = len(items) - most
        return ", ".join([*items[:most], *([self("more_also", n=left)] if left > 0 else [])])

    def field(self, field: str) -> str:
        """What a field of the document says; its name where nothing is known of it."""
        return FIELD_TEXTS[field][self._side] if field in FIELD_TEXTS else field

    def change_of(self, before: float, after: float) -> str:
        """How much a sum went down or up, as a share with its sign."""
        share = (after - before) / before if before else 0.0
        return self.signed(share * 100, 0) + (_HARD_SPACE if self._side else "") + "%"

"""Texts of pages on how far an analysis can be relied on."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "sens_title": ("How far can this be relied on?", "Wie weit ist darauf Verlass?"),
    "sens_lead": (
        "How strong an influence is, is a class of judgement. Here each strength is drawn within its class, many times over, and the "
        "findings are weighed anew: which of them stand, and which hang on a few influences that one had better look at.",
        "Wie stark ein Einfluss ist, ist eine Klasse eines Urteils. Hier wird jede Stärke innerhalb ihrer Klasse gezogen, viele Male, und "
        "die Befunde werden neu gewogen: welche Bestand haben, und welche an wenigen Einflüssen hängen, die man sich ansehen sollte.",
    ),
    "sens_samples": ("Samples", "Stichproben"),
    "sens_ask": ("Draw samples", "Stichproben ziehen"),
    "sens_of": ("For the analysis of {day}, revision {revision}.", "Für die Analyse vom {day}, Stand {revision}."),
    "sens_found": ("What was drawn", "Was gezogen wurde"),
    "sens_when": ("Made", "Erstellt"),
    "sens_by": ("By", "Von"),
    "sens_findings": ("What stands, least sure first", "Was Bestand hat, das Unsicherste zuerst"),
    "sens_sure": ("sure", "sicher"),
    "sens_unsure": ("unsure", "unsicher"),
    "sens_hangs_on": ("It hangs on:", "Er hängt an:"),
    "sens_others": (
        "{n} more do not depend on strengths and are not listed.",
        "{n} weitere hängen nicht von Stärken ab und sind nicht aufgeführt.",
    ),
    "sens_measured": ("With measured influences only", "Nur mit gemessenen Einflüssen"),
    "sens_helps": ("Whether recommendations help", "Ob Empfehlungen helfen"),
    "sens_helps_in": ("helps in {share}", "hilft in {share}"),
    "sens_deciding": ("The influences that all of it hangs on most", "Die Einflüsse, an denen alles am meisten hängt"),
    "sens_correlation": ("rank correlation {value}", "Rangkorrelation {value}"),
    "sens_none_decides": (
        "No single influence decides the sum of all severities.",
        "Kein einzelner Einfluss entscheidet über die Summe aller Schweregrade.",
    ),
    "sens_foot": ("{samples} samples, seed {seed}.", "{samples} Stichproben, Startwert {seed}."),
    "sens_more": ("Draw others", "Andere ziehen"),
    "done_sampled": ("The samples are drawn.", "Die Stichproben sind gezogen."),
}

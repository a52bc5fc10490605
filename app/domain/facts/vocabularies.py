"""The closed lists of words that columns hold, each word as people say it in English and in German."""

from __future__ import annotations

from collections.abc import Mapping

Vocabulary = Mapping[str, tuple[str, str]]
"""Word → how it is said in English and in German."""

FUNCTIONS: Vocabulary = {
    "sales": ("sales", "Vertrieb"),
    "marketing": ("marketing", "Marketing"),
    "service": ("service", "Service"),
    "customer_success": ("customer success", "Kundenerfolg"),
    "product": ("product", "Produkt"),
    "operations": ("operations", "Betrieb"),
    "finance": ("finance", "Finanzen"),
    "hr": ("human resources", "Personal"),
    "legal": ("legal", "Recht"),
    "it": ("IT", "IT"),
    "executive": ("executive", "Leitung"),
    "other": ("other", "Sonstiges"),
}
METRIC_FUNCTIONS: Vocabulary = {**FUNCTIONS, "customer": ("customer", "Kunde")}
REAP: Vocabulary = {
    "retention": ("retention", "Bindung"),
    "efficiency": ("efficiency", "Effizienz"),
    "acquisition": ("acquisition", "Gewinnung"),
    "penetration": ("penetration", "Ausbau"),
    "none": ("none of the four", "keiner der vier"),
}
MEASURE_KINDS: Vocabulary = {
    "activity": ("activity", "Tätigkeit"),
    "output": ("output", "Leistung"),
    "outcome": ("outcome", "Wirkung"),
    "financial": ("money", "Geld"),
}
DEGREES: Vocabulary = {"low": ("little", "wenig"), "medium": ("some", "mäßig"), "high": ("much", "viel")}
METHODS: Vocabulary = {
    "pinned": ("as the document says", "wie im Dokument festgelegt"),
    "exact": ("by its exact name", "am genauen Namen"),
    "alias": ("by another name of it", "an einem anderen Namen dafür"),
    "fuzzy": ("by a similar name", "an einem ähnlichen Namen"),
    "semantic": ("by its meaning", "an der Bedeutung"),
    "own": ("as a metric of the organization", "als eigene Metrik der Organisation"),
    "family": ("by its archetype only", "nur dem Typ nach"),
    "unresolved": ("not at all", "gar nicht"),
}
DIRECTIONS: Vocabulary = {"up": ("up", "nach oben"), "down": ("down", "nach unten")}
PAYOUTS: Vocabulary = {
    "linear": ("linear", "linear"),
    "tiered": ("in tiers", "in Stufen"),
    "threshold": ("all or nothing", "alles oder nichts"),
    "commission": ("commission", "Provision"),
    "ranking": ("by rank", "nach Rang"),
}
BASES: Vocabulary = {
    "metric": ("the metrics themselves", "die Metriken selbst"),
    "family": ("their families", "ihre Familien"),
}
FALLBACKS: Vocabulary = {
    "none": ("none", "keiner"),
    "unknown": ("an end has no metric", "ein Ende hat keine Metrik"),
    "known": ("no chain joins the metrics", "keine Kette verbindet die Metriken"),
}
CUSTOMER_VIEWS: Vocabulary = {
    "none": ("none", "keine"), "partial": ("in part", "teilweise"), "full": ("in full", "vollständig"),
}  # fmt: skip

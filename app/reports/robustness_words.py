"""What reports on sensitivity, deciding influences, cuts and value at stake say, English and German."""

from __future__ import annotations

from app.domain.cuts import Beyond

TEXTS: dict[str, tuple[str, str]] = {
    # sensitivity
    "sampled": (
        "{samples} samples: the strength of every influence drawn within its class",
        "{samples} Stichproben: die Stärke jedes Einflusses innerhalb seiner Klasse gezogen",
    ),
    "all_hold": (
        "All {n} findings of medium level or above that rest on influences hold their level in at least {share} of them.",
        "Alle {n} Befunde ab der Stufe mittel, die auf Einflüssen beruhen, halten ihre Stufe in mindestens {share} davon.",
    ),
    "some_hold": (
        "{held} of {n} findings of medium level or above that rest on influences hold their level in at least {share} of them.",
        "{held} von {n} Befunden ab der Stufe mittel, die auf Einflüssen beruhen, halten ihre Stufe in mindestens {share} davon.",
    ),
    "none_rest": (
        "No finding of medium level or above rests on an influence.",
        "Kein Befund ab der Stufe mittel beruht auf einem Einfluss.",
    ),
    "not_resting": (
        "{n} more do not depend on strengths and are not listed.",
        "{n} weitere hängen nicht von Stärken ab und sind nicht aufgeführt.",
    ),
    "stands": ("What stands, least sure first", "Was Bestand hat, das Unsicherste zuerst"),
    "holds": ("at {level} or above in {share}", "in {share} mindestens {level}"),
    "remains": ("found in {share}", "gefunden in {share}"),
    "range": ("severity {low}–{high}", "Schwere {low}–{high}"),
    "hangs_on": ("Hangs on", "Hängt an"),
    "measured_gone": (
        "gone when only measured influences count",
        "entfällt, wenn nur gemessene Einflüsse zählen",
    ),
    "measured_level": (
        "{level} when only measured influences count",
        "{level}, wenn nur gemessene Einflüsse zählen",
    ),
    "measured": ("With measured influences only", "Nur mit gemessenen Einflüssen"),
    "measured_sum": (
        "{n} of {of} findings of medium level or above remain at their level or above; what is judgement by experts or practice, or told "
        "of one company, is left out.",
        "{n} von {of} Befunden ab der Stufe mittel bleiben mindestens auf ihrer Stufe; außer Betracht bleibt, was Urteil von Fachleuten "
        "oder Praxis ist oder von einem Unternehmen berichtet wird.",
    ),
    "helps": ("Whether recommendations help", "Ob Empfehlungen helfen"),
    "helps_in": ("helps in {share}", "hilft in {share}"),
    "tried": (
        "Each was tried on {tried} of the samples; it helps where total severity is lower with it.",
        "Jede wurde in {tried} der Stichproben erprobt; sie hilft, wo die Schwere insgesamt mit ihr geringer ist.",
    ),
    "deciding": ("The influences that all of it hangs on most", "Die Einflüsse, an denen alles am meisten hängt"),
    "correlation": ("rank correlation {value}", "Rangkorrelation {value}"),
    "none_decides": (
        "No single influence decides the sum of all severities.",
        "Kein einzelner Einfluss entscheidet über die Summe aller Schweregrade.",
    ),
    "sensitivity_foot": (
        "Seed {seed}. Strengths are classes of judgement; this says how far the findings depend on where in its class each one lies, not "
        "how likely they are to be true.",
        "Startwert {seed}. Stärken sind Klassen eines Urteils; dies sagt, wie weit die Befunde davon abhängen, wo in ihrer Klasse jede "
        "liegt, nicht, wie wahrscheinlich sie zutreffen.",
    ),
    # deciding
    "decides_finding": ("What decides: {title}", "Was entscheidet: {title}"),
    "decides_pair": ("What decides between {source} and {target}", "Was zwischen {source} und {target} entscheidet"),
    "no_influence": (
        "It rests on no influence.",
        "Das beruht auf keinem Einfluss.",
    ),
    "few_decide": (
        "{n} of {of} influences decide: without one of them, or with its sign turned round, the finding is gone or falls by a level.",
        "{n} von {of} Einflüssen entscheiden: Ohne einen von ihnen, oder mit umgekehrtem Vorzeichen, entfällt der Befund oder sinkt um "
        "eine Stufe.",
    ),
    "nothing_decides": (
        "None of {of} influences decides: without any one of them, or with its sign turned round, the finding keeps its level.",
        "Keiner von {of} Einflüssen entscheidet: Ohne jeden einzelnen, oder mit umgekehrtem Vorzeichen, behält der Befund seine Stufe.",
    ),
    "dropped": ("Without it", "Ohne ihn"),
    "flipped": ("Turned round", "Umgekehrt"),
    "nothing_changes": ("nothing changes its level", "nichts ändert die Stufe"),
    "asked_changes": ("{before} → {after}", "{before} → {after}"),
    "others_change": ("{n} other findings change their level", "{n} andere Befunde ändern die Stufe"),
    "one_other": ("1 other finding changes its level", "1 anderer Befund ändert die Stufe"),
    "gone": ("gone", "entfällt"),
    "absent": ("not found", "nicht gefunden"),
    "rest": (
        "{n} more influences on these chains change nothing of it.",
        "{n} weitere Einflüsse auf diesen Ketten ändern daran nichts.",
    ),
    # cut
    "cut_title": ("Where to cut from {source} to {target}", "Wo der Weg von {source} zu {target} zu kappen ist"),
    "nothing_to_cut": (
        "The goals of {source} do {target} no harm.",
        "Die Ziele von {source} schaden {target} nicht.",
    ),
    "cut_none": (
        "No safeguard answers this: see below why.",
        "Keine Sicherung hilft hier; warum, steht unten.",
    ),
    "cut_one": (
        "1 safeguard meets all {chains} harmful chains that were found; severity {before} → {after}.",
        "1 Sicherung trifft alle {chains} gefundenen schädlichen Ketten; Schwere {before} → {after}.",
    ),
    "cut_many": (
        "{n} safeguards meet all {chains} harmful chains that were found, and fewer do not; severity {before} → {after}.",
        "{n} Sicherungen treffen alle {chains} gefundenen schädlichen Ketten, und weniger tun es nicht; Schwere {before} → {after}.",
    ),
    "pay_depends": (
        "Pay for {goals} only while this does not happen",
        "Für {goals} nur zahlen, solange das nicht geschieht",
    ),
    "gate_on": ("gate on {kpi}", "Vorbedingung {kpi}"),
    "no_kpi": ("no KPI measures it yet", "noch misst es kein KPI"),
    "not_controlled": ("{source} does not control it", "{source} hat es nicht in der Hand"),
    "met": ("meets {n} chains", "trifft {n} Ketten"),
    "met_one": ("meets 1 chain", "trifft 1 Kette"),
    "becomes": ("What becomes of the conflicts", "Was aus den Konflikten wird"),
    "against": ("{source} against {target}", "{source} gegen {target}"),
    "cut_foot": (
        "What is left is what a run of the engine finds with the safeguards as gates. A gate weakens a chain, it does not shut it.",
        "Was bleibt, findet ein Lauf der Rechnung mit den Sicherungen als Vorbedingungen. Eine Vorbedingung schwächt eine Kette, sie "
        "unterbindet sie nicht.",
    ),
    "by_kind": (
        "no chain is left; judged by the kind of measure",
        "keine Kette bleibt; beurteilt nach der Art der Messgröße",
    ),
    # value at stake
    "value_title": ("What may be at stake", "Was auf dem Spiel stehen kann"),
    "between": ("{low} to {high} {currency}", "{low} bis {high} {currency}"),
    "of_worth": ("of {worth} {currency}", "von {worth} {currency}"),
    "rests_on": ("What this rests on", "Worauf das beruht"),
    "not_said": ("Of these no money can be named", "Hier lässt sich kein Geldbetrag nennen"),
    "no_value": (
        "No amount can be named: for no outcome that is harmed does the document say what is needed.",
        "Kein Betrag lässt sich nennen: Für kein geschädigtes Ergebnis sagt das Dokument, was dafür nötig ist.",
    ),
    "no_harm": (
        "No conflict with an outcome of medium level or above is open.",
        "Kein Konflikt mit einem Ergebnis ab der Stufe mittel ist offen.",
    ),
}

BEYOND: dict[Beyond, tuple[str, str]] = {
    "unpaid": (
        "nobody is paid for it, so no pay can depend on anything",
        "niemand wird dafür bezahlt, also kann keine Vergütung abhängen",
    ),
    "direct": ("both want one thing in opposite directions", "beide wollen dasselbe in entgegengesetzter Richtung"),
    "rival": ("one result is paid to both, each for itself", "ein Ergebnis wird beiden bezahlt, jedem für sich"),
    "family": (
        "judged by the kind of measure, not by a chain",
        "nach der Art der Messgröße beurteilt, nicht nach einer Kette",
    ),
}
"""Why safeguards do not answer a conflict."""

"""What may be wrong with a document: what it refers to, its goals, pay and own knowledge."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # how much
    "too_many_components": (
        "the incentive plans have {count} components together; at most {most} are read, so that every analysis ends in good time",
        "die Anreizpläne haben zusammen {count} Bestandteile; höchstens {most} werden gelesen, damit jede Analyse rechtzeitig endet",
    ),
    "too_many_goals": (
        "KPIs and components are {count} together; at most {most} are audited here, so that every answer comes in good time",
        "KPIs und Bestandteile sind zusammen {count}; höchstens {most} werden hier geprüft, damit jede Antwort rechtzeitig kommt",
    ),
    # references
    "reserved_key": (
        "the key 'customer' is reserved: it stands for the customers themselves",
        "der Schlüssel 'customer' ist vergeben: er steht für die Kunden selbst",
    ),
    "unknown_department": ("there is no department {found}", "es gibt keine Abteilung {found}"),
    "unknown_kpi": ("there is no KPI {found}", "es gibt keinen KPI {found}"),
    "unknown_plan": ("there is no incentive plan {found}", "es gibt keinen Anreizplan {found}"),
    "unknown_segment": ("there is no customer segment {found}", "es gibt kein Kundensegment {found}"),
    "unknown_metric": ("there is no metric {found}", "es gibt keine Metrik {found}"),
    "unknown_family": ("there is no family of metrics {found}", "es gibt keine Metrikfamilie {found}"),
    "unknown_influence": ("there is no influence {found}", "es gibt keinen Einfluss {found}"),
    "unknown_source": ("there is no metric or lever {found}", "es gibt keine Metrik und keinen Hebel {found}"),
    "unknown_owner": (
        "{member} must be the key or the name of a department, or 'nobody', not {found}",
        "{member} muss Schlüssel oder Name einer Abteilung sein oder 'nobody', nicht {found}",
    ),
    "circular_parent": (
        "the department belongs to itself: {circle}",
        "die Abteilung gehört zu sich selbst: {circle}",
    ),
    # customers
    "customers_or_share": (
        "a segment says how many 'customers' it has, or which 'share' of all, and not both",
        "ein Segment sagt, wie viele Kunden ('customers') es hat oder welchen Anteil ('share') an allen, und nicht beides",
    ),
    "share_of_nothing": (
        "{member} is a share of customers whose number the document does not say: give 'customers', or organization.customers.count",
        "{member} ist ein Anteil von Kunden, deren Zahl das Dokument nicht nennt: Nennen Sie 'customers' oder organization.customers.count",
    ),
    "worth_no_end": (
        "{member} is 1 and the discount rate 0: customers who never leave are worth no end then",
        "{member} ist 1 und der Zinssatz 0: Kunden, die nie gehen, sind dann unendlich viel wert",
    ),
    # goals
    "target_is_baseline": (
        "the target equals the baseline, {found}: nothing would have to change",
        "das Ziel gleicht dem Ausgangswert {found}: nichts müsste sich ändern",
    ),
    "weights_zero": (
        "every weight of the outcomes is 0; at least one must count",
        "alle Gewichte der Kundenergebnisse sind 0; mindestens eines muss zählen",
    ),
    "dates_out_of_order": (
        "{member} must come after {start}, where the period begins; it is the first day after the period",
        "{member} muss nach {start} liegen, dem Beginn des Zeitraums; es ist der erste Tag danach",
    ),
    # pay
    "no_component": (
        "an incentive plan needs at least one component",
        "ein Anreizplan braucht mindestens einen Bestandteil",
    ),
    "weights_sum": (
        "the weights of the components sum to {sum}; they must sum to 1",
        "die Gewichte der Bestandteile ergeben {sum}; sie müssen 1 ergeben",
    ),
    "kpi_or_measure": (
        "the component names neither a 'kpi' nor a 'measure'; it needs one of them",
        "der Bestandteil nennt weder 'kpi' noch 'measure'; eines davon braucht er",
    ),
    "kpi_and_measure": (
        "the component names both a 'kpi' and a 'measure'; it can pay for one only",
        "der Bestandteil nennt 'kpi' und 'measure'; er kann nur eines davon vergüten",
    ),
    "measure_direction": (
        "the component pays for a 'measure' and has to say in which direction",
        "der Bestandteil vergütet ein 'measure' und muss sagen, in welche Richtung",
    ),
    "said_by_kpi": (
        "{member} contradicts the KPI {kpi}, which says {expected}; it belongs to a 'measure'",
        "{member} widerspricht dem KPI {kpi}, der {expected} sagt; es gehört zu einem 'measure'",
    ),
    "guard_on_itself": (
        "the {guard} looks at {found}, the KPI that the component pays for; it must be another one",
        "{guard} prüft {found}, den vergüteten KPI selbst; es muss ein anderer sein",
    ),
    "not_of_this_kind": (
        "{member} belongs to a payout of kind '{kind}'; this one is '{actual}'",
        "{member} gehört zu einer Auszahlung der Art '{kind}'; diese ist '{actual}'",
    ),
    "low_above_high": (
        "{member} is {found}, below '{low}', which is {bound}",
        "{member} ist {found} und damit kleiner als '{low}' mit {bound}",
    ),
    "bad_condition": (
        "{member} must be {expected}, not {found}",
        "{member} muss {expected} sein, nicht {found}",
    ),
    # own knowledge, waivers, parameters
    "influence_on_itself": (
        "an influence needs two different ends; both are {found}",
        "ein Einfluss braucht zwei verschiedene Enden; beide sind {found}",
    ),
    "mutes_and_more": (
        "{member} does not go with 'mutes', which silences the influence altogether",
        "{member} passt nicht zu 'mutes', das den Einfluss ganz abschaltet",
    ),
    "override_keeps_ends": (
        "an override keeps the ends of the influence: {member} is {expected}",
        "eine Überschreibung behält die Enden des Einflusses: {member} ist {expected}",
    ),
    "waives_nothing": (
        "the suppression names neither a 'fingerprint' nor a 'rule'; it needs one of them",
        "die Ausnahme nennt weder 'fingerprint' noch 'rule'; eines davon braucht sie",
    ),
    "waives_whole_rule": (
        "the waiver names a 'rule' but no 'subjects': one finding in one place is accepted at a time",
        "die Ausnahme nennt 'rule', aber keine 'subjects': hingenommen wird je ein Befund an einer Stelle",
    ),
    "unknown_parameter": ("there is no parameter {found}", "es gibt keinen Parameter {found}"),
    "levels_out_of_order": (
        "level_medium < level_high < level_critical must hold, and it is {levels}",
        "level_medium < level_high < level_critical muss gelten, und es ist {levels}",
    ),
}
"""Code → sentence in English and German."""

"""Texts of changes: what becomes of a part of the model, and what its members are called that no form has a field for."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # what becomes of a part
    "chg_added": ("{part} is new", "{part} ist neu"),
    "chg_removed": ("{part} is taken out", "{part} entfällt"),
    "chg_changed": ("{part} · {members}", "{part} · {members}"),
    "chg_part": ("{kind} “{name}”", "{kind} „{name}“"),
    "chg_part_of": ("{kind} “{name}” of {plan}", "{kind} „{name}“ von {plan}"),
    # what becomes of a member
    "chg_set": ("{member} (new): {after}", "{member} (neu): {after}"),
    "chg_unset": ("{member} (taken out): {before}", "{member} (entfällt): {before}"),
    "chg_other": ("{member}: {before} → {after}", "{member}: {before} → {after}"),
    # kinds of parts
    "chg_kind_organization": ("Organization", "Organisation"),
    "chg_kind_segment": ("Customer segment", "Kundensegment"),
    "chg_kind_department": ("Department", "Abteilung"),
    "chg_kind_outcome": ("Customer outcome", "Kundenergebnis"),
    "chg_kind_kpi": ("KPI", "KPI"),
    "chg_kind_incentive_plan": ("Incentive plan", "Anreizplan"),
    "chg_kind_component": ("Paid part", "Bestandteil"),
    "chg_kind_governance": ("Governance", "Governance"),
    "chg_kind_metric": ("Own metric", "Eigene Metrik"),
    "chg_kind_influence": ("Own influence", "Eigener Einfluss"),
    "chg_kind_suppression": ("Waiver", "Ausnahme"),
    "chg_kind_parameters": ("Parameters", "Parameter"),
    # members in objects, as a whole
    "field_payout": ("Pay curve", "Auszahlungskurve"),
    "field_gate": ("Gate", "Vorbedingung"),
    "field_modifier": ("Modifier", "Skalierung"),
    "field_clawback": ("Clawback", "Rückforderung"),
    "field_deferral": ("Deferral", "Einbehalt"),
    "field_value": ("Worth of a change", "Wert einer Änderung"),
    "field_effective": ("Holds", "Gilt"),
    "field_customers": ("Customers", "Kunden"),
    "field_incentive_review": ("Review of incentives", "Überprüfung der Anreize"),
    # members of the organization and its customers
    "field_industry": ("Industry", "Branche"),
    "field_currency": ("Currency", "Währung"),
    "field_employees": ("Employees", "Beschäftigte"),
    "field_customers_count": ("Number of customers", "Zahl der Kunden"),
    "field_share": ("Share of customers", "Anteil an den Kunden"),
    "field_value_share": ("Share of their worth", "Anteil an ihrem Wert"),
    # members of goals and plans
    "field_family": ("Family of metrics", "Metrikfamilie"),
    "field_segment": ("Customer segment", "Kundensegment"),
    "field_supervises": ("Leads the people of", "Führt die Leute von"),
    # members of governance
    "field_outcome_owner": ("Answers for customers", "Verantwortet die Kunden"),
    "field_executive_sponsor": ("Somebody at the top stands behind it", "Jemand in der Leitung steht dahinter"),
    "field_customer_owned_by": ("Owns the customer", "Besitzt den Kunden"),
    "field_shared_kpis": ("KPIs carried together", "Gemeinsam getragene KPIs"),
    "field_customer_in_all_decisions": (
        "Customers are thought of in every decision",
        "Jede Entscheidung denkt an Kunden",
    ),
    "field_single_customer_view": ("All see the same customer", "Alle sehen denselben Kunden"),
    "field_incentive_review_quality_monitoring": (
        "The quality of what is paid for is looked at",
        "Die Qualität des Vergüteten wird geprüft",
    ),
    "field_incentive_review_frequency": ("Incentives are looked at each", "Anreize werden überprüft je"),
    # members of own metrics
    "field_id": ("Id", "Kennung"),
    "field_good_direction": ("Good is to", "Gut ist"),
    "field_aliases": ("Other names", "Andere Namen"),
    "field_inverse_aliases": ("Names of its opposite", "Namen des Gegenteils"),
    "field_reap": ("REAP", "REAP"),
    "field_kind": ("Kind", "Art"),
    "field_customer_outcome": ("Customers are owed it", "Kunden steht es zu"),
    "field_controllable_by": ("In the hands of", "In der Hand von"),
    # members of own influences
    "field_source": ("What influences", "Was beeinflusst"),
    "field_sign": ("Sign", "Vorzeichen"),
    "field_strength": ("Strength", "Stärke"),
    "field_source_direction": ("Holds when the source goes", "Gilt, wenn die Quelle sich bewegt"),
    "field_lag_days": ("Shows after days", "Zeigt sich nach Tagen"),
    "field_evidence": ("Evidence", "Beleg"),
    "field_source_note": ("Where it comes from", "Woher es kommt"),
    "field_mechanism": ("How it works", "Wie es wirkt"),
    "field_overrides": ("Replaces the influence", "Ersetzt den Einfluss"),
    "field_mutes": ("Silences the influence", "Schaltet den Einfluss ab"),
    "field_reason": ("Reason", "Grund"),
    # members of waivers
    "field_fingerprint": ("Fingerprint of the finding", "Fingerabdruck des Befunds"),
    "field_rule": ("Rule", "Regel"),
    "field_subjects": ("Of", "Von"),
    "field_expires": ("Accepted until", "Hingenommen bis"),
    "field_grounds": ("What it rested on", "Worauf er beruhte"),
}

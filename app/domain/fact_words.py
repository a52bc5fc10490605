"""The facts of a plan, a department or a company that made a rule hold, in sentences with their numbers (semantics §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain.phrases import after, count, number, percent, span
from app.domain.voice import Voice

ALL_OF_IT = 0.995

Values = Mapping[str, Any]
Words = Callable[[Values, Voice], str]


def tell_facts(values: Values, read: frozenset[str], voice: Voice) -> Iterator[str]:
    """The facts that a rule read (`read`) and that people ask for, without full stops; what is unknown is passed over."""
    for columns, words in _FACTS:
        known = columns[0] in read and all(values.get(column) is not None for column in columns)
        if known and (said := words(values, voice)):
            yield said


def _stake(values: Values, voice: Voice) -> str:
    if not values["stake"]:
        return voice.say("no pay hangs on it", "es hängt kein Geld daran")
    share = percent(values["stake"], voice.language)
    hang = "hängt" if share == "1 %" else "hängen"
    return voice.say(
        f"{share} of the role's total pay hangs on it", f"daran {hang} {share} der Gesamtvergütung der Rolle"
    )


def _weight(values: Values, voice: Voice) -> str:
    if values["weight"] > ALL_OF_IT:
        return voice.say("it is all of the plan's variable pay", "es ist die ganze variable Vergütung im Plan")
    share = percent(values["weight"], voice.language)
    return voice.say(
        f"it is {share} of the plan's variable pay", f"es macht {share} der variablen Vergütung im Plan aus"
    )


def _variable_share(values: Values, voice: Voice) -> str:
    share = percent(values["variable_share"], voice.language)
    return voice.say(f"{share} of the role's pay is variable", f"{share} der Vergütung der Rolle sind variabel")


def _no_safeguard(values: Values, voice: Voice) -> str:
    if values["has_gate"] or values["has_modifier"]:
        return ""
    return voice.say(
        "it has no gate, and no other KPI scales the pay",
        "es gibt keine Vorbedingung, und kein anderer KPI skaliert die Zahlung",
    )


def _safeguard(values: Values, voice: Voice) -> str:
    if not values["has_gate"] or values["guard_on_customer"]:
        return ""
    return voice.say("its gate measures no customer outcome", "die Vorbedingung misst kein Kundenergebnis")


def _others_customer_share(values: Values, voice: Voice) -> str:
    share = values["others_customer_share"]
    if not share:
        return voice.say(
            "nothing else in the plan pays for a customer outcome", "nichts anderes im Plan bezahlt ein Kundenergebnis"
        )
    said = percent(share, voice.language)
    return voice.say(
        f"customer outcomes are {said} of the rest of the plan", f"Kundenergebnisse machen im übrigen Plan {said} aus"
    )


def _quality_share(values: Values, voice: Voice) -> str:
    share = values["quality_share"]
    if not share:
        return voice.say("nothing else in the plan pays for quality", "nichts anderes im Plan bezahlt Qualität")
    said = percent(share, voice.language)
    return voice.say(
        f"all that the plan pays for quality weighs {said}", f"alles, was der Plan für Qualität bezahlt, wiegt {said}"
    )


def _sales_share(values: Values, voice: Voice) -> str:
    if values["sales_share"] > ALL_OF_IT:
        return voice.say("the whole plan pays for selling", "der ganze Plan bezahlt Verkaufen")
    share = percent(values["sales_share"], voice.language)
    return voice.say(f"selling is {share} of the plan", f"Verkaufen macht {share} des Plans aus")


def _late(values: Values, voice: Voice) -> str:
    if not values["late_harm"]:
        return ""
    every = _EVERY.get(values["period_days"])
    lag = after(values["late_lag_days"], voice.language)
    if every is None:
        return voice.say(f"grave harm shows {lag}", f"schwerer Schaden zeigt sich {lag}")
    return voice.say(
        f"it pays {every[0]}; grave harm shows {lag}", f"gezahlt wird {every[1]}; schwerer Schaden zeigt sich {lag}"
    )


_EVERY = {30: ("every month", "jeden Monat"), 91: ("every quarter", "jedes Quartal"), 365: ("every year", "jedes Jahr")}


def _held(values: Values, voice: Voice) -> str:
    if not values["held_days"]:
        return ""
    held = span(values["held_days"], voice.language)
    return voice.say(
        f"pay is held or can be taken back for {held}",
        f"die Zahlung bleibt {_for(values['held_days'])} rückholbar",
    )


def _for(days: int) -> str:
    months = round(days / 30)
    return count(months, "einen Monat lang", "Monate lang", "de")


def _effective_weight(values: Values, voice: Voice) -> str:
    moved, stated = (percent(values[name], voice.language) for name in ("effective_weight", "weight"))
    return voice.say(
        f"between nothing and 150% attainment it moves {moved} of the plan's pay, and its stated weight is {stated}",
        f"zwischen null und 150 % Zielerreichung bewegt es {moved} der Zahlung des Plans; sein Gewicht steht mit {stated} im Plan",
    )


def _uncontrolled(values: Values, voice: Voice) -> str:
    if values.get("controllable") is False:
        return voice.say(
            "the document says that the role does not control it",
            "das Dokument sagt, dass die Rolle darüber nicht bestimmt",
        )
    if values.get("accountability_split"):
        return voice.say(
            "several departments are paid apart for it", "mehrere Abteilungen werden getrennt dafür bezahlt"
        )
    if values.get("driven_by_others"):
        return voice.say(
            "KPIs of other departments move it directly", "KPIs anderer Abteilungen bewegen es unmittelbar"
        )
    return ""


def _unmonitored(values: Values, voice: Voice) -> str:
    if values["monitored"] is not False:
        return ""
    return voice.say(
        "the quality behind the figure is not monitored", "die Qualität hinter der Zahl wird nicht überwacht"
    )


def _pay_share(values: Values, voice: Voice) -> str:
    share = percent(values["pay_share"], voice.language)
    return voice.say(
        f"{share} of the department's pay hangs on it", f"daran hängen {share} der Vergütung der Abteilung"
    )


def _alignment(values: Values, voice: Voice) -> str:
    index = number(values["alignment"], voice.language, 2).replace("-", "−")
    return voice.say(
        f"its alignment with the customer outcomes is {index} on a scale from −1 to 1",
        f"die Übereinstimmung mit den Kundenergebnissen liegt bei {index} auf einer Skala von −1 bis 1",
    )


def _customer_kpi_share(values: Values, voice: Voice) -> str:
    if not values["customer_kpi_share"]:
        return ""
    share = percent(values["customer_kpi_share"], voice.language)
    return voice.say(f"{share} of its KPI weight is on customers", f"{share} ihres KPI-Gewichts betreffen Kunden")


def _reap(values: Values, voice: Voice) -> str:
    selling = percent(values["acquisition_share"] + values["penetration_share"], voice.language)
    keeping = percent(values["retention_share"], voice.language)
    return voice.say(
        f"{selling} of the pressure is on winning and expanding customers, {keeping} on keeping them",
        f"{selling} des Drucks gelten dem Gewinnen und Ausbauen von Kunden, {keeping} dem Halten",
    )


def _short(values: Values, voice: Voice) -> str:
    share = percent(values["short_horizon_share"], voice.language)
    return voice.say(
        f"{share} of the pressure is due within a quarter", f"{share} des Drucks sind binnen eines Quartals fällig"
    )


def _review(values: Values, voice: Voice) -> str:
    days = span(values["review_days"], voice.language)
    return voice.say(
        f"a review takes place every {days}".replace("every a ", "every "), f"geprüft wird im Abstand von {days}"
    )


_FACTS: tuple[tuple[tuple[str, ...], Words], ...] = tuple(
    (tuple(columns.split()), words)
    for columns, words in (
        ("stake", _stake),
        ("weight", _weight),
        ("variable_share", _variable_share),
        ("has_gate has_modifier", _no_safeguard),
        ("guard_on_customer has_gate", _safeguard),
        ("others_customer_share", _others_customer_share),
        ("quality_share", _quality_share),
        ("sales_share", _sales_share),
        ("late_harm period_days late_lag_days", _late),
        ("held_days", _held),
        ("effective_weight weight", _effective_weight),
        ("accountability_split", _uncontrolled),
        ("monitored", _unmonitored),
        ("pay_share", _pay_share),
        ("alignment", _alignment),
        ("customer_kpi_share", _customer_kpi_share),
        ("acquisition_share penetration_share retention_share", _reap),
        ("short_horizon_share", _short),
        ("review_days", _review),
    )
)
"""A column that a rule may read, with those that go with it → what is said of them, in the order of telling."""

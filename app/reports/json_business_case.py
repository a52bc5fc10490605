"""Business cases as the API writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.business_case import BusinessCase, Premises, Said, SaidCost
from app.domain.business_case_words import told_assumption, told_basis
from app.domain.cash_flows import Assumption, Bands, Benefit, Outlook
from app.domain.terms import Language
from app.domain.value_words import told_lacking

Json = dict[str, Any]


def case_as_json(built: BusinessCase, came: Outlook) -> Json:
    """All that was computed, without words."""
    case = built.case
    return {
        "quarters": case.quarters,
        "draws": came.draws,
        **({} if built.currency is None else {"currency": built.currency}),
        "assumptions": [{**one._asdict(), "basis": built.basis[one.key]} for one in case.assumptions],
        "benefits": [_benefit(one) for one in case.benefits],
        "costs": [{"key": one.key, "amount": one.amount, "paid": one.paid} for one in case.costs],
        "net_present_value": {**_bands(came.net_present_value), "mean": _money(came.mean)},
        "probability_of_loss": round(came.loss, 4),
        "pays_back": round(came.pays_back, 4),
        "payback_quarters": {
            name: value for name, value in zip(Bands._fields, came.payback, strict=True) if value is not None
        },
        "now": _bands(came.now),
        "cash_flow": [
            {"quarter": number, **_bands(flow), "cumulated": _bands(total)}
            for number, (flow, total) in enumerate(zip(came.quarters, came.cumulated, strict=True), 1)
        ],
        "tornado": [
            {"assumption": one.assumption, "low": _money(one.low), "high": _money(one.high)} for one in came.tornado
        ],
        "lacking": [{"outcome": outcome, "what": what} for outcome, what in built.lacking],
    }


def taken_as_json(taken: Premises) -> list[Json]:
    """The assumptions of a case before anybody says otherwise."""
    return [{**one._asdict(), "basis": taken.basis[one.key]} for one in taken.assumptions]


def asked_as_json(costs: Iterable[SaidCost], assumptions: Mapping[str, Said]) -> Json:
    """What was said of costs and of assumptions, by their keys."""
    return {
        "costs": {one.key: {name: value for name, value in one._asdict().items() if name != "key"} for one in costs},
        "assumptions": {
            key: {name: value for name, value in said._asdict().items() if value is not None}
            for key, said in assumptions.items()
        },
    }


def premises_from(body: Json) -> Premises:
    """What a case rests on before anybody says otherwise. `body`: of a case that is kept, with `taken`."""
    members = Assumption._fields
    return Premises(
        tuple(Assumption(**{name: one[name] for name in members}) for one in body["taken"]),
        {one["key"]: one["basis"] for one in body["taken"]},
        tuple(Benefit(one["outcome"], *(one[name] for name in Benefit._fields[1:])) for one in body["benefits"]),
        body.get("currency"),
        tuple((one["outcome"], one["what"]) for one in body["lacking"]),
    )


def told_case(body: Json, language: Language) -> Json:
    """The same with its words, in a language."""
    shown = {name: value for name, value in body.items() if name != "taken"}
    return {
        **shown,
        "assumptions": [_told(one, language) for one in body["assumptions"]],
        "lacking": [{**one, "text": told_lacking(one["what"], language)} for one in body["lacking"]],
    }


def _told(one: Json, language: Language) -> Json:
    source = one["source"] if one["basis"] == "given" else told_basis(one["basis"], language)
    return {**one, "text": told_assumption(one["key"], language), "source": source}


def _benefit(one: Benefit) -> Json:
    return {"outcome": one.key, **{name: getattr(one, name) for name in Benefit._fields[1:]}}


def _bands(bands: Bands) -> Json:
    return {name: _money(value) for name, value in bands._asdict().items()}


def _money(value: float) -> str:
    """To whole units: draws of assumptions are not known to the cent."""
    return f"{round(value)}.00"

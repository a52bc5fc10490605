"""Pages on what customers are worth, on the business case of a scenario, and on what own observations say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.customer_asset_words import told_driver
from app.pages.console.page import Head, Json, page
from app.reports.beside_customers import shares_of
from app.reports.case_drawings import case_drawings
from app.reports.drawings.canvas import Drawing
from app.reports.drawings.driver_shares import Driver, driver_shares
from app.reports.text_customers import Called, CustomerText

FIELDS = ("customers", "margin", "retention", "cost_to_serve", "acquisition_cost")
"""What the form asks of a segment."""
NEEDED = ("margin", "retention")
RANGE = ("low", "likely", "high")
"""Ends of what is said of a cost or an assumption, each a field."""
COST = ("name", *RANGE, "paid", "source")
MODES = ("drawn", "held", "left_out")
LEAST_COSTS, MORE_COSTS = 2, 1
"""Rows for costs at first, and empty ones below those that are there."""
MOST_SWINGS = 10
"""Assumptions whose swing is drawn, those that decide most."""
QUARTERS = (4, 8, 12, 20)


class Sheet(NamedTuple):
    """A table of a page: its head, its rows, and the columns that hold figures."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()


def customers_page(
    head: Head,
    organization: Json,
    segments: Sequence[str],
    values: Json,
    asset: Json | None,
    called: Called,
    problem: Json | None,
) -> bytes:
    """The form, and what follows once it was filled. `values`: of the fields, by name; `asset`: as the API shows it."""
    said: list[str] = []
    sheets: list[Sheet] = []
    rests: list[str] = []
    drawings: list[Drawing] = []
    if asset is not None:
        teller = CustomerText(head.language, asset.get("currency"), called)
        said, by_segment, by_driver, rests = teller.asset(asset)
        sheets = [_sheet(by_segment, 4), _sheet(by_driver, 4)]
        drivers = [Driver(told_driver(one["driver"], head.language), shares_of(one)) for one in asset["drivers"]]
        drawings = [driver_shares("drivers", drivers, head.words)]
    return _page(
        "console/customers.html",
        head,
        organization,
        "customers",
        "cust_title",
        said=said,
        sheets=sheets,
        rests=rests,
        drawings=drawings,
        segments=[(key, CustomerText(head.language, called=called).segment(key)) for key in segments],
        values=values,
        fields=FIELDS,
        needed=NEEDED,
        problem=problem,
        is_new=asset is None,
    )


class AssumptionFields(NamedTuple):
    """An assumption as a form has it: its key, what it is, in which unit, and the texts of its fields by name."""

    key: str
    text: str
    unit: str
    fields: Mapping[str, str]


class CaseForm(NamedTuple):
    """What the form of a business case says. `state`: the entity tag of the case that it changes, empty where there is none."""

    quarters: str
    costs: Sequence[Mapping[str, str]]
    assumptions: Sequence[AssumptionFields] = ()
    state: str = ""


def case_page(
    head: Head,
    organization: Json,
    scenario: Json,
    form: CaseForm,
    case: Json | None,
    outcomes: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """The form, and the newest business case of a scenario, as the API shows it. `outcomes`: their names by key."""
    said: list[str] = []
    sheets: list[Sheet] = []
    rests: list[str] = []
    drawings: list[Drawing] = []
    if case is not None:
        teller = CustomerText(head.language, case.get("currency"), Called(outcomes=outcomes))
        said, quarters, decides, rests = teller.case(case)
        sheets = [_sheet(quarters, 5, first=0), _sheet(decides, 2)]
        drawings = list(case_drawings(case, teller.assumption, MOST_SWINGS, head.words))
    blank = [dict.fromkeys(COST, "")] * max(MORE_COSTS, LEAST_COSTS - len(form.costs))
    return _page(
        "console/business_case.html",
        head,
        organization,
        "scenarios",
        "case_title",
        said=said,
        sheets=sheets,
        rests=rests,
        drawings=drawings,
        scenario=scenario,
        case=case,
        typed=form,
        costs=[*form.costs, *blank],
        range=RANGE,
        modes=MODES,
        quarters=sorted({*QUARTERS, *([int(form.quarters)] if form.quarters.isdecimal() else [])}),
        problem=problem,
    )


def evidence_page(head: Head, organization: Json, found: Json, metrics: Mapping[str, str]) -> bytes:
    """What was tested, as the API shows it, and what can be taken over. `metrics`: their names by id."""
    rows, said = CustomerText(head.language, called=Called(metrics=metrics)).evidence(found)
    taken = [one["influence"] for one in found["influences"] if one.get("own_strength") not in (None, one["strength"])]
    sheets = [_sheet(rows, 5, first=2)] if rows else []
    return _page(
        "console/evidence.html", head, organization, "evidence", "evid_title", said=said, sheets=sheets, taken=taken
    )


def _page(template: str, head: Head, organization: Json, section: str, title: str, **said: Any) -> bytes:
    told = f"{head.words(title)}: {organization['name']}"
    return page(template, head, title=told, organization=organization, section=section, **said)


def _sheet(rows: Sequence[Sequence[str]], numbers: int, *, first: int = 1) -> Sheet:
    """A table; so many columns from the first on hold figures."""
    return Sheet(rows[0], rows[1:], range(first, first + numbers))

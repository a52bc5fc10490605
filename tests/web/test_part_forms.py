"""Parts of the model as fields of a form, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.catalogue.sources import FOLDER
from app.domain.document import Kpi
from app.domain.document.checks import document_from
from app.domain.stored_form import stored_form
from app.domain.terms import Language
from app.exchange.read import read_path
from app.web.part_forms import PREFIX, PartForm, at, form_of, ordered, said, shown

LISTS = ("departments", "outcomes", "kpis", "incentive_plans")
TEMPLATES = sorted((FOLDER / "templates").glob("*.yaml"))


def typed(form: PartForm, body: Mapping[str, Any], language: Language, name: str = PREFIX) -> dict[str, list[str]]:
    """What a browser sends of a form that shows the part, with a row to fill in at the end of each list."""
    values: dict[str, list[str]] = {}
    for field in form.fields:
        value = at(body, field.path)
        told = shown(field, value, language)
        if field.kind == "departments":
            values["/".join((name, *field.path))] = list(value or ())
        elif field.kind != "tick" or told == "true":
            values["/".join((name, *field.path))] = [told]
    for rows in form.lists:
        for number, item in enumerate([*(at(body, rows.path) or ()), {}]):
            row = "/".join((name, *rows.path, str(number)))
            values[f"{row}/was"] = [item.get("key", "")]
            values |= typed(rows.row, item, language, row)
    return values


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("template", TEMPLATES, ids=[file.stem for file in TEMPLATES])
def test_what_a_form_shows_is_what_it_says(template: Any, language: Language) -> None:
    """Every part of every starter company comes back as it was, members without a field and all."""
    document = stored_form(document_from(read_path(template).raw))

    for list_ in LISTS:
        form = form_of(list_)
        assert form is not None
        for part in document[list_]:
            assert said(form, typed(form, part, language), part, language).body == part


@pytest.mark.parametrize(
    ("language", "written", "number"),
    [
        ("en", "1,200.5", 1200.5),
        ("en", "12,5", 12.5),
        ("en", "39,000", 39_000),
        ("de", "1.200,5", 1200.5),
        ("de", "12,5", 12.5),
        ("de", "39.000", 39_000),
        ("de", "12.5", 12.5),
        ("en", " -3 ", -3),
        ("en", "1 000", 1000),
        ("en", "much", "much"),
        ("en", "nan", "nan"),
        ("en", "1e400", "1e400"),
        ("en", "9" * 50, "9" * 50),
    ],
)
def test_numbers_are_read_as_people_write_them(language: Language, written: str, number: float | str) -> None:
    """What is none stays as it was typed."""
    form = form_of("kpis")
    assert form is not None

    assert said(form, {f"{PREFIX}/target": [written]}, {}, language).body == {"target": number}


def test_shares_and_attainments_are_percent() -> None:
    """With or without the mark; a multiplier is none."""
    form = form_of("incentive_plans")
    assert form is not None
    row = f"{PREFIX}/components/0"
    values = {
        f"{PREFIX}/target_variable_pay_share": ["33.3 %"],
        f"{row}/payout/cap": ["150"],
        f"{row}/payout/accelerators/0/above": ["110"],
        f"{row}/payout/accelerators/0/multiplier": ["2"],
    }

    body = said(form, values, {}, "en").body

    assert body == {
        "target_variable_pay_share": 0.333,
        "components": [{"payout": {"cap": 1.5, "accelerators": [{"above": 1.1, "multiplier": 2}]}}],
    }


def test_places_of_rows_lead_to_the_fields_that_they_were_said_in() -> None:
    """Rows that are empty or are to go are none, so that those after them stand one place before their fields."""
    form = form_of("incentive_plans")
    assert form is not None
    names = [f"{PREFIX}/components/{number}" for number in range(3)]
    values = {
        f"{names[0]}/measure": ["First"],
        f"{names[0]}/gone": ["1"],
        f"{names[1]}/measure": [""],
        f"{names[2]}/measure": ["Third"],
        f"{names[2]}/payout/tiers/1/from": ["50"],
    }

    found = said(form, values, {}, "en")

    assert found.body == {"components": [{"measure": "Third", "payout": {"tiers": [{"from": 0.5}]}}]}
    assert found.name_of("/components/0/measure") == f"{names[2]}/measure"
    assert found.name_of("/components/0/payout/tiers/0/from") == f"{names[2]}/payout/tiers/1/from"
    assert found.name_of("/period") == f"{PREFIX}/period"


def test_members_stand_in_the_order_of_the_document() -> None:
    """Those that nobody knows come last."""
    assert list(ordered({"weight": 1, "odd": 2, "name": "N", "key": "k"}, Kpi)) == ["key", "name", "weight", "odd"]

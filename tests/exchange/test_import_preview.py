"""What an import would do, before it does anything."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from app.exchange.import_preview import preview
from app.exchange.preview import Mode, Preview
from app.exchange.write import write
from tests.exchange.documents import whole
from tests.exchange.files import zipped
from tests.exchange.messy_cases import COMPANY


def company() -> dict[str, Any]:
    """A small company, its own copy."""
    return copy.deepcopy(COMPANY)


def imported(mode: Mode = "merge", headings: dict[str, str] | None = None, **files: str) -> Preview:
    """What importing CSV sheets into the company would do."""
    return preview(zipped(**files), "acme.zip", company(), mode=mode, headings=headings)


def actions(found: Preview) -> list[tuple[str | None, int | None, str, str | None]]:
    """Sheet, row, action and item of every row."""
    return [(row.sheet, row.row, row.action, row.item) for row in found.rows]


def test_every_row_says_what_it_would_do():
    """New items are created, known ones updated or left as they are, totals passed over."""
    found = imported(
        kpis="key,department,name,direction,target\naht,service,Average handling time,decrease,330\n"
        "wait,service,Waiting time,decrease,20\nTotal,,,,350\n",
        departments="key,name\nsales,Sales\n",
    )

    assert actions(found) == [
        ("departments", 2, "unchanged", "departments/sales"),
        ("kpis", 2, "update", "kpis/aht"),
        ("kpis", 3, "create", "kpis/wait"),
        ("kpis", 4, "skip", None),
    ]
    assert found.counts == {"create": 1, "update": 1, "unchanged": 1, "error": 0, "skip": 1}


def test_a_change_names_its_cell_and_both_values():
    """What stands there now and what would stand there afterwards, at the place in the resulting document."""
    (row,) = imported(kpis="key,owner\naht,Max\n").rows

    assert [change.as_json() for change in row.changes] == [
        {"pointer": "/kpis/0/owner", "before": "Jo", "after": "Max", "cell": "B2", "line": 2}
    ]


def test_columns_that_are_not_there_change_nothing_and_empty_cells_do():
    """A sheet says of its rows what it has columns for: an empty cell empties the member."""
    assert imported(kpis="key,unit\naht,s\n").accepted()["kpis"][0]["owner"] == "Jo"
    assert "owner" not in imported(kpis="key,owner\naht,\n").accepted()["kpis"][0]


def test_rows_that_are_missing_are_left_alone_unless_the_list_is_replaced():
    """Replacing removes what the list does not mention, and touches no other list."""
    sheet = "key,department,name,direction\naht,service,Average handling time,decrease\n"
    kept, replaced = imported(kpis=sheet), imported("replace", kpis=sheet, incentive_plans="key\nagents\n")

    assert [kpi["key"] for kpi in kept.accepted()["kpis"]] == ["aht", "csat"]
    assert (list(kept.removed), list(replaced.removed)) == ([], ["kpis/csat"])
    assert [(problem.code, problem.pointer) for problem in replaced.problems] == [
        ("unknown_kpi", "/incentive_plans/0/components/1/kpi")
    ]


def test_components_move_to_the_plan_that_their_row_names():
    """With everything that the sheet has no column for."""
    found = imported(
        incentive_plans="key,department,period,target_variable_pay_share\nhunters,sales,year,0.4\n",
        components="incentive_plan,key,weight\nhunters,agents-csat,1\nagents,agents-aht,1\n",
    )

    plans = found.accepted()["incentive_plans"]
    assert [(plan["key"], [component["key"] for component in plan["components"]]) for plan in plans] == [
        ("agents", ["agents-aht"]),
        ("hunters", ["agents-csat"]),
    ]
    assert plans[1]["components"][0]["kpi"] == "csat"
    assert [
        change.as_json()
        for row in found.rows
        for change in row.changes
        if change.cell == "A2" and row.sheet == "components"
    ] == [
        {
            "pointer": "/incentive_plans/1/components/0/incentive_plan",
            "before": "agents",
            "after": "hunters",
            "cell": "A2",
            "line": 2,
        }
    ]


def test_all_problems_come_at_once_each_in_its_row():
    """Cells that cannot be read, headings that are not known, and what would be wrong with the document that comes out."""
    found = imported(
        kpis="key,department,name,direction,target,traget\naht,servce,A,decrease,95 %,1\ncsat,service,,increase,1,2\n",
        components="incentive_plan,key,weight\nagents,agents-aht,0.9\n",
    )

    assert found.document is None
    assert [(problem.code, problem.sheet, problem.cell) for problem in found.problems] == [
        ("weights_sum", "components", "C2"),
        ("unknown_column", "kpis", "F1"),
        ("unknown_department", "kpis", "B2"),
        ("ambiguous_percent", "kpis", "E2"),
        ("missing", "kpis", "C3"),
    ]
    assert {(row.sheet, row.row): [problem.code for problem in row.problems] for row in found.rows} == {
        ("components", 2): ["weights_sum"],
        ("kpis", 2): ["unknown_department", "ambiguous_percent"],
        ("kpis", 3): ["missing"],
    }


def test_problems_of_what_is_there_already_have_no_cell():
    """A KPI that loses its department is named by its place in the document that would come out."""
    found = imported(
        "replace", departments="key,name,function\nservice,Customer Service,service\nhr,HR,hr\n", kpis="key\naht\n"
    )

    assert [(problem.code, problem.pointer, problem.cell) for problem in found.problems] == [
        ("unknown_kpi", "/incentive_plans/0/components/1/kpi", None)
    ]


def test_columns_say_what_they_were_taken_for_and_how_sure_that_is():
    """As written, in another word, by the last part of the name, as told, perhaps, for people, or not at all."""
    found = imported(
        headings={"Was": "unit"},
        kpis="key,Zielwert,from,Was,wieght,Kommentar,zzz\naht,330,2026-01-01,s,1,hello,x\n",
    )

    assert [(c.heading, c.cell, c.member, c.how, c.language, c.confidence) for c in found.columns] == [
        ("key", "A1", "key", "exact", None, 1.0),
        ("Zielwert", "B1", "target", "synonym", "de", 0.95),
        ("from", "C1", "effective.from", "last_part", None, 0.9),
        ("Was", "D1", "unit", "told", None, 1.0),
        ("wieght", "E1", "weight", "fuzzy", None, 0.5),
        ("Kommentar", "F1", None, None, None, 0.0),
        ("zzz", "G1", None, None, None, 0.0),
    ]
    assert [problem.code for problem in found.problems] == ["unknown_column", "unknown_column"]


def test_a_heading_that_is_told_is_not_guessed():
    """A dash passes a column over; a name takes it."""
    found = imported(headings={"zzz": "-", "wieght": "weight"}, kpis="key,wieght,zzz\naht,40,x\n")

    assert found.accepted()["kpis"][0]["weight"] == 40


def test_names_in_a_flat_sheet_mean_what_is_there_already():
    """Departments and KPIs are known by name or key, components by what they pay for, and nothing of them is invented anew."""
    text = "Department,Plan,KPI,Weight\nCustomer Service,Agents,Average handling time,70 %\nservice,agents,csat,30 %\n"
    found = preview(text.encode(), "export.csv", company())

    assert found.layout == "flat"
    expected = company()
    expected["incentive_plans"][0]["components"][0]["weight"] = 0.7
    expected["incentive_plans"][0]["components"][1]["weight"] = 0.3
    assert found.accepted() == expected


def test_percentages_among_weights_of_another_scale_are_counted_as_those():
    """Where weights are 60 and 40 already, 40 % is 40 and not 0.4."""
    document = company()
    document["kpis"][0]["weight"] = 60

    found = preview(b"key,weight\ncsat,40 %\n", "kpis.csv", document)

    assert found.accepted()["kpis"][1]["weight"] == 40


@pytest.mark.parametrize(("kind", "name"), [("yaml", "a.yaml"), ("json", "a.json")])
def test_a_part_of_a_document_is_merged_by_key(kind: str, name: str):
    """YAML and JSON may hold some items with some members; null empties a member, and lines stand for cells."""
    text = {
        "yaml": "kpis:\n  - {key: aht, owner: null, target: 330}\n",
        "json": '{"kpis":\n  [{"key": "aht", "owner": null, "target": 330}]}',
    }[kind]

    found = preview(text.encode(), name, company())

    assert found.layout == kind
    assert found.accepted()["kpis"][0] == {
        "key": "aht", "department": "service", "name": "Average handling time", "direction": "decrease", "target": 330,
    }  # fmt: skip
    assert [(row.action, row.item, row.line) for row in found.rows] == [("update", "kpis/aht", 2)]


def test_a_whole_document_replaces_the_other():
    """What it does not have is gone."""
    found = preview(write(whole(), "json"), "a.json", company(), mode="replace")

    assert found.accepted() == whole()
    assert {"kpis/aht", "components/agents-aht"}.isdisjoint(found.removed)
    assert "incentive_plans/agents" in found.removed


def test_without_a_document_everything_is_new():
    """The file is then the whole of it, and names the organization where no sheet does."""
    found = preview(b"key,name,function\nhr,HR,hr\n", "departments.csv")

    assert found.accepted() == {
        "concord": 1,
        "organization": {"name": "departments"},
        "departments": [{"key": "hr", "name": "HR", "function": "hr"}],
    }
    assert [row.action for row in found.rows] == ["create"]


@pytest.mark.parametrize(
    ("data", "name", "malformed", "too_large"),
    [
        (b"PK\x03\x04", "a.xlsx", True, False),
        (b"x" * (25 * 2**20 + 1), "a.csv", False, True),
        (b"[1]", "a.json", False, False),
    ],
)
def test_what_cannot_be_read_is_in_the_preview_too(data: bytes, name: str, malformed: bool, too_large: bool):
    """Nothing is raised: callers find the refusal, and whether the file is malformed or too large."""
    found = preview(data, name, company())

    assert found.document is None
    assert found.refusal is not None
    assert (found.refusal.malformed, found.refusal.too_large) == (malformed, too_large)


def test_neither_the_document_nor_the_preview_is_changed_by_looking():
    """The document that is there stays as it was, and the preview is plain JSON in either language."""
    before = company()
    found = preview(zipped(kpis="key,owner,target\naht,Max,95 %\nTotal,,\n"), "acme.zip", before)

    assert before == company()
    assert json.loads(json.dumps(found.as_json("de")))["rows"][1]["why"] == "eine Summe"
    assert found.as_json()["problems"][0]["cell"] == "C2"

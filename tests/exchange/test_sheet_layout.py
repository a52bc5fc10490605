"""Sheets as people fill them in → a document."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import DocumentInvalid
from app.exchange.read import read
from tests.exchange.files import zipped

HEAD = "key;department;name;direction"
DEPARTMENT = "key,name,function\nservice,Service,service\n"


def values(**files: str) -> Any:
    """What a ZIP of CSV sheets holds."""
    return read(zipped(**files), "acme.zip").raw


def kpi(column: str, *cells: str) -> list[Any]:
    """The values of a column of KPIs, in a CSV with semicolons."""
    rows = "".join(f"k{at};service;K;increase;{cell}\n" for at, cell in enumerate(cells))
    name, _, inner = column.partition(".")
    raw = read(f"{HEAD};{column}\n{rows}".encode(), "kpis.csv").raw
    return [item.get(name, {}).get(inner) if inner else item.get(name) for item in raw["kpis"]]


def problems(**files: str) -> list[tuple[str, str | None, str | None]]:
    """Code, sheet and cell of every problem of a ZIP of CSV sheets."""
    with pytest.raises(DocumentInvalid) as refused:
        read(zipped(**files), "acme.zip")
    return [(p.code, p.sheet, p.cell) for p in refused.value.problems]


def test_the_file_names_the_organization_when_no_sheet_does():
    """The six sheets of the description are a document by themselves."""
    assert values(departments=DEPARTMENT) == {
        "concord": 1,
        "organization": {"name": "acme"},
        "departments": [{"key": "service", "name": "Service", "function": "service"}],
    }


def test_dots_in_headings_nest():
    """`payout.kind` is the kind of the payout; components go to their plan."""
    raw = values(
        incentive_plans="key,department,effective.from\nagents,service,2026-01-01\n",
        components="incentive_plan,key,measure,weight,payout.kind,gate.kpi\nagents,a,calls,1,linear,csat\n",
    )

    assert raw["incentive_plans"] == [
        {
            "key": "agents",
            "department": "service",
            "effective": {"from": "2026-01-01"},
            "components": [
                {"key": "a", "measure": "calls", "weight": 1, "payout": {"kind": "linear"}, "gate": {"kpi": "csat"}}
            ],
        }
    ]


def test_headings_may_be_other_words_for_the_members():
    """In German, with blanks, capitals and a unit, or by the last part alone where that is clear."""
    raw = values(
        Abteilungen="Schlüssel,Bezeichnung,Funktion,Mitarbeitende\nservice,Service,service,12\n",
        Components="Plan,Key,Weight,Kind,Threshold [attainment],Cap (× target pay)\nagents,a,1,linear,0.9,1.5\n",
        incentive_plans="key\nagents\n",
    )

    assert raw["departments"] == [{"key": "service", "name": "Service", "function": "service", "headcount": 12}]
    assert raw["incentive_plans"][0]["components"] == [
        {"key": "a", "weight": 1, "payout": {"kind": "linear", "threshold": 0.9, "cap": 1.5}}
    ]


@pytest.mark.parametrize(
    "heading", ["key,department,name,direction,weight", "Schlüssel,Abteilung,Kennzahl,Richtung,Gewicht"]
)
def test_a_file_whose_name_says_nothing_holds_what_its_headings_say(heading: str):
    """The list of which most columns are named, two headings for one column counting once."""
    raw = read(f"{heading}\naht,service,AHT,decrease,40\n".encode(), "Q3 final.csv").raw

    assert raw["kpis"] == [
        {"key": "aht", "department": "service", "name": "AHT", "direction": "decrease", "weight": 40}
    ]


def test_blank_rows_and_sheets_of_notes_are_passed_over():
    """What holds nothing, or is for people, is not read."""
    assert values(departments=f",,\n{DEPARTMENT}\n,,\n", notes="fill in,everything\n", outcomes="") == values(
        departments=DEPARTMENT
    )


def test_decimal_commas_are_understood():
    """Other cells of the sheets show what a point or a comma stands for."""
    assert kpi("target", "0,5", "1.234", "2.000,75", "7") == [0.5, 1234, 2000.75, 7]
    assert kpi("target", "0.5", "1,234", "2,000.75", "7") == [0.5, 1234, 2000.75, 7]


def test_numbers_that_can_be_two_are_not_guessed():
    """Where no other cell shows which it is, 1.234 is a problem; with commas between cells, a point is the decimal sign."""
    with pytest.raises(DocumentInvalid) as refused:
        kpi("target", "1.234", "5")

    assert [(p.code, p.cell) for p in refused.value.problems if p.code == "ambiguous_number"] == [
        ("ambiguous_number", "E2")
    ]
    assert values(kpis="key,target\na,1.234\n")["kpis"] == [{"key": "a", "target": 1.234}]


def test_whole_numbers_have_thousands_only():
    """1.200 people are twelve hundred."""
    assert values(departments="key;headcount\na;1.200\n")["departments"] == [{"key": "a", "headcount": 1200}]


def test_percentages_of_shares_are_understood():
    """60 % of a plan is 0.6, and 110 % attainment is 1.1."""
    raw = values(
        incentive_plans="key,target_variable_pay_share\nagents,15 %\n",
        components="incentive_plan,key,weight,payout.threshold,modifier.low\nagents,a,60%,110 %,80%\n",
    )
    component = raw["incentive_plans"][0]["components"][0]

    assert raw["incentive_plans"][0]["target_variable_pay_share"] == 0.15
    assert (component["weight"], component["payout"]["threshold"], component["modifier"]["low"]) == (0.6, 1.1, 0.8)


def test_weights_that_are_all_percentages_are_understood():
    """A KPI's weight may be on any scale; 60 % beside 40 % can only be meant one way, 60 % beside 40 not."""
    assert kpi("weight", "60 %", "40 %") == [0.6, 0.4]
    with pytest.raises(DocumentInvalid) as refused:
        kpi("weight", "60 %", "40")
    assert "ambiguous_percent" in [p.code for p in refused.value.problems]


def test_days_are_understood_by_what_other_cells_show():
    """31/12/2026 shows that the day stands first."""
    assert kpi("effective.from", "31/12/2026", "03/04/2026", "1.2.2026") == ["2026-12-31", "2026-04-03", "2026-02-01"]
    assert kpi("effective.from", "12/31/2026", "03/04/2026") == ["2026-12-31", "2026-03-04"]


@pytest.mark.parametrize(
    ("written", "value"), [("TRUE", True), ("ja", True), ("falsch", False), ("No", False), ("perhaps", "perhaps")]
)
def test_flags_are_understood_in_both_languages(written: str, value: Any):
    """Spreadsheets write WAHR where they speak German; what is no flag is left for the checks to name."""
    assert kpi("inverted", written) == [value]


def test_values_of_enumerations_may_have_any_case():
    """Spreadsheets like to begin a cell with a capital."""
    assert kpi("horizon", "Month", "multi year") == ["month", "multi_year"]


def test_lists_stand_in_one_cell():
    """Semicolons separate; keys may be separated by commas too; quotes protect a semicolon within a text."""
    raw = values(
        kpis='key,shared_with\na,"sales; service"\nb,"sales, service"\n',
        metrics='id,aliases\nm.n,"warm; ""a;b"";""""x"""""\n',
    )

    assert [kpi["shared_with"] for kpi in raw["kpis"]] == [["sales", "service"], ["sales", "service"]]
    assert raw["metrics"][0]["aliases"] == ["warm", "a;b", '""x""']


def test_objects_of_a_list_stand_in_one_cell():
    """Accelerators, tiers and places are written one after another, with point or comma as decimal sign."""
    raw = values(
        incentive_plans="key\np\n",
        components='incentive_plan,key,payout.accelerators\np,a,"above=1,5 multiplier=2 retroactive=yes; above: 110 %, multiplier: 3"\n',
    )

    assert raw["incentive_plans"][0]["components"][0]["payout"]["accelerators"] == [
        {"above": 1.5, "multiplier": 2, "retroactive": True},
        {"above": 1.1, "multiplier": 3},
    ]


def test_texts_keep_what_looks_like_a_number():
    """Only columns of numbers hold numbers."""
    assert values(kpis="key,name\n2026,007\n")["kpis"] == [{"key": "2026", "name": "007"}]


def test_all_problems_of_all_sheets_are_told_with_their_cells():
    """Cells, headings and the document are judged together."""
    found = problems(
        departments="key,name,functoin\nservice,Service,service\n",
        kpis="key,department,name,direction,target\na,servce,A,decrese,95 %\na,service,,increase,1\n",
        incentive_plans="key,department,period,target_variable_pay_share\np,service,month,0.2\n",
        components="incentive_plan,key,kpi,weight,payout.kind\np,c,a,0.5,linear\np,d,a,0.4,linear\n",
    )

    assert found == [
        ("weights_sum", "components", "D2"),
        ("unknown_column", "departments", "C1"),
        ("unknown_department", "kpis", "B2"),
        ("not_one_of", "kpis", "D2"),
        ("ambiguous_percent", "kpis", "E2"),
        ("duplicate_key", "kpis", "A3"),
        ("missing", "kpis", "C3"),
    ]


def test_an_earlier_place_is_named_by_its_cell():
    """A key that is taken says where it was taken."""
    with pytest.raises(DocumentInvalid) as refused:
        read(zipped(departments="key,name,function,x\na,A,hr,\na,B,hr,1\n"), "acme.zip")

    assert "the key 'a' is taken already, in cell departments!A2" in [p.message for p in refused.value.problems]


def test_a_missing_member_is_shown_where_it_belongs():
    """In the empty cell of its column where there is one, else at the beginning of its row."""
    found = problems(
        kpis="key,department,name,direction,x\na,service,A,,1\n", departments="key,name,x\nservice,Service,1\n"
    )

    assert ("missing", "kpis", "D2") in found
    assert ("missing", "departments", "A2") in found


def test_problems_of_sheets_leave_the_file_well_formed():
    """A cell that cannot be read is a problem of the document, not of the file."""
    with pytest.raises(DocumentInvalid) as refused:
        read(zipped(kpis="key,target\na,95 %\n"), "acme.zip")

    assert not refused.value.malformed

"""Messy spreadsheets, by whom they were made, what is messy about them, and what importing each into a small company must give."""

from __future__ import annotations

from typing import Any, NamedTuple

COMPANY: dict[str, Any] = {
    "concord": 1,
    "organization": {"name": "Acme", "currency": "EUR"},
    "departments": [
        {"key": "service", "name": "Customer Service", "function": "service"},
        {"key": "sales", "name": "Sales", "function": "sales"},
    ],
    "kpis": [
        {
            "key": "aht",
            "department": "service",
            "name": "Average handling time",
            "direction": "decrease",
            "owner": "Jo",
        },
        {"key": "csat", "department": "service", "name": "Customer satisfaction", "direction": "increase"},
    ],
    "incentive_plans": [
        {
            "key": "agents",
            "department": "service",
            "period": "month",
            "target_variable_pay_share": 0.1,
            "components": [
                {"key": "agents-aht", "kpi": "aht", "weight": 0.5, "payout": {"kind": "linear"}},
                {"key": "agents-csat", "kpi": "csat", "weight": 0.5, "payout": {"kind": "linear"}},
            ],
        }
    ],
}
"""What the files are imported into."""


class Read(NamedTuple):
    """A file that is read as meant: item → member → its value afterwards, for all that changes."""

    file: str
    made_by: str
    messy: str
    gives: dict[str, dict[str, Any]]

    def __str__(self) -> str:
        return self.file


class Refused(NamedTuple):
    """A file that is refused: the code of every problem, and the cell that it names, the line, or nothing for the file itself."""

    file: str
    made_by: str
    messy: str
    problems: list[tuple[str, str]]

    def __str__(self) -> str:
        return self.file


CASES: tuple[Read | Refused, ...] = (
    Refused(
        "components-formulas-openpyxl.xlsx",
        "openpyxl",
        "a formula where a weight is due, and one in a total that nobody reads",
        [("formula", "D3")],
    ),
    Read(
        "components-grouped-headings-xlsxwriter.xlsx",
        "XlsxWriter",
        "headings over headings: Payout over Kind, Threshold and Cap, Gate over KPI and Condition",
        {
            "components/agents-aht": {
                "payout.threshold": 0.8,
                "payout.cap": 1.5,
                "gate.kpi": "csat",
                "gate.condition": ">= 4.2",
            }
        },
    ),
    Read(
        "components-merged-openpyxl.xlsx",
        "openpyxl",
        "a merged title above, a plan merged over the rows of its components",
        {"components/agents-aht": {"weight": 0.7, "payout.cap": 1.5}, "components/agents-csat": {"weight": 0.3}},
    ),
    Read(
        "components-percent-heading.csv",
        "by hand",
        "numbers that the heading counts in percent",
        {
            "components/agents-aht": {"weight": 0.6, "payout.cap": 1.5},
            "components/agents-csat": {"weight": 0.4, "payout.cap": 1.2},
        },
    ),
    Read(
        "components-totals-below.csv",
        "by hand",
        "German headings, percentages, a sum below",
        {
            "components/agents-aht": {"weight": 0.6, "payout.cap": 1.5},
            "components/agents-csat": {"weight": 0.4, "payout.cap": 1.2},
        },
    ),
    Refused("components-years.csv", "by hand", "a heading that counts months in years", [("unit_differs", "C1")]),
    Refused(
        "departments-unknown-function.csv",
        "by hand",
        "functions in German words, one of which is none",
        [("not_one_of", "C2")],
    ),
    Read(
        "kpis-as-excel-writes.xlsx",
        "by hand, as Excel writes",
        "shared and rich texts, a flag, a day by its format, an empty row",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting time",
                "direction": "decrease",
                "effective.from": "2026-01-31",
                "inverted": False,
                "target": 0.30000000000000004,
            }
        },
    ),
    Read(
        "kpis-as-google-writes.xlsx",
        "by hand, as Google Sheets writes",
        "texts in cells, many empty cells, a sheet called Sheet1",
        {"kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330.5}},
    ),
    Read(
        "kpis-as-numbers-writes.xlsx",
        "by hand, as Numbers writes",
        "a summary sheet, a merged table name above the headings",
        {"kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330.5}},
    ),
    Read(
        "kpis-bom-sep.csv",
        "by hand, as Excel writes",
        "a byte order mark and a line that says what separates",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Wartezeit für Kunden",
                "direction": "decrease",
                "target": 330.5,
            }
        },
    ),
    Read(
        "kpis-cells-of-several-lines.csv",
        "by hand",
        "quotes, commas and line breaks within a cell",
        {
            "kpis/wait": {
                "department": "service",
                "name": 'Waiting "time",\r\nmean',
                "direction": "decrease",
                "target": 330.5,
            }
        },
    ),
    Read(
        "kpis-dashes.csv",
        "by hand",
        "dashes and n/a where no number or day is known",
        {
            "kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330.5},
            "kpis/deals": {
                "department": "sales",
                "name": "Deals",
                "direction": "increase",
                "effective.from": "2026-01-01",
            },
        },
    ),
    Read(
        "kpis-day-numbers-xlsxwriter.xlsx",
        "XlsxWriter",
        "a day that lost its format",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting time",
                "direction": "decrease",
                "effective.from": "2026-01-31",
            }
        },
    ),
    Refused(
        "kpis-day-numbers.csv",
        "by hand",
        "a day that lost its format, and nothing says from when it counts",
        [("ambiguous_day", "E2")],
    ),
    Refused("kpis-day-or-month.csv", "by hand", "a day with slashes that can be two", [("ambiguous_day", "E2")]),
    Read(
        "kpis-day-shown-elsewhere.csv",
        "by hand",
        "a day with slashes, and another that shows the order",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting time",
                "direction": "decrease",
                "effective.from": "2026-04-03",
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Deals",
                "direction": "increase",
                "effective.from": "2026-12-31",
            },
        },
    ),
    Refused("kpis-document-type.xlsx", "by hand", "a document type with an entity", [("not_a_workbook", "")]),
    Read("kpis-empty-cells-empty.csv", "by hand", "an emptied cell", {"kpis/aht": {"owner": None, "target": 330.5}}),
    Read(
        "kpis-footnotes.csv",
        "by hand",
        "footnotes below",
        {"kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330.5}},
    ),
    Refused(
        "kpis-formula.csv",
        "by hand",
        "a formula where a number is due; a name that only looks like one",
        [("formula", "E2")],
    ),
    Read(
        "kpis-german-semicolon.csv",
        "by hand",
        "German headings and words, decimal commas, thousands",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Wartezeit",
                "direction": "decrease",
                "baseline": 1420.5,
                "target": 330.25,
                "weight": 40,
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Abschlüsse",
                "direction": "increase",
                "baseline": 12,
                "target": 15,
                "weight": 60,
            },
        },
    ),
    Refused("kpis-heading-misspelt.csv", "by hand", "a heading that is nearly one", [("unknown_column", "E1")]),
    Refused("kpis-heading-twice.csv", "by hand", "two headings for the same", [("duplicate_column", "F1")]),
    Read(
        "kpis-hidden-lookup-openpyxl.xlsx",
        "openpyxl",
        "a hidden sheet, a sheet of notes, a numbered sheet with a year",
        {"kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330.5}},
    ),
    Read(
        "kpis-libreoffice-as-shown.csv",
        "LibreOffice",
        "semicolons, days and percentages as they are shown",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Wartezeit",
                "direction": "decrease",
                "target": 1330.5,
                "effective.from": "2026-01-31",
                "weight": 0.4,
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Abschlüsse",
                "direction": "increase",
                "target": 15,
                "effective.from": "2026-12-03",
                "weight": 0.6,
            },
        },
    ),
    Read(
        "kpis-libreoffice-raw-tab.csv",
        "LibreOffice",
        "tabs, every text in quotes",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Wartezeit",
                "direction": "decrease",
                "target": 1330.5,
                "effective.from": "2026-01-31",
                "weight": 0.4,
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Abschlüsse",
                "direction": "increase",
                "target": 15,
                "effective.from": "2026-12-03",
                "weight": 0.6,
            },
        },
    ),
    Refused("kpis-libreoffice.ods", "LibreOffice", "another kind of workbook", [("not_a_document", "")]),
    Refused("kpis-libreoffice.xls", "LibreOffice", "a workbook of the old kind", [("not_a_workbook", "")]),
    Read(
        "kpis-libreoffice.xlsx",
        "LibreOffice",
        "German headings and words, days and percentages by their format",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Wartezeit",
                "direction": "decrease",
                "target": 1330.5,
                "effective.from": "2026-01-31",
                "weight": 0.4,
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Abschlüsse",
                "direction": "increase",
                "target": 15,
                "effective.from": "2026-12-03",
                "weight": 0.6,
            },
        },
    ),
    Refused(
        "kpis-mac-roman.csv", "by hand, as old Excel on a Mac writes", "another encoding", [("not_utf8", "line 2")]
    ),
    Read(
        "kpis-months-in-words.csv",
        "by hand",
        "months in words, German and English",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting time",
                "direction": "decrease",
                "effective.from": "2026-01-31",
                "effective.to": "2027-02-01",
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Deals",
                "direction": "increase",
                "effective.from": "2026-03-01",
                "effective.to": "2026-12-31",
            },
        },
    ),
    Refused("kpis-ms-dos.csv", "by hand, as Excel writes CSV (MS-DOS)", "another encoding", [("not_utf8", "line 2")]),
    Read(
        "kpis-no-break-spaces.csv",
        "by hand",
        "no-break spaces in headings, numbers and words",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting\xa0time",
                "direction": "decrease",
                "target": 1330.5,
                "horizon": "multi_year",
            }
        },
    ),
    Refused("kpis-one-or-thousand.csv", "by hand", "a point that can be two things", [("ambiguous_number", "E2")]),
    Read(
        "kpis-percent-target-heading.csv",
        "by hand",
        "percentages of which the heading says that they are counted so",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Calls within 20 s",
                "direction": "increase",
                "baseline": 71,
                "target": 80.5,
            }
        },
    ),
    Refused(
        "kpis-percent-target.csv", "by hand", "a percentage that can be two numbers", [("ambiguous_percent", "E2")]
    ),
    Read(
        "kpis-pyexcelerate.xlsx",
        "PyExcelerate",
        "German headings and words, days without a format",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Wartezeit",
                "direction": "decrease",
                "target": 330.5,
                "effective.from": "2026-01-31",
            },
            "kpis/deals": {
                "department": "sales",
                "name": "Abschlüsse",
                "direction": "increase",
                "target": 15,
                "effective.from": "2026-02-01",
            },
        },
    ),
    Refused("kpis-quote-not-closed.csv", "by hand", "a quote that does not end", [("malformed_csv", "line 2")]),
    Read(
        "kpis-remarks.csv",
        "by hand",
        "running numbers and remarks, one with a formula",
        {
            "kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330},
            "kpis/deals": {"department": "sales", "name": "Deals", "direction": "increase", "target": 15},
        },
    ),
    Read(
        "kpis-rich-text-xlsxwriter.xlsx",
        "XlsxWriter",
        "rich text, a flag, capitals",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting time (mean)",
                "direction": "decrease",
                "inverted": False,
                "target": 330.5,
            }
        },
    ),
    Read(
        "kpis-tab.tsv",
        "by hand",
        "tabs between cells",
        {
            "kpis/wait": {
                "department": "service",
                "name": "Waiting time, mean",
                "direction": "decrease",
                "target": 330.5,
            }
        },
    ),
    Refused(
        "kpis-text-and-errors-openpyxl.xlsx",
        "openpyxl",
        "a unit behind a number, an error",
        [("wrong_type", "F2"), ("cell_error", "E3")],
    ),
    Read(
        "kpis-title-above.csv",
        "by hand",
        "a title, an empty row and a date above the headings",
        {"kpis/wait": {"department": "service", "name": "Waiting time", "direction": "decrease", "target": 330.5}},
    ),
    Refused(
        "kpis-two-tables-xlsxwriter.xlsx",
        "XlsxWriter",
        "a note beside the table, in a column without heading",
        [("no_header", "H2")],
    ),
    Refused("kpis-utf-16.csv", "by hand, as Excel writes Unicode text", "another encoding", [("utf16", "line 1")]),
    Refused("kpis-windows-1252.csv", "by hand, as Excel writes CSV", "another encoding", [("not_utf8", "line 2")]),
    Refused(
        "kpis-wrong-keys-pyexcelerate.xlsx",
        "PyExcelerate",
        "a key that is not there, a key that is there twice",
        [("unknown_department", "B2"), ("duplicate_key", "A3")],
    ),
    Refused(
        "pay-flat-disagrees.csv",
        "by hand, as pay tools export",
        "rows that disagree about their plan",
        [("row_disagrees", "C3")],
    ),
    Read(
        "pay-flat-export.csv",
        "by hand, as pay tools export",
        "a row for each component, names instead of keys, a total",
        {
            "incentive_plans/agents": {"role": "Agent", "target_variable_pay_share": 0.2},
            "components/agents-aht": {"weight": 0.7, "payout.cap": 1.5},
            "components/agents-csat": {"weight": 0.3},
            "incentive_plans/hunters-2026": {"role": "Hunter", "period": "quarter", "target_variable_pay_share": 0.4},
            "kpis/new-contracts": {"name": "New contracts"},
            "components/hunters-2026-new-contracts": {"weight": 1.0, "payout.kind": "commission"},
        },
    ),
    Read(
        "plans-1904-xlsxwriter.xlsx",
        "XlsxWriter",
        "days counted from 1904, one without a format",
        {"incentive_plans/agents": {"effective.from": "2026-01-31", "effective.to": "2027-01-31"}},
    ),
    Read(
        "plans-formats-xlsxwriter.xlsx",
        "XlsxWriter",
        "a percentage, thousands of euros, a German day, by their formats",
        {
            "incentive_plans/agents": {
                "target_variable_pay_share": 0.175,
                "target_total_pay": 38500,
                "effective.from": "2026-01-31",
            }
        },
    ),
    Refused("plans-other-currency.csv", "by hand", "amounts in another currency", [("unit_differs", "B1")]),
    Read(
        "plans-swiss-thousands.csv",
        "by hand",
        "a currency before the number, an apostrophe in it",
        {"incentive_plans/agents": {"target_variable_pay_share": 0.15, "target_total_pay": 38500.5}},
    ),
)

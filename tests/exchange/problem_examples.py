"""For every problem that a document can have, a document that has it, and where the problem is shown."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from app.catalogue.load import catalogue
from app.exchange.write import write
from tests.exchange.documents import whole

PLAN = """\
concord: 1
organization: {name: Acme, customers: {segments: [{key: premium}]}}
departments:
  - {key: service, name: Customer Service, function: service}
  - {key: sales, name: Sales, function: sales}
outcomes:
  - {key: loyalty, name: Retention rate, direction: increase, weight: 1}
kpis:
  - {key: aht, department: service, name: Average handling time, direction: decrease, baseline: 420, target: 330}
  - {key: csat, department: service, name: Customer satisfaction, direction: increase}
incentive_plans:
  - key: agents
    department: service
    period: month
    target_variable_pay_share: 0.15
    components:
      - {key: short, kpi: aht, weight: 0.6, payout: {kind: linear}}
      - {key: happy, kpi: csat, weight: 0.4, payout: {kind: linear}}
"""
"""A valid document in which the examples change one thing."""


class Example(NamedTuple):
    """A file with a problem: its code, where it is shown, and the file.

    `at`: the text that stands at the line and column, or the line and column themselves (`5:25`); in sheets the cell (`kpis!C4`); nothing
    where the file as a whole is meant.
    """

    code: str
    at: str
    data: bytes
    name: str = "plan.yaml"

    def __str__(self) -> str:
        return f"{self.code}-{self.name}-{self.at}"


def _changed(code: str, at: str, old: str, new: str) -> Example:
    assert PLAN.count(old) >= 1, old
    return Example(code, at, PLAN.replace(old, new, 1).encode())


def _added(code: str, at: str, lines: str) -> Example:
    return Example(code, at, (PLAN + lines).encode())


def _sheet(code: str, at: str, text: str, name: str = "kpis.csv") -> Example:
    return Example(code, at, text.encode(), name)


def _sheets(code: str, at: str, **files: str) -> Example:
    """A ZIP of CSV sheets."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return Example(code, at, buffer.getvalue(), "plan.zip")


def _workbook(code: str, at: str, entry: str, old: bytes, new: bytes) -> Example:
    """The workbook of a document with a change in one of its parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write(whole(), "xlsx"))) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != entry or old in content
            after.writestr(name, content.replace(old, new, 1) if name == entry else content)
    return Example(code, at, buffer.getvalue(), "plan.xlsx")


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kpis.csv", b" " * 5_000_000)
    return buffer.getvalue()


_AN_INFLUENCE = next(iter(catalogue().influences))
_KPI = "{key: csat, department: service, name: Customer satisfaction, direction: increase}"
_HAPPY = "{key: happy, kpi: csat, weight: 0.4, payout: {kind: linear}}"
_HEAD = "key,department,name,direction"
_PAID = "incentive_plan,key,kpi,weight,payout.kind"

EXAMPLES = (
    # one value
    _changed("missing", "{key: csat", ", direction: increase}\ninc", "}\ninc"),
    _changed("missing", "organization: {", "name: Acme, ", ""),
    _changed("unknown_member", "target_variable_pay: ", "target_variable_pay_share: 0.15", "target_variable_pay: 0.15"),
    _changed("wrong_type", "15%", "0.15", "15%"),
    _changed("bad_form", "Loyalty", "key: loyalty", "key: Loyalty"),
    _changed("not_one_of", "decrese", "direction: decrease", "direction: decrese"),
    _changed("too_small", "-1}", "weight: 1}", "weight: -1}"),
    _changed("too_large", "40, payout", "weight: 0.4", "weight: 40"),
    _changed("not_finite", "1e999", "baseline: 420", "baseline: 1e999"),
    _added("not_a_day", "31.01.2026", "    effective: {from: 31.01.2026}\n"),
    _changed("empty", "'', function", "name: Sales", "name: ''"),
    _changed("too_long", "xxx", "name: Sales", f"name: {'x' * 301}"),
    _changed("bad_character", '"S', "name: Sales", 'name: "S\\x01"'),
    _changed("bad_character", "\x01", "name: Sales", "name: Sales \x01"),
    # lists and references
    Example("too_many", "kpis:", PLAN.replace(_KPI, "\n  - ".join([_KPI] * 2_000)).encode()),
    Example("too_many_components", "incentive_plans:", PLAN.replace(_HAPPY, "\n      - ".join([_HAPPY] * 5_000)).encode()),
    _changed("duplicate_key", "aht, department: service, name: Customer", "key: csat", "key: aht"),
    _changed("duplicate_item", "sales]", "direction: increase}\ninc", "direction: increase, shared_with: [sales, sales]}\ninc"),
    _added("unknown_owner", "the board", "governance: {customer_owned_by: the board}\n"),
    _changed("reserved_key", "customer,", "key: sales", "key: customer"),
    _changed("unknown_department", "servce", "department: service, name: Average", "department: servce, name: Average"),
    _changed("unknown_kpi", "cast", "kpi: csat", "kpi: cast"),
    _added("unknown_plan", "agent]", "    supervises: [agent]\n"),
    _changed("unknown_segment", "gold", "direction: increase}\ninc", "direction: increase, segment: gold}\ninc"),
    _changed("unknown_metric", "service.aht", "direction: decrease", "metric: service.aht, direction: decrease"),
    _changed("unknown_family", "spead", "direction: decrease", "family: spead, direction: decrease"),
    _added("unknown_influence", "nothing", "influences: [{mutes: nothing, reason: none}]\n"),
    _added("unknown_source", "nothing", "influences: [{source: nothing, target: service.first_contact_resolution, sign: +}]\n"),
    _changed("circular_parent", "service}", "function: service}", "function: service, parent: service}"),
    # goals
    _changed("target_is_baseline", "420}", "target: 330", "target: 420"),
    _changed("weights_zero", "outcomes:", "weight: 1}", "weight: 0}"),
    _added("dates_out_of_order", "2026-01-01}", "    effective: {from: 2026-06-01, to: 2026-01-01}\n"),
    # pay
    Example("no_component", "[]", (PLAN.partition("    components:")[0] + "    components: []\n").encode()),
    _changed("weights_sum", "components:", "weight: 0.4", "weight: 0.3"),
    _changed("kpi_or_measure", "{key: happy", "kpi: csat, ", ""),
    _changed("kpi_and_measure", "smiles", "kpi: csat", "kpi: csat, measure: smiles"),
    _changed("measure_direction", "{key: happy", "kpi: csat", "measure: smiles"),
    _changed("said_by_kpi", "decrease", "kpi: csat", "kpi: csat, direction: decrease"),
    _changed("guard_on_itself", "aht}}", "{kind: linear}}", "{kind: linear}, gate: {kpi: aht}}"),
    _changed("not_of_this_kind", "2}}", "{kind: linear}}", "{kind: linear, rate: 2}}"),
    _changed("low_above_high", "1}}", "{kind: linear}}", "{kind: linear, floor: 2, cap: 1}}"),
    _changed("bad_condition", "4.2 or more", "{kind: linear}}", "{kind: linear}, gate: {kpi: csat, condition: 4.2 or more}}"),
    # own knowledge, suppressions, parameters
    _added("influence_on_itself", "a.b, sign", "influences: [{source: a.b, target: a.b, sign: +}]\n"),
    _added("mutes_and_more", "+}]", "influences: [{mutes: a, reason: b, sign: +}]\n"),
    _added("override_keeps_ends", "a.b}]", f"influences: [{{overrides: {_AN_INFLUENCE}, source: a.b}}]\n"),
    _added("waives_nothing", "{reason", "suppressions: [{reason: none}]\n"),
    _added("unknown_parameter", "decai", "parameters: {decai: 0.5}\n"),
    _added("levels_out_of_order", "80}", "parameters: {level_medium: 80}\n"),
    # the text itself
    Example("empty_document", "# nothing", b"# nothing\n"),
    Example("empty_document", " ", b" ", "plan.json"),
    Example("empty_document", ",,", b",,\n", "kpis.csv"),
    Example("not_a_document", "", b"%PDF-1.7\n", "plan.pdf"),
    Example("too_big", "aaa", b"a" * (10 * 2**20 + 1)),
    Example("too_big", "", b"a" * (25 * 2**20 + 1), "plan.xlsx"),
    Example("not_utf8", "5:25", PLAN.replace("Sales", "Süd").encode("latin-1")),
    Example("utf16", "1:1", PLAN.encode("utf-16")),
    Example("utf16", "1:1", PLAN.encode("utf-16-le")),
    _changed("malformed_yaml", "%Sales", "name: Sales", "name: %Sales"),
    _changed("malformed_yaml", ": ours", "name: Sales", "name: Sales: ours"),
    _changed("tab_indents", "\tdepartment", "    department: service\n", "\tdepartment: service\n"),
    Example("malformed_json", "1}", b'{\n"concord" 1}', "plan.json"),
    Example("unfinished_json", "2:11", b'{\n"concord":', "plan.json"),
    _changed("duplicate_member", "key: loyal", "name: Retention", "key: loyal, name: Retention"),
    Example("duplicate_member", '"concord": 1}', b'{"concord": 1,"concord": 1}', "plan.json"),
    _changed("nameless_member", "[key]", "key: sales", "[key]: sales"),
    _changed("tagged", "!!str", "name: Sales", "name: !!str Sales"),
    _changed("merge_key", "<<", "key: sales", "<<: {key: sales}, key: sales"),
    _changed("unknown_alias", "*name", "name: Sales", "name: *name"),
    _changed("alias_in_itself", "*name]", "name: Acme", "name: &name [*name]"),
    _added("several_documents", "---", "---\nconcord: 1\n"),
    Example("too_many_values", "1,1]", b"[" + b"1," * 100_000 + b"1]", "plan.json"),
    Example("too_many_values", "*a]", b"a: &a [" + b"1," * 999 + b"1]\nb: &b [" + b"*a," * 98 + b"*a]\nc: [*a, *b]\n"),
    Example("too_deep", "[[[[[[[[]", b"[" * 40 + b"]" * 40, "plan.json"),
    Example("too_deep", "- - - - - - - - ", b"- " * 40),
    _changed("too_many_digits", "999", "baseline: 420", f"baseline: {'9' * 401}"),
    Example("lone_surrogate", '"\\ud800"', b'{"concord": 1, "organization": {"name": "\\ud800"}}', "plan.json"),
    # sheets
    Example("not_a_workbook", "", b"hello", "plan.xlsx"),
    Example("not_a_workbook", "", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "plan.xls"),
    Example("not_an_archive", "", b"PK\x03\x04", "plan.zip"),
    Example("packed_too_much", "", _bomb(), "plan.zip"),
    _sheets("unknown_sheet", "kpys!A1", kpys="key,name", departments="key"),
    _sheet("unknown_column", "kpis!E1", f"{_HEAD},wieght\na,d,A,increase,1\n"),
    _sheet("duplicate_column", "kpis!E1", f"{_HEAD},Name\na,d,A,increase,B\n"),
    _sheets("duplicate_sheet", "kpis!A1", kpis=_HEAD, Kennzahlen=_HEAD),
    _sheet("no_header", "kpis!E2", f"{_HEAD}\na,d,A,increase,1\n"),
    _sheets("one_row_only", "organization!A3", organization="name\nA\nB\n"),
    Example("too_many_cells", "2001:1", (b"a," * 100 + b"\n") * 3_000, "kpis.csv"),
    Example("too_many_rows", "100002:1", b"key\n" + b"\n" * 100_002, "kpis.csv"),
    _workbook("formula", "kpis!H2", "xl/worksheets/sheet6.xml", b"<v>40</v>", b"<f>20*2</f><v>40</v>"),
    _workbook("cell_error", "kpis!H2", "xl/worksheets/sheet6.xml", b't="n"><v>40</v>', b't="e"><v>#DIV/0!</v>'),
    _sheet("ambiguous_number", "kpis!E2", f"{_HEAD};target\na;d;A;increase;1.234\n".replace(",", ";")),
    _sheet("ambiguous_percent", "kpis!E2", f"{_HEAD},target\na,d,A,increase,95 %\n"),
    _sheet("ambiguous_day", "kpis!E2", f"{_HEAD},effective.from\na,d,A,increase,03/04/2026\n"),
    _sheets("unit_differs", "components!F1", components=f"{_PAID},clawback [years]\np,c,a,1,linear,2\n", incentive_plans="key\np\n"),
    _sheet(
        "row_disagrees",
        "pay!C3",
        "plan,department,period,measure,direction,weight,payout\np,sales,month,x,increase,0.5,linear\np,sales,year,y,increase,0.5,linear\n",
        "pay.csv",
    ),
    _sheet("malformed_csv", '"b"c', f'{_HEAD}\na,d,A,increase\n"b"c,d,A,increase\n'),
    _sheets("unknown_plan", "components!A2", components=f"{_PAID}\nagnets,c,a,1,linear\n", incentive_plans="key\nagents\n"),
    _sheet("missing", "kpis!D2", f"{_HEAD}\na,d,A,\n"),
    _sheet("wrong_type", "components!F2", f"{_PAID},payout.tiers\np,c,a,1,tiered,from 1 pays 2\n", "components.csv"),
)  # fmt: skip

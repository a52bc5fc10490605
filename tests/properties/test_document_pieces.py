"""A document in pieces is the whole document: what one replaced KPI comes to is what a check of the whole comes to."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.canonical import content_hash
from app.domain.document.changes import changes_between
from app.domain.document.checks import checked, document_from
from app.domain.document.patch import patch_between, patch_in_place
from app.domain.document.pieces import KPIS, Pieces, in_pieces, with_kpi
from app.domain.stored_form import Raw, sharing, stored_form
from tests.counts import many
from tests.properties.companies import FAMILIES, METRICS, companies

SAID: dict[str, list[Any]] = {
    "name": ["Handling time", "  handling  time ", "", 7, None],
    "weight": [0, 1, 2.5, 3.0, -1, "1", None, True],
    "baseline": [10, 10.0, 1e300, "10", None],
    "target": [10, 10.0, 12.25, -0.0, None],
    "tolerance": [0, 0.5, -1],
    "unit": ["s", " %", None],
    "owner": ["Ada", None],
    "segment": ["smb", "nobody"],
    "department": ["d0", "d1", "nowhere", "D0", None],
    "shared_with": [[], ["d0"], ["d1", "d0"], ["d0", "d0"], ["nowhere"], "d0"],
    "effective": [{}, {"from": "2026-01-01"}, {"from": "2026-02-01", "to": "2026-01-01"}, {"from": "soon"}],
    "metric": [METRICS[0], "own.metric", "no-such-metric", None],
    "family": ["no-such-family", None],
    "direction": ["increase", "decrease", "maintain", "sideways"],
    "inverted": [True, False, "yes"],
    "wieght": [1],
}
"""Member → what may be said of it, right and wrong."""

CHANGES = st.dictionaries(st.sampled_from(sorted(SAID)), st.integers(0, 7), max_size=3).map(
    lambda drawn: {name: SAID[name][number % len(SAID[name])] for name, number in drawn.items()}
)


def in_pieces_of(raw: Raw) -> Pieces:
    document = document_from(raw, catalogue())
    return in_pieces(document, stored_form(document))


@st.composite
def repeating_companies(draw: st.DrawFn) -> Raw:
    """Companies with segments, metrics and departments within others, some components of which say again what their KPIs do."""
    raw: Raw = draw(companies())
    kpis = {kpi["key"]: kpi for kpi in raw["kpis"]}
    for component in (component for plan in raw["incentive_plans"] for component in plan["components"]):
        if draw(st.booleans()):
            component["direction"] = kpis[component["kpi"]]["direction"]
    if draw(st.booleans()):
        raw["departments"][0]["parent"] = "d1"
    if draw(st.booleans()):
        raw["organization"]["customers"] = {"count": 10, "segments": [{"key": "smb"}]}
    if draw(st.booleans()):
        raw["metrics"] = [{"id": "own.metric", "name": "Our own", "family": FAMILIES[0], "good_direction": "increase"}]
    return raw


@settings(max_examples=many(2_000))
@given(repeating_companies(), st.lists(st.tuples(st.integers(0, 20), CHANGES), min_size=1, max_size=5))
def test_one_kpi_is_replaced_as_in_the_whole_document(raw: Raw, wanted: list[tuple[int, dict[str, Any]]]) -> None:
    """Where only the KPI is looked at, the whole document is valid, and its form, its hash and what changed are those of the whole."""
    pieces = in_pieces_of(raw)
    for number, changes in wanted:
        items = pieces.raw[KPIS]
        before = items[number % len(items)]
        said = {**before, **changes}

        replaced = with_kpi(pieces, before["key"], said, catalogue())

        whole = {**pieces.raw, KPIS: [said if item is before else item for item in items]}
        document, faults = checked(whole, catalogue())
        if replaced is None:
            assert faults or any(
                said.get(name) != before.get(name) for name in ("direction", "metric", "family", "inverted")
            )
            continue
        assert not faults and document is not None
        new = sharing(stored_form(document), pieces.raw)
        assert replaced.pieces.raw == new
        assert list(map(list, replaced.pieces.raw[KPIS])) == list(map(list, new[KPIS]))
        assert replaced.pieces.content_hash == content_hash(document)
        assert replaced.pieces == in_pieces(document, replaced.pieces.raw)
        item = replaced.pieces.raw[KPIS][replaced.place]
        assert changes_between({KPIS: [before]}, {KPIS: [item]}) == changes_between(pieces.raw, new)
        assert patch_in_place(before, item, f"/{KPIS}/{replaced.place}") == patch_between(pieces.raw, new)
        pieces = replaced.pieces


@settings(max_examples=many(400))
@given(companies())
def test_pieces_have_the_hash_of_the_document(raw: Raw) -> None:
    """The canonical texts of its members make the canonical text of the document."""
    pieces = in_pieces_of(raw)

    assert pieces.content_hash == content_hash(document_from(raw, catalogue()))


def test_a_kpi_that_a_component_contradicts_is_looked_at_with_the_whole_document() -> None:
    """What components repeat of a KPI is not changed without a look at them."""
    component = {"key": "c", "weight": 1, "kpi": "aht", "direction": "decrease", "payout": {"kind": "linear"}}
    plan = {"key": "agents", "department": "care", "period": "month", "target_variable_pay_share": 0.2}
    kpi = {"key": "aht", "department": "care", "name": "AHT", "direction": "decrease"}
    raw = {
        "concord": 1,
        "organization": {"name": "Acme"},
        "departments": [{"key": "care", "name": "Care", "function": "service"}],
        "outcomes": [{"key": "quick", "name": "Quick help", "direction": "increase", "weight": 1}],
        "kpis": [kpi],
        "incentive_plans": [{**plan, "components": [component]}],
    }
    pieces = in_pieces_of(raw)

    assert with_kpi(pieces, "aht", {**kpi, "direction": "increase"}, catalogue()) is None
    assert with_kpi(pieces, "aht", {**kpi, "weight": 2}, catalogue()) is not None


def test_a_kpi_that_there_is_not_is_looked_at_with_the_whole_document() -> None:
    """Only what stands in the document can be replaced."""
    pieces = Pieces({"concord": 1, "organization": {"name": "Acme"}}, {}, {})

    assert with_kpi(pieces, "aht", {"key": "aht"}, catalogue()) is None

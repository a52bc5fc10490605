"""A document is read whole or refused whole, with every problem in words that help."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_texts import told

PLAN: dict[str, Any] = {
    "concord": 1,
    "organization": {"name": "Acme"},
    "departments": [
        {"key": "service", "name": "Customer Service", "function": "service"},
        {"key": "sales", "name": "Sales", "function": "sales"},
    ],
    "kpis": [
        {"key": "aht", "department": "service", "name": "Handling time", "direction": "decrease"},
        {"key": "csat", "department": "service", "name": "Satisfaction", "direction": "increase"},
    ],
    "incentive_plans": [
        {
            "key": "agents",
            "department": "service",
            "period": "month",
            "target_variable_pay_share": 0.15,
            "components": [
                {"key": "short", "kpi": "aht", "weight": 0.6, "payout": {"kind": "linear"}},
                {"key": "happy", "kpi": "csat", "weight": 0.4, "payout": {"kind": "linear"}},
            ],
        }
    ],
}


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The plan with another value at a place."""
    made = copy.deepcopy(PLAN)
    holder: Any = made
    for token in path[:-1]:
        holder = holder[token]
    holder[path[-1]] = to
    return made


def problems(raw: Any) -> tuple[Problem, ...]:
    """What is wrong with a document."""
    with pytest.raises(DocumentInvalid) as refused:
        document_from(raw, catalogue())
    return refused.value.problems


def messages(raw: Any) -> list[str]:
    """The same as sentences."""
    return [problem.message for problem in problems(raw)]


KPI = ("incentive_plans", 0, "components", 1, "kpi")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (changed("kpis", 0, "direction", to="reduce"), "did you mean 'decrease'?"),
        (changed("kpis", 0, "direction", to="senken"), "did you mean 'decrease'?"),
        (changed("departments", 0, "function", to="Customer Support"), "did you mean 'service'?"),
        (changed("incentive_plans", 0, "period", to="monthly"), "did you mean 'month'?"),
        (changed(*KPI, to="Satisfaction"), "there is no KPI 'Satisfaction'; did you mean 'csat'?"),
        (changed("kpis", 0, "department", to="Customer Service"), "did you mean 'service'?"),
        (changed("kpis", 0, "metric", to="Average handling time"), "did you mean 'service.average_handle_time'?"),
        (changed("incentive_plans", 0, "target_variable_pay_share", to="15 %"), "did you mean '0.15'?"),
        (changed("incentive_plans", 0, "target_variable_pay_share", to=15), "did you mean '0.15'?"),
        (changed("kpis", 0, "target", to="4,2"), "did you mean '4.2'?"),
        (changed("kpis", 0, "inverted", to="yes"), "did you mean 'true'?"),
        (changed("kpis", 0, "name", to=2026), "must be text in quotes, not 2026"),
        (changed("kpis", 0, "effective", to={"from": "31.01.2026"}), "did you mean '2026-01-31'?"),
        (changed("kpis", 0, "effective", to="2026"), "an object with members such as from, to, not '2026'"),
        (changed("organization", "currency", to="€"), "did you mean 'EUR'?"),
        (changed("organization", "key", to="Größe & Co"), "did you mean 'groesse-co'?"),
        (changed("organization", "naem", to="A"), "'naem' is not known here; did you mean 'name'?"),
        (["a"], "the document must be an object with members such as concord, organization, departments, not […]"),
    ],
)  # fmt: skip
def test_messages_say_what_was_probably_meant(raw: Any, message: str):
    """Words, names, percentages, commas and days that people write lead to what to write instead."""
    assert [told for told in messages(raw) if message in told]


def test_all_problems_come_at_once_in_the_order_of_the_document():
    """Shape, references and sums are judged together."""
    raw = changed("incentive_plans", 0, "components", 0, "weight", to=0.5)
    raw["kpis"][1] |= {"department": "servce", "direction": "up"}
    del raw["organization"]["name"]

    assert [problem.pointer for problem in problems(raw)] == [
        "/organization/name",
        "/kpis/1/department",
        "/kpis/1/direction",
        "/incentive_plans/0/components",
    ]


@pytest.mark.parametrize("name", ["kpi", "KPIs", "kpis "])
def test_a_misspelt_list_is_one_problem(name: str):
    """Its keys are not reported as missing wherever something refers to them."""
    raw = {(name if key == "kpis" else key): value for key, value in PLAN.items()}

    assert messages(raw) == [f"'{name}' is not known here; did you mean 'kpis'?"]


def test_weights_on_another_scale_are_named_one_by_one():
    """60 and 40 instead of 0.6 and 0.4 are two problems; that they do not sum to 1 is none."""
    raw = changed("incentive_plans", 0, "components", 0, "weight", to=60)
    raw["incentive_plans"][0]["components"][1]["weight"] = 40

    assert messages(raw) == [
        "'weight' must be at most 1, not 60; did you mean '0.6'?",
        "'weight' must be at most 1, not 40; did you mean '0.4'?",
    ]


def test_a_key_that_names_nothing_is_one_problem():
    """That it does not look like a key does not matter then."""
    assert messages(changed(*KPI, to="CSAT")) == ["there is no KPI 'CSAT'; did you mean 'csat'?"]


def test_null_is_left_out_where_something_may_be():
    """A member that is null counts as left out, a required one as missing, and one that nobody knows as unknown."""
    assert document_from(changed("kpis", 0, "weight", to=None)).kpis[0].weight is None
    assert document_from(changed("incentive_plans", 0, "supervises", to=None)).incentive_plans[0].supervises == ()
    assert messages(changed("kpis", 0, "name", to=None)) == ["'name' is missing; expected text"]
    assert messages(changed("kpis", 0, "nmae", to=None)) == ["'nmae' is not known here; did you mean 'name'?"]


def test_values_of_programs_are_taken_too():
    """Days may be days, lists may be tuples, and whole numbers may have a point."""
    raw = changed("kpis", 0, "effective", to={"from": date(2026, 1, 1)})
    raw["departments"] = tuple(raw["departments"])
    raw["organization"]["employees"] = 1200.0
    document = document_from(raw)

    assert document.kpis[0].effective and document.kpis[0].effective.from_ == date(2026, 1, 1)
    assert document.organization.employees == 1200


def test_texts_are_trimmed_and_composed():
    """Lengths are counted in characters as people see them."""
    assert document_from(changed("organization", "name", to="  Cafe\u0301\r\n ")).organization.name == "Café"


def test_a_hundred_problems_are_listed_and_the_rest_counted():
    """Nobody reads more, and no answer grows without bound."""
    raw = changed("kpis", to=[{} for _ in range(60)])

    with pytest.raises(DocumentInvalid) as refused:
        document_from(raw)

    assert len(refused.value.problems) == 100
    assert refused.value.omitted == 60 * 4 + 2 - 100


def test_nesting_has_a_bound():
    """A document that never ends is refused without being followed."""
    endless: dict[str, Any] = {}
    endless["organization"] = endless

    assert [problem.code for problem in problems(endless)] == ["too_deep"]


def test_rejected_values_are_not_repeated_at_length():
    """A message stays a line, whatever was sent."""
    (problem,) = problems(changed("kpis", 0, "direction", to="x\n" * 5_000))

    assert problem.found is not None
    assert len(problem.found) <= 2 * 200 + 2
    assert problem.found.isprintable()


def test_no_message_holds_what_cannot_be_printed():
    """Keys and names that are told in passing are written as safely as rejected values."""
    raw = changed("departments", 0, to={"key": "a\nb", "name": "A", "function": "hr", "parent": "a\nb"})

    assert [message for message in messages(raw) if "belongs to itself: a\\nb → a\\nb" in message]


def test_problems_are_told_in_german():
    """The sentence changes, the data in it do not."""
    (problem,) = problems(changed("kpis", 0, "direction", to="reduce"))

    assert told(problem, "de").message == (
        "'direction' muss eines von increase, decrease, maintain sein, nicht 'reduce'; meinten Sie 'decrease'?"
    )

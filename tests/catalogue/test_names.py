"""How names of KPIs are read: what they mean, which way round, with what evidence, and when they are left alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.catalogue import Metric
from app.domain.findings import Resolution
from app.domain.names.families import family_of_words
from app.domain.names.index import build_index
from app.domain.names.resolve import MOST_CANDIDATES, Resolver
from app.domain.names.words import MOST_CHARACTERS
from tests.cases import score
from tests.counts import many

CATALOGUE = catalogue()
RESOLVER = Resolver(CATALOGUE)
CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize(
    ("name", "metric"),
    [
        ("Avg. handling time (AHT)", "service.average_handle_time"),
        ("% calls answered in 20s", "service.service_level"),
        ("reduce churn to <2 %", "customer.churn_rate"),
        ("Kundenzufriedenheit", "customer.satisfaction"),
        ("Zufriedenheit unserer Kunden", "customer.satisfaction"),
        ("Taux de satisfaction client", "customer.satisfaction"),
        ("Satisfacción de los clientes", "customer.satisfaction"),
        ("Custmer satisfacton", "customer.satisfaction"),
        ("CUSTOMER SATISFACTION", "customer.satisfaction"),
        ("Steigerung der Kundenbindung um 5 Punkte", "customer.retention_rate"),
        ("Calls per agent per day", "service.contacts_per_hour"),
        ("Tickets / agent / day", "service.contacts_per_hour"),
    ],
)
def test_names_are_understood_as_people_write_them(name: str, metric: str):
    """Abbreviations, targets, typing errors, four languages, wishes and divisors do not stand in the way."""
    assert RESOLVER.resolve(name).metric == metric


@pytest.mark.parametrize(
    ("name", "direction", "metric", "inverted"),
    [
        ("Late deliveries", None, "operations.on_time_delivery", True),
        ("Reduce late deliveries", "decrease", "operations.on_time_delivery", True),
        ("Unhappy customers", None, "customer.satisfaction", True),
        ("Staff retention", None, "hr.employee_turnover", True),
        ("Cost savings", "increase", "finance.operating_cost", True),
        ("No complaints", None, "customer.complaint_rate", True),
        ("Absence of complaints", None, "customer.complaint_rate", True),
        ("Churn reduction", "decrease", "customer.churn_rate", False),
        ("Churn reduction", "increase", "customer.churn_rate", True),
        ("Reduce churn", "decrease", "customer.churn_rate", False),
        ("Improve customer satisfaction", "increase", "customer.satisfaction", False),
    ],
)
def test_a_name_says_which_way_round_it_is_meant(name: str, direction: str | None, metric: str, inverted: bool):
    """Opposites and denials turn a metric round; a wish at the head of a name does not; the direction settles what is left open."""
    found = RESOLVER.resolve(name, direction=direction)

    assert (found.metric, found.inverted) == (metric, inverted)


@pytest.mark.parametrize(
    "name",
    [
        "Candidate NPS",
        "Shareholder satisfaction",
        "Internal promotion rate",
        "Cost per hire",
        "Phishing click rate",
        "Survey response rate",
        "Conversion rate of the server migration",
    ],
)
def test_what_is_said_of_somebody_else_is_not_taken_for_the_metric(name: str):
    """Candidates are no customers, colleagues no market, a test of security no campaign."""
    assert RESOLVER.resolve(name).metric is None


@pytest.mark.parametrize("name", ["Quality", "Team goal", "KPI 4", "tbd", "Service", "12", "%", "", " ", "🚀🚀", "…"])
def test_words_that_say_nothing_mean_nothing(name: str):
    """A word that a hundred figures have in common is no name of one."""
    assert RESOLVER.resolve(name).metric is None


def test_the_department_settles_a_word_with_two_meanings():
    """Turnover is people in personnel and money elsewhere."""
    assert RESOLVER.resolve("Turnover", function="hr").metric == "hr.employee_turnover"
    assert RESOLVER.resolve("Turnover", function="sales").metric == "sales.revenue"


def test_a_unit_that_a_metric_cannot_have_weakens_it():
    """Days are no share: the same words score less with a unit that does not fit."""
    fits = RESOLVER.resolve("Time until delivery", unit="days")
    strange = RESOLVER.resolve("Time until delivery", unit="%")

    assert fits.metric == "operations.delivery_lead_time"
    assert strange.candidates[0].score < fits.score


def test_a_time_limit_makes_a_share_of_a_time():
    """Within two days is a limit that is kept or not, whatever the unit says."""
    assert RESOLVER.resolve("Orders shipped within 2 days").metric == "operations.on_time_delivery"
    assert RESOLVER.resolve("Days to ship an order").metric == "operations.delivery_lead_time"


def test_a_name_for_two_things_is_taken_for_neither():
    """Of two things joined by "and" both are likely, so that neither is likely enough; both are candidates, and their family is known."""
    found = RESOLVER.resolve("Complaints and bugs")

    assert (found.metric, found.method) == (None, "family")
    assert {c.metric for c in found.candidates[:2]} == {"customer.complaint_rate", "product.defect_rate"}


def test_a_metric_given_by_the_document_is_taken_as_it_is():
    """A pin needs no reading: score 1, no candidates."""
    found = RESOLVER.resolve("whatever", metric="customer.nps", inverted=True)

    assert found == Resolution("whatever", "customer.nps", True, "service_experience", 1.0, "pinned", ())


def test_inverted_in_the_document_turns_what_the_name_says():
    """`inverted` on a KPI without a metric turns the resolved metric, and twice turned is straight."""
    assert RESOLVER.resolve("Complaints", inverted=True).inverted is True
    assert RESOLVER.resolve("Late deliveries", inverted=True).inverted is False


def test_a_name_of_which_only_the_family_is_clear_says_so():
    """No metric fits, the words point to a family: metric null, method family, the nearest metrics as candidates."""
    found = RESOLVER.resolve("Shorter queues at the border crossing for lorries")

    assert (found.metric, found.method, found.score, found.family) == (None, "family", 0.0, "waiting_time")
    assert found.candidates


def test_the_nearest_metric_lends_its_family_where_words_point_to_none():
    """Its own score is not enough for an answer, but for what kind of figure it is."""
    name = "Speakers that sound good to owners"
    found = RESOLVER.resolve(name)

    assert family_of_words(name, CATALOGUE) is None
    assert (found.metric, found.method) == (None, "family")
    assert found.family == CATALOGUE.metric_families[found.candidates[0].metric].family


def test_a_name_that_means_nothing_known_is_left_unresolved():
    """No metric, no family, no score; what came nearest is offered."""
    found = RESOLVER.resolve("Signal flags hoisted per watch")

    assert (found.metric, found.family, found.score, found.method) == (None, None, 0.0, "unresolved")
    assert len(found.candidates) <= MOST_CANDIDATES


def test_candidates_come_best_first_and_begin_with_the_answer():
    """Scores fall, no metric comes twice, and an answer is the first candidate with its own score."""
    found = RESOLVER.resolve("Customer satisfaction with complaint handling")

    scores = [c.score for c in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len({c.metric for c in found.candidates}) == len(found.candidates)
    assert (found.candidates[0].metric, found.candidates[0].score) == (found.metric, found.score)


def test_an_organizations_own_metric_comes_before_the_catalogues():
    """Its own names are read first; the method says whose metric it is."""
    own = Metric(
        "own.chair_time", "Chair time", "operations", "seconds", "decrease", aliases=("handle time",), own=True
    )
    resolver = Resolver(CATALOGUE, [own])

    assert (resolver.resolve("Chair time").metric, resolver.resolve("Chair time").method) == ("own.chair_time", "own")
    assert resolver.resolve("Handle time").metric == "own.chair_time"
    assert resolver.resolve("Customer satisfaction").metric == "customer.satisfaction"


def test_a_search_finds_metrics_by_any_of_their_names():
    """Best first, with scores in 0–1, at most as many as are asked for."""
    found = RESOLVER.search("Wartezeit", 5)

    assert found[0][0].id == "service.average_speed_of_answer"
    assert 1 <= len(found) <= 5
    assert all(0 <= value <= 1 for _, value in found)


@pytest.mark.slow
def test_the_index_of_names_is_plain_json_and_answers_the_same():
    """Written out and read back, the index gives the same resolutions."""
    stored = json.loads(json.dumps(build_index(CATALOGUE)))
    reread = Resolver(CATALOGUE, index=stored)
    names = [entry["name"] for entry in _entries("kpi_names.json")[:60]]

    assert [reread.resolve(name) for name in names] == [RESOLVER.resolve(name) for name in names]


def test_the_lexicon_speaks_only_of_concepts_that_it_has():
    """Lists of concepts, kinds, and the kinds in ways of saying a metric name nothing that has no words."""
    lexicon: dict[str, Any] = dict(CATALOGUE.lexicon)
    concepts = {*lexicon["concepts"], *lexicon["kinds"], "within"}
    lists = [lexicon[name] for name in ("blocking", "broad", "light")]
    lists += [*lexicon["blocking_in"].values(), *lexicon["kinds"].values()]
    said = [name for ways in lexicon["names"].values() for names in ways.values() for name in names]
    kinds = {kind for name in said for kind in re.findall(r"<(.*?)>", name)}

    assert sorted({concept.removeprefix("per:") for named in lists for concept in named} - concepts) == []
    assert sorted(kinds - concepts) == []


@pytest.mark.slow
@given(
    name=st.text(max_size=400),
    direction=st.sampled_from(["increase", "decrease", "maintain", None]),
    unit=st.text(max_size=12),
)
@example(name="שביעות רצון הלקוחות ‏עם מספרים 123", direction=None, unit="")
@example(name="x" * 100_000, direction=None, unit="")
@example(name="aht " * 75, direction="decrease", unit="s")
@example(name="((((((a)b)c", direction=None, unit="%")
@example(name="per per / / / % % of of", direction=None, unit="€")
@settings(max_examples=many(20_000))
def test_any_text_is_answered(name: str, direction: str | None, unit: str):
    """Emoji, right-to-left, digits, nothing at all: an answer with scores in 0–1, the same each time, never an exception."""
    found = RESOLVER.resolve(name, direction=direction, unit=unit)

    assert found == RESOLVER.resolve(name, direction=direction, unit=unit)
    assert all(0 <= c.score <= 1 for c in found.candidates)
    assert (found.metric is None) == (found.method in ("family", "unresolved"))


def test_what_is_beyond_the_first_characters_of_a_name_is_not_read():
    """A long text costs no more than its beginning."""
    beginning = "Customer satisfaction " + "a" * MOST_CHARACTERS

    assert RESOLVER.resolve(beginning).metric == RESOLVER.resolve(beginning + " complaints" * 1000).metric


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [("kpi_names.json", 0.94, 0.03), ("kpi_names_more.json", 0.89, 0.03), ("kpi_names_prose.json", 0.74, 0.065)],
)
def test_labelled_names_are_understood_as_well_as_was_measured(file: str, right: float, wrong: float):
    """Floors under the figures in docs/contributing/names.md."""
    verdicts = [score.judge_name(entry, _answer(entry)) for entry in _entries(file)]

    assert verdicts.count("right") / len(verdicts) >= right
    assert verdicts.count("wrong") / len(verdicts) <= wrong


@pytest.mark.slow
@pytest.mark.parametrize(("low", "high"), [(0.3, 0.65), (0.65, 0.9), (0.9, 1.01)])
def test_scores_are_probabilities(low: float, high: float):
    """Of the likeliest metrics with a score about p, a share of about p is right."""
    entries = [e for f in ("kpi_names.json", "kpi_names_more.json", "kpi_names_prose.json") for e in _entries(f)]
    likeliest = [(entry, found.candidates[0]) for entry in entries if (found := _found(entry)).candidates]
    within = [(entry, best) for entry, best in likeliest if low <= best.score < high]

    said = sum(best.score for _, best in within) / len(within)
    right = sum(_fits(entry, best.metric, best.inverted) for entry, best in within) / len(within)
    assert len(within) >= 20
    assert right == pytest.approx(said, abs=0.1)


@pytest.mark.parametrize(
    ("name", "function", "not_that"),
    [
        ("Employee churn", None, "customer.churn_rate"),
        ("Server response time", "product", "service.first_response_time"),
        ("Outbound call volume", "service", "service.contact_volume"),
        ("Call volume (outbound reminders)", "service", "service.contact_volume"),
        ("Offer acceptance rate", "hr", "marketing.conversion_rate"),
        ("Near misses reported", "operations", "operations.safety_incidents"),
    ],
)
def test_near_misses_are_refused(name: str, function: str | None, not_that: str):
    """One word in common with a metric, or all but one, is not enough when the one makes another thing of it."""
    assert RESOLVER.resolve(name, function=function).metric != not_that


def _entries(file: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((CASES / file).read_text(encoding="utf-8"))
    return entries


def _answer(entry: dict[str, Any]) -> dict[str, Any]:
    found = _found(entry)
    return {"metric": found.metric, "method": found.method, "inverted": found.inverted}


def _found(entry: dict[str, Any]) -> Resolution:
    return RESOLVER.resolve(entry["name"], **{k: entry.get(k) for k in ("function", "unit", "direction")})


def _fits(entry: dict[str, Any], metric: str, inverted: bool) -> bool:
    given = {"metric": metric, "method": "fuzzy", "inverted": inverted}
    return entry["metric"] is not None and score.judge_name(entry, given) == "right"

"""What holds of every text: all findings of all labelled companies and starter documents, in both languages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.arcs import FAMILY
from app.domain.catalogue import Influence
from app.domain.citations import sources
from app.domain.errors import DocumentInvalid
from app.domain.findings import Analysis, Finding
from app.domain.parameters import parameters
from app.domain.severity_steps import severity_steps
from app.domain.terms import Language
from tests.counts import many
from tests.domain.told import SALES, TRUST, a_company, a_kpi, a_plan, analysed, every_finding

ROOT = Path(__file__).parents[2]
COMPANIES = sorted((ROOT / "tests/cases/companies").glob("*.yaml"))
TEMPLATES = sorted((ROOT / "app/catalogue/templates").glob("*.yaml"))
LANGUAGES: tuple[Language, ...] = ("en", "de")
LOST = re.compile(r"\bNone\b|\bnan\b|[{}]|  | ,| \.|\.\.|\(\)|„“|“”|: \.")


@lru_cache(maxsize=300)
def document(path: Path) -> dict[str, Any]:
    """A company's document."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"concord": 1, **raw["document"]} if "document" in raw else raw


@lru_cache(maxsize=300)
def analysis(path: Path, language: Language) -> Analysis:
    """What is said of it."""
    return analysed(document(path), language)


def findings(path: Path, language: Language) -> Iterator[Finding]:
    """Every finding with its texts."""
    yield from every_finding(analysis(path, language))


def influence(id_: str) -> Influence:
    """An arc of the catalogue, between metrics or families."""
    known = catalogue()
    return known.influences.get(id_) or known.family_influences[id_]


def own_words(path: Path) -> list[str]:
    """What the document itself says, longest first, so that it can be taken out of a text."""
    raw = document(path)
    said = [d["name"] for d in raw["departments"]] + [raw["organization"]["name"]]
    said += [p.get("role") or p["key"] for p in raw.get("incentive_plans", ())]
    said += [part["name"] for part in (*raw["kpis"], *raw.get("outcomes", ()))]
    said += [str(owner) for owner in raw.get("governance", {}).values() if isinstance(owner, str)]
    return sorted(said, key=len, reverse=True)


def without_own_words(text: str, path: Path) -> str:
    """A text without names of the document, brackets and references: what the program itself says."""
    for words in own_words(path):
        text = text.replace(words, "")
    text = re.sub(r"„[^“]*“|“[^”]*”", "", text)
    return re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)|Grundlage: .*|Rests on .*", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*COMPANIES, *TEMPLATES], ids=lambda p: p.stem)
def test_every_text_is_whole(path: Path, language: Language):
    """Nothing is empty, unfilled, doubled or too long; a title is one sentence without a full stop."""
    seen = analysis(path, language)

    texts = [seen.summary.headline, *seen.assumptions]
    for finding in findings(path, language):
        texts += [finding.title, finding.explanation]
        assert len(finding.explanation) <= 1_200, finding.explanation
        assert len(finding.title) <= 400, finding.title
        assert not finding.title.endswith("."), finding.title
        assert finding.explanation.endswith("."), finding.explanation
    for text in texts:
        assert text.strip() == text != ""
        assert not LOST.search(text), text
        assert text[0] in "“„0123456789" or text[0].isupper() or text.startswith(tuple(own_words(path))), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [*COMPANIES, *TEMPLATES], ids=lambda p: p.stem)
def test_every_source_on_a_chain_is_named(path: Path, language: Language):
    """Whoever reads a conflict sees every source of its chain, however long the text has grown."""
    for finding in findings(path, language):
        if finding.flaw is None and finding.kind.endswith(("conflict", "tension")):
            for link in finding.chain:
                for name in sources(influence(link.id).citations, catalogue().citations, language):
                    assert name in finding.explanation, (name, finding.explanation)


@pytest.mark.parametrize("path", [*COMPANIES, *TEMPLATES], ids=lambda p: p.stem)
def test_german_texts_are_german(path: Path):
    """No English metric name, reason or little word stands in what the program says in German."""
    known = catalogue()
    english = {m.name.lower() for m in known.metrics.values() if m.name.lower() != m.name_de.lower() and " " in m.name}
    english |= {
        saying.en[0].lower() for id_, saying in known.sayings.items() if len(saying.en) == 3 and " " in saying.en[0]
    }
    for finding in findings(path, "de"):
        said = without_own_words(f"{finding.title}. {finding.explanation}", path).lower()
        assert not re.search(r"\b(the|of|and|with|which|their|because|pays|paying)\b", said), said
        assert not {name for name in english if name in said}, said


@pytest.mark.parametrize("path", COMPANIES, ids=lambda p: p.stem)
def test_what_rests_on_archetypes_or_judgement_or_is_a_close_call_is_hedged(path: Path):
    """A title never states plainly what rests on archetypes, on judgement alone, or hangs in the balance."""
    for finding in findings(path, "en"):
        conflict = (
            finding.kind.endswith(("conflict", "tension")) and finding.rule.startswith("FLU0")
        ) or finding.rule == "FLU101"
        judged = bool(finding.chain) and all(influence(link.id).support == "none" for link in finding.chain)
        close = "close call" in finding.explanation
        if conflict and finding.chain and (finding.basis == "family" or judged or close):
            assert " may work against " in finding.title, finding.title


@pytest.mark.parametrize("path", COMPANIES, ids=lambda p: p.stem)
def test_the_steps_of_a_severity_end_in_it(path: Path):
    """The arithmetic that is shown leads to the severity that is reported, also with the digits that are shown."""
    known = catalogue()
    chosen = parameters(document(path).get("parameters"))
    for finding in findings(path, "en"):
        steps = severity_steps(finding, known.rules[finding.rule], chosen)
        assert steps[-1].name == "severity"
        assert steps[-1].value == finding.severity
        assert steps[-2].value == pytest.approx(finding.severity, abs=1e-6), steps
        told_over = [
            (step.value, _reckoned(step.formula)) for step in steps if step.formula and step.name != "expression"
        ]
        assert all(value == pytest.approx(again, abs=0.05 if value > 1 else 0.0001) for value, again in told_over), (
            steps
        )


def _reckoned(formula: str) -> float:
    """What a reader gets who puts the numbers of a step into a calculator."""
    said = formula.replace("√min", "√(min").replace(";", ",") + (")" if "√min" in formula else "")
    return float(
        eval(
            said.replace("×", "*").replace("−", "-").replace("√", "sqrt").replace("^", "**"),
            {"sqrt": math.sqrt, "min": min},
        )
    )


def test_every_metric_family_and_acting_lever_has_a_saying():
    """Whatever a chain may meet is said in both languages, and not by a bare name."""
    known = catalogue()

    missing = {id_ for id_ in (*known.metrics, *(FAMILY + f for f in known.families)) if id_ not in known.sayings}

    assert missing == set()


def test_every_influence_says_why_in_both_languages():
    """A German reader gets the reason of each step, and the condition where there is one."""
    known = catalogue()

    silent = {
        i.id
        for i in (*known.influences.values(), *known.family_influences.values())
        if not i.mechanism_de or bool(i.when) != bool(i.when_de)
    }

    assert silent == set()


@given(
    name=st.text(min_size=1, max_size=300),
    other=st.text(min_size=1, max_size=80),
    wanted=st.sampled_from(["increase", "decrease"]),
)
@settings(max_examples=many(400))
def test_any_name_can_be_told(name: str, other: str, wanted: str):
    """Whatever a document may call its KPIs, departments and roles, every text is one line and short enough."""
    try:
        raw = a_company(
            {**SALES, "name": name},
            kpis=[a_kpi("goal", "sales", name, wanted, metric="sales.cross_sell_ratio")],
            outcomes=[{**TRUST, "name": other}],
            incentive_plans=[a_plan("goal", "sales", role=other, penalties=name)],
        )
        told = [f for language in LANGUAGES for f in every_finding(analysed(raw, language))]
    except DocumentInvalid:
        assume(False)

    for finding in told:
        assert finding.title
        assert len(finding.explanation) <= 1_200
        assert not re.search(r"[\n\r\t]|  ", finding.title + finding.explanation)

"""Every format, on the small company and on companies that are made up: valid by its schema or its own reader."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.findings import Analysis, Finding, Setting, Waived
from app.domain.folding import fold
from app.domain.terms import Language
from app.domain.verdicts import AuditReport, each, verdicts_of
from app.reports import formats
from app.reports.refusals import Refusal
from tests.counts import many
from tests.properties.companies import Raw, companies
from tests.reports.readers import READERS
from tests.reports.reports import KNOWN, REFUSED, audited, small_report

NAMES = (
    "Call time", "=SUM(A1)", "+49 30", "-1", "@octocat", "a|b", "<script>alert(1)</script>", "100%", "%0A::error::x", "a:b,c", "]]>",
    "</style>", "*bold* _it_ `code` [a](b)", "{0} {name}", "\\", "会社", "🏦", "Zeile\u2028zwei", "\u202eabc", "“quoted” & 'single'",
    "#1 $x$",
    "~y~",
)  # fmt: skip
"""Names that each format has to write so that they are read as what they are."""
FILES = (
    "acme.yaml",
    "plans/a b.yaml",
    "100%.yaml",
    "a,b:c.yaml",
    "/tmp/plans/acme.yaml",
    "=x.yaml",
    "ä/会社.json",
    "<stdin>",
    "C:\\plans\\a.yaml",
)


def rendered(name: str, *reports: AuditReport, refused: tuple[Refusal, ...] = ()) -> bytes:
    return formats.render(name, reports, catalogue=KNOWN, refused=refused)


@st.composite
def named_companies(draw: st.DrawFn) -> Raw:
    """A company whose names are hard to write."""
    raw = draw(companies(most_kpis=5))
    hard = st.sampled_from(NAMES)
    raw["organization"]["name"] = draw(hard)
    for item in (*raw["departments"], *raw["kpis"], *raw["outcomes"]):
        if draw(st.booleans()):
            item["name"] = draw(hard)
    return raw


ASPECTS = st.fixed_dictionaries(
    {
        "file": st.sampled_from(FILES),
        "language": st.sampled_from(["en", "de"]),
        "waived": st.sets(st.integers(0, 7)),
        "known": st.sets(st.integers(0, 7)),
        "graded": st.sets(st.integers(0, 7)),
        "said": st.sampled_from(NAMES),
    }
)
"""What a run may make of an analysis: findings by number that are waived, known from a baseline or overridden."""


def judged(raw: Raw, aspects: Mapping[str, Any]) -> AuditReport:
    """The audit of a company as settings leave it."""
    report = audited(raw, aspects["file"], aspects["language"])
    said, waived = aspects["said"], aspects["waived"]
    found = list(enumerate(each(report.analysis.findings)))
    open_ = [_graded(_known(f, n, aspects["known"]), n, aspects["graded"]) for n, f in found if n not in waived]
    analysis = report.analysis._replace(
        findings=fold(open_),
        waived=tuple(_waived(finding, said) for number, finding in found if number in waived),
        notices=(said,),
        settings=(Setting("ignore", ["FLU001", said], "concord.toml"),),
    )
    return _with(report, analysis)


def _with(report: AuditReport, analysis: Analysis) -> AuditReport:
    return report._replace(
        analysis=analysis, verdicts=verdicts_of(analysis), notices=analysis.notices, settings=analysis.settings
    )


def _known(finding: Finding, number: int, known: set[int]) -> Finding:
    return finding._replace(baseline="unchanged" if number in known else "new") if known else finding


def _graded(finding: Finding, number: int, graded: set[int]) -> Finding:
    if number not in graded:
        return finding
    return finding._replace(engine_level=finding.level, level="low", override=f"concord.toml rules.{finding.rule}")


def _waived(finding: Finding, reason: str) -> Waived:
    return Waived(
        finding.fingerprint, "Head", reason, "2027-01-31", finding.title, finding.level, "suppressions[0]", finding
    )


@pytest.mark.slow
@settings(max_examples=many(200), deadline=None)
@given(raw=named_companies(), aspects=ASPECTS)
def test_every_format_is_valid_whatever_is_found(raw: Raw, aspects: Mapping[str, Any]) -> None:
    """By its published schema, or by a reader of its documented grammar, in both languages."""
    report = judged(raw, aspects)

    for name, read in READERS.items():
        read(rendered(name, report), [report], [])


@pytest.mark.slow
@settings(max_examples=many(100), deadline=None)
@given(raws=st.lists(named_companies(), max_size=2), aspects=ASPECTS)
def test_several_files_and_refused_ones_are_told_together(raws: list[Raw], aspects: Mapping[str, Any]) -> None:
    """Also when nothing was audited at all."""
    reports = [judged(raw, {**aspects, "file": f"{n}/{aspects['file']}"}) for n, raw in enumerate(raws)]
    refused = (REFUSED, Refusal("gone: 100%.yaml", "cannot be read | at all"))

    for name, read in READERS.items():
        read(rendered(name, *reports, refused=refused), reports, refused)
        read(rendered(name, *reports), reports, [])


def test_every_format_has_a_reader() -> None:
    """A format that is added is tested like the others."""
    assert formats.names() == tuple(sorted(READERS))


@pytest.mark.parametrize("name", formats.names())
def test_a_format_says_of_itself_what_its_text_says(name: str) -> None:
    """What is found by reading modules is what they are when they are imported; media types are told apart."""
    found = formats.formats()[name]

    module = import_module(found.module)

    assert (found.name, found.media_type, found.suffix) == (module.NAME, module.MEDIA_TYPE, module.SUFFIX)
    assert formats.of_media_type(found.media_type) == found


def test_a_format_is_imported_when_it_is_asked_for() -> None:
    """Text for a person loads no XML, no CSV and no page."""
    program = (
        "import sys; from app.reports import formats; formats.names(); "
        "print(sorted(m for m in sys.modules if m.startswith('app.reports.')), 'xml' in sys.modules, 'csv' in sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert told == "['app.reports.formats'] False False\n"


def test_the_help_of_the_command_names_every_format() -> None:
    """Nobody has to guess what `--format` takes."""
    shown = subprocess.run(
        [sys.executable, "-m", "app.cli.main", "audit", "--help"], capture_output=True, text=True, check=True
    ).stdout

    assert [name for name in formats.names() if not re.search(rf"\b{name}\b", shown)] == []


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", formats.names())
def test_the_bytes_are_the_same_at_every_run(name: str, language: Language) -> None:
    """No clock, no chance: what is written twice is equal."""
    assert rendered(name, small_report(language)) == rendered(name, small_report(language))


GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["csv", "github", "junit", "markdown"])
def test_the_small_company_reads_well(name: str) -> None:
    """As in the golden file, which people have looked at (`python -m tests.reports.golden_formats` writes it anew)."""
    suffix = formats.formats()[name].suffix

    assert rendered(name, small_report(), refused=(REFUSED,)) == (GOLDEN / f"{name}{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["html", "junit", "markdown", "github", "sarif"])
def test_no_english_is_left_in_german(name: str) -> None:
    """Texts of a format exist in both languages."""
    told = rendered(name, small_report("de")).decode()

    body = re.sub(r"<style>.*?</style>", "", told, flags=re.DOTALL)
    assert not re.search(
        r"\b(How it comes about|Accepted by|Known from|Settings in force|Waived|could not be judged)\b", body
    )


def test_a_report_with_a_hard_name_is_read_back_as_it_was() -> None:
    """The name of a KPI survives SARIF, JUnit and CSV."""
    import csv
    import io
    import json
    from xml.etree import ElementTree

    name = "50% |<b>& {0}"
    raw: dict[str, Any] = {**small_report().raw, "kpis": [dict(kpi) for kpi in small_report().raw["kpis"]]}
    raw["kpis"][0]["name"] = name
    report = small_report()._replace(raw=raw)

    log, suites, rows = (rendered(one, report) for one in ("sarif", "junit", "csv"))

    related = json.loads(log)["runs"][0]["results"][0]["relatedLocations"]
    assert name in [one["logicalLocations"][0]["name"] for one in related]
    assert name in (ElementTree.fromstring(suites).find(".//testcase") or {}).get("name", "")
    assert name in next(csv.DictReader(io.StringIO(rows.decode())))["subjects"]

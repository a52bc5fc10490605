"""Reports for tests of formats: the small company, with a waiver, a baseline, an override, a notice and a file that was refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from app.catalogue.load import catalogue
from app.domain.errors import Problem
from app.domain.findings import Setting, Waived
from app.domain.terms import Language
from app.domain.verdicts import AuditReport, verdicts_of
from app.exchange.read import read
from app.reports.refusals import Refusal
from app.services import audits
from app.services.verdicts import place_in, reported
from tests.reports import small

AS_OF = date(2026, 3, 1)

REFUSED = Refusal(
    "plans/bad, worse.yaml",
    "1 problem in the document",
    (Problem("/kpis/0/weight", "too_small", "weight must be at least 0", "-4", line=7, column=13),),
)


def small_report(language: Language = "en") -> AuditReport:
    """The analysis made by hand, with everything that a run may say of it."""
    analysis = small.analysis()
    conflict, pair, low = analysis.findings
    waived = low._replace(fingerprint="cccccccccccccccc", title="Pay by rank", level="high", severity=58.0)
    analysis = analysis._replace(
        findings=(
            conflict._replace(baseline="new", explanation=f"{conflict.explanation} 20% | more: <b>&</b>."),
            pair._replace(baseline="unchanged", engine_level="high", override="concord.toml rules.FLU001"),
            low._replace(baseline="new"),
        ),
        waived=(
            Waived(
                "cccccccccccccccc", "Head of Service", "known, see memo", "2027-03-31", "Pay by rank", "high",
                "waivers.yaml:12", waived,
            ),
        ),
        notices=("waivers.yaml:3 is not used: nothing is found there any more",),
        settings=(Setting("fail_on", "medium", "concord.toml"),),
    )  # fmt: skip
    source = read(yaml.safe_dump(small.RAW, sort_keys=False, allow_unicode=True).encode(), "acme.yaml")
    return AuditReport(
        file="plans/acme & sons.yaml",
        analysis=analysis,
        verdicts=verdicts_of(analysis),
        place=place_in(source),
        notices=analysis.notices,
        as_of=AS_OF,
        language=language,
        settings=analysis.settings,
        raw=small.RAW,
    )


def audited(raw: Mapping[str, Any], file: str = "company.yaml", language: Language = "en") -> AuditReport:
    """What the engine says of a document that is written as YAML."""
    text = yaml.safe_dump(dict(raw), sort_keys=False, allow_unicode=True)
    source = read(text.encode(), file, "yaml")
    return reported(file, source, audits.audit(source, as_of=AS_OF, language=language), language=language)


KNOWN = catalogue()

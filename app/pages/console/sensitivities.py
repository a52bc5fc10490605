"""Pages on how far an analysis can be relied on: samples of strengths, which findings stand, and which few influences they hang on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from app.catalogue.load import catalogue
from app.domain.terms import LEVELS
from app.pages.console.page import Head, Json, page
from app.reports.text_names import Names
from app.reports.text_robustness import Teller

SAMPLES = (200, 1_000, 5_000)
"""Samples that the form offers."""
USUAL = 1_000
SURE = 0.9
"""The share of samples from which on a finding is said to hold its level."""


def sensitivities_page(
    head: Head, organization: Json, analysis: Json, found: Sequence[Json], problem: Json | None
) -> bytes:
    """The form, and what came of samples that were drawn."""
    return page(
        "console/sensitivities.html",
        head,
        title=f"{head.words('sens_title')}: {organization['name']}",
        organization=organization,
        analysis=analysis,
        found=found,
        samples=SAMPLES,
        usual=USUAL,
        problem=problem,
    )


def sensitivity_page(
    head: Head, organization: Json, one: Json, analysis: Json, raw: Mapping[str, Any], result: Json
) -> bytes:
    """What came of samples for an analysis, whose document and result these are."""
    words = head.words
    teller = Teller(words, Names(words, raw, catalogue()))
    titles = {each["fingerprint"]: each["title"] for top in result["findings"] for each in (top, *top.get("also", ()))}
    counted = [each for each in one["findings"] if each["level"] != "low"]
    resting = sorted(
        (each for each in counted if each["rests_on_strengths"]),
        key=lambda each: (each["holds"], -each["severity"], each["fingerprint"]),
    )
    held = sum(each["holds"] >= SURE for each in resting)
    said = "none_rest" if not resting else "all_hold" if held == len(resting) else "some_hold"
    remedies = {each["id"]: each["title"] for each in result["recommendations"]}
    return page(
        "console/sensitivity.html",
        head,
        title=f"{words('sens_title')}: {organization['name']}",
        organization=organization,
        one=one,
        analysis=analysis,
        lead=teller.say(said, n=words.count(len(resting)), held=words.count(held), share=words.share(SURE)),
        findings=[_finding(each, titles, teller) for each in resting],
        others=words.count(len(counted) - len(resting)) if len(counted) > len(resting) else "",
        measured=teller.say("measured_sum", n=sum(map(_stays, counted)), of=len(counted)),
        helps=[
            (each["id"], remedies.get(each["id"], each["id"]), words.share(each["helps"]))
            for each in one["recommendations"]
        ],
        tried=teller.say("tried", tried=words.count(one["tried"])),
        deciding=[(teller.influence(each["influence"]), words.signed(each["correlation"])) for each in one["deciding"]],
    )


def _finding(one: Json, titles: Mapping[str, str], teller: Teller) -> SimpleNamespace:
    words: Any = teller.words
    said = [
        teller.say("holds", level=words(one["level"]), share=words.share(one["holds"])),
        teller.say("range", low=words.severity(one["range"]["low"]), high=words.severity(one["range"]["high"])),
    ]
    if one["remains"] < 1:
        said.append(teller.say("remains", share=words.share(one["remains"])))
    if "measured_level" not in one:
        said.append(teller.say("measured_gone"))
    elif not _stays(one):
        said.append(teller.say("measured_level", level=words(one["measured_level"])))
    return SimpleNamespace(
        title=titles.get(one["fingerprint"], one["fingerprint"]),
        level=one["level"],
        severity=one["severity"],
        is_sure=one["holds"] >= SURE,
        said="; ".join(said),
        hangs_on=[teller.influence(each["influence"]) for each in one["deciding"]],
    )


def _stays(one: Json) -> bool:
    """Whether a finding keeps its level, or rises, when only measured influences count."""
    return "measured_level" in one and LEVELS.index(one["measured_level"]) >= LEVELS.index(one["level"])

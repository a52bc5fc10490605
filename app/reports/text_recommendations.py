"""Recommendations: the change in words and as what is to be written, with its proof, its cost and its risk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.findings import Analysis, Cost, Recommendation
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_words import Words

IN_FULL = 5
_INDENT, _GAP = 5, 9
_PLAIN = re.compile(r"[^\W\d][\w .-]*")
"""Texts that need no quotation marks to be read as what they are."""

_MOST_REFERENCES = 12
_MOST_RISKS = 2


def write_recommendations(
    page: Page,
    analysis: Analysis,
    names: Names,
    raw: Mapping[str, Any] | None,
    *,
    numbers: Mapping[str, int],
    everything: bool,
) -> None:
    """The first recommendations in full, all of them when everything is wanted."""
    words = names.words
    page.heading(words("recommendations"))
    if not analysis.recommendations:
        page.paragraph(words("no_recommendations"))
        return
    page.paragraph((words("recommendations_intro"), "aside"))
    shown = analysis.recommendations if everything else analysis.recommendations[:IN_FULL]
    reasons: dict[str, int] = {}
    for number, recommendation in enumerate(shown, 1):
        page.blank()
        _recommendation(page, number, recommendation, names, raw, numbers)
        _reasons(page, number, recommendation, words, reasons)
    if left := len(analysis.recommendations) - len(shown):
        page.blank()
        page.paragraph((words("more_recommendations", n=left), "aside"))


def proof(recommendation: Recommendation, words: Words) -> str:
    """What the engine saw when it ran on the changed document."""
    effect = recommendation.effect
    return words(
        "proof",
        before=words.number(effect.severity_before),
        after=words.number(effect.severity_after),
        removed=len(effect.removed),
        weakened=len(effect.weakened),
        worsened=len(effect.worsened),
    )


def _recommendation(
    page: Page,
    number: int,
    recommendation: Recommendation,
    names: Names,
    raw: Mapping[str, Any] | None,
    numbers: Mapping[str, int],
) -> None:
    words, effect = names.words, recommendation.effect
    page.labelled((f" R{number}", "reference"), (recommendation.title, "name"), gap=_INDENT)
    seen = [proof(recommendation, words)]
    if effect.alignment_before is not None and effect.alignment_after is not None:
        before, after = words.signed(effect.alignment_before), words.signed(effect.alignment_after)
        if before != after:
            seen.append(words("index_moves", before=before, after=after))
    page.paragraph(("; ".join(seen), "good"), indent=_INDENT)
    said = [
        words(name, refs=_references(keys, numbers, words, rest))
        for name, keys, rest in (
            ("removed_ones", effect.removed, "and_folded"),
            ("weakened_ones", effect.weakened, "and_folded"),
            ("worsened_ones", effect.worsened, "and_new"),
        )
        if keys
    ]
    _line(page, words("clears"), "; ".join(said))
    _line(page, words("do"), *written(recommendation.patch, raw, words))
    _line(page, words("costs"), costs(recommendation, names))


def _reasons(page: Page, number: int, recommendation: Recommendation, words: Words, told: dict[str, int]) -> None:
    """Why the remedy helps and what may go wrong; of a remedy that came before, only where that stands."""
    first = told.setdefault(recommendation.remedy, number)
    if first != number:
        _line(page, words("why"), words("reasons_as_in", ref=f"R{first}"))
        return
    _line(page, words("why"), recommendation.rationale)
    for risk in recommendation.risks[:_MOST_RISKS]:
        _line(page, words("risk"), risk)


def written(patch: Sequence[Mapping[str, Any]], raw: Mapping[str, Any] | None, words: Words) -> Iterator[str]:
    """What a patch writes into the document, places named by keys instead of by number."""
    for step in patch:
        if step["op"] == "test":
            continue
        place = _place(str(step["path"]), raw)
        if step["op"] == "remove":
            yield words("take_out", path=place)
        else:
            yield words("set", path=place, value=_value(step.get("value")))


def _line(page: Page, label: str, *lines: str) -> None:
    for number, line in enumerate(line for line in lines if line):
        page.labelled((label if number == 0 else "", "label"), line, indent=_INDENT, gap=_GAP)


def _references(keys: Sequence[str], numbers: Mapping[str, int], words: Words, rest: str) -> str:
    """Numbers of findings; those without one are counted as what `rest` says."""
    numbered = sorted(numbers[key] for key in keys if key in numbers)
    said = words.listed([words("finding_number", n=number) for number in numbered], _MOST_REFERENCES)
    left = len(keys) - len(numbered)
    return " + ".join(part for part in (said, words(rest, n=left) if left else "") if part)


def costs(recommendation: Recommendation, names: Names) -> str:
    """What a change takes: weight and pay that move, plans and people touched, effort, who decides."""
    words = names.words
    said = [*moved(recommendation.cost, words), words("effort", effort=words(f"effort_{recommendation.effort}"))]
    if recommendation.owners:
        owners = words.listed([names.department(key) for key in recommendation.owners])
        said.append(words("decided_by", names=owners))
    return "; ".join(said)


def moved(cost: Cost, words: Words) -> list[str]:
    """Weight and pay that move, plans and people touched, in words."""
    said = []
    if cost.weight_moved > 0.0005:
        said.append(words("weight_moved", share=words.share(cost.weight_moved)))
    if cost.pay_moved > 0.0005:
        amount = "" if not cost.pay_amount else words("a_year", amount=words.count(round(cost.pay_amount)))
        said.append(words("pay_moved", share=words.share(cost.pay_moved)) + amount)
    if cost.plans:
        said.append(words("one_plan") if cost.plans == 1 else words("n_plans", n=cost.plans))
    if cost.people:
        said.append(words("one_person") if cost.people == 1 else words("n_people", n=words.count(cost.people)))
    return said or [words("costs_nothing")]


def _place(path: str, raw: Mapping[str, Any] | None) -> str:
    """`/incentive_plans/0/components/1/gate` → `incentive_plans[agents] / components[aht] / gate`."""
    place, at = "", raw
    for member in path.split("/")[1:]:
        name = member.replace("~1", "/").replace("~0", "~")
        if isinstance(at, list | tuple):
            item = at[int(name)] if name.isdigit() and int(name) < len(at) else None
            key = item.get("key") if isinstance(item, Mapping) else None
            place += f"[{'+' if name == '-' else key or name}]"
            at = item
        else:
            place += f" / {name}" if place else name
            at = at.get(name) if isinstance(at, Mapping) else None
    return place


def _value(value: Any) -> str:
    """A value in one line, as YAML would read it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_value(member)}" for name, member in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return value
    if isinstance(value, float):
        return f"{value:g}" if abs(value - float(f"{value:g}")) < 1e-9 else repr(value)
    return json.dumps(value, ensure_ascii=False)

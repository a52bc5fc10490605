"""Recommendations: remedies with this company's numbers, each proved by running the engine on the changed document (semantics §8)."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.alignment import alignment_index
from app.domain.catalogue import Catalogue
from app.domain.changes import changed, cost, departments_touched, share_moved
from app.domain.detection import Detection
from app.domain.document import Document
from app.domain.finders import FINDERS
from app.domain.findings import Cost, DepartmentView, Effect, Finding, Recommendation
from app.domain.remedies import Bindings, Form, Remedy, Text, render
from app.domain.situation import Company, Situation, situation
from app.domain.terms import LEVELS, Language, Level

MOST_FINDINGS = 60
"""Findings, worst first, for which remedies are sought."""

MOST_PROOFS = 40
"""Candidates that are tried at most."""

ALTERNATIVES = 2
"""Ways in which one form is tried for one finding."""

LEAST_CLEARED = 0.5
WEAKENED_BY = 5.0
"""Points of severity from which on a change without a change of level counts."""

EFFORT = {"low": 0.25, "medium": 0.6, "high": 1.2}
SAME_REMEDY, SAME_GOAL, SAME_FINDING, SAME_BOTH = 0.75, 0.85, 0.55, 0.3
"""What another candidate counts once its remedy, its goal, a finding that it clears, or finding and remedy both were served before."""


@dataclass(frozen=True, slots=True, eq=False)
class Rerun:
    """What the engine found in a document, as far as recommendations look at it."""

    detection: Detection
    severities: Mapping[str, float]
    levels: Mapping[str, Level]
    alignment: float | None

    @classmethod
    def of(cls, detection: Detection, departments: Sequence[DepartmentView]) -> Rerun:
        """Severities and levels by fingerprint, and the alignment index."""
        return cls(
            detection=detection,
            severities={match.fingerprint: match.severity for match in detection.matches},
            levels={match.fingerprint: match.level for match in detection.matches},
            alignment=alignment_index(departments),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    """A remedy's form with what was found for it; `estimate`: points of severity that it may clear."""

    id: str
    remedy: Remedy
    form: Form
    situation: Situation
    bindings: Bindings
    patch: tuple[Mapping[str, Any], ...]
    estimate: float
    findings: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Proved:
    """A candidate that clears more than it makes worse. `drops`: finding → points that it lost."""

    candidate: _Candidate
    effect: Effect
    cost: Cost
    change: float
    departments: tuple[str, ...]
    drops: Mapping[str, float] = field(default_factory=dict)


def recommend(
    document: Document,
    raw: Mapping[str, Any],
    findings: Sequence[Finding],
    rerun: Callable[[Document], Rerun],
    before: Rerun,
    *,
    catalogue: Catalogue,
    language: Language = "en",
    limit: int = 12,
) -> tuple[Recommendation, ...]:
    """The changes that clear most per unit of change, each proved by `rerun`, in the order in which one would take them up.

    `raw` is the document as submitted, which the patches are for; `findings` are the open ones (waived ones count nowhere), folded or
    not; `before` is the run that found them. Severity totals are sums over all findings.
    """
    open_findings = _flat(findings)
    if limit <= 0 or not open_findings or not catalogue.remedies:
        return ()
    company = Company(document, raw, before.detection)
    candidates = _candidates(company, open_findings, catalogue, language)
    ledger = _Ledger(before, open_findings)
    proved = []
    for candidate in _most_promising(candidates, _proofs(limit, company)):
        after = changed(document, raw, candidate.patch)
        if after is not None:
            proved += ledger.prove(candidate, document, after, rerun(after))
    chosen = _chosen(proved, limit)
    return tuple(_told(p, company, catalogue, language) for p in chosen)


def _flat(findings: Iterable[Finding]) -> list[Finding]:
    every = [one for finding in findings for one in (finding, *finding.also)]
    return sorted(every, key=lambda f: (-f.severity, -f.confidence, f.fingerprint))


def _proofs(limit: int, company: Company) -> int:
    """How many candidates are tried: each costs a run of the engine, so few more than are asked for where the document is large."""
    pairs = len(company.goals.goals) * len(company.field.targets)
    return MOST_PROOFS if pairs < 2_000 else min(MOST_PROOFS, limit + 2)


def _candidates(
    company: Company, findings: Sequence[Finding], catalogue: Catalogue, language: Language
) -> list[_Candidate]:
    """Every form of every remedy that fits a finding, as a patch; equal patches are one candidate that addresses several findings."""
    remedies = [catalogue.remedies[key] for key in sorted(catalogue.remedies)]
    burden = _Burden(company, findings)
    found: dict[str, _Candidate] = {}
    for finding in findings[:MOST_FINDINGS]:
        seen = situation(company, finding)
        for remedy in remedies:
            if not _fits(remedy, finding):
                continue
            for form in remedy.forms:
                if form.rules and finding.rule not in form.rules:
                    continue
                for bindings in _bound(form, seen):
                    patch = tuple(render(form.patch, bindings, company.raw, "en"))
                    key = _identity(remedy, patch, company)
                    known = found.get(key)
                    if known is None:
                        estimate = burden.estimate(seen, remedy, form)
                        found[key] = _Candidate(
                            key, remedy, form, seen, bindings, patch, estimate, frozenset({finding.fingerprint})
                        )
                    else:
                        found[key] = replace(known, findings=known.findings | {finding.fingerprint})
    return sorted(found.values(), key=lambda c: (-c.estimate, c.id))


def _fits(remedy: Remedy, finding: Finding) -> bool:
    named = remedy.id in finding.remedies or finding.rule in remedy.rules
    return named or finding.kind in remedy.kinds or (finding.flaw or "") in remedy.flaws


def _bound(form: Form, seen: Situation) -> Iterator[Bindings]:
    """What the form's finders find, in all combinations of alternatives, best first."""
    about = {
        "pushed": seen.goal.item.name if seen.goal else "",
        "suffers": seen.target.name if seen.target else "",
    }

    def bind(found: dict[str, Any], rest: Sequence[tuple[str, str]]) -> Iterator[Bindings]:
        if not rest:
            yield found
            return
        (name, finder), *others = rest
        for value in FINDERS[finder](seen, found):
            yield from bind({**found, name: value}, others)

    for number, bindings in enumerate(bind(about, form.find)):
        if number >= ALTERNATIVES:
            return
        yield bindings


class _Burden:
    """What weighs on each goal, for first guesses: the severities of its conflicts, and of the flaws of its pay."""

    def __init__(self, company: Company, findings: Iterable[Finding]) -> None:
        self._conflicts: dict[str, float] = defaultdict(float)
        self._flaws: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for finding in findings:
            match = company.match(finding)
            conflict = match.row.conflict if match else None
            if conflict is None:
                continue
            if finding.flaw is None:
                self._conflicts[conflict.goal.key] += finding.severity
            else:
                self._flaws[conflict.goal.key].append((finding.flaw, finding.severity))

    def estimate(self, seen: Situation, remedy: Remedy, form: Form) -> float:
        """Points of severity that a form may clear."""
        finding = seen.finding
        own = finding.severity * (1.0 if finding.flaw in remedy.flaws or finding.rule in remedy.rules else form.clears)
        if seen.goal is None:
            return own
        goal = seen.goal.key
        flaws = sum(severity for flaw, severity in self._flaws[goal] if flaw in remedy.flaws)
        others = self._conflicts[goal] * form.clears * (1.0 if form.reach == "goal" else 0.3)
        return max(own, flaws + max(others, own if finding.flaw is None else 0.0))


def _most_promising(candidates: Sequence[_Candidate], most: int) -> list[_Candidate]:
    """The candidates to be tried: by estimate over effort, each remedy and each goal counting less the more often it was taken."""
    left = {c.id: c for c in candidates}
    remedies: Counter[str] = Counter()
    goals: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    taken: list[_Candidate] = []

    def worth(candidate: _Candidate) -> tuple[float, str]:
        goal = _goal_key(candidate)
        factor = SAME_REMEDY ** remedies[candidate.remedy.id] * SAME_GOAL ** goals[goal]
        factor *= SAME_BOTH ** kinds[candidate.remedy.id, goal]
        return (-candidate.estimate * factor / (1 + EFFORT[candidate.form.effort]), candidate.id)

    while left and len(taken) < most:
        best = min(left.values(), key=worth)
        del left[best.id]
        taken.append(best)
        remedies[best.remedy.id] += 1
        goals[_goal_key(best)] += 1
        kinds[best.remedy.id, _goal_key(best)] += 1
    return taken


def _goal_key(candidate: _Candidate) -> str:
    goal = candidate.situation.goal
    return goal.key if goal is not None else candidate.situation.finding.rule


class _Ledger:
    """Findings before against findings after. Those that somebody waived are left out on both sides."""

    def __init__(self, before: Rerun, findings: Sequence[Finding]) -> None:
        self._before = {finding.fingerprint: finding.severity for finding in findings}
        self._levels = {finding.fingerprint: finding.level for finding in findings}
        self._waived = frozenset(before.severities) - frozenset(self._before)
        self._alignment = before.alignment
        self._total = math.fsum(self._before.values())

    def prove(self, candidate: _Candidate, document: Document, changed_: Document, after: Rerun) -> list[_Proved]:
        """The candidate with what it was seen to do; nothing when it does not lower the total, or makes something grave."""
        severities = {k: v for k, v in after.severities.items() if k not in self._waived}
        total = math.fsum(severities.values())
        worsened = sorted(k for k in severities if self._moved(k, severities, after) > 0)
        if self._total - total < LEAST_CLEARED or any(self._grave(k, after) for k in worsened):
            return []
        weakened = sorted(k for k in severities if k in self._before and self._moved(k, severities, after) < 0)
        removed = sorted(self._before.keys() - severities.keys())
        drops = {k: self._before[k] - severities.get(k, 0.0) for k in (*removed, *weakened)}
        drops |= {
            k: self._before[k] - severities[k]
            for k in candidate.findings
            if k in severities and self._before[k] - severities[k] > LEAST_CLEARED
        }
        if not drops:
            return []
        effect = Effect(
            severity_before=self._total,
            severity_after=total,
            alignment_before=self._alignment,
            alignment_after=after.alignment,
            removed=self._worst_first(removed),
            weakened=self._worst_first(weakened),
            worsened=tuple(worsened),
        )
        price = cost(document, changed_)
        change = (
            EFFORT[candidate.form.effort]
            + 2 * share_moved(document, changed_)
            + 0.5 * price.weight_moved
            + 0.1 * max(0, price.plans - 1)
            + 0.03 * math.log10(1 + price.people)
        )
        return [_Proved(candidate, effect, price, change, departments_touched(document, changed_), drops)]

    def _moved(self, key: str, severities: Mapping[str, float], after: Rerun) -> int:
        """1 when a finding is new or clearly worse, −1 when clearly weaker."""
        if key not in self._before:
            return 1
        steps = LEVELS.index(after.levels[key]) - LEVELS.index(self._levels[key])
        by = severities[key] - self._before[key]
        if steps and abs(by) > LEAST_CLEARED:
            return 1 if steps > 0 else -1
        return 0 if abs(by) < WEAKENED_BY else (1 if by > 0 else -1)

    def _grave(self, key: str, after: Rerun) -> bool:
        return key not in self._before and LEVELS.index(after.levels[key]) >= LEVELS.index("high")

    def _worst_first(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(keys, key=lambda k: (-self._before[k], k)))


def _chosen(proved: Sequence[_Proved], limit: int) -> list[_Proved]:
    """In order of what each adds to those before it: points cleared per unit of change, findings served already counting less.

    So the first five are no five gates on one component, and no grave finding waits behind the third way to answer another.
    """
    left = {p.candidate.id: p for p in proved}
    served: Counter[str] = Counter()
    served_by: Counter[tuple[str, str]] = Counter()
    remedies: Counter[str] = Counter()
    chosen: list[_Proved] = []

    def worth(p: _Proved) -> tuple[float, str]:
        remedy = p.candidate.remedy.id
        cleared = p.effect.severity_before - p.effect.severity_after
        gain = math.fsum(
            drop * SAME_FINDING ** served[key] * SAME_BOTH ** served_by[key, remedy]
            for key, drop in sorted(p.drops.items())
        )
        whole = math.fsum(p.drops.values()) or 1.0
        return (-gain * min(1.0, cleared / whole) * SAME_REMEDY ** remedies[remedy] / (1 + p.change), p.candidate.id)

    while left and len(chosen) < limit:
        best = min(left.values(), key=worth)
        del left[best.candidate.id]
        chosen.append(best)
        remedies[best.candidate.remedy.id] += 1
        for key in best.drops:
            served[key] += 1
            served_by[key, best.candidate.remedy.id] += 1
    return chosen


def _told(p: _Proved, company: Company, catalogue: Catalogue, language: Language) -> Recommendation:
    candidate = p.candidate
    remedy, bindings = candidate.remedy, candidate.bindings
    patch = candidate.patch
    if language != "en":
        patch = tuple(render(candidate.form.patch, bindings, company.raw, language))
    return Recommendation(
        id=candidate.id,
        remedy=remedy.id,
        title=_sentence(candidate.form.title, bindings, language),
        rationale=_sentence(remedy.rationale, bindings, language),
        addresses=tuple(sorted(p.drops, key=lambda k: (-p.drops[k], k))),
        patch=patch,
        effect=p.effect,
        cost=p.cost,
        effort=candidate.form.effort,
        owners=p.departments or _deciders(company, candidate),
        risks=tuple(_risk(risk.text, risk.references, catalogue, language) for risk in remedy.risks),
    )


def _sentence(text: Text, bindings: Bindings, language: Language) -> str:
    return text.said(language, bindings)


def _risk(text: Text, references: Sequence[str], catalogue: Catalogue, language: Language) -> str:
    """A risk with its sources; without one it is said to be judgement."""
    cited = [_cited(reference, catalogue) for reference in references]
    basis = "; ".join(c for c in cited if c) or ("Einschätzung" if language == "de" else "judgement")
    return f"{text.said(language)} ({basis})"


def _cited(reference: str, catalogue: Catalogue) -> str:
    citation = catalogue.citations.get(reference.split("#")[0])
    if citation is None:
        return ""
    first = citation.authors[0].split(",")[0] if citation.authors else citation.title
    more = " et al." if len(citation.authors) > 2 else ""
    second = f" & {citation.authors[1].split(',')[0]}" if len(citation.authors) == 2 else ""
    return f"{first}{second}{more} {citation.year}" if citation.year else f"{first}{second}{more}"


def _deciders(company: Company, candidate: _Candidate) -> tuple[str, ...]:
    """Who decides where no department's KPIs or pay change: the executive if there is one, else whom the finding names."""
    leading = sorted(d.key for d in company.document.departments if d.function == "executive")
    return tuple(leading) or candidate.situation.finding.departments


def _identity(remedy: Remedy, patch: Sequence[Mapping[str, Any]], company: Company) -> str:
    """A name for a recommendation that does not change with the order of lists: from the remedy, and the patch with keys for places."""
    named = [{**step, "path": company.named(step["path"])} for step in patch]
    text = json.dumps([remedy.id, named], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "rec_" + hashlib.sha256(text.encode()).hexdigest()[:16]

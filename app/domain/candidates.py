"""Candidates: every way in which a remedy could be carried out here, with a first guess at what it would clear (semantics §8)."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.finders import FINDERS
from app.domain.findings import Finding
from app.domain.patch_templates import Bindings, render
from app.domain.remedies import Form, Remedy
from app.domain.situation import Company, Situation, situation

MOST_FINDINGS = 60
"""Findings, worst first, for which remedies are sought."""

ALTERNATIVES = 2
"""Ways in which one form is tried for one finding."""

ELSEWHERE = 0.3
"""What a form that is made for one finding may clear of the goal's other conflicts, as a share of what it clears of that one."""

EFFORT = {"low": 0.25, "medium": 0.6, "high": 1.2}
"""What the effort of a form counts as change (judgement)."""

TRIED_REMEDY, TRIED_GOAL, TRIED_BOTH = 0.75, 0.85, 0.3
"""What a candidate still promises once its remedy, its goal, or both together were tried: so that proofs are spent on different things."""


class Candidate(NamedTuple):
    """A remedy's form with what was found for it.

    `estimate`: points of severity that it may clear. `findings`: fingerprints of those for which it was sought. `sets`: remedy and member,
    for each member of the document that the patch sets; only one of several ways to set it is recommended.
    """

    id: str
    remedy: Remedy
    form: Form
    situation: Situation
    bindings: Bindings
    patch: tuple[Mapping[str, Any], ...]
    sets: frozenset[tuple[str, str]]
    estimate: float
    findings: frozenset[str]

    @property
    def about(self) -> str:
        """The goal that it is about, or the rule where there is none."""
        goal = self.situation.goal
        return goal.key if goal is not None else self.situation.finding.rule

    @property
    def policy(self) -> bool:
        """Whether it settles pay for several departments at once."""
        return any(isinstance(found, Mapping) and found.get("policy") for found in self.bindings.values())


def find_candidates(
    company: Company, findings: Sequence[Finding], remedies: Mapping[str, Remedy], alternatives: int = ALTERNATIVES
) -> list[Candidate]:
    """Every form of every remedy that fits a finding, as a patch; equal patches are one candidate, sought for several findings.

    `alternatives`: ways in which one form is tried for one finding.
    """
    burden = _Burden(company, findings)
    found: dict[str, Candidate] = {}
    for finding in findings[:MOST_FINDINGS]:
        seen = situation(company, finding)
        for remedy, form in _fitting(remedies, finding):
            for bindings in _bound(form, seen, alternatives):
                patch = tuple(render(form.patch, bindings, company.raw, "en"))
                by_keys = [{**step, "path": company.named(step["path"])} for step in patch]
                same = json.dumps(by_keys, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                sought = frozenset({finding.fingerprint})
                if same in found:
                    found[same] = found[same]._replace(findings=found[same].findings | sought)
                    continue
                found[same] = Candidate(
                    id=candidate_id(remedy.id, same),
                    remedy=remedy,
                    form=form,
                    situation=seen,
                    bindings=bindings,
                    patch=patch,
                    sets=_sets(remedy, by_keys),
                    estimate=burden.estimate(seen, remedy, form),
                    findings=sought,
                )
    return sorted(found.values(), key=lambda c: (-c.estimate, c.id))


def candidate_id(remedy: str, change: str) -> str:
    """The name of a remedy's change, the same wherever it is found."""
    return "rec_" + hashlib.sha256(f"{remedy}:{change}".encode()).hexdigest()[:16]


def most_promising(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """The candidates to be tried: by estimate over effort, each remedy and each goal counting less the more often it was taken."""
    left = {candidate.id: candidate for candidate in candidates}
    remedies: Counter[str] = Counter()
    goals: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    taken: list[Candidate] = []

    def worth(candidate: Candidate) -> tuple[float, str]:
        remedy, goal = candidate.remedy.id, candidate.about
        factor = TRIED_REMEDY ** remedies[remedy] * TRIED_GOAL ** goals[goal] * TRIED_BOTH ** both[remedy, goal]
        return (-candidate.estimate * factor / (1 + EFFORT[candidate.form.effort]), candidate.id)

    while left and len(taken) < most:
        best = min(left.values(), key=worth)
        del left[best.id]
        taken.append(best)
        remedies[best.remedy.id] += 1
        goals[best.about] += 1
        both[best.remedy.id, best.about] += 1
    return taken


def _fitting(remedies: Mapping[str, Remedy], finding: Finding) -> Iterator[tuple[Remedy, Form]]:
    for _, remedy in sorted(remedies.items()):
        named = remedy.id in finding.remedies or finding.rule in remedy.rules
        if named or finding.kind in remedy.kinds or (finding.flaw or "") in remedy.flaws:
            yield from ((remedy, form) for form in remedy.forms if not form.rules or finding.rule in form.rules)


def _bound(form: Form, seen: Situation, alternatives: int) -> Iterator[Bindings]:
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
        if number >= alternatives:
            return
        yield bindings


def _sets(remedy: Remedy, by_keys: Sequence[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """What is added to a list takes nobody's place."""
    setting = (step for step in by_keys if step["op"] != "test" and not step["path"].endswith("/-"))
    return frozenset((remedy.id, step["path"]) for step in setting if not isinstance(step.get("value"), list))


class _Burden:
    """What weighs on each goal: the severities of its conflicts, and of the flaws of its pay."""

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
        flaws = sum(severity for flaw, severity in self._flaws[seen.goal.key] if flaw in remedy.flaws)
        others = self._conflicts[seen.goal.key] * form.clears * (1.0 if form.reach == "goal" else ELSEWHERE)
        return max(own, flaws + max(others, own if finding.flaw is None else 0.0))

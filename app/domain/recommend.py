"""Recommendations: remedies with this company's numbers, each proved by running the engine on the changed document (semantics §8)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.candidates import Candidate, find_candidates, most_promising
from app.domain.catalogue import Catalogue
from app.domain.changes import changed
from app.domain.citations import sources
from app.domain.document import Document
from app.domain.findings import Cost, Effect, Finding, Recommendation
from app.domain.patch_templates import render
from app.domain.proofs import Ledger, Proof, Rerun
from app.domain.remedies import Risk
from app.domain.situation import Company
from app.domain.terms import Language

MOST_PROOFS = 40
"""Candidates that are tried at most."""

MANY_PAIRS = 2_000
"""Pairs of goals and targets from which on few more candidates are tried than are asked for, since each costs a run of the engine."""

SPARE_PROOFS = 2
"""Candidates that are tried then beyond those asked for."""

MOST_PAIRS, FEWEST_PROOFS = 600_000, 3
"""Pairs that all proofs of a very large document look at together, and the proofs that are made in any case."""

SAME_REMEDY, SAME_FINDING, SAME_BOTH = 0.75, 0.55, 0.3
"""What a recommendation still adds once its remedy was recommended, a finding that it clears was served, or that by the same remedy."""

KIN = {"modifier": "gate", "deferral": "clawback"}
"""Remedies that are another form of the same idea, so that the second of them adds little for the same finding."""


class Recommended(NamedTuple):
    """What is recommended, not yet told, in the order in which one would take it up."""

    proofs: tuple[Proof, ...]
    company: Company
    catalogue: Catalogue

    def told(self, language: Language) -> tuple[Recommendation, ...]:
        """It in a language."""
        return tuple(_told(proof, self.company, self.catalogue, language) for proof in self.proofs)


def recommend(
    document: Document,
    raw: Mapping[str, Any],
    findings: Sequence[Finding],
    rerun: Callable[[Document], Rerun],
    before: Rerun,
    *,
    catalogue: Catalogue,
    limit: int = 12,
) -> Recommended:
    """The changes that clear most per unit of change, each proved by `rerun`.

    `raw` is the document as submitted, which the patches are for; `findings` are the open ones (waived ones count nowhere), folded or
    not; `before` is the run that found them. Severity totals are sums over all findings. What settles pay for several departments at
    once is for a plan, not one change among others.
    """
    open_findings = _flat(findings)
    company = Company(document, raw, before.detection)
    if limit <= 0 or not open_findings or not catalogue.remedies:
        return Recommended((), company, catalogue)
    candidates = [c for c in find_candidates(company, open_findings, catalogue.remedies) if not c.policy]
    ledger = Ledger(document, before, open_findings)
    proofs = []
    for candidate in most_promising(candidates, _most_proofs(company, limit)):
        after = changed(raw, candidate.patch, catalogue)
        proof = ledger.prove(candidate, after, rerun(after)) if after is not None else None
        if proof is not None:
            proofs.append(proof)
    return Recommended(tuple(_chosen(proofs, limit)), company, catalogue)


def _flat(findings: Iterable[Finding]) -> list[Finding]:
    every = [one for finding in findings for one in (finding, *finding.also)]
    return sorted(every, key=lambda f: (-f.severity, -f.confidence, f.fingerprint))


def _most_proofs(company: Company, limit: int) -> int:
    pairs = len(company.goals.goals) * len(company.field.targets)
    if pairs < MANY_PAIRS:
        return MOST_PROOFS
    return min(MOST_PROOFS, limit + SPARE_PROOFS, max(FEWEST_PROOFS, MOST_PAIRS // pairs))


def _chosen(proofs: Sequence[Proof], limit: int) -> list[Proof]:
    """In order of what each adds to those before it: points cleared per unit of change, findings served already counting less.

    So the first five are no five gates on one component, and no grave finding waits behind the third way to answer another. Of several
    ways to set the same member by the same remedy only the best is recommended.
    """
    left = {proof.candidate.id: proof for proof in proofs}
    served: Counter[str] = Counter()
    served_by: Counter[tuple[str, str]] = Counter()
    ideas: Counter[str] = Counter()
    chosen: list[Proof] = []

    def worth(proof: Proof) -> tuple[float, str]:
        idea = _idea(proof)
        gain = math.fsum(
            drop * SAME_FINDING ** served[key] * SAME_BOTH ** served_by[key, idea]
            for key, drop in sorted(proof.drops.items())
        )
        left_over = min(1.0, proof.cleared / math.fsum(proof.drops.values()))
        return (-gain * left_over * SAME_REMEDY ** ideas[idea] / (1 + proof.change), proof.candidate.id)

    while left and len(chosen) < limit:
        best = min(left.values(), key=worth)
        left = {key: proof for key, proof in left.items() if proof is not best and not _either_or(proof, best)}
        chosen.append(best)
        ideas[_idea(best)] += 1
        for key in best.drops:
            served[key] += 1
            served_by[key, _idea(best)] += 1
    return chosen


def _idea(proof: Proof) -> str:
    remedy = proof.candidate.remedy.id
    return KIN.get(remedy, remedy)


def _either_or(one: Proof, other: Proof) -> bool:
    return bool(one.candidate.sets & other.candidate.sets)


def _told(proof: Proof, company: Company, catalogue: Catalogue, language: Language) -> Recommendation:
    candidate = proof.candidate
    return recommendation(
        candidate,
        company,
        catalogue,
        language,
        addresses=sorted(proof.drops, key=lambda k: (-proof.drops[k], k)),
        patch=render(candidate.form.patch, candidate.bindings, company.raw, language),
        effect=proof.effect,
        cost=proof.cost,
        departments=proof.departments,
    )


def recommendation(
    candidate: Candidate,
    company: Company,
    catalogue: Catalogue,
    language: Language,
    *,
    addresses: Sequence[str],
    patch: Sequence[Mapping[str, Any]],
    effect: Effect,
    cost: Cost,
    departments: Sequence[str],
) -> Recommendation:
    """A candidate told in a language, with what was seen of it; `departments`: whose KPIs or pay it touches."""
    return Recommendation(
        id=candidate.id,
        remedy=candidate.remedy.id,
        title=candidate.form.title.said(language, candidate.bindings),
        rationale=candidate.remedy.rationale.said(language, candidate.bindings),
        addresses=tuple(addresses),
        patch=tuple(patch),
        effect=effect,
        cost=cost,
        effort=candidate.form.effort,
        owners=tuple(departments) or _deciders(company, candidate),
        risks=tuple(_risk(risk, catalogue, language) for risk in candidate.remedy.risks),
    )


def _risk(risk: Risk, catalogue: Catalogue, language: Language) -> str:
    """A risk with its sources; without one it is said to be judgement."""
    named = sources(risk.references, catalogue.citations, language)
    basis = "; ".join(named) or ("Einschätzung" if language == "de" else "judgement")
    return f"{risk.text.said(language)} ({basis})"


def _deciders(company: Company, candidate: Candidate) -> tuple[str, ...]:
    """Who decides where no department's KPIs or pay change: the executive if there is one, else whom the finding names."""
    leading = sorted(d.key for d in company.document.departments if d.function == "executive")
    return tuple(leading) or candidate.situation.finding.departments

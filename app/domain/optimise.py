"""The plan: the few changes that clear the most under constraints (semantics §8).

Candidates come from the remedy catalogue, their effects from runs of the engine; a mixed-integer programme proposes sets of them, each of
which is run in its turn. The programme proves nothing: every figure of a plan is what the engine found in the changed document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from app.domain.candidates import find_candidates, most_promising
from app.domain.catalogue import Catalogue
from app.domain.changes import cost, departments_touched
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.findings import Recommendation
from app.domain.optimise_blockers import standing_in_the_way
from app.domain.optimise_constraints import Constraint, Constraints, check_names, limits_of
from app.domain.optimise_grades import grades_of, open_findings
from app.domain.optimise_model import Model
from app.domain.optimise_moves import Move, moves_of
from app.domain.optimise_plan import Blocker, FrontPoint, Plan, Search, knee
from app.domain.optimise_runs import Chosen, Run, Runs, Trials
from app.domain.optimise_search import Found, search
from app.domain.optimise_weights import weight_candidates
from app.domain.optimise_words import constraint_said
from app.domain.policy import NO_POLICY, Policy, with_rulebook
from app.domain.proofs import Grades, effect_between
from app.domain.recommend import recommendation
from app.domain.rulebook import built_in
from app.domain.situation import Company
from app.domain.telling import tell_all
from app.domain.terms import Language

MOST_RUNS, FEWEST_RUNS = 400, 40
"""Runs of the engine that are made at most, and on however large a document."""

MOST_PAIRS = 780_000
"""Pairs of goals and targets that all runs of a large document look at together."""

SHARE_OF_SINGLES = 0.5
"""The share of all runs that goes into moves by themselves; what is left is for sets of them."""

ALTERNATIVES = 5
"""Ways in which one form is tried for one finding: more than where each is proved by itself alone."""

WEIGHING = "reweight"
"""The remedy that moves weight."""


def optimise(
    document: Document,
    raw: Mapping[str, Any],
    catalogue: Catalogue,
    *,
    as_of: date,
    constraints: Constraints,
    policy: Policy = NO_POLICY,
    language: Language = "en",
    seconds: Callable[[], float] = lambda: math.inf,
    progress: Callable[[int, int], None] = lambda made, most: None,
) -> Plan:
    """The plan for a document as submitted (`raw`), told in a language.

    `seconds` says how much time is left, and is asked before each run: when it is none, the best so far is the answer. `progress` is
    told how many runs were made, of how many at most. Without a limit of time the answer depends on nothing else, and not on the order
    of lists. Raises Unknown for constraints that name what is not there.
    """
    task = task_of(document, raw, catalogue, as_of, constraints, policy)
    runs, model, found = _searched(task, constraints, seconds, progress)
    if found.best:
        return _planned(task, runs, model, found, language)

    def attempt(relaxed: Constraints) -> Chosen | None:
        best = _searched(task, relaxed, seconds, progress)[2].best
        return best[-1].chosen if best else None

    def broken_by(chosen: Chosen) -> frozenset[Constraint]:
        too_many = {Constraint("max_changes")} if len(chosen) > constraints.max_changes else set()
        return runs.needed(chosen).broken | too_many

    in_the_way = standing_in_the_way(constraints, attempt, broken_by)
    return _none(task, runs, constraints, in_the_way, language, complete=not runs.stopped and seconds() > 0)


class Task(NamedTuple):
    """A document as the optimiser sees it: what is open in it, how a changed one is looked at, and the moves there are."""

    document: Document
    company: Company
    detection: Detection
    catalogue: Catalogue
    before: Grades
    look: Callable[[Document], Grades]
    moves: Sequence[Move]
    trials: Trials
    most_runs: int


def task_of(
    document: Document,
    raw: Mapping[str, Any],
    catalogue: Catalogue,
    as_of: date,
    constraints: Constraints,
    policy: Policy = NO_POLICY,
) -> Task:
    """What there is to be put together for a document. Raises Unknown for constraints that name what is not there."""
    rules, policy = (policy.rulebook or built_in(catalogue)).compiled, with_rulebook(policy)
    detection = detect(document, catalogue, rules, as_of)

    def look(changed: Document) -> Grades:
        found = detect(changed, catalogue, rules, as_of, detection.resolutions, detection.field)
        return grades_of(found, changed, policy, as_of)

    before = grades_of(detection, document, policy, as_of)
    check_names(constraints, document, before.severities)
    company, known = Company(document, raw, detection), detection.goals.catalogue
    pairs = len(company.goals.goals) * len(company.field.targets)
    most = max(FEWEST_RUNS, min(MOST_RUNS, MOST_PAIRS // max(1, pairs)))
    findings = open_findings(detection, document, policy, as_of)
    counted = [finding for finding in findings if finding.level != "low"]
    candidates = [
        *find_candidates(company, findings, known.remedies, ALTERNATIVES),
        *weight_candidates(company, counted, known.remedies.get(WEIGHING), constraints),
    ]
    chosen = most_promising(candidates, round(SHARE_OF_SINGLES * most)) if counted else []
    moves = moves_of(company, sorted(chosen, key=lambda c: c.id))
    trials = Trials(document, raw, before, look, moves, known)
    return Task(document, company, detection, known, before, look, moves, trials, most)


def _searched(
    task: Task,
    constraints: Constraints,
    seconds: Callable[[], float],
    progress: Callable[[int, int], None],
) -> tuple[Runs, Model, Found]:
    runs = Runs(task.trials, constraints, most=task.most_runs, may_go_on=lambda: seconds() > 0, progress=progress)
    limits = limits_of(constraints, task.document)
    model = Model(task.moves, task.before, constraints, limits, task.company.goals.parameters)
    return runs, model, search(runs, model, constraints, seconds)


def _planned(task: Task, runs: Runs, model: Model, found: Found, language: Language) -> Plan:
    front = list({run.chosen: run for run in found.best}.values())
    order = _best_first(front[-1], model)
    patches, raw = runs.in_sequence(order, language)
    made = [runs.needed(frozenset(order[:count])) for count in range(len(order) + 1)]
    last = task.look(document_from(raw, task.catalogue))
    return Plan(
        document=raw,
        changes=tuple(
            _change(task, task.moves[n], patch, before, after, language)
            for n, patch, (before, after) in zip(order, patches, pairwise(made), strict=True)
        ),
        effect=effect_between(task.before, last),
        cost=cost(task.document, front[-1].document),
        severity_before=task.before.burden,
        severity_after=last.burden,
        front=_front(task, front),
        search=Search(runs.made, len(task.moves), found.complete, found.gap),
    )


def _none(
    task: Task,
    runs: Runs,
    constraints: Constraints,
    in_the_way: frozenset[Constraint],
    language: Language,
    *,
    complete: bool,
) -> Plan:
    before = task.before
    matches = [match for match in task.detection.matches if match.fingerprint in constraints.must_go]
    titles = {finding.fingerprint: finding.title for finding in tell_all(matches, task.detection, language)}
    return Plan(
        document=task.company.raw,
        changes=(),
        effect=effect_between(before, before),
        cost=cost(task.document, task.document),
        severity_before=before.burden,
        severity_after=before.burden,
        front=(),
        search=Search(runs.made, len(task.moves), complete, 0.0),
        blockers=tuple(
            Blocker(one, constraint_said(one, constraints, task.document, titles, language))
            for one in sorted(in_the_way)
        ),
    )


def _best_first(run: Run, model: Model) -> list[int]:
    """The moves of a plan in the order in which each clears most of what those before it left."""
    order: list[int] = []
    while left := sorted(run.chosen - set(order)):
        order.append(min(left, key=lambda n: (model.weighted(frozenset({*order, n})), model.changes[n], n)))
    return order


def _front(task: Task, runs: Sequence[Run]) -> tuple[FrontPoint, ...]:
    bend = knee([run.look.burden for run in runs], [len(run.chosen) for run in runs])
    points = []
    for place, run in enumerate(runs):
        since = effect_between(runs[max(0, place - 1)].look, run.look)
        points.append(
            FrontPoint(
                changes=tuple(task.moves[n].id for n in sorted(run.chosen)),
                severity=run.look.burden,
                total=run.look.total,
                alignment=run.look.alignment,
                removed=since.removed,
                weakened=since.weakened,
                worsened=since.worsened,
                cost=run.price,
                knee=place == bend,
            )
        )
    return tuple(points)


def _change(
    task: Task, move: Move, patch: Sequence[Mapping[str, Any]], before: Run, after: Run, language: Language
) -> Recommendation:
    effect = effect_between(before.look, after.look)
    return recommendation(
        move.candidate,
        task.company,
        task.catalogue,
        language,
        addresses=(*effect.removed, *effect.weakened),
        patch=patch,
        effect=effect,
        cost=cost(before.document, after.document),
        departments=departments_touched(before.document, after.document),
    )

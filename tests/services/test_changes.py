"""Audits of changes: of everything that differs between two documents, exactly what matters is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from app.domain.compare import Shift
from app.exchange.places import Lines, Spot, TextPlaces
from app.exchange.source import Source
from app.services.changes import ChangeAudit, audit_change
from tests.services.change_pairs import KPI_AND_PLAN, PAIRS, Pair, disguised, old, one, setting

AS_OF = date(2026, 1, 1)
Raw = dict[str, Any]


def source(raw: Raw) -> Source:
    return Source("acme.yaml", raw, "yaml", TextPlaces(Spot(0), Lines("")))


def audited(before: Raw, after: Raw) -> ChangeAudit:
    return audit_change(source(before), source(after), as_of=AS_OF)


def named(audit: ChangeAudit, shifts: Iterable[Shift]) -> set[tuple[str, str]]:
    """Parts and members of the clauses that are named for findings."""
    changes = [
        change
        for shift in shifts
        for cause in audit.causes[shift.finding.fingerprint]
        for change in cause.clause.changes
    ]
    return {(c.key or c.kind, c.members[0].path[0] if c.members else "") for c in changes}


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_exactly_the_changes_that_matter_are_named(pair: Pair):
    """Whatever is shuffled and reworded beside it, the clauses behind new, worse, fixed and better findings are those that do it."""
    after = old()
    pair.edit(after)

    audit = audited(old(), disguised(after, seed=len(pair.name)))

    found = audit.comparison
    assert named(audit, found.introduced) == set(pair.behind)
    assert named(audit, (*found.fixed, *found.better)) == set(pair.mends)


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS, ids=[pair.name for pair in PAIRS])
def test_the_way_back_undoes_what_the_way_there_did(pair: Pair):
    """What is new one way is fixed the other way, what is worse is better, and the totals change places."""
    after = old()
    pair.edit(after)

    there, back = audited(old(), after).comparison, audited(after, old()).comparison

    assert fingerprints(there.new) == fingerprints(back.fixed)
    assert fingerprints(there.worse) == fingerprints(back.better)
    assert fingerprints(there.unchanged) == fingerprints(back.unchanged)
    assert (there.severity_before, there.severity_after) == (back.severity_after, back.severity_before)


def test_a_clause_says_how_it_would_be_without_it():
    """A finding that is worse for a clause is, without it, as grave as it was."""
    after = old()
    setting("components", "savers-saves", clawback=None)(after)

    audit = audited(old(), after)

    (shift,) = [s for s in audit.comparison.worse if "easy" in {subject.key for subject in s.finding.subjects}]
    (cause,) = audit.causes[shift.finding.fingerprint]
    assert shift.before is not None and cause.without is not None
    assert cause.without.severity == pytest.approx(shift.before.severity)
    assert cause.without.level == shift.before.level == "medium"


def test_clauses_that_do_something_only_together_say_so():
    """A KPI that is new cannot be taken back while a new plan pays it: both are named, and that it takes both."""
    after = old()
    KPI_AND_PLAN.edit(after)

    audit = audited(old(), after)

    together = [causes for causes in audit.causes.values() if any(cause.together for cause in causes)]
    assert together
    assert all({c.clause.changes[0].key for c in causes} == {"upsell", "callers"} for causes in together)


def test_a_waiver_hides_nothing_from_a_review():
    """What a change waives is neither fixed nor gone; a waiver that is taken away is the clause behind what is open again."""
    after = old()
    waiver = {"rule": "FLU101", "subjects": ["saves", "easy"], "owner": "Ann", "reason": "Accepted for 2026"}
    after["suppressions"] = [waiver]

    there, back = audited(old(), after), audited(after, old())

    (shift,) = there.comparison.waived
    assert there.comparison.fixed == ()
    assert fingerprints(back.comparison.new) == {shift.finding.fingerprint}
    assert named(back, back.comparison.new) == {("FLU101 easy saves", "")}


def test_without_a_document_before_everything_is_new():
    """The first version of a document is judged whole."""
    audit = audit_change(None, source(old()), as_of=AS_OF)

    found = audit.comparison
    assert len(found.new) == sum(audit.after.summary.levels.values())
    assert (found.fixed, found.worse, found.severity_before, audit.causes) == ((), (), 0.0, {})


def test_what_is_no_longer_understood_is_said():
    """A name that nobody understands any more makes findings disappear; that it does is told."""
    after = old()
    setting("kpis", "availability", metric=None, name="Lighthouse index")(after)

    audit = audited(old(), after)

    assert audit.unread == ("Lighthouse index",)


def test_a_pair_that_another_rule_reports_is_one_conflict():
    """A conflict is not gone and new when the same two goals are now reported by another rule."""
    before, after = old(), old()
    one(after, "departments", "save-desk")["parent"] = None
    one(after, "kpis", "saves")["department"] = "service"
    one(after, "incentive_plans", "savers-2026")["department"] = "service"

    found = audited(before, after).comparison

    gone = {frozenset(s.key for s in shift.finding.subjects if s.kind in ("kpi", "outcome")) for shift in found.fixed
            if shift.finding.kind.endswith(("conflict", "tension"))}  # fmt: skip
    come = {frozenset(s.key for s in shift.finding.subjects if s.kind in ("kpi", "outcome")) for shift in found.new
            if shift.finding.kind.endswith(("conflict", "tension"))}  # fmt: skip
    assert not gone & come


def fingerprints(shifts: Iterable[Shift]) -> set[str]:
    return {shift.finding.fingerprint for shift in shifts}

"""What must hold of selection, overrides and baselines for every company."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.findings import Analysis
from app.domain.overrides import Override, Overrides
from app.domain.policy import NO_POLICY, Policy
from app.domain.selection import Selection, packs_of, picked
from app.domain.terms import LEVELS
from app.domain.verdicts import each, verdicts_of
from tests.cases.audits import AS_OF
from tests.counts import many
from tests.properties.companies import Raw, companies

RULES = catalogue().rules
NAMES = st.lists(st.sampled_from([*packs_of(RULES), "FLU", "INC1", "FLU101", *LEVELS, "d0", "d1"]), max_size=3)


def audited(raw: Raw, policy: Policy = NO_POLICY) -> Analysis:
    return analyse(
        document_from(raw, catalogue()), catalogue(), as_of=AS_OF, raw=raw, with_recommendations=False, policy=policy
    )


@pytest.mark.slow
@settings(max_examples=many(500))
@given(companies(), NAMES)
def test_a_name_that_selects_and_the_same_that_ignores_part_the_findings(raw: Raw, names: list[str]):
    """For one name: what is selected and what is left by ignoring it are all findings, none twice, in their order."""
    everything = list(each(audited(raw).findings))
    for name in names:
        some = {f.fingerprint for f in each(audited(raw, Policy(Selection(picked([name], RULES)))).findings)}
        rest = {f.fingerprint for f in each(audited(raw, Policy(Selection(ignore=picked([name], RULES)))).findings)}

        assert some.isdisjoint(rest)
        assert some | rest == {f.fingerprint for f in everything}


@settings(max_examples=many(500))
@given(companies(), NAMES, st.sampled_from(["off", *LEVELS]))
def test_overrides_change_levels_and_nothing_else(raw: Raw, names: list[str], grade: str):
    """Counts follow the levels, the gravest come first, and each finding still knows the engine's level."""
    before = {f.fingerprint: f for f in each(audited(raw).findings)}
    chosen = picked([name for name in names if name[0].isupper() or name in packs_of(RULES)], RULES).rules
    overrides = Overrides({rule: Override(grade, "here") for rule in chosen})  # type: ignore[arg-type]

    analysis = audited(raw, Policy(overrides=overrides))

    verdicts = verdicts_of(analysis)
    assert [LEVELS.index(v.finding.level) for v in verdicts] == sorted(
        (LEVELS.index(v.finding.level) for v in verdicts), reverse=True
    )
    assert sum(analysis.summary.levels.values()) == len(verdicts)
    for verdict in verdicts:
        was = before[verdict.finding.fingerprint]
        assert verdict.engine_level == was.level
        assert verdict.finding.severity == was.severity
        assert verdict.finding.level == (grade if verdict.finding.rule in chosen else was.level)
    assert len(verdicts) == sum(not (f.rule in chosen and grade == "off") for f in before.values())


@settings(max_examples=many(500))
@given(companies(), st.data())
def test_a_baseline_parts_findings_into_new_and_known(raw: Raw, data: st.DataObject):
    """Whatever a baseline lists is unchanged, all else new, and --new-only leaves exactly the new."""
    everything = {f.fingerprint for f in each(audited(raw).findings)}
    known = frozenset(data.draw(st.lists(st.sampled_from(sorted(everything)), unique=True)) if everything else ())

    whole, new = (audited(raw, Policy(known=known, new_only=new_only)) for new_only in (False, True))

    assert {f.fingerprint for f in each(whole.findings) if f.baseline == "unchanged"} == known
    assert {f.fingerprint for f in each(new.findings)} == everything - known
    assert not any(v.counts for v in verdicts_of(whole) if v.finding.fingerprint in known)

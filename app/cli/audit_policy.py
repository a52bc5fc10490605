"""Selection, overrides, waivers and baselines of a run: the policy for each document, and what is to be said when all are audited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from app.cli.audit_baselines import Baselines, Before
from app.cli.audit_outcome import Audited, How, Outcome, Unread
from app.cli.audit_settings import InForce
from app.cli.inputs import Input
from app.cli.side_files import read_side_file, shown_path
from app.domain.baselines import Run, fixed, told
from app.domain.overrides import NO_OVERRIDES, misspelt
from app.domain.policy import Policy
from app.domain.selection import EVERYTHING, missing_department
from app.domain.waivers import Grant, notices
from app.exchange.source import Source
from app.exchange.waivers_file import FiledGrant, read_waivers


def policy_of(given: Input, source: Source, in_force: InForce, how: How) -> Policy:
    """What settings make of one document, for whoever looks at it alone."""
    return Policies([given], [in_force], how, update_baseline=False).of(given, source, in_force)


class Policies:
    """What the settings of a run make of each of its documents."""

    def __init__(
        self, inputs: Sequence[Input], in_force: Sequence[InForce], how: How, *, update_baseline: bool
    ) -> None:
        self._how, self._update = how, update_baseline
        self._baselines = Baselines(inputs, how.language, may_be_new=update_baseline)
        self._before: dict[str, Before] = {}
        self._waivers = {path: self._read(path) for one in in_force for path in one.waivers}

    def of(self, given: Input, source: Source, in_force: InForce) -> Policy:
        """The policy for a document that was read."""
        known = None
        if in_force.baseline is not None:
            before = self._before[given.name] = self._baselines.before(in_force.baseline, given, source.raw)
            known = frozenset(before.listed.findings) if before.listed else frozenset()
        return Policy(
            selection=in_force.selection or EVERYTHING,
            overrides=in_force.overrides or NO_OVERRIDES,
            grants=tuple(self._grants(given, in_force)),
            known=known,
            new_only=in_force.new_only,
            settings=in_force.settings,
            rulebook=in_force.rulebook,
        )

    def finished(self, documents: Iterable[Audited | Unread]) -> Outcome:
        """The run when every document is audited; baselines are written anew where that was asked for.

        Raises Unknown for a department that was selected and that no document has.
        """
        outcome = Outcome(tuple(documents))
        self._check_departments(outcome)
        runs = [(self._before[one.given.name].path, self._run(one)) for one in outcome.audited if one.in_force.baseline]
        if self._update:
            for path in sorted({path for path, _ in runs}):
                self._baselines.update(path, [run for at, run in runs if at == path])
            return outcome._replace(notices=self._notices(outcome))
        documents = tuple(self._compared(one) if isinstance(one, Audited) else one for one in outcome.documents)
        return Outcome(documents, self._notices(outcome))

    def _notices(self, outcome: Outcome) -> tuple[str, ...]:
        return (*self._of_waivers(outcome), *self._of_overrides(outcome))

    def _compared(self, one: Audited) -> Audited:
        """With what the baseline has to say of it."""
        before = self._before.get(one.given.name)
        if before is None or before.listed is None:
            return one
        run = self._run(one)
        said = told(run, shown_path(before.path), self._how.language)
        analysis = one.analysis._replace(notices=(*one.analysis.notices, *said))
        return one._replace(analysis=analysis, is_stale=bool(fixed(run)))

    def _run(self, one: Audited) -> Run:
        before = self._before[one.given.name]
        return Run(before.file, before.organization, one.analysis, before.listed)

    def _of_waivers(self, outcome: Outcome) -> list[str]:
        """What is wrong with the waivers of files, each looked at over all documents that it may be for."""
        said: list[str] = []
        for path, grants in self._waivers.items():
            audited = [one for one in outcome.audited if path in one.in_force.waivers]
            for filed in grants:
                meant = [one.analysis for one in audited if _is_for(filed, path, one.given)]
                said += notices([filed.grant], meant, self._how.as_of, outcome.catalogue.rules, self._how.language)
        return said

    def _of_overrides(self, outcome: Outcome) -> list[str]:
        """Overrides for departments and incentive plans that no document has and that look misspelt."""
        said: dict[str, None] = {}
        for overrides in {id(x): x for one in outcome.audited if (x := one.in_force.overrides)}.values():
            raws = [one.source.raw for one in outcome.audited if one.in_force.overrides is overrides]
            said |= dict.fromkeys(misspelt(overrides.departments, _keys(raws, "departments"), self._how.language))
            said |= dict.fromkeys(
                misspelt(overrides.incentive_plans, _keys(raws, "incentive_plans"), self._how.language)
            )
        return [*said]

    def _grants(self, given: Input, in_force: InForce) -> Iterable[Grant]:
        for path in in_force.waivers:
            yield from (filed.grant for filed in self._waivers[path] if _is_for(filed, path, given))

    def _read(self, path: Path) -> tuple[FiledGrant, ...]:
        name = shown_path(path)
        return read_side_file(path, lambda data: read_waivers(data, name), self._how.language)

    def _check_departments(self, outcome: Outcome) -> None:
        known = {view.key for one in outcome.audited for view in one.analysis.departments}
        for selection in {one.in_force.selection for one in outcome.audited if one.in_force.selection}:
            if unknown := missing_department(selection, known, outcome.catalogue.rules):
                raise unknown


def _keys(raws: Iterable[Any], part: str) -> set[str]:
    return {item["key"] for raw in raws for item in raw.get(part) or ()}


def _is_for(filed: FiledGrant, path: Path, given: Input) -> bool:
    if filed.file is None:
        return True
    return given.path is not None and given.path.resolve() == (path.parent / filed.file).resolve()

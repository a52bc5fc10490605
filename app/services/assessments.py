"""Assessments of an organization: what people and the model answer to an instrument, kept with what the model said when it was written.

The facts that answer, and the recommendations that would better an answer, are those of the document and of the newest analysis at the last
write; a change, be it of nothing, asks the model anew. So every score stays what it was, and an earlier one can be compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.assessment_answers import (
    ANSWER_MEMBERS,
    MOST_ANSWERS,
    Counted,
    answers_in,
    counts_in,
    with_answers,
)
from app.domain.assessments import Answer
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.detection import detect
from app.domain.document_checks import document_from
from app.domain.errors import Missing
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.instruments import Instrument
from app.domain.pages import Found, Wanted, folded
from app.exchange.answer_sheets import SentAnswers
from app.services import knowledge
from app.services.assessment_results import Result, result_of
from app.services.organizations import existing
from app.storage import analyses, assessments, audit_events, claims, documents, recommendations
from app.storage.assessments import AssessmentRow
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.rows import value_of
from app.storage.workspace import Transaction

Json = Mapping[str, Any]

MOST_RECOMMENDATIONS = 200
"""Recommendations of an analysis that are looked through."""


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """An assessment in short. `summary`: `score` (None where nothing answered), `coverage` and `people`."""

    organization: str
    id: str
    instrument: str
    instrument_version: int
    name: str
    as_of: str
    answer_count: int
    summary: dict[str, Any]
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    version: int

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"{self.id}-{self.version}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/assessments/{self.id}"

    @property
    def listed(self) -> Json:
        """It as lists show it."""
        return {
            "id": self.id,
            "organization": self.organization,
            "instrument": self.instrument,
            "instrument_version": self.instrument_version,
            "name": self.name,
            "as_of": self.as_of,
            "answer_count": self.answer_count,
            **self.summary,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "updated_at": written(self.updated_at),
            "updated_by": self.updated_by,
        }


@dataclass(frozen=True, slots=True)
class WholeAssessment:
    """An assessment with all answers, and what they come to."""

    short: StoredAssessment
    answers: tuple[dict[str, Any], ...]
    counts: tuple[dict[str, Any], ...]
    result: dict[str, Any]

    @property
    def shown(self) -> Json:
        """It as the API shows it."""
        return {
            **self.short.listed,
            "answers": list(self.answers),
            "counts": list(self.counts),
            "result": self.result,
        }


class WantedAssessment(NamedTuple):
    """What is to become of an assessment; what is None stays as it is."""

    name: str | None = None
    as_of: date | None = None
    answers: Sequence[Any] | None = None
    counts: Sequence[Any] | None = None


class _Model(NamedTuple):
    """What the model knows at a write: the departments, the facts of the organization, and what the newest analysis recommends."""

    revision: int
    departments: tuple[str, ...]
    facts: dict[str, Any]
    analysis: str | None
    recommendations: list[dict[str, Any]]


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredAssessment]:
    """A page of the organization's assessments. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return assessments.listed(tx, row.id, wanted).of(lambda found: _short(row, found))


def get(store: Database, caller: Caller, organization: str, id_: str) -> WholeAssessment:
    """An assessment with its result. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return _whole(row, _existing(tx, row, id_))


def add(
    store: Database,
    caller: Caller,
    organization: str,
    instrument_id: str,
    name: str,
    wanted: WantedAssessment,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeAssessment:
    """Begin an assessment, with answers or without. Raises Missing, and DocumentInvalid with the place of everything that is wrong."""
    instrument = _instrument(instrument_id)
    as_of = wanted.as_of or now.date()
    model = _model(store, caller, organization, instrument, as_of)
    said, counted = _checked(instrument, model, wanted)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, WholeAssessment)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = AssessmentRow(
            workspace_id=tx.workspace,
            organization_id=of.id,
            id=new_id("ass", now),
            instrument=instrument.id,
            instrument_version=instrument.version,
            name=name,
            as_of=as_of.isoformat(),
            answers={},
            answer_count=0,
            summary={},
            created_at=now,
            created_by=caller.actor,
            updated_at=now,
            updated_by=caller.actor,
            searched=folded(name, instrument.title.en, instrument.title.de),
        )
        _put(row, model, said or (), counted or ())
        tx.add(row)
        return _noted(tx, caller, of, row, "assessment.added", now, once)


def change(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    wanted: Callable[[WholeAssessment], WantedAssessment],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeAssessment:
    """Give an assessment another name, day or answers, and ask the model anew; `wanted` says which, when it sees the present one.

    Raises Missing, Changed, ConditionNeeded, DocumentInvalid.
    """
    before = get(store, caller, organization, id_)
    asked, instrument = wanted(before), _instrument(before.short.instrument)
    as_of = asked.as_of or date.fromisoformat(before.short.as_of)
    model = _model(store, caller, organization, instrument, as_of)

    def put(row: AssessmentRow) -> None:
        said, counted = _checked(instrument, model, asked)
        row.name, row.as_of = asked.name or row.name, as_of.isoformat()
        row.searched = folded(row.name, instrument.title.en, instrument.title.de)
        _put(
            row,
            model,
            _answers(row) if said is None else said,
            _counts(row) if counted is None else counted,
        )

    action = "assessment.changed"
    return _changed(store, caller, organization, id_, put, now, condition, action, once=once, dry_run=dry_run)


def answer(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    sent: SentAnswers,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeAssessment:
    """Add answers: those of the same person to the same question replace what was said before. A state may be named, but need not.

    Raises Missing, Changed, and DocumentInvalid with the place of everything that is wrong, in the sheet where one was sent.
    """
    before = get(store, caller, organization, id_)
    instrument = _instrument(before.short.instrument)
    model = _model(store, caller, organization, instrument, date.fromisoformat(before.short.as_of))
    said, faults = answers_in(sent.items, instrument, model.departments, ("items",))
    if (refusal := sent.refusal(faults)) is not None:
        raise refusal

    def put(row: AssessmentRow) -> None:
        together = with_answers(_answers(row), said)
        if len(together) > MOST_ANSWERS:
            details = {"count": len(together), "most": MOST_ANSWERS}
            raise invalid([Fault(("items",), "too_many", details=details)])
        _put(row, model, together, _counts(row))

    action = "assessment.answered"
    return _changed(
        store, caller, organization, id_, put, now, condition, action, needed=False, once=once, dry_run=dry_run
    )


def remove(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> None:
    """Delete an assessment with its answers. Raises Missing, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        of = existing(tx, caller, organization)
        row = _existing(tx, of, id_, locked=True)
        condition.check(_short(of, row).tag)
        assessments.remove(tx, of.id, id_)
        audit_events.record(tx, caller, at=now, action="assessment.removed", target=_target(organization, id_))


def newest(store: Database, caller: Caller, organization: str) -> tuple[WholeAssessment, ...]:
    """The newest assessment with each instrument, in the order of the instruments. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        found = {row.instrument: _whole(of, row) for row in assessments.newest(tx, of.id)}
    return tuple(found[id_] for id_ in knowledge.instruments() if id_ in found)


def newest_gaps(tx: Transaction, organization: Organization) -> dict[str, list[Json]]:
    """The gaps of the newest assessment with each instrument, the largest first, by the instrument."""
    return {row.instrument: list(_result(row).shown.get("gaps", ())) for row in assessments.newest(tx, organization.id)}


def traced(found: WholeAssessment, question: str | None) -> Json:
    """The answers and counts that a question's score rests on, and what the model answers; all of them where none is named.

    Raises Missing for a question that the instrument has not.
    """
    instrument = _instrument(found.short.instrument)
    if question is not None and instrument.question(question) is None:
        raise Missing("question", question)
    scores = (score for section in found.result.get("sections", ()) for score in section["questions"])
    model = next((score.get("model") for score in scores if score["question"] == question), None)
    return {
        "assessment": found.short.id,
        **({} if question is None else {"question": question}),
        "answers": [one for one in found.answers if question in (None, one["question"])],
        "counts": [one for one in found.counts if question in (None, one["question"])],
        **({} if model is None else {"model": model}),
    }


def _changed(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    put: Callable[[AssessmentRow], None],
    now: datetime,
    condition: Condition,
    action: str,
    *,
    needed: bool = True,
    once: Claim | None,
    dry_run: bool,
) -> WholeAssessment:
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, WholeAssessment)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = _existing(tx, of, id_, locked=True)
        tag = _short(of, row).tag
        put(row)
        condition.check(tag, needed=needed)
        row.version, row.updated_at, row.updated_by = row.version + 1, now, caller.actor
        tx.save()
        return _noted(tx, caller, of, row, action, now, once)


def _noted(
    tx: Transaction,
    caller: Caller,
    of: Organization,
    row: AssessmentRow,
    action: str,
    now: datetime,
    once: Claim | None,
) -> WholeAssessment:
    audit_events.record(tx, caller, at=now, action=action, target=_target(of.key, row.id))
    made = _whole(of, row)
    claims.keep(tx, caller, once, made)
    return made


def _instrument(id_: str) -> Instrument:
    known = knowledge.instruments()
    if id_ not in known:
        words = {"values": ", ".join(known)}
        raise invalid([Fault(("instrument",), "not_one_of", id_, "one_of", tuple(known), words)])
    return known[id_]


def _checked(
    instrument: Instrument, model: _Model, wanted: WantedAssessment
) -> tuple[tuple[Answer, ...] | None, tuple[Counted, ...] | None]:
    """The answers and counts that are sent; None where none are. Raises DocumentInvalid."""
    said, faults = answers_in(wanted.answers or (), instrument, model.departments)
    counted, more = counts_in(wanted.counts or (), instrument)
    if faults or more:
        raise invalid([*faults, *more], {"answers": wanted.answers, "counts": wanted.counts})
    return None if wanted.answers is None else said, None if wanted.counts is None else counted


def _model(store: Database, caller: Caller, organization: str, instrument: Instrument, as_of: date) -> _Model:
    """What the document as it stands, and its newest analysis, know of what the instrument asks. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        stored = documents.standing(tx, of)
        analysis = analyses.latest_id(tx, of)
        remedies = {remedy for question in instrument.questions() for remedy in question.remedies}
        wanted = Wanted(limit=MOST_RECOMMENDATIONS, filters={"remedy": tuple(sorted(remedies))})
        found = recommendations.listed(tx, of.id, analysis, wanted).items if analysis and remedies else ()
    departments = tuple(one["key"] for one in stored.raw.get("departments", ()))
    told = [
        {
            "id": one.id,
            "remedy": one.remedy,
            "titles": {language: body["title"] for language, body in one.bodies.items()},
        }
        for one in found
    ]
    return _Model(stored.number, departments, _facts(stored.raw, instrument, as_of), analysis, told)


def _facts(raw: Mapping[str, Any], instrument: Instrument, as_of: date) -> dict[str, Any]:
    rules = [question.fact for question in instrument.questions() if question.fact is not None]
    names = {name for rule in rules for name in (*rule.fields, *filter(None, [rule.per]))}
    if not names:
        return {}
    tables = detect(document_from(raw, catalogue()), catalogue(), (), as_of).tables
    row = next(iter(tables.get("organization", ())))
    return {name: row.values.get(name) for name in sorted(names)}


def _put(row: AssessmentRow, model: _Model, said: Sequence[Answer], counted: Sequence[Counted]) -> None:
    """Let an assessment have these answers, and those of the model."""
    row.answers = {
        "answers": [_plain(one) for one in said],
        "counts": [one._asdict() | {"counts": list(one.counts)} for one in counted],
        "facts": model.facts,
        "revision": model.revision,
        "analysis": model.analysis,
        "recommendations": model.recommendations,
    }
    row.answer_count = len(said) + sum(sum(one.counts) for one in counted)
    row.summary = _result(row).summary


def _plain(one: Answer) -> dict[str, Any]:
    return {name: value for name in ANSWER_MEMBERS if (value := getattr(one, name)) is not None}


def _answers(row: AssessmentRow) -> tuple[Answer, ...]:
    return tuple(Answer(**one) for one in row.answers["answers"])


def _counts(row: AssessmentRow) -> tuple[Counted, ...]:
    return tuple(Counted(one["group"], one["question"], tuple(one["counts"])) for one in row.answers["counts"])


def _result(row: AssessmentRow) -> Result:
    return result_of(_instrument(row.instrument), _answers(row), _counts(row), row.answers)


def _existing(tx: Transaction, organization: Organization, id_: str, *, locked: bool = False) -> AssessmentRow:
    found = assessments.assessment(tx, organization.id, id_, locked=locked)
    if found is None:
        raise Missing("assessment", id_)
    return found


def _short(organization: Organization, row: Any) -> StoredAssessment:
    return value_of(StoredAssessment, row, organization=organization.key)


def _whole(organization: Organization, row: AssessmentRow) -> WholeAssessment:
    kept = row.answers
    return WholeAssessment(
        _short(organization, row), tuple(kept["answers"]), tuple(kept["counts"]), dict(_result(row).shown)
    )


def _target(organization: str, id_: str) -> str:
    return f"organizations/{organization}/assessments/{id_}"

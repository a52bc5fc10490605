"""Assessments of an organization: what people and the model answer to an instrument, kept with what the model said when it was written.

The facts that answer, and the recommendations that would better an answer, are those of the document and of the newest analysis at the last
write; a change, be it of nothing, asks the model anew. So every score stays what it was, and an earlier one can be compared with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.assessment_answers import (
    MOST_ANSWERS,
    Counted,
    answers_in,
    counts_in,
    with_answers,
)
from app.domain.assessments import Answer
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing
from app.domain.faults import Fault, invalid
from app.domain.instruments import Instrument
from app.domain.pages import Found, Wanted, folded
from app.exchange.answer_sheets import SentAnswers
from app.services import knowledge
from app.services.assessment_model import Model, model_of
from app.services.kept_assessments import (
    StoredAssessment,
    WholeAssessment,
    answers_of,
    counts_of,
    existing_assessment,
    instrument_of,
    put_answers,
    result_in,
    short_of,
    target_of,
    whole,
)
from app.services.organizations import existing
from app.storage import assessments, audit_events, claims
from app.storage.assessments import AssessmentRow
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


class WantedAssessment(NamedTuple):
    """What is to become of an assessment; what is None stays as it is."""

    name: str | None = None
    as_of: date | None = None
    answers: Sequence[Any] | None = None
    counts: Sequence[Any] | None = None


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredAssessment]:
    """A page of the organization's assessments. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return assessments.listed(tx, row.id, wanted).of(lambda found: short_of(row, found))


def get(store: Database, caller: Caller, organization: str, id_: str) -> WholeAssessment:
    """An assessment with its result. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        return whole(row, existing_assessment(tx, row, id_))


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
    instrument = instrument_of(instrument_id)
    as_of = wanted.as_of or now.date()
    model = model_of(store, caller, organization, instrument, as_of)
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
        put_answers(row, model, said or (), counted or ())
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
    asked, instrument = wanted(before), instrument_of(before.short.instrument)
    as_of = asked.as_of or date.fromisoformat(before.short.as_of)
    model = model_of(store, caller, organization, instrument, as_of)

    def put(row: AssessmentRow) -> None:
        said, counted = _checked(instrument, model, asked)
        row.name, row.as_of = asked.name or row.name, as_of.isoformat()
        row.searched = folded(row.name, instrument.title.en, instrument.title.de)
        put_answers(
            row,
            model,
            answers_of(row) if said is None else said,
            counts_of(row) if counted is None else counted,
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
    instrument = instrument_of(before.short.instrument)
    model = model_of(store, caller, organization, instrument, date.fromisoformat(before.short.as_of))
    said, faults = answers_in(sent.items, instrument, model.departments, ("items",))
    if (refusal := sent.refusal(faults)) is not None:
        raise refusal

    def put(row: AssessmentRow) -> None:
        together = with_answers(answers_of(row), said)
        if len(together) > MOST_ANSWERS:
            details = {"count": len(together), "most": MOST_ANSWERS}
            raise invalid([Fault(("items",), "too_many", details=details)])
        put_answers(row, model, together, counts_of(row))

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
        row = existing_assessment(tx, of, id_, locked=True)
        condition.check(short_of(of, row).tag)
        assessments.remove(tx, of.id, id_)
        audit_events.record(tx, caller, at=now, action="assessment.removed", target=target_of(organization, id_))


def newest(store: Database, caller: Caller, organization: str) -> tuple[WholeAssessment, ...]:
    """The newest assessment with each instrument, in the order of the instruments. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        found = {row.instrument: whole(of, row) for row in assessments.newest(tx, of.id)}
    return tuple(found[id_] for id_ in knowledge.instruments() if id_ in found)


def newest_gaps(tx: Transaction, organization: Organization) -> dict[str, list[Mapping[str, Any]]]:
    """The gaps of the newest assessment with each instrument, the largest first, by the instrument."""
    return {
        row.instrument: list(result_in(row).shown.get("gaps", ())) for row in assessments.newest(tx, organization.id)
    }


def traced(found: WholeAssessment, question: str | None) -> Mapping[str, Any]:
    """The answers and counts that a question's score rests on, and what the model answers by which facts; those of all questions, which the
    score of each section and of the whole rests on, where none is named.

    Raises Missing for a question that the instrument has not.
    """
    instrument = instrument_of(found.short.instrument)
    if question is not None and instrument.question(question) is None:
        raise Missing("question", question)
    scores = (score for section in found.result.get("sections", ()) for score in section["questions"])
    model = {score["question"]: score["model"] for score in scores if "model" in score}
    by_model = [{"question": key, **said} for key, said in model.items()]
    return {
        "assessment": found.short.id,
        **({} if question is None else {"question": question}),
        "answers": [one for one in found.answers if question in (None, one["question"])],
        "counts": [one for one in found.counts if question in (None, one["question"])],
        **({"model": model[question]} if question in model else {}),
        **({"answered_by_model": by_model} if question is None else {}),
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
        row = existing_assessment(tx, of, id_, locked=True)
        tag = short_of(of, row).tag
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
    audit_events.record(tx, caller, at=now, action=action, target=target_of(of.key, row.id))
    made = whole(of, row)
    claims.keep(tx, caller, once, made)
    return made


def _checked(
    instrument: Instrument, model: Model, wanted: WantedAssessment
) -> tuple[tuple[Answer, ...] | None, tuple[Counted, ...] | None]:
    """The answers and counts that are sent; None where none are. Raises DocumentInvalid."""
    said, faults = answers_in(wanted.answers or (), instrument, model.departments)
    counted, more = counts_in(wanted.counts or (), instrument)
    if faults or more:
        raise invalid([*faults, *more], {"answers": wanted.answers, "counts": wanted.counts})
    return None if wanted.answers is None else said, None if wanted.counts is None else counted

"""`/organizations/{org}/model`: departments, goals and incentive plans, read, and changed part by part."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.document.parts import PartId, part_of, with_part
from app.domain.errors import AlreadyExists, Changed, ConcordError, DocumentInvalid, Missing, StillReferenced
from app.domain.stored_form import Raw
from app.pages.console.model import LISTS, delete_page, model_page
from app.pages.console.page import Json
from app.pages.console.part_editor import Edited, editor_page
from app.routers.console.edits import Typed, text_of, typed_part
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, problem_of, shown
from app.routers.console.look import named
from app.routers.console.turns import compared
from app.services import document_parts, documents
from app.services.kept_parts import StoredPart
from app.services.model_previews import Change, sides
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.part_forms import Said
from app.web.stored import Store

router = operations("/organizations/{org}/model", "front", listed=False)


@router.get("")
def show_model(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Every department, goal and plan."""

    def body(visit: Visit) -> bytes:
        found = documents.get(store, visit.caller, org)
        return model_page(visit.head, named(visit, org), found.raw)

    return shown(request, answer, store, now, body)


@router.get("/{kind}/new")
def show_new_part(org: str, kind: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """An empty form."""

    def body(visit: Visit) -> bytes:
        return _editor(visit, org, Edited(_list(kind), "", "", Said({}, {}), "", ""))

    return shown(request, answer, store, now, body)


@router.post("/{kind}/new")
def add_part(org: str, kind: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Check what would be added, or add it."""
    here = f"/organizations/{org}/model/{kind}/new"
    return done(
        request, answer, store, now, form, lambda visit: _edit(visit, org, PartId(_list(kind), ""), form), way_back=here
    )


@router.get("/{kind}/{key}")
def show_part(org: str, kind: str, key: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """A part as it stands, to be changed."""

    def body(visit: Visit) -> bytes:
        part = document_parts.get(store, visit.caller, org, PartId(_list(kind), key))
        return _editor(visit, org, _standing(part))

    return shown(request, answer, store, now, body)


@router.post("/{kind}/{key}")
def change_part(
    org: str, kind: str, key: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Check a change, or save it."""
    here = f"/organizations/{org}/model/{kind}/{key}"
    return done(
        request,
        answer,
        store,
        now,
        form,
        lambda visit: _edit(visit, org, PartId(_list(kind), key), form),
        way_back=here,
    )


@router.get("/{kind}/{key}/delete")
def show_deletion(
    org: str, kind: str, key: str, request: Request, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """What refers to a part, before it goes."""

    def body(visit: Visit) -> bytes:
        return _deletion(visit, org, PartId(_list(kind), key))

    return shown(request, answer, store, now, body)


@router.post("/{kind}/{key}/delete")
def delete_part(
    org: str, kind: str, key: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Take a part out of the model, with what refers to it where that was shown."""
    here = f"/organizations/{org}/model/{kind}/{key}/delete"

    def act(visit: Visit) -> str | Unfinished:
        part, condition = PartId(_list(kind), key), Condition((form.one("condition"),))
        try:
            document_parts.remove(store, visit.caller, org, part, now, condition, cascade="cascade" in form)
        except (Changed, StillReferenced, DocumentInvalid) as error:
            problem = problem_of(request, answer, error)
            return Unfinished(_deletion(visit, org, part, problem), 422 if isinstance(error, DocumentInvalid) else 412)
        return f"/organizations/{org}/model?done=deleted"

    return done(request, answer, store, now, form, act, way_back=here)


def _list(kind: str) -> str:
    """The list that an address names. Raises Missing."""
    name = kind.replace("-", "_")
    if name not in LISTS or "_" in kind:
        raise Missing("list", kind)
    return name


def _edit(visit: Visit, org: str, part: PartId, form: Form) -> str | Unfinished:
    """What the buttons of the editor do: `look` tells problems, `check` also what would become of the findings, `save` saves."""
    typed, asked, tag = typed_part(form, part, visit.language), form.one("do"), form.one("condition")
    edited = Edited(part.list, part.key, tag, typed.fields, typed.yaml, typed.was, typed.side, typed.both)
    if typed.error is not None or typed.source is None or typed.said is None:
        error = typed.error or DocumentInvalid(())
        return _again(visit, org, edited._replace(problem=problem_of(visit.answer.request, visit.answer, error)))
    try:
        stored = _put(visit, org, part, typed, tag, dry_run=asked != "save")
    except Changed:
        return _changed(visit, org, part, edited)
    except (DocumentInvalid, AlreadyExists) as error:
        return _again(visit, org, edited._replace(problem=problem_of(visit.answer.request, visit.answer, error)))
    if asked == "save":
        return f"/organizations/{org}/model/{part.list.replace('_', '-')}/{stored.part.key}?done=saved"
    if asked == "check":
        edited = _previewed(visit, org, edited, stored.part, typed.said)
    return _again(visit, org, edited, 200)


def _put(visit: Visit, org: str, part: PartId, typed: Typed, tag: str, *, dry_run: bool) -> StoredPart:
    """Make the part say what was typed, or see whether it could. Raises Missing, Changed, AlreadyExists, DocumentInvalid."""
    assert typed.source is not None
    if not part.key:
        return document_parts.add(visit.store, visit.caller, org, part.list, typed.source, visit.now, dry_run=dry_run)
    return document_parts.replace(
        visit.store, visit.caller, org, part, typed.source, visit.now, Condition((tag,)), dry_run=dry_run
    )


def _previewed(visit: Visit, org: str, edited: Edited, part: PartId, said: Raw) -> Edited:
    """With what the change would do to the findings."""
    found = preview_of(visit, org, lambda raw: with_part(raw, part, said)[0])
    return edited._replace(preview=found, is_too_large=found is None)


def preview_of(visit: Visit, org: str, change: Change) -> Json | None:
    """What a change that is valid would do to the findings; None for a model that is too large to be looked at while somebody waits."""
    return compared(visit, sides(visit.store, visit.caller, org, change), visit.now.date())


def _changed(visit: Visit, org: str, part: PartId, edited: Edited) -> Unfinished:
    """Somebody else changed the part, or took it out: what was typed stays, beside what stands; saving it now is meant."""
    try:
        stands = document_parts.get(visit.store, visit.caller, org, part)
    except Missing:
        return _again(visit, org, edited._replace(key="", tag="", standing=visit.head.words("part_gone")), 412)
    return _again(visit, org, edited._replace(tag=stands.tag, standing=text_of(part.list, stands.body)), 412)


def _standing(part: StoredPart) -> Edited:
    text = text_of(part.part.list, part.body)
    return Edited(part.part.list, part.part.key, part.tag, Said(part.body, {}), text, text)


def _editor(visit: Visit, org: str, edited: Edited) -> bytes:
    document = documents.get(visit.store, visit.caller, org).raw
    return editor_page(visit.head, named(visit, org), document, edited)


def _again(visit: Visit, org: str, edited: Edited, status: int = 422) -> Unfinished:
    return Unfinished(_editor(visit, org, edited), status)


def _deletion(visit: Visit, org: str, part: PartId, problem: dict[str, object] | None = None) -> bytes:
    stored = document_parts.get(visit.store, visit.caller, org, part)
    raw = documents.get(visit.store, visit.caller, org).raw
    condition, references, gone = Condition((stored.tag,)), [], []
    try:
        document_parts.remove(visit.store, visit.caller, org, part, visit.now, condition, dry_run=True)
    except StillReferenced as error:
        references = [_called(raw, PartId(one.kind, one.key)) for one in error.references]
        going = document_parts.remove(
            visit.store, visit.caller, org, part, visit.now, condition, cascade=True, dry_run=True
        )
        gone = [_called(raw, one) for one in going.gone]
    except ConcordError as error:
        problem = problem or problem_of(visit.answer.request, visit.answer, error)
    said = {**_called(raw, part), "list": part.list.replace("_", "-")}
    return delete_page(
        visit.head, named(visit, org), said, tag=stored.tag, references=references, gone=gone, problem=problem
    )


def _called(raw: Raw, part: PartId) -> dict[str, str]:
    """A part and what it is called, for pages."""
    said = part_of(raw, part) or {}
    name = str(said.get("name") or said.get("role") or part.key)
    return {"list": part.list, "path": part.path, "key": part.key, "name": name}

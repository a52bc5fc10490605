"""`/organizations/import`, `/organizations/{org}/import`, `…/imports/{id}`: a file in, what it would change, and the change made."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.errors import Changed, ConcordError, Missing
from app.exchange.preview import Mode
from app.exchange.workbook_template import template
from app.pages.console.changes import changes_said
from app.pages.console.imports import first_import_page, import_page, preview_page
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, problem_of, shown
from app.routers.console.look import named
from app.routers.console.sent_files import FileForm, SentFile
from app.routers.console.turns import in_turn
from app.services import documents, first_imports, imports, organizations
from app.services.import_names import read_names
from app.services.kept_imports import FullImport
from app.services.kept_imports import SentFile as ImportedFile
from app.web.answers import HtmlAnswer
from app.web.attachments import named as attached
from app.web.body import XLSX
from app.web.clock import Now
from app.web.operations import operations
from app.web.problems import Refused
from app.web.sessions import to_sign_in, visitor_of
from app.web.stored import Store
from app.web.uploads import headings_said

router = operations("/organizations", "front", listed=False)


@router.get("/import")
def show_first_import(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """How to begin: with a file, or with a starter company."""
    return shown(request, answer, store, now, lambda visit: first_import_page(visit.head, first_imports.starters(), {}))


@router.post("/import")
def begin_with_file(request: Request, sent: SentFile, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make an organization with a preview of what the file would make of it; a file with anything wrong makes none."""

    def act(visit: Visit) -> str | Unfinished:
        typed = {name: sent.form.one(name).strip() for name in ("name", "key")}

        def again(preview: FullImport | None, error: Exception) -> Unfinished:
            problem = problem_of(request, answer, error)
            told = None if preview is None else preview.shown(visit.language)
            return Unfinished(
                first_import_page(visit.head, first_imports.starters(), typed, problem=problem, preview=told)
            )

        try:
            file = _imported(sent)
            made = in_turn(visit, first_imports.of_file, store, visit.caller, typed["key"], typed["name"], file, now)
        except Missing:
            raise
        except (ConcordError, Refused) as error:
            return again(None, error)
        if made.after is None:
            return again(made, made.preview.refusal)
        return f"/organizations/{made.short.organization}/imports/{made.short.id}"

    return done(request, answer, store, now, sent.form, act, way_back="/organizations/import")


@router.post("/start")
def begin_with_starter(request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make an organization of a starter company."""

    def act(visit: Visit) -> str | Unfinished:
        typed = {name: form.one(name).strip() for name in ("starter", "starter_name", "starter_key")}
        try:
            made = first_imports.begin(
                store, visit.caller, typed["starter"], typed["starter_key"], typed["starter_name"], now
            )
        except ConcordError as error:
            problem = problem_of(request, answer, error)
            return Unfinished(first_import_page(visit.head, first_imports.starters(), typed, starter_problem=problem))
        return f"/organizations/{made.organization}?done=begun"

    return done(request, answer, store, now, form, act, way_back="/organizations/import")


@router.get("/import/workbook")
def get_empty_workbook(request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """An empty workbook to fill in."""
    return _workbook(request, answer, store, now, None)


@router.get("/{org}/import/workbook")
def get_workbook(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """An empty workbook to fill in, in the organization's currency."""
    return _workbook(request, answer, store, now, org)


@router.get("/{org}/import")
def show_import(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """How to bring a file into the model."""
    return shown(request, answer, store, now, lambda visit: import_page(visit.head, named(visit, org)))


@router.post("/{org}/import")
def preview_file(org: str, request: Request, sent: SentFile, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Keep a preview of what the file would change."""

    def act(visit: Visit) -> str | Unfinished:
        try:
            made = in_turn(visit, imports.add, store, visit.caller, org, _imported(sent), now)
        except Missing:
            raise
        except (ConcordError, Refused) as error:
            problem = problem_of(request, answer, error)
            return Unfinished(import_page(visit.head, named(visit, org), problem=problem))
        return _address(org, made)

    here = f"/organizations/{org}/import"
    return done(request, answer, store, now, sent.form, act, way_back=here)


@router.get("/{org}/imports/{import_id}")
def show_preview(org: str, import_id: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """What importing a file would change, or has changed."""
    return shown(request, answer, store, now, lambda visit: _preview(visit, org, import_id))


@router.post("/{org}/imports/{import_id}/again")
def preview_again(
    org: str, import_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """A new preview of the same file: with other headings, or on the model as it stands now."""

    def act(visit: Visit) -> str:
        file = imports.sent(store, visit.caller, org, import_id, now)
        headings = {**file.headings, **headings_said(_corrected(form))}
        again = file._replace(headings=headings)
        return _address(org, in_turn(visit, imports.add, store, visit.caller, org, again, now))

    here = f"/organizations/{org}/imports/{import_id}"
    return done(request, answer, store, now, form, act, way_back=here)


@router.post("/{org}/imports/{import_id}/apply")
def apply_import(
    org: str, import_id: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now
) -> Response:
    """Make the preview part of the model, unless that has changed since."""
    here = f"/organizations/{org}/imports/{import_id}"

    def act(visit: Visit) -> str | Unfinished:
        try:
            imports.apply(store, visit.caller, org, import_id, now, Condition((form.one("condition"),)))
        except Changed:
            return Unfinished(_preview(visit, org, import_id), 412)
        return f"{here}?done=imported"

    return done(request, answer, store, now, form, act, way_back=here)


def _imported(sent: FileForm) -> ImportedFile:
    """The file as imports take it. Raises DocumentInvalid, Refused."""
    mode: Mode = "replace" if sent.form.one("mode") == "replace" else "merge"
    return ImportedFile(sent.file.data, sent.file.name, sent.file.kind, mode, headings_said(_corrected(sent.form)))


def _corrected(form: Form) -> list[str]:
    """What the form says of headings: the heading and, in the same place, its column; an empty one says nothing."""
    pairs = zip(form.all("heading"), form.all("column"), strict=False)
    return [f"{heading}={column.strip()}" for heading, column in pairs if column.strip()]


def _preview(visit: Visit, org: str, import_id: str) -> bytes:
    found = imports.full(visit.store, visit.caller, org, import_id, visit.now)
    standing = documents.get(visit.store, visit.caller, org)
    changes = changes_said(found.preview.changes, found.before, found.after or {}, visit.head.words)
    return preview_page(
        visit.head,
        named(visit, org),
        {**found.shown(visit.language), "changes": changes},
        names=read_names(found, visit.language),
        standing=standing.tag,
        is_outdated=found.short.status == "ready" and found.short.revision != standing.revision,
    )


def _address(org: str, made: FullImport) -> str:
    return f"/organizations/{org}/imports/{made.short.id}"


def _workbook(request: Request, answer: HtmlAnswer, store: Store, now: Now, org: str | None) -> Response:
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    currency = None if org is None else organizations.get(store, visitor.caller, org).said.get("currency")
    headers = {**attached(f"{org or 'concord'}-template.xlsx"), "Cache-Control": "private, no-cache"}
    return answer.computed(template(answer.context.language, currency), XLSX, headers)

"""`/organizations/{org}/model/document`: the whole model as YAML."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import Condition
from app.domain.errors import Changed, DocumentInvalid
from app.exchange.read import read
from app.exchange.write import write
from app.pages.console.changes import changes_said
from app.pages.console.model import document_page
from app.routers.console.flow import Form, Sent, Unfinished, Visit, done, problem_of, shown
from app.routers.console.look import named
from app.routers.console.model import preview_of
from app.services import documents
from app.web.answers import HtmlAnswer
from app.web.clock import Now
from app.web.operations import operations
from app.web.stored import Store

router = operations("/organizations/{org}/model/document", "front", listed=False)


@router.get("")
def show_document(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The model as it stands, to be changed."""

    def body(visit: Visit) -> bytes:
        found = documents.get(store, visit.caller, org)
        text = write(found.raw, "yaml", visit.language).decode()
        return document_page(visit.head, named(visit, org), text, tag=found.tag)

    return shown(request, answer, store, now, body)


@router.post("")
def change_document(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Check a change of the model, or save it."""
    here = f"/organizations/{org}/model/document"
    return done(request, answer, store, now, form, lambda visit: _edit(visit, org, form), way_back=here)


def _edit(visit: Visit, org: str, form: Form) -> str | Unfinished:
    text, tag, is_check = form.one("document").replace("\r\n", "\n"), form.one("condition"), form.one("do") != "save"
    standing, organization = documents.get(visit.store, visit.caller, org), named(visit, org)
    try:
        source = read(text.encode("utf-8", "replace"), "document", "yaml")
        made = documents.replace(visit.store, visit.caller, org, source, visit.now, Condition((tag,)), dry_run=is_check)
        if not is_check:
            return f"/organizations/{org}/model?done=saved"
        found = preview_of(visit, org, lambda raw: made.raw)
    except Changed:
        page = document_page(visit.head, organization, text, tag=standing.tag, is_outdated=True)
        return Unfinished(page, 412)
    except DocumentInvalid as error:
        problem = problem_of(visit.answer.request, visit.answer, error)
        return Unfinished(document_page(visit.head, organization, text, tag=tag, problem=problem))
    changes = changes_said(made.changes, standing.raw, made.raw, visit.head.words)
    page = document_page(
        visit.head, organization, text, tag=tag, preview=found, changes=changes, is_too_large=found is None
    )
    return Unfinished(page, 200)

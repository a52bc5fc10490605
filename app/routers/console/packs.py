"""`/organizations/{org}/rules/packs`: packs of one's own rules as files, brought in with a preview of what they change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.domain.conditions import ANY, Condition
from app.domain.errors import Changed, ConcordError, DocumentInvalid, Missing, WrongState
from app.domain.faults import Fault, invalid
from app.exchange.read import read
from app.exchange.yaml_writer import as_yaml
from app.pages.console.packs import packs_page
from app.routers.console.again import again
from app.routers.console.flow import Sent, Unfinished, Visit, done, shown
from app.routers.console.look import named
from app.routers.console.sent_files import FileForm, SentFile
from app.routers.console.turns import in_turn, most_goals
from app.services import rule_pack_previews, rule_packs
from app.web.answers import HtmlAnswer
from app.web.attachments import named as attached
from app.web.body import YAML
from app.web.clock import Now
from app.web.operations import operations
from app.web.problems import Refused
from app.web.sessions import to_sign_in, visitor_of
from app.web.stored import Store

router = operations("/organizations/{org}/rules/packs", "front", listed=False)

Json = dict[str, Any]


@router.get("")
def show_packs(org: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """The workspace's own packs, and a form for the file of another."""
    return shown(request, answer, store, now, lambda visit: _page(visit, org))


@router.get("/{pack_id}/file")
def get_file(org: str, pack_id: str, request: Request, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """A pack as one file."""
    visitor = visitor_of(request, store, now)
    if visitor is None:
        return to_sign_in(request)
    try:
        pack, file = rule_packs.exported(store, visitor.caller, pack_id)
    except (Missing, WrongState) as refused:
        return shown(request, answer, store, now, partial(_refused, refused))
    headers = {**attached(f"{pack.id}-{pack.version}.yaml"), "Cache-Control": "private, no-cache"}
    return answer.computed(as_yaml(file).encode(), YAML, headers)


@router.post("/preview")
def preview_file(org: str, request: Request, sent: SentFile, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """What the file would add, change and retire, and what that would change in what is found here."""

    def act(visit: Visit) -> Unfinished:
        text = ""
        try:
            text = _text(sent)
            return Unfinished(_page(visit, org, preview=_previewed(visit, org, text), text=text), 200)
        except Missing:
            raise
        except (ConcordError, Refused) as refused:
            return again(visit, refused, lambda problem: _page(visit, org, problem, text=text))

    here = f"/organizations/{org}/rules/packs"
    return done(request, answer, store, now, sent.form, act, way_back=here)


@router.post("/import")
def import_file(org: str, request: Request, form: Sent, answer: HtmlAnswer, store: Store, now: Now) -> Response:
    """Make it so, whole or not at all, as it was previewed."""
    here = f"/organizations/{org}/rules/packs"

    def act(visit: Visit) -> str | Unfinished:
        text, tag = form.one("text"), form.one("tag")
        condition = Condition(if_match=(tag,)) if tag else Condition(if_none_match=(ANY,))
        try:
            raw = read(text.encode(), "pack", "yaml").raw
            rule_packs.replace(store, visit.caller, _id_of(raw), raw, now, condition)
        except Changed:
            return Unfinished(_page(visit, org, preview=_previewed(visit, org, text), text=text, is_late=True), 412)
        except (DocumentInvalid, WrongState) as refused:
            return again(visit, refused, lambda problem: _page(visit, org, problem, text=text))
        return f"{here}?done=pack_imported"

    return done(request, answer, store, now, form, act, way_back=here)


def _refused(error: Exception, _: Visit) -> bytes:
    raise error


def _text(sent: FileForm) -> str:
    """The file that was chosen, or what was pasted. Raises DocumentInvalid."""
    if sent.chosen is None:
        if not sent.form.one("text").strip():
            raise invalid([Fault(("file",), "missing")])
        return sent.form.one("text")
    return sent.chosen.data.decode("utf-8-sig", "replace")


def _id_of(raw: Any) -> str:
    pack = raw.get("pack") if isinstance(raw, Mapping) else None
    return str(pack.get("id", "")) if isinstance(pack, Mapping) else ""


def _previewed(visit: Visit, org: str, text: str) -> Json:
    """The preview, with the tag of the pack that it would change; empty for a new one."""
    raw = read(text.encode(), "pack", "yaml").raw
    asked, today = {"file": raw, "organization": org}, visit.now.date()
    found = in_turn(
        visit,
        rule_pack_previews.preview,
        visit.store,
        visit.caller,
        asked,
        today,
        visit.language,
        most_goals=most_goals(visit),
    )
    known = {one.id: one.tag for one in rule_packs.every(visit.store, visit.caller)}
    return {**found, "tag": known.get(found["pack"], "")}


def _page(
    visit: Visit,
    org: str,
    problem: Mapping[str, Any] | None = None,
    *,
    preview: Json | None = None,
    text: str = "",
    is_late: bool = False,
) -> bytes:
    packs = [one.shown for one in rule_packs.every(visit.store, visit.caller)]
    said = {"preview": preview, "text": text, "problem": problem, "is_late": is_late}
    return packs_page(visit.head, named(visit, org), packs, **said)

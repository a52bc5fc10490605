"""What stands around every page of the console: where one is, who looks, where one can go, what was just done."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from app.domain.terms import Language
from app.pages.embeds import SHOWS
from app.pages.environment import rendered
from app.pages.texts import PAGE_TEXTS, PageWords

Json = Mapping[str, Any]

SECTIONS = (
    "",
    "conflicts",
    "matrix",
    "compass",
    "recommendations",
    "scenarios",
    "assessments",
    "customers",
    "evidence",
    "roadmap",
    "model",
    "rules",
    "history",
)
"""Parts of an organization, by the last name of their address."""


class Head(NamedTuple):
    """The service's address, the path of the page, what forms carry, who looks and what they may change.

    `done`: what was just done, as the address says it: the name of a text `done_…` without its beginning.
    """

    base: str
    path: str
    form: str
    actor: str
    language: Language
    may_write: bool = False
    may_administer: bool = False
    done: str = ""

    @property
    def words(self) -> PageWords:
        """The texts in the language of whoever looks."""
        return PageWords(self.language)


def page(
    template: str, head: Head, *, title: str, organization: Json | None = None, section: str = "", **said: Any
) -> bytes:
    """A page. `organization`: its `key` and `name`, where the page is of one; `section`: the part of it that the page belongs to."""
    around = {
        "base": head.base,
        "head": head,
        "at": f"{head.base}/organizations/{organization['key']}" if organization else None,
        "organization": organization,
        "sections": SECTIONS,
        "section": section,
        "done": f"done_{head.done}" if f"done_{head.done}" in PAGE_TEXTS else "",
        "theme": "auto",
    }
    return rendered(template, head.words, title=title, **{"view": None, **around, **said})


def view_page(head: Head, view: Json, section: str, template: str = "console/view.html", **said: Any) -> bytes:
    """A page about a view of an organization's newest analysis; without one it says what to do next."""
    words, is_analysed = head.words, "analysis" in view
    shown = SHOWS[view["view"]](view, words) if is_analysed else {}
    told = {"analysis": None, "explanation": "", "arithmetic": (), **view}
    return page(
        template if is_analysed else "console/nothing.html",
        head,
        title=f"{words('view_' + view['view'])}: {view['organization']['name']}",
        organization=view["organization"],
        section=section,
        view=told,
        shown=SimpleNamespace(**shown),
        **said,
    )


def nothing_page(head: Head, organization: Json, section: str) -> bytes:
    """There is no analysis yet that a part of an organization could be about; it says what to do next."""
    title = f"{head.words('section_' + section)}: {organization['name']}"
    return page("console/nothing.html", head, title=title, organization=organization, section=section)


def missing_page(head: Head) -> bytes:
    """What was asked for is not there, or belongs to others."""
    return page("console/missing.html", head, title=head.words("refused_gone"))


def problem_page(head: Head, problem: Json, way_back: str) -> bytes:
    """What was sent could not be done, and why. `problem`: a problem document (RFC 9457); `way_back`: the path to try again from."""
    return page("console/problem.html", head, title=head.words("not_done"), problem=problem, way_back=way_back)


def strange_form_page(head: Head, way_back: str) -> bytes:
    """A form that no page of the session sent."""
    problem = {"title": head.words("not_done"), "detail": head.words("form_refused")}
    return problem_page(head, problem, way_back)

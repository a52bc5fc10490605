"""What fields, choices and changes of the model are called: each has a text."""

from __future__ import annotations

from collections.abc import Iterator

from app.pages.console.imports import ACTIONS, KINDS
from app.pages.console.previews import FATES
from app.pages.texts import PAGE_TEXTS
from app.services.first_imports import starters
from app.web.part_forms import PartForm, form_of


def names(form: PartForm) -> Iterator[str]:
    """The names of the texts of a form."""
    for field in form.fields:
        yield field.label
        yield from (f"choice_{value}" for value in field.member.values if field.kind == "choice")
        if field.path[1:] and field.path[0] in ("payout", "gate", "modifier", "clawback", "deferral"):
            yield f"group_{field.path[0]}"
    for rows in form.lists:
        yield rows.label
        yield from names(rows.row)


def test_names_that_are_put_together_have_texts() -> None:
    """Of fields and what can be chosen in them; of kinds and fates of changes, headings, rows and starter companies."""
    wanted = [f"kind_{kinds[0]}" for kinds in KINDS] + [f"fate_{fate}" for fate in FATES]
    wanted += [f"{start}_{action}" for action in ACTIONS for start in ("change", "changes")]
    wanted += [f"rows_{action}" for action in ("create", "update", "unchanged", "error", "skip")]
    wanted += [f"how_{how}" for how in ("exact", "synonym", "last_part", "told", "fuzzy", "unknown")]
    wanted += [f"layout_{layout}" for layout in ("sheets", "flat", "yaml", "json")]
    wanted += [f"starter_{one.replace('-', '_')}" for one in starters()]
    for list_ in ("departments", "outcomes", "kpis", "incentive_plans"):
        form = form_of(list_)
        assert form is not None
        wanted += [f"new_{list_}", f"no_{list_}", f"list_{list_}", *names(form)]
    wanted += [f"list_{list_}" for list_ in ("metrics", "influences", "governance")]

    assert [name for name in wanted if name not in PAGE_TEXTS] == []

"""`concord diff`: what differs between two documents, part by part, whatever their order and format."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import FINDINGS
from app.cli.inputs import one_input
from app.cli.options import ColourOption, FormatOption, LanguageOption
from app.cli.problems import problems_of

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord diff acme.yaml planned.yaml
concord diff acme.xlsx acme.yaml --format json""",
)
def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="The document before; - for stdin.")],
    new: Annotated[str, typer.Argument(metavar="B", help="The document after.")],
    format_: FormatOption = "text",
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """What differs between two documents: parts by their keys, whatever the order of lists, the format and the comments.

    Exit status: 0 nothing differs, 1 something does, 2 wrong use or a document that is not valid, 3 a failure of Concord. What a change
    does to what is found says `concord audit B --against A`.
    """
    from app.domain.document.changes import changes_between, patch_between
    from app.services.audits import document_of

    sources = []
    for path in (old, new):
        given = one_input(path)
        with problems_of(given, language):
            source = given.read()
            document_of(source)
            sources.append(source.raw)
    before, after = sources
    changes = changes_between(before, after)
    if format_ == "json":
        from app.domain.change_form import change_as_json
        from app.reports.canonical_json import written

        patch = list(patch_between(before, after)) if changes else []
        terminal.answer_bytes(written({"changes": [change_as_json(change) for change in changes], "patch": patch}))
    else:
        from app.reports.text_diff import diff_page

        page = diff_page(changes, before, after, language=language, width=terminal.width(sys.stdout))
        terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
    raise typer.Exit(FINDINGS if changes else 0)

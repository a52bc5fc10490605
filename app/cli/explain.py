"""`concord explain`: what an entry of the knowledge is and who cites it, or one finding of a document in full."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.options import AsOfOption, ColourOption, LanguageOption, RulesOption, day_or_today

if TYPE_CHECKING:
    from app.domain.errors import Unknown

app = command_app()

_RULE = re.compile(r"[A-Z]{3}[0-9]{3}")
"""What looks like the id of a rule, and not like a fingerprint."""


@app.command(
    cls=Command,
    epilog="""\
concord explain FLU101
concord explain service.first_contact_resolution
concord explain gate --lang de
concord explain ACM101 --rules my-rules/
concord explain INC103 acme.yaml      # a rule, row by row: matches, near misses, what cannot be judged
concord explain 54c6f613 acme.yaml    # a finding, by the beginning of its fingerprint""",
)
def explain(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A rule, metric, remedy, source, kind of measure, lever or influence; with FILE a finding's fingerprint, or a rule.",
        ),
    ],
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The document in which the finding is; - for stdin.")
    ] = None,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """What a rule, metric, remedy or source is; or of FILE a finding in full, or how a rule judges it, row by row."""
    book = None
    if rules:
        from app.cli.rule_files import rulebook

        book = rulebook(rules, language)
    in_colour = terminal.in_colour(colour, sys.stdout)
    if file is not None and _RULE.fullmatch(id_):
        from app.cli.explain_rule import explain_rule

        explain_rule(id_, file, as_of=day_or_today(as_of), language=language, colour=in_colour, rulebook=book)
        return
    if file is not None:
        from app.cli.explain_finding import explain_finding

        explain_finding(id_, file, as_of=day_or_today(as_of), language=language, colour=in_colour, rulebook=book)
        return
    from app.catalogue.load import catalogue
    from app.domain.errors import Unknown
    from app.reports.text_knowledge import Encyclopedia

    known = book.of(catalogue()) if book else catalogue()
    encyclopedia = Encyclopedia(known, language, terminal.width(sys.stdout))
    try:
        page = encyclopedia.entry(id_)
    except Unknown as unknown:
        raise _with_metrics(unknown) from None
    terminal.answer(page.text(colour=in_colour))


def _with_metrics(unknown: Unknown) -> Unknown | Refused:
    """The same with the metrics that go by such a name, where no id is near; with where to look, where none is."""
    from app.domain.errors import Unknown
    from app.services import names

    if unknown.nearest:
        return unknown
    if found := names.search(unknown.name, limit=3):
        return Unknown(unknown.what, unknown.name, tuple(metric.id for metric, _ in found))
    return Refused(f"{unknown}; see `concord rules list`, `concord metrics search NAME`")

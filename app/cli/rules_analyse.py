"""`concord rules analyse`: which rules never fire, always fire, repeat another, or wait for what nobody tells."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.failures import FINDINGS, Refused
from app.cli.options import AsOfOption, ColourOption, FormatOption, LanguageOption, day_or_today

if TYPE_CHECKING:
    from app.domain.document import Document
    from app.domain.rules.rule import CompiledRule
    from app.domain.terms import Language
    from app.services.rule_sets import RuleSetAnalysis

EXAMPLES = """\
concord rules analyse
concord rules analyse my-rules/ --document acme.yaml
concord rules analyse my-rules/ACM101-no-weekend-quota.yaml --format json"""


def analyse(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Rule files of your own, and folders of them, beside the built-in rules."),
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", "-d", metavar="FILE", help="The organization that the rules are for.")
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """Look for rules that never fire, always fire, repeat another, or wait for what nobody tells.

    With --document also for those that ask for what this organization does not have, and which rule looks at which department.
    Exit status: 0 nothing to remark, 1 remarks, 2 wrong use or a rule that is none.
    """
    from app.services import rule_sets

    own = [rule for path in paths or () for rule in _rules_in(Path(path), language)]
    company = _document(document, language) if document is not None else None
    found = rule_sets.analyse(rule_sets.with_built_in(own, company), day_or_today(as_of))
    if format_ == "json":
        from app.reports.canonical_json import written

        terminal.answer_bytes(written(found.as_json(language)))
    else:
        _print(found, language, in_colour=terminal.in_colour(colour, sys.stdout))
    raise typer.Exit(FINDINGS if found.remarks else 0)


def _print(found: RuleSetAnalysis, language: Language, *, in_colour: bool) -> None:
    from app.reports.text_rule_set import Told, rule_set_page

    told = [Told(r.rule, r.how, found.told(r, language)) for r in found.remarks]
    page = rule_set_page(
        told,
        found.coverage,
        found.departments,
        rules=len(found.rules),
        language=language,
        width=terminal.width(sys.stdout),
    )
    terminal.answer(page.text(colour=in_colour))


def _rules_in(path: Path, language: Language) -> Iterator[CompiledRule]:
    """The rules of a file, or of a folder and those below it; one that is none ends the command."""
    from app.catalogue.load import catalogue
    from app.cli.inputs import Input
    from app.cli.problems import problems_of
    from app.domain.facts.kinds import FACT_KINDS
    from app.domain.rules.check import checked
    from app.domain.rules.rule import CompiledRule
    from app.services.audits import located

    if not path.exists():
        raise Refused(f"there is no file {path}")
    for file in [path] if path.is_file() else sorted(path.rglob("*.yaml")):
        if file.name == "pack.yaml":
            continue
        given = Input(file.as_posix(), file)
        with problems_of(given, language):
            source = given.read()
            with located(source):
                rule = checked(source.raw, catalogue()).rule
        yield CompiledRule(rule, FACT_KINDS[rule.fact_kind])


def _document(path: str, language: Language) -> Document:
    from app.cli.inputs import one_input
    from app.cli.problems import problems_of
    from app.services.audits import document_of

    given = one_input(path)
    with problems_of(given, language):
        return document_of(given.read())

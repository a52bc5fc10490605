"""`concord metrics`: the metrics of the catalogue by name, and what a list of names is taken to mean."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import terminal
from app.cli.commands import Command, Group, command_app
from app.cli.failures import Refused
from app.cli.inputs import one_input
from app.cli.options import ColourOption, FormatOption, LanguageOption
from app.cli.problems import problems_of

if TYPE_CHECKING:
    from app.services.names import WrittenName

app = command_app(cls=Group)

_KNOWN = ("name", "function", "unit", "direction")


@app.callback(
    epilog="""\
concord metrics search "handling time"
concord metrics resolve names.json --format json"""
)
def metrics() -> None:
    """Search the catalogue's metrics; see what KPI names are taken to mean."""


@app.command(
    cls=Command,
    epilog="""\
concord metrics search "handling time"
concord metrics search Kündigungsquote --limit 3
concord metrics search churn --format json""",
)
def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A name, as people write it.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=200, help="How many at most.")] = 10,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """Metrics whose names come nearest to a query, best first."""
    from app.services import names

    found = names.search(query, limit)
    if format_ == "json":
        _machine({"items": [{"metric": m.id, "name": m.name, "score": round(score, 4)} for m, score in found]})
        return
    from app.reports.text_resolutions import search_page

    page = search_page(query, found, language, terminal.width(sys.stdout))
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))


@app.command(
    cls=Command,
    epilog="""\
concord metrics resolve names.json --format json
concord metrics resolve acme.yaml
echo '{"names": ["AHT", {"name": "Churn", "direction": "decrease"}]}' | concord metrics resolve -""",
)
def resolve(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help='{"names": [NAME or {name, function, unit, direction}]}, or a model document.'
        ),
    ],
    format_: FormatOption = "text",
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """What each name is taken to mean, with score and candidates, in the order of the file."""
    from app.services import names

    given = one_input(file)
    with problems_of(given, language):
        asked = list(_written_names(given.read().raw))
    found = names.resolve(asked)
    if format_ == "json":
        from app.reports.canonical_json import resolution_as_json

        _machine({"items": [resolution_as_json(resolution) for resolution in found]})
        return
    from app.catalogue.load import catalogue
    from app.reports.text_resolutions import resolutions_page

    page = resolutions_page(found, catalogue(), language, terminal.width(sys.stdout))
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))


def _machine(value: dict[str, Any]) -> None:
    from app.reports.canonical_json import written

    terminal.answer_bytes(written(value))


def _written_names(raw: Any) -> Iterator[WrittenName]:
    """The names of a list of names, or of the KPIs and outcomes of a document. Raises Refused with the place of what is wrong."""
    from app.services.names import WrittenName

    listed = raw.get("names") if isinstance(raw, Mapping) else raw
    if listed is None and isinstance(raw, Mapping) and "kpis" in raw:
        listed = list(_of_document(raw))
    if not isinstance(listed, list):
        raise Refused('the file holds no names: expected {"names": […]}, a list, or a model document with "kpis"')
    for number, entry in enumerate(listed):
        entry = {"name": entry} if isinstance(entry, str) else entry
        if not isinstance(entry, Mapping) or not isinstance(entry.get("name"), str):
            raise Refused(f"/names/{number} is no name: expected text, or an object with “name”")
        if unknown := sorted(set(entry) - set(_KNOWN)):
            raise Refused(f"/names/{number} has an unknown member {unknown[0]!r}: expected {', '.join(_KNOWN)}")
        yield WrittenName(**{member: entry[member] for member in _KNOWN if entry.get(member) is not None})


def _of_document(raw: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    functions = {d.get("key"): d.get("function") for d in raw.get("departments") or [] if isinstance(d, Mapping)}
    for section in ("kpis", "outcomes"):
        for item in raw.get(section) or []:
            if isinstance(item, Mapping):
                function = "customer" if section == "outcomes" else functions.get(item.get("department"))
                yield {**{k: item.get(k) for k in ("name", "unit", "direction")}, "function": function}

"""`concord rules`: which rules there are, and whether their examples come out as they say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import rules_analyse, rules_check, rules_service, terminal
from app.cli.commands import Command, Group, command_app
from app.cli.failures import FINDINGS, Refused
from app.cli.options import ColourOption, FormatOption, LanguageOption

if TYPE_CHECKING:
    from app.domain.rules.problems import RuleProblem
    from app.domain.rules.rule import Rule

app = command_app(cls=Group)
app.command("check", cls=Command, epilog=rules_check.CHECK_EXAMPLES)(rules_check.check)
app.command("dry-run", cls=Command, epilog=rules_check.DRY_RUN_EXAMPLES)(rules_check.dry_run)
app.command("analyse", cls=Command, epilog=rules_analyse.EXAMPLES)(rules_analyse.analyse)
app.command("push", cls=Command, epilog=rules_service.PUSH_EXAMPLES)(rules_service.push)
app.command("pull", cls=Command, epilog=rules_service.PULL_EXAMPLES)(rules_service.pull)
app.command("approve", cls=Command, epilog="concord rules approve ACM101")(rules_service.approve)
app.command("activate", cls=Command, epilog=rules_service.ACTIVATE_EXAMPLES)(rules_service.activate)
app.command("retire", cls=Command, epilog="concord rules retire ACM101")(rules_service.retire)
app.command("export", cls=Command, epilog="concord rules export acme --output acme.pack.yaml")(rules_service.export)
app.command("import", cls=Command, epilog=rules_service.IMPORT_EXAMPLES)(rules_service.import_)


@app.callback(
    epilog="""\
concord rules list
concord rules check my-rules/
concord rules dry-run my-rules/ --document acme.yaml
concord rules push my-rules/ --activate
concord rules analyse my-rules/ --document acme.yaml"""
)
def rules() -> None:
    """The rules: what they report; and rules of your own, from the first check to the service."""


@app.command(
    "list",
    cls=Command,
    epilog="""\
concord rules list
concord rules list --pack incentive-design --lang de
concord rules list --format json""",
)
def list_(
    pack: Annotated[str | None, typer.Option("--pack", help="Only the rules of this pack.")] = None,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """Every built-in rule with what it reports, by pack."""
    from app.services import knowledge

    if pack is not None:
        knowledge.rule_pack(pack)
    chosen = [rule for _, rule in sorted(knowledge.rules().items()) if pack in (None, rule.pack)]
    if format_ == "json":
        from app.reports.canonical_json import written

        terminal.answer_bytes(written({"items": [_as_json(rule) for rule in chosen]}))
        return
    from app.reports.text_knowledge import rules_page

    page = rules_page(chosen, language, terminal.width(sys.stdout))
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))


@app.command(
    cls=Command,
    epilog="""\
concord rules test
concord rules test my-rules/
concord rules test my-rules/ACM101-no-weekend-quota.yaml""",
)
def test(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Rule files and folders of them; none: the built-in rules."),
    ] = None,
) -> None:
    """Compile rules and run their examples: those that must match, and those that must stay silent.

    Exit status: 0 all come out as they say, 1 some do not, 2 wrong use or a rule that is none.
    """
    tried = list(_built_in() if not paths else _written(paths))
    failures = [t for t in tried if t.problems]
    for trial in failures:
        for problem in trial.problems:
            terminal.answer(f"{trial.name}: {problem}\n")
    examples = sum(trial.examples for trial in tried)
    terminal.answer(f"{_counted(len(tried), 'rule')}, {_counted(examples, 'example')}, {len(failures)} failed\n")
    raise typer.Exit(FINDINGS if failures else 0)


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule that was tried: what came out otherwise than it says."""

    name: str
    examples: int
    problems: tuple[str, ...]


def _built_in() -> Iterator[Trial]:
    from app.services import knowledge

    for id_, rule in sorted(knowledge.rules().items()):
        yield _trial(id_, rule)


def _written(paths: list[str]) -> Iterator[Trial]:
    """The rules of files; a file that holds no rule is a trial that failed."""
    from app.catalogue.shapes import faults
    from app.cli.inputs import Input
    from app.cli.problems import problems_of
    from app.domain.rules.rule import rule_from

    for path in _files(paths):
        given = Input(path.as_posix(), path)
        with problems_of(given, "en"):
            raw = given.read().raw
        if wrong := tuple(faults("rules", raw)):
            yield Trial(given.name, 0, wrong)
        else:
            yield _trial(given.name, rule_from(raw))


def _files(paths: list[str]) -> Iterator[Path]:
    for given in map(Path, paths):
        if not given.exists():
            raise Refused(f"there is no file {given}")
        found = [given] if given.is_file() else sorted(given.rglob("*.yaml"))
        yield from (path for path in found if path.name != "pack.yaml")


def _trial(name: str, rule: Rule) -> Trial:
    from app.domain.facts.kinds import FACT_KINDS
    from app.domain.rules.examples import example_problems
    from app.domain.rules.problems import RuleInvalid
    from app.domain.rules.rule import compile_rule

    try:
        found = example_problems(compile_rule(rule, FACT_KINDS))
    except RuleInvalid as invalid:
        found = list(invalid.problems)
    return Trial(name, len(rule.matches) + len(rule.silent), tuple(_told(problem, rule) for problem in found))


def _told(problem: RuleProblem, rule: Rule) -> str:
    """The problem with its place underlined, where it lies in an expression of the rule."""
    near = f"; did you mean {problem.nearest!r}?" if problem.nearest else ""
    expected = f", expected {problem.expected}" if problem.expected else ""
    text = {"condition": rule.condition, "severity": rule.severity}.get(problem.part)
    caret = "\n" + "\n".join(f"    {line}" for line in problem.caret(text).splitlines()) if text else ""
    return f"{problem.part}: {problem.message}{expected}{near}{caret}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "name": rule.name,
        "pack": rule.pack,
        "version": rule.version,
        "fact_kind": rule.fact_kind,
        "finding": rule.finding,
        "flaw": rule.flaw,
        "title": dict(rule.title),
    }

"""`concord rules check` and `concord rules dry-run`: whether own rules are sound, and what they would change in what is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import terminal
from app.cli.failures import REFUSED, Refused
from app.cli.options import AsOfOption, FormatOption, LanguageOption, day_or_today

if TYPE_CHECKING:
    from datetime import date

    from app.domain.rules.rule import Rule
    from app.domain.terms import Language

MOST_NEAR = 5
"""Near misses of a rule that are told, the first of the table."""

PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Files of rules or packs (YAML, JSON), and folders of them.")
]

CHECK_EXAMPLES = """\
concord rules check my-rules/
concord rules check my-rules/ACM101-no-weekend-quota.yaml --lang de"""

DRY_RUN_EXAMPLES = """\
concord rules dry-run my-rules/ --document acme.yaml
concord rules dry-run my-rules/ACM101.yaml --organization acme    # in the service"""

_TEXTS = {
    "sound": ("{name}: {id} is sound: {words}", "{name}: {id} ist in Ordnung: {words}"),
    "lacking": ("  for a pack: {lacking}", "  für ein Paket: {lacking}"),
    "checked": ("{n} checked, {wrong} wrong", "{n} geprüft, {wrong} fehlerhaft"),
    "new": ("new", "neu"),
    "gone": ("gone", "weg"),
    "regraded": ("of another level", "mit anderer Stufe"),
    "none": ("Nothing that is found would change.", "An dem, was gefunden wird, änderte sich nichts."),
    "rule": (
        "{id}: {matched} of {rows} match, {clear} are clear, {open} cannot be judged",
        "{id}: {matched} von {rows} treffen zu, {clear} sind in Ordnung, {open} sind nicht zu beurteilen",
    ),
    "near": ("  nearly: {subject}, but {said}", "  beinahe: {subject}, aber {said}"),
    "missing": ("  missing: {fields}", "  es fehlt: {fields}"),
}


def check(
    paths: PathsArgument,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """Check own rules: shape, types, placeholders, names, examples; every problem with its line, and what was meant.

    Exit status: 0 all are sound, 2 some are not.
    """
    from app.catalogue.load import catalogue
    from app.cli.rule_files import tell_problems, written_rules
    from app.domain.rules.check import checked
    from app.reports.canonical_json import written as as_bytes
    from app.services.rule_trials import check as check_one

    found = written_rules(paths, language)
    if format_ == "json":
        items = [{"file": one.name, **check_one(one.raw, language)} for one in found]
        terminal.answer_bytes(as_bytes({"items": items}))
        raise typer.Exit(0 if all(one["valid"] for one in items) else REFUSED)
    wrong = 0
    for one in found:
        result = checked(one.raw, catalogue())
        if not result.is_sound:
            wrong += 1
            tell_problems(one, result, language)
            continue
        told = check_one(one.raw, language)
        words = told["condition"][language]
        terminal.answer(f"{_said('sound', language, name=one.name, id=result.rule.id, words=words)}\n")
        for lacking in told["lacking"]:
            terminal.answer(f"{_said('lacking', language, lacking=lacking)}\n")
    terminal.answer(f"{_said('checked', language, n=len(found), wrong=wrong)}\n")
    raise typer.Exit(REFUSED if wrong else 0)


def dry_run(
    paths: PathsArgument,
    document: Annotated[
        str | None, typer.Option("--document", "-d", metavar="FILE", help="Try them on this document, here.")
    ] = None,
    organization: Annotated[
        str | None,
        typer.Option("--organization", "-o", metavar="KEY", help="Try them on an organization of the service."),
    ] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """What own rules would change in what is found today: new, gone, of another level, and what they cannot judge.

    Nothing is stored. Rules of ids that are known stand for those.
    """
    from app.cli.rule_files import sound_rules

    if (document is None) == (organization is None):
        raise Refused("say what to try them on: --document FILE, or --organization KEY of the service")
    rules = sound_rules(paths, language)
    if organization is not None:
        from app.cli import remote

        with remote.connected() as client, remote.organization_in(client, organization):
            raws = [written.raw for written, _ in rules]
            answer = dict(client.rules.dry_run(raws, organization=organization, as_of=as_of))
    else:
        answer = _tried_here([one.rule for _, one in rules], str(document), as_of, language)
    if format_ == "json":
        from app.reports.canonical_json import written as as_bytes

        terminal.answer_bytes(as_bytes(answer))
        return
    terminal.answer("".join(f"{line}\n" for line in _lines(answer, language)))


def _tried_here(rules: list[Rule], document: str, as_of: date | None, language: Language) -> dict[str, Any]:
    from app.catalogue.load import catalogue
    from app.cli.inputs import one_input
    from app.cli.problems import problems_of
    from app.domain.policy import NO_POLICY
    from app.domain.rule_trials import trial
    from app.domain.rulebook import built_in, with_own
    from app.services.audits import document_of
    from app.services.rule_trials import rows_as_json, trial_as_json

    given = one_input(document)
    with problems_of(given, language):
        read = document_of(given.read())
    after = with_own(catalogue(), [rule._replace(status="active") for rule in rules])
    ids, day = [rule.id for rule in rules], day_or_today(as_of)
    found = trial(read, catalogue(), built_in(catalogue()), after, ids, as_of=day, policy=NO_POLICY, language=language)
    return {"as_of": day.isoformat(), **trial_as_json(found, rows_as_json(read, after, ids, day, language))}


def _lines(answer: dict[str, Any], language: Any) -> list[str]:
    """The difference as lines: how each rule came out, then each finding with a mark."""
    from app.reports.text_line import plain
    from app.reports.text_words import Words

    words = Words(language)
    lines = []
    for rule in answer["rules"]:
        counts = {"matched": rule["matched"], "rows": rule["rows"], "clear": rule["clear"]}
        lines.append(_said("rule", language, id=rule["id"], open=rule["not_assessable_rows"], **counts))
        missing = sorted({field for row in rule["not_assessable"] for field in row["missing"]})
        if missing:
            lines.append(_said("missing", language, fields=", ".join(missing)))
        lines += [
            _said("near", language, subject=_about(row["subjects"]), said=row["decided_by"][0]["said"])
            for row in rule["told"]
            if row["outcome"] == "near_miss" and row["decided_by"]
        ][:MOST_NEAR]
    for mark, kind in (("+", "new"), ("-", "gone"), ("~", "regraded")):
        for one in answer[kind]:
            level = words(one["level"])
            if kind == "regraded":
                level = f"{words(one['level_before'])} → {level}"
            lines.append(f"{mark} {one['rule']} {level}: {plain(one['title'])}")
    summary = ", ".join(f"{answer['counts'][kind]} {_said(kind, language)}" for kind in ("new", "gone", "regraded"))
    lines.append(summary if any(answer["counts"].values()) else _said("none", language))
    return lines


def _about(subjects: list[dict[str, str]]) -> str:
    """The key of what a row is about."""
    return next((one["key"] for one in subjects if one["role"] == "subject"), subjects[0]["key"] if subjects else "–")


def _said(text: str, language: str, **values: object) -> str:
    return _TEXTS[text][1 if language == "de" else 0].format(**values)

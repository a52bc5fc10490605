"""Commands and groups as Concord shows them: loaded when called, with examples in their help, failures told in a line."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from app.cli.endings import reported

COMMANDS = {
    "audit": "Find conflicts in documents, and the changes that clear them.",
    "recommend": "Single changes that clear what is found, each proved.",
    "plan": "The few changes that clear the most, under constraints.",
    "apply": "Write a recommendation or a plan into a document.",
    "diff": "What differs between two documents, part by part.",
    "why": "Why two goals are in conflict, or why not.",
    "cut": "The fewest safeguards between two departments.",
    "sensitivity": "How far findings stand when strengths are not sure.",
    "deciding": "Which influence decides a finding, or between two goals.",
    "value": "What conflicts may cost, where outcomes have a price.",
    "explain": "What a rule, metric, remedy, source or finding is.",
    "init": "Write a realistic starter document.",
    "import": "Show what a file would change in a document, row by row.",
    "convert": "Turn a document into YAML, JSON, a workbook or CSV sheets.",
    "metrics": "Search the catalogue's metrics; resolve KPI names.",
    "rules": "List the rules; check, try and keep rules of your own.",
    "schema": "Print the JSON Schema of the model document.",
    "serve": "Serve the HTTP API.",
    "worker": "Do jobs beside the service.",
    "login": "Remember a service and its key, for the next four.",
    "push": "Replace a document in the service with a file.",
    "pull": "Get a document from the service.",
    "status": "Who I am at the service, and what differs from my files.",
    "analyze": "Analyse a document in the service, and show the result.",
    "scenarios": "What-ifs on a document in the service.",
    "assess": "How customer-centric a company is, as people see it.",
    "roadmap": "The road out of conflicts, in the service.",
    "customers": "What customers in the service are worth, and what moves it.",
    "business-case": "What a scenario gives back, when, at which cost.",
    "evidence": "What own observations say of influences.",
    "keys": "Make, list and revoke API keys on the service's database.",
    "settings": "Show the settings of the service that are in force.",
    "doctor": "Look whether the service can run here.",
    "migrate": "Bring the service's database up to date.",
    "backup": "Copy the service's database into a file, while it runs.",
    "restore": "Fill an empty database with a backup.",
    "audit-log": "Verify what the service has recorded.",
}
"""Command → what it is for. The module of the same name is imported when the command is called."""

_MODULES = {"import": "imports", "audit-log": "audit_log", "business-case": "business_case"}
"""Commands whose name no module can have."""


class _Commands(MutableMapping[str, Any]):
    """The commands by name, each built from its module at first use."""

    def __init__(self) -> None:
        self._loaded: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._loaded:
            if name not in COMMANDS:
                raise KeyError(name)
            self._loaded[name] = get_command(import_module(f"app.cli.{_MODULES.get(name, name)}").app)
        return self._loaded[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**COMMANDS, **self._loaded})

    def __len__(self) -> int:
        return len({**COMMANDS, **self._loaded})


class Command(TyperCommand):
    """A command whose epilog is a list of examples, and whose failures become exit statuses."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return plain_flag(super().get_help_option(ctx))

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Read the arguments; what is said of a wrong one is said without the name of the exception behind it."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except typer.BadParameter as bad:
            bad.message = bad.message.removeprefix("Value error, ")
            raise

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with reported():
            return super().invoke(ctx)

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The arguments of the usage line; those that must be given stand without brackets."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments and options; what an option is about (`rich_help_panel`) is the heading that it stands under."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                about = "Arguments" if param.param_type_name == "argument" else "Options"
                sections.setdefault(getattr(param, "rich_help_panel", None) or about, []).append(record)
        for heading, records in sections.items():
            with formatter.section(heading):
                formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The examples, one a line, as they can be pasted."""
        write_examples(self.epilog, formatter)


class Group(TyperGroup):
    """A group of commands with examples."""

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return plain_flag(super().get_help_option(ctx))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The examples, one a line, as they can be pasted."""
        write_examples(self.epilog, formatter)


class LazyGroup(Group):
    """The group at the top: it knows what its commands are for without importing them."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Commands()

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of the table."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def write_examples(examples: str | None, formatter: Any) -> None:
    """A section of a help text that shows commands as they can be pasted."""
    if examples:
        with formatter.section("Examples"):
            for line in examples.strip().splitlines():
                formatter.write(f"  {line.strip()}\n")


def plain_flag(option: Any) -> Any:
    """A flag that is false when it is not given; as None it would be checked, which takes all of pydantic to be loaded."""
    if option is not None:
        option.default = False
    return option


def command_app(**settings: Any) -> typer.Typer:
    """A Typer application for one command, or for a group when it gets a callback."""
    return typer.Typer(
        rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False, no_args_is_help=False, **settings
    )

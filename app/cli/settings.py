"""`concord settings`: what is in force."""

from __future__ import annotations

import json

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.options import FormatOption

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord settings
concord settings --format json
CONCORD_PORT=9000 concord settings""",
)
def settings(format_: FormatOption = "text") -> None:
    """Show every setting of the service with the value that is in force here. Secrets are told of, not shown."""
    from app.services.stores import default_url
    from app.settings import Settings, SettingsInvalid, in_force

    try:
        found = Settings.from_environment()
    except SettingsInvalid as invalid:
        raise Refused(str(invalid)) from None
    known = list(in_force(found, database_url=default_url()))
    if format_ == "json":
        said = {one.variable: {"value": one.value, "set": one.is_set, "meaning": one.meaning} for one in known}
        terminal.answer(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
        return
    rows = [[one.variable, one.value or "(empty)", "set" if one.is_set else "default"] for one in known]
    terminal.answer("".join(f"{line}\n" for line in columns([["SETTING", "VALUE", "FROM"], *rows])))

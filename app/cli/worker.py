"""`concord worker`: does jobs beside the service, on the same database."""

from __future__ import annotations

import signal
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused

app = command_app()

HANDING_BACK = 5
"""Seconds of the time for ending that are left for handing jobs back."""

AT_A_TIME = 1
"""Seconds that are waited at a time: a signal that comes just before one waits ends no wait."""


@app.command(
    cls=Command,
    epilog="""\
CONCORD_JOBS=off concord serve & concord worker
concord worker --at-once 4""",
)
def worker(
    at_once: Annotated[
        int | None, typer.Option("--at-once", min=1, max=64, help="Jobs at the same time (CONCORD_JOBS_AT_ONCE).")
    ] = None,
) -> None:
    """Do jobs, recurring work and webhooks on the service's database, until a signal ends it. All settings are CONCORD_… variables."""
    from logging.config import dictConfig

    from app.cli.stores import open_store
    from app.services import knowledge
    from app.services.sealing import sealer_of
    from app.settings import Settings, SettingsInvalid
    from app.web.logs import log_config
    from app.worker import Worker

    try:
        settings = Settings.from_environment()
    except SettingsInvalid as invalid:
        raise Refused(str(invalid)) from None
    dictConfig(log_config(settings.log_level, settings.log_format))
    signals = SimpleQueue[int]()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: signals.put(number))
    knowledge.version()
    with open_store() as store:
        doing = Worker(store, sealer_of(settings.secret_key), at_once=at_once or settings.jobs_at_once)
        doing.start()
        terminal.say(f"Concord does jobs as {doing.name}; stop with Ctrl-C")
        _wait_for_one(signals)
        doing.stop(max(0, settings.shutdown_seconds - HANDING_BACK))


def _wait_for_one(signals: SimpleQueue[int]) -> None:
    """Wait for a signal. A queue takes one whatever the thread is at that it interrupts, which an event does not."""
    while True:
        with suppress(Empty):
            signals.get(timeout=AT_A_TIME)
            return

"""Logs: a line for each event on standard error, as text for people or as JSON for machines, with ids but never bodies, keys or tokens."""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from uvicorn.config import LOGGING_CONFIG

LogFormat = Literal["text", "json"]


def log_config(level: str, form: LogFormat) -> dict[str, Any]:
    """How the server's log and the service's own are written."""
    ours = {"handlers": ["default"], "level": level.upper(), "propagate": False}
    config: dict[str, Any] = deepcopy(LOGGING_CONFIG)
    config["loggers"]["concord"] = ours
    if form == "text":
        return config
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": [*_STEPS], "foreign_pre_chain": [*_BEFORE]}
    return {**config, "formatters": {"default": formatter, "access": formatter}}


def _fields(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """What a line says beside its text, as members of its own."""
    record: logging.LogRecord | None = event.get("_record")
    said = getattr(record, "fields", None)
    return {**event, **said} if said else event


_BEFORE: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _fields,
)
_STEPS: tuple[Processor, ...] = (
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    structlog.processors.JSONRenderer(ensure_ascii=False),
)

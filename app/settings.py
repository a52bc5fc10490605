"""What the surroundings decide: `CONCORD_…` variables → one frozen object. Read by `app.main` and the command line, nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, NamedTuple

PREFIX = "CONCORD_"


class SettingsInvalid(ValueError):
    """Variables that hold what cannot be used; the text names each, what was found and what was expected."""


def _setting(default: Any, meaning: str, *, low: int = 0, high: int = 0, words: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"meaning": meaning, "low": low, "high": high, "words": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the service runs."""

    host: str = _setting("127.0.0.1", "Address on which the service listens; `0.0.0.0` for all of the machine's.")
    port: int = _setting(8000, "Port on which it listens; 0 takes a free one.", high=65_535)
    public_url: str = _setting(
        "", "Address under which clients reach it, without a slash at the end; empty: the one that each request names."
    )
    trusted_proxies: str = _setting(
        "127.0.0.1",
        "Addresses of proxies whose `X-Forwarded-…` headers are believed, separated by commas; `*` for all.",
    )
    workers: int = _setting(1, "Processes that answer requests.", low=1, high=64)
    audits_at_once: int = _setting(2, "Audits that one process computes at the same time.", low=1, high=64)
    audits_waiting: int = _setting(16, "Audits that may wait for their turn; one more is answered 503.", high=10_000)
    audit_goals: int = _setting(
        1_000, "KPIs and components together that a document may have to be audited over HTTP.", low=1, high=10_000
    )
    shutdown_seconds: int = _setting(25, "How long running requests may take to end after SIGTERM.", high=600)
    log_level: str = _setting(
        "info", "What is logged: `debug`, `info`, `warning` or `error`.", words=("debug", "info", "warning", "error")
    )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment makes; raises SettingsInvalid with every fault."""
        values: dict[str, Any] = {}
        faults: list[str] = []
        for known in fields(cls):
            written = environment.get(variable(known.name), "").strip()
            if not written:
                continue
            try:
                values[known.name] = _value(known, written)
            except ValueError as fault:
                faults.append(f"{variable(known.name)} is {written[:80]!r}, expected {fault}")
        if faults:
            raise SettingsInvalid("; ".join(faults))
        return cls(**values)


class Row(NamedTuple):
    """A setting as it is documented."""

    variable: str
    default: str
    meaning: str


def rows() -> Iterator[Row]:
    """Every setting, for the table in docs/ and the command line."""
    for known in fields(Settings):
        yield Row(variable(known.name), str(known.default), known.metadata["meaning"])


def table() -> str:
    """The settings as a Markdown table."""
    lines = ["| variable | default | what it decides |", "| --- | --- | --- |"]
    for row in rows():
        default = f"`{row.default}`" if row.default else "(empty)"
        lines.append(f"| `{row.variable}` | {default} | {row.meaning} |")
    return "\n".join(lines) + "\n"


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _value(known: Field[Any], written: str) -> str | int:
    words = known.metadata["words"]
    if words and written not in words:
        raise ValueError(f"one of {', '.join(words)}")
    if not isinstance(known.default, int):
        return written.rstrip("/") if known.name == "public_url" else written
    low, high = known.metadata["low"], known.metadata["high"]
    if not (written.isascii() and written.isdigit() and low <= int(written) <= high):
        raise ValueError(f"a whole number from {low} to {high}")
    return int(written)

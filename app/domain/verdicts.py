"""What an audit hands to whoever shows it: every finding with what the company's settings, waivers and baseline say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from app.domain.findings import Analysis, Finding
from app.domain.terms import Language, Level

Standing = Literal["new", "unchanged"]
"""How a finding stands to a baseline."""


class Waiver(NamedTuple):
    """Who accepted a finding, why and until when: it is shown as waived and never fails a run."""

    owner: str | None
    reason: str | None
    expires: date | None
    place: str = ""
    """Where the waiver stands: `suppressions[2]` of the document, or `waivers.yaml [2]`."""


class Verdict(NamedTuple):
    """One finding and what is said of it. Findings that the report folds under another (`also`) have a verdict of their own."""

    finding: Finding
    """As graded by the settings; its `also` is empty."""
    engine_level: Level
    """Its level before any override."""
    waiver: Waiver | None = None
    baseline: Standing | None = None
    """None when no baseline was given."""
    override: str | None = None
    """Where the override stands, such as `concord.toml rules.FLU101`."""

    @property
    def counts(self) -> bool:
        """Whether it may fail a run: neither waived nor known from the baseline."""
        return self.waiver is None and self.baseline != "unchanged"


class Setting(NamedTuple):
    """A setting that was in force and departs from the defaults, and where it comes from."""

    name: str
    value: Any
    """As in JSON."""
    origin: str
    """The file, as it was named, or `command line`."""


@dataclass(frozen=True, slots=True)
class AuditReport:
    """One document as audited. `verdicts`: worst first; what was not selected is left out, what is waived is in."""

    file: str
    analysis: Analysis
    verdicts: tuple[Verdict, ...]
    place: Callable[[str], tuple[int, int] | None]
    """JSON pointer → (line, column), both from 1, in a YAML or JSON file; None for other files and unknown pointers."""
    notices: tuple[str, ...]
    """What a reader must know of waivers and baselines: unused, expired, unknown, void, fixed."""
    as_of: date
    language: Language
    settings: tuple[Setting, ...] = ()
    raw: Mapping[str, Any] = field(default_factory=dict)
    """The document as submitted: it gives names to keys, and pointers to what has a key."""

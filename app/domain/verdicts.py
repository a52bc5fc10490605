"""What a run says of each finding: graded by the settings, waived by somebody, new or known; and the report of one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from app.domain.findings import Analysis, Finding
from app.domain.terms import Language, Level


class Waiver(NamedTuple):
    """Who accepted a finding, why, and until which day; an empty text is not given."""

    owner: str = ""
    reason: str = ""
    expires: date | None = None
    place: str = ""
    """Where the waiver stands, such as `acme.yaml suppressions[2]`."""


class Verdict(NamedTuple):
    """A finding as a run judges it.

    Findings that a report folds under another have a verdict of their own: `finding.also` is empty.

    `finding`: as graded by the settings; `engine_level`: before any override; `waiver`: who accepted it, a waived finding never fails a
    run; `baseline`: None where no baseline was given; `override`: where the override stands, such as `concord.toml rules.FLU101`.
    """

    finding: Finding
    engine_level: Level
    waiver: Waiver | None = None
    baseline: Literal["new", "unchanged"] | None = None
    override: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it may fail a run: neither waived nor known from the baseline."""
        return self.waiver is None and self.baseline != "unchanged"


class Setting(NamedTuple):
    """A setting in force that departs from the defaults: `fail_on`, `rules.FLU101`; its value as in JSON; the file that says so, or `--fail-on`."""

    name: str
    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a run says of one file.

    `verdicts`: worst first, without what was not selected, with those that are waived; `place`: JSON pointer → line and column from 1 in a
    YAML or JSON file, None in others; `notices`: unused and expired waivers, stale entries of the baseline, settings in force, in the
    language; `raw`: the document as submitted, which gives names and places to keys.
    """

    file: str
    analysis: Analysis
    verdicts: tuple[Verdict, ...]
    place: Callable[[str], tuple[int, int] | None]
    notices: tuple[str, ...]
    as_of: date
    language: Language
    raw: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    settings: tuple[Setting, ...] = ()

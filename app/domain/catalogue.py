"""The knowledge base as values: metrics, influences, levers, families, citations, and what looks them up (semantics §1, §3).

Annotations are values here: as texts, each would be compiled at every start.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from app.domain.remedies import Remedy
from app.domain.rules.rule import Rule
from app.domain.terms import CONTROLS_ALL, Direction, Evidence, Kind, Strength, Support

Good = Literal["increase", "decrease", "none"]

NONE: Mapping[str, Any] = MappingProxyType({})

INDEX = "index"
"""Where a compiled catalogue's lexicon keeps the index of its names."""


class Metric(NamedTuple):
    """Something measured. `name` is English, `name_de` German; `inverse_aliases` name the same quantity with the opposite polarity."""

    id: str
    name: str
    function: str
    unit: str
    good_direction: Good
    name_de: str = ""
    aliases: tuple[str, ...] = ()
    inverse_aliases: tuple[str, ...] = ()
    reap: str = "none"
    kind: str = "output"
    timing: str = "lagging"
    horizon_days: int = 90
    gameability: str = "medium"
    gameability_how: str = ""
    customer_outcome: bool = False
    controllable_by: tuple[str, ...] = ()
    resolves: tuple[str, ...] = ()
    """Names as people write them that must resolve to this metric."""
    differs_from: tuple[str, ...] = ()
    """Near misses: names that must not."""
    note: str = ""
    own: bool = False

    @property
    def good(self) -> Direction | None:
        """The direction that is good, where there is one."""
        return {"increase": "up", "decrease": "down"}.get(self.good_direction)  # type: ignore[return-value]

    def controlled_by(self, function: str) -> bool:
        """Whether a department's function has the metric in its hands; a metric of which nothing is said is in anybody's."""
        return not self.controllable_by or function in self.controllable_by or function in CONTROLS_ALL


class Influence(NamedTuple):
    """An evidenced arc between two metrics, families or from a lever. `source_direction` limits the movement for which it is claimed."""

    id: str
    source: str
    target: str
    sign: Literal["+", "-", "0"]
    kind: Kind
    source_direction: Literal["up", "down", "both"]
    strength: Strength
    lag_days: int
    evidence: Evidence
    support: Support
    lag_days_min: int = 0
    lag_days_max: int = 0
    citations: tuple[str, ...] = ()
    mechanism: str = ""
    mechanism_de: str = ""
    when: str = ""
    when_de: str = ""
    told_for: Literal["", "up", "down"] = ""
    """The movement of the source that the mechanism is worded for; empty when it reads well either way."""
    contested: bool = False
    role: Literal["main", "counter"] = "main"
    counters: tuple[str, ...] = ()
    own: bool = False


class Lever(NamedTuple):
    """A design feature that acts like the source of a movement when a plan has it.

    `functions` and `families`: the goals beside which it is met (`any` = all); `visible`: where it shows (plan, kpi, partly, no);
    `shown_by`: what a reader looks for. Which levers a component has is decided by its fields alone (semantics §3, levers).
    """

    id: str
    name: str
    definition: str
    category: str
    typical_owner: str
    name_de: str = ""
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    visible: str = "no"
    shown_by: str = ""


class Family(NamedTuple):
    """An archetype for KPIs that the catalogue lacks: a scale on which up means more of what `up_means` says."""

    id: str
    name: str
    definition: str
    up_means: str
    name_de: str = ""
    up_means_de: str = ""
    reap: str = "none"
    kind: str = "output"
    timing: str = "lagging"
    horizon_days: int = 90
    customer_outcome: bool = False
    gameability: str = "medium"
    gameability_how: str = ""
    cues: tuple[str, ...] = ()
    adverse_cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


class Citation(NamedTuple):
    """Where a claim comes from.

    `status`: `verified` = the source or its record was seen; `memory` = nobody has looked it up: shown as unverified; `editorial` = no
    source but a mark of the catalogue's own (judgement without a study, arithmetic). `seen`: abstract, excerpt, secondary or record.
    """

    id: str
    authors: tuple[str, ...]
    year: int | None
    title: str
    venue: str
    status: str
    doi: str | None = None
    doi_seen: bool = False
    seen: str = ""
    address: str = ""
    type: str = ""
    finding: str = ""
    short: str = ""
    """How a text names it where not by its authors: a body by its letters; a guideline by its number, which stands for the year too."""

    @property
    def verified(self) -> bool:
        """Whether the source or its record was seen."""
        return self.status == "verified"


class MetricFamily(NamedTuple):
    """The family of a metric; `+`: metric up is family up."""

    family: str
    orientation: Literal["+", "-"]


class Saying(NamedTuple):
    """How a movement is said aloud, by the id of a metric, of a family (`family:…`) or of a lever.

    Each language: subject, what it does going up, what it does going down; a German verb stands first. A lever has a lead-in only.
    """

    id: str
    en: tuple[str, ...]
    de: tuple[str, ...]


class Catalogue(NamedTuple):
    """All knowledge, by id. `rules` and `remedies` are the built-in packs."""

    version: str
    metrics: Mapping[str, Metric]
    influences: Mapping[str, Influence]
    levers: Mapping[str, Lever]
    families: Mapping[str, Family]
    family_influences: Mapping[str, Influence]
    metric_families: Mapping[str, MetricFamily]
    citations: Mapping[str, Citation]
    rules: Mapping[str, Rule] = NONE
    remedies: Mapping[str, Remedy] = NONE
    rule_packs: Mapping[str, str] = NONE
    sayings: Mapping[str, Saying] = NONE
    lexicon: Mapping[str, object] = NONE
    """Words that the resolver reads names with (`app.domain.names.resolve`)."""

    def __eq__(self, other: object) -> bool:
        """A catalogue is equal to itself alone: what is searched in it is kept by it."""
        return self is other

    def __hash__(self) -> int:
        return id(self)

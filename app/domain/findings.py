"""What an analysis says, as frozen values: findings with their chains, resolutions, recommendations, the whole analysis.

The JSON of these values is the contract with outside programs (`app.reports.canonical_json`); members are named as there.

Annotations are values here: as texts, each would be compiled at every start.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from app.domain.terms import Evidence, FindingKind, Kind, Level, Movement, Strength, Support

Method = Literal["pinned", "exact", "alias", "fuzzy", "semantic", "own", "family", "unresolved"]

Standing = Literal["new", "unchanged"]
"""How a finding stands to a baseline."""

NO_FACTS: Mapping[str, Any] = MappingProxyType({})


class Subject(NamedTuple):
    """What a finding is about: kind (`kpi`, `component`, `outcome`, `department`, `incentive_plan`, `organization`), key and role."""

    kind: str
    key: str
    role: str = "subject"


class Candidate(NamedTuple):
    """A metric that a name may mean, with its score in 0–1."""

    metric: str
    score: float
    inverted: bool = False


class Resolution(NamedTuple):
    """What a name was taken to mean. `metric` is None for methods `family` and `unresolved`."""

    name: str
    metric: str | None
    inverted: bool
    family: str | None
    score: float
    method: Method
    candidates: tuple[Candidate, ...] = ()
    subject: Subject | None = None
    family_direction: Literal["up", "down"] | None = None
    """For `family` answers: the direction of the family that the wanted direction of the KPI means."""


class ChainLink(NamedTuple):
    """One arc of a witness chain; ends are movements of metrics or (basis `family`) of families, written `family:<id>`."""

    id: str
    source: Movement
    target: Movement
    kind: Kind
    strength: Strength
    lag_days: int
    evidence: Evidence
    support: Support
    citations: tuple[str, ...]
    mechanism: str
    when: str = ""
    contested: bool = False
    counters: tuple[str, ...] = ()
    lever: str = ""
    means: bool = False
    """True when an identity is walked backwards: whoever is pushed on a sum is pushed on its parts."""


class Condition(NamedTuple):
    """A sub-condition that decided, with the values it read; `holds` is None when unknown."""

    expression: str
    value: Mapping[str, Any]
    holds: bool | None


class Finding(NamedTuple):
    """One thing that a rule reports. Numbers: severity 0–100, confidence and sign reliability 0–1."""

    fingerprint: str
    kind: FindingKind
    rule: str
    rule_version: int
    flaw: str | None
    level: Level
    severity: float
    confidence: float
    subjects: tuple[Subject, ...]
    departments: tuple[str, ...]
    title: str
    explanation: str
    remedies: tuple[str, ...]
    contested: bool = False
    sign_reliability: float | None = None
    basis: Literal["metric", "family"] | None = None
    related: tuple[Subject, ...] = ()
    chain: tuple[ChainLink, ...] = ()
    help: tuple[ChainLink, ...] = ()
    conditions: tuple[Condition, ...] = ()
    facts: Mapping[str, Any] = NO_FACTS
    """The row that made it true: pressure, importance, harm, help, net, internalised, lag_days … for the severity arithmetic."""
    references: tuple[str, ...] = ()
    status: Literal["open", "waived"] = "open"
    also: tuple["Finding", ...] = ()
    grounds: str = ""
    """A mark of what it rests on (app.domain.grounds): a waiver that names it ends when chain or sources change."""
    engine_level: Level | None = None
    """The engine's own level where an override gave another."""
    override: str = ""
    """Where the override stands, such as `concord.toml rules.FLU101`."""
    baseline: Standing | None = None
    """How it stands to the baseline; None without one."""


class Effect(NamedTuple):
    """What a recommendation was seen to do when the engine ran on the changed document."""

    severity_before: float
    severity_after: float
    alignment_before: float | None
    alignment_after: float | None
    removed: tuple[str, ...]
    weakened: tuple[str, ...]
    worsened: tuple[str, ...]


class Cost(NamedTuple):
    """What a change costs to make.

    `weight_moved`: shares of incentive plans that move to another component, added up; `pay_moved`: the largest share of total pay that
    moves for anybody, 0–1; `plans`, `people` touched; `pay_amount`: money a year that moves, None where pay or heads are not known.
    """

    weight_moved: float
    pay_moved: float
    plans: int
    people: int
    pay_amount: float | None = None


class Recommendation(NamedTuple):
    """A remedy with this company's numbers, proved by a re-run. `patch` is a JSON Patch on the document as submitted."""

    id: str
    remedy: str
    title: str
    rationale: str
    addresses: tuple[str, ...]
    patch: tuple[Mapping[str, Any], ...]
    effect: Effect
    cost: Cost
    effort: Literal["low", "medium", "high"]
    owners: tuple[str, ...]
    risks: tuple[str, ...]


class GoalView(NamedTuple):
    """A goal as reported: who pushes what, how hard, and what that is made of."""

    department: str
    subject: Subject
    metric: str | None
    direction: Literal["up", "down"] | None
    pressure: float
    exposure: Mapping[str, float]


class OutcomeEffect(NamedTuple):
    """What a department's goals do for and against an outcome."""

    outcome: str
    help: float
    harm: float


class DepartmentView(NamedTuple):
    """A department's alignment with what customers are owed (−1 to 1, None when it reaches no outcome)."""

    key: str
    alignment: float | None
    coverage: float
    pressure: float
    effects: tuple[OutcomeEffect, ...]


class MatrixCell(NamedTuple):
    """Findings from one department's goals to another's or to the `customer`."""

    source: str
    target: str
    count: int  # type: ignore[assignment]
    severity: float
    worst: str


class NotAssessable(NamedTuple):
    """A row on which a rule could not decide, and the fields that are missing."""

    subjects: tuple[Subject, ...]
    missing: tuple[str, ...]


class RuleOutcome(NamedTuple):
    """How one rule came out, fired or not: rows on which it holds, on which it does not, and on which nobody can say.

    `not_assessable` names the first rows of the last kind, by the order of the table.
    """

    id: str
    version: int
    fact_kind: str
    rows: int
    matched: int
    clear: int
    not_assessable_rows: int
    not_assessable: tuple[NotAssessable, ...] = ()


class NotRun(NamedTuple):
    """A rule that was not run: it was switched off, for a reason; not in force, with its period as `2027-01-01/`; or it does not fit what
    rules can read today, with what is wrong."""

    rule: str
    version: int
    because: Literal["off", "not_in_force", "unfit"]
    reason: str


class Loop(NamedTuple):
    """Goals whose movements feed each other; reinforcing when the signs multiply to plus."""

    movements: tuple[Movement, ...]
    reinforcing: bool


class Waived(NamedTuple):
    """A finding that somebody accepted."""

    fingerprint: str
    owner: str | None
    reason: str | None
    expires: str | None
    title: str
    level: Level
    place: str = ""
    """Where the waiver stands: `suppressions[2]` of the document, or file and line (`waivers.yaml:12`)."""
    finding: Finding | None = None
    """The finding itself."""


class Seen(NamedTuple):
    """Anything that a rule holds on, wanted or not: by it waivers and entries of baselines are told to be idle."""

    fingerprint: str
    rule: str
    keys: frozenset[str]
    """Of its subjects."""


class Setting(NamedTuple):
    """A setting that was in force and departs from the defaults: name (`rules.FLU101`), value as in JSON, where it comes from."""

    name: str
    value: Any
    origin: str
    """The file, as it was named, or `command line`."""


class Summary(NamedTuple):
    """The analysis in one look."""

    alignment_index: float | None
    levels: Mapping[str, int]
    kinds: Mapping[str, int]
    headline: str


class Analysis(NamedTuple):
    """Everything the engine says about one document."""

    concord: int
    engine: Mapping[str, Any]
    content_hash: str
    as_of: str
    summary: Summary
    departments: tuple[DepartmentView, ...]
    matrix: tuple[MatrixCell, ...]
    resolutions: tuple[Resolution, ...]
    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    waived: tuple[Waived, ...]
    rules: tuple[RuleOutcome, ...]
    loops: tuple[Loop, ...]
    goals: tuple[GoalView, ...]
    assumptions: tuple[str, ...]
    notices: tuple[str, ...] = ()
    """What a reader must know of waivers and baselines: unused, expired, unknown, void, fixed."""
    settings: tuple[Setting, ...] = ()
    not_run: tuple[NotRun, ...] = ()
    """Rules that were not run, and why."""
    seen: tuple[Seen, ...] = ()
    """Not reported: what waivers and baselines are compared with."""

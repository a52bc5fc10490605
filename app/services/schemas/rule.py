"""The shape of a rule, as it stands in its file and as it is published (docs/rule-language.md): good enough that editors complete and
check what they can."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain.rules.rule import Status
from app.domain.terms import FindingKind, Level

Expression = Annotated[str, Field(max_length=2000)]


class Texts(BaseModel):
    """The same said in English and German."""

    en: str
    de: str


class RuleTexts(BaseModel):
    """The same said in English and German, or in one of them, which then stands for the other, too."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    en: Annotated[str, Field(min_length=1, max_length=2000)] | None = None
    de: Annotated[str, Field(min_length=1, max_length=2000)] | None = None


class RulePeriod(BaseModel):
    """A half-open period: `to` is the first day after."""

    model_config = ConfigDict(extra="forbid")

    from_: Annotated[date | None, Field(alias="from", description="The first day.")] = None
    to: Annotated[date | None, Field(description="The first day after.")] = None


class DescribedPart(RuleTexts):
    """A part of the condition, and what it means."""

    condition: Annotated[Expression, Field(description="The part, as it is written in the condition.")]


class RuleExample(BaseModel):
    """Facts on which a rule must match, or stay silent, and why."""

    because: str
    facts: dict[str, Any]


class RuleExamples(BaseModel):
    """Facts by which anybody sees when a rule matches and when not."""

    silent: list[RuleExample]
    matches: list[RuleExample]


class WrittenExample(BaseModel):
    """Facts on which a rule must match, or stay silent, and why."""

    model_config = ConfigDict(extra="forbid")

    because: Annotated[str, Field(description="What these facts show.")]
    facts: Annotated[dict[str, Any], Field(description="Columns with their values; null: it is missing.")]


class WrittenExamples(BaseModel):
    """Two or more of each kind are wanted in packs."""

    model_config = ConfigDict(extra="forbid")

    silent: Annotated[list[WrittenExample], Field(description="The rule must stay silent on these.")] = []
    matches: Annotated[list[WrittenExample], Field(description="The rule must match these.")] = []


class RuleFile(BaseModel):
    """When to report what: a rule as it is written, built-in ones and those of organizations alike."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[
        str, Field(pattern="^[A-Z]{3}[0-9]{3}$", description="Three capitals and three digits; never used again.")
    ]
    name: Annotated[
        str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", description="The fault that it reports, in a few words.")
    ]
    pack: Annotated[str, Field(pattern="^[a-z0-9][a-z0-9._-]{0,62}$", description="Rules that are versioned together.")]
    version: Annotated[int, Field(ge=1, description="Counts changes; a service counts by itself.")] = 1
    status: Annotated[
        Status, Field(description="`draft` and `retired` rules are not run; a service keeps track by itself.")
    ] = "active"
    effective: Annotated[RulePeriod | None, Field(description="Days on which it is in force; always, if left out.")] = (
        None
    )
    fact_kind: Annotated[
        Literal["goal", "goal_pair", "goal_outcome", "component", "department", "organization"],
        Field(description="The table that it reads, one row after the other."),
    ]
    finding: Annotated[FindingKind, Field(description="What kind of finding it reports.")]
    flaw: Annotated[str | None, Field(description="Which flaw, where it reports one.")] = None
    params: Annotated[
        dict[str, bool | float | str],
        Field(description="Constants of its expressions by name, which organizations may set otherwise."),
    ] = {}
    condition: Annotated[Expression, Field(description="When it reports: an expression over the columns of its table.")]
    descriptions: Annotated[list[DescribedPart], Field(description="What parts of the condition mean.")] = []
    severity: Annotated[
        Annotated[str, Field(max_length=2000)] | float,
        Field(description="`standard`, a number of 0 to 100, or an expression that comes to one."),
    ] = "standard"
    confidence: Annotated[
        Annotated[str, Field(max_length=2000)] | float,
        Field(description="`standard`, a number of 0 to 1, or an expression that comes to one."),
    ] = "standard"
    base: Annotated[
        float | None, Field(ge=0, le=100, description="What a standard severity starts from; not for pairs.")
    ] = None
    stake: Annotated[str, Field(description="The column with the share of pay that hangs on a component's flaw.")] = (
        "stake"
    )
    title: Annotated[RuleTexts, Field(description="What it is about; placeholders as in messages.")]
    message: Annotated[
        RuleTexts, Field(description="What it reports; `{name}` stands for a column or a subject such as {department}.")
    ]
    rationale: Annotated[str, Field(min_length=1, max_length=2000, description="Why that matters.")]
    rationale_de: Annotated[str | None, Field(max_length=2000, description="The same in German.")] = None
    references: Annotated[
        list[str], Field(description="Citations of the catalogue, with `#clause`, or other sources in words.")
    ] = []
    remedies: Annotated[list[str], Field(description="Remedies of the catalogue that may help.")] = []
    examples: Annotated[
        WrittenExamples, Field(description="Facts by which anybody sees when it matches and when not.")
    ] = WrittenExamples()


Origin = Literal["built_in", "own"]


class RuleVersion(BaseModel):
    """A version of a rule: who wrote it, who approved and who activated it last."""

    version: Annotated[int, Field(ge=1)]
    content_hash: str
    author: str
    created_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    activated_by: str | None = None
    activated_at: datetime | None = None


class Rule(BaseModel):
    """When to report what, as it stands.

    `version` is the newest, `active_version` the one that analyses run; a rule whose newest version is not active has a draft. `source`:
    whether it is built in, or the workspace's own. `author` wrote the newest version, `approved_by` approved it.
    """

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern="^[A-Z]{3}[0-9]{3}$")]
    name: Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    pack: str
    version: Annotated[int, Field(ge=1)]
    fact_kind: str
    finding: FindingKind
    flaw: str | None = None
    params: dict[str, bool | float | str] = {}
    condition: Expression
    severity: Expression = "standard"
    base: Annotated[float, Field(ge=0, le=100)] | None = None
    stake: str = "stake"
    title: Texts
    message: Texts
    rationale: str
    rationale_de: str
    references: list[str] = []
    remedies: list[str] = []
    examples: RuleExamples
    source: Origin
    status: Status
    confidence: Expression = "standard"
    descriptions: list[DescribedPart] | None = None
    effective: RulePeriod | None = None
    active_version: int | None = None
    content_hash: str | None = None
    author: str | None = None
    approved_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    versions: list[RuleVersion] | None = None


class RuleActivation(BaseModel):
    """The version of a rule that analyses run."""

    version: Annotated[int, Field(ge=1)]
    activated_at: datetime
    activated_by: str
    approved_by: str | None = None


class RuleProblem(BaseModel):
    """One thing that is wrong with a rule; `start` and `end` are characters of the text at `pointer`, which `caret` shows underlined."""

    pointer: str
    code: str
    detail: str
    found: str | None = None
    expected: str | None = None
    nearest: str | None = None
    start: int | None = None
    end: int | None = None
    caret: str | None = None


class DecidingPart(BaseModel):
    """A part of a condition that decided, in the words of the language that was asked for; `holds` is null where a value is missing."""

    expression: str
    holds: bool | None
    said: str


class TriedExample(BaseModel):
    """How an example came out, and by what."""

    of: Literal["silent", "matches"]
    because: str
    outcome: Literal["matches", "silent", "not_assessable"]
    decided_by: list[DecidingPart]


class RuleCheck(BaseModel):
    """What is to be said of a rule: everything that is wrong with it; else its condition in plain words, the columns that it reads, how its
    examples come out, and what it lacks to be in a pack."""

    valid: bool
    problems: list[RuleProblem]
    condition: Texts | None = None
    fields: list[str] | None = None
    examples: list[TriedExample] | None = None
    lacking: list[str] | None = None


class TrialFinding(BaseModel):
    """A finding in short; `level_before`: by the rules that hold now."""

    fingerprint: str
    rule: str
    kind: FindingKind
    level: Level
    severity: float
    subjects: list[dict[str, str]]
    departments: list[str]
    title: str
    level_before: Level | None = None


class TrialCounts(BaseModel):
    """How many findings there are of each kind."""

    new: Annotated[int, Field(ge=0)]
    gone: Annotated[int, Field(ge=0)]
    regraded: Annotated[int, Field(ge=0)]


class OpenRow(BaseModel):
    """Something that a rule could not judge, and the columns that are missing."""

    subjects: list[dict[str, str]]
    missing: list[str]


class ToldRow(BaseModel):
    """What a rule makes of something that it looked at, and the parts that decided: of a near miss the one that failed."""

    outcome: Literal["match", "near_miss", "not_assessable"]
    subjects: list[dict[str, str]]
    decided_by: list[DecidingPart]


class TriedRule(BaseModel):
    """How a rule that is tried came out; `told`: the first fifty rows that it matches, nearly matches, or cannot judge."""

    id: str
    rows: Annotated[int, Field(ge=0)]
    matched: Annotated[int, Field(ge=0)]
    clear: Annotated[int, Field(ge=0)]
    not_assessable_rows: Annotated[int, Field(ge=0)]
    not_assessable: list[OpenRow]
    told: list[ToldRow]


class RuleTrial(BaseModel):
    """What other rules would change in what is found: findings that are new, gone or of another level, the worst first and at most 200 of
    each; `counts` are of all."""

    as_of: date
    counts: TrialCounts
    new: list[TrialFinding]
    gone: list[TrialFinding]
    regraded: list[TrialFinding]
    rules: list[TriedRule]


class RuleTrialBody(BaseModel):
    """Rules, one or several, and what they are to be tried on: an organization, or a document that is sent along."""

    model_config = ConfigDict(extra="forbid")

    rule: RuleFile | None = None
    rules: list[RuleFile] | None = None
    organization: str | None = None
    document: dict[str, Any] | None = None
    as_of: date | None = None


class RuleSetting(BaseModel):
    """What an organization sets otherwise of a rule: its level (`off`: it is not run), parameters, or both; and why."""

    model_config = ConfigDict(extra="forbid")

    level: Literal["off", "low", "medium", "high", "critical"] | None = None
    params: dict[str, bool | float | str] | None = None
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class RuleSettings(BaseModel):
    """What an organization sets otherwise, by the id of the rule."""

    rules: dict[str, RuleSetting]
    updated_at: datetime | None = None
    updated_by: str | None = None


class WorkspaceSettings(BaseModel):
    """What holds in a workspace. `four_eyes`: a rule is activated only when somebody else than its author approved it."""

    four_eyes: bool
    updated_at: datetime | None = None
    updated_by: str | None = None


class PackChanges(BaseModel):
    """The rules that an import adds, changes, retires and leaves as they are, by id."""

    added: list[str]
    changed: list[str]
    removed: list[str]
    unchanged: list[str]


class RulePackHead(BaseModel):
    """Which pack it is."""

    id: str
    version: Annotated[str, Field(pattern=r"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")]
    name: RuleTexts | None = None


class RulePackFile(BaseModel):
    """A pack as one file: its rules, each with two examples or more that match and that stay silent, and the hash of what it holds."""

    pack: RulePackHead
    rules: list[RuleFile]
    content_hash: str | None = None


class RulePackPreviewBody(BaseModel):
    """The file of a pack, and the organization whose findings are to be compared, if any."""

    model_config = ConfigDict(extra="forbid")

    file: RulePackFile
    organization: str | None = None
    as_of: date | None = None


class RulePackPreview(BaseModel):
    """What importing a pack would change: its rules and, of the organization that was named, what is found today; `obstacle`: why the
    import would be refused as things stand."""

    pack: str
    version: str
    content_hash: str
    changed: PackChanges
    obstacle: str | None = None
    findings: RuleTrial | None = None

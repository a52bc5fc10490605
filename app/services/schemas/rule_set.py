"""The shape of a set of rules that is to be analysed, and of what is to be said of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.domain.document import Document
from app.domain.rule_sets.remarks import How, RemarkKind
from app.domain.rules.verdict import VerdictKind
from app.domain.terms import Level
from app.services.schemas.rule import RuleFile

MOST_RULES = 100
"""Rules of one's own that are analysed in one go."""


MOST_EXPLAINED = 20
"""Rules whose verdicts are told in one go."""


class RuleSetToAnalyse(BaseModel):
    """Rules of one's own, which are looked at beside the built-in ones, and the organization that they are for, if any."""

    model_config = ConfigDict(extra="forbid")

    rules: Annotated[list[RuleFile], Field(max_length=MOST_RULES)] = []
    document: Document | None = Field(default=None, description="The model document of the organization.")
    explain: Annotated[list[str], Field(max_length=MOST_EXPLAINED)] = Field(
        default=[], description="Ids of rules whose verdict on every row of the document is to be told."
    )


class RuleRemark(BaseModel):
    """What is to be said of a rule. `how`: proved by reasoning, or not contradicted by a sample of rows.

    `other`: the rule that covers or overlaps it; `same`: both report exactly the same rows. `fields`: what the document does not tell, or
    what knows no such word there. `levels`: of the rule and of the other one on `row`, a row that shows it.
    """

    kind: RemarkKind
    rule: str
    how: How
    text: str
    other: str | None = None
    same: bool | None = None
    fields: list[str] | None = None
    levels: list[Level] | None = None
    row: dict[str, Any] | None = None


class RuleCoverage(BaseModel):
    """How a rule answers on the rows of a department; without one, on rows about the whole organization."""

    rule: str
    department: str | None = None
    fires: int
    silent: int
    not_assessable: int


class RuleVerdict(BaseModel):
    """How a rule judges what it looks at, and the parts of its condition that decided: of a near miss the one in the way."""

    about: list[str]
    verdict: VerdictKind
    because: list[str]


class ExplainedRule(BaseModel):
    """How a rule judges a document; what is clear is counted, not listed, and at most 50 of each other verdict are."""

    rule: str
    counts: dict[str, int]
    verdicts: list[RuleVerdict]


class RuleSetAnalysis(BaseModel):
    """What is to be said of a set of rules, and, where a document was sent, what they look at department by department."""

    rules: int
    remarks: list[RuleRemark]
    coverage: list[RuleCoverage]
    explained: list[ExplainedRule] | None = None

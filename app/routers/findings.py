"""`/v1/organizations/{org}/analyses/{analysis_id}/findings`: what an analysis found."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.terms import FindingKind, Level
from app.services import findings
from app.services.findings import Part
from app.services.schemas.analyses import ListedFinding, StoredFinding
from app.web.answers import JsonAnswer
from app.web.documented import answers, answers_list, problems
from app.web.identity import Reader
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag
from app.web.problem_types import NOT_FOUND
from app.web.stored import Store
from app.web.stored_lists import SORT, Searched, StoredListParameters, page, wanted
from app.web.told import Told, in_language, told

router = operations("/v1/organizations/{org}/analyses/{analysis_id}/findings", "findings")

Severity = Annotated[float, Field(ge=0, le=100)]


class FindingParameters(Searched, StoredListParameters, Told):
    """How findings are searched, filtered and ordered."""

    aside = frozenset(("lang", "include"))

    kind: Annotated[list[FindingKind], COMMAS] = Field(default=[], description="Kinds of findings.")
    level: Annotated[list[Level], COMMAS] = Field(default=[], description="How grave they are.")
    department: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of departments that they name.")
    rule: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of the rules that report them.")
    flaw: Annotated[list[str], COMMAS] = Field(default=[], description="Which flaw an incentive has.")
    outcome: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of outcomes that they work against.")
    status: Annotated[list[Literal["open", "waived"]], COMMAS] = Field(
        default=[], description="Whether somebody had accepted them."
    )
    fingerprint: Annotated[list[str], COMMAS] = Field(default=[], description="Fingerprints.")
    folded: Flag | None = Field(
        default=None, description="Whether another finding stands for them in reports; both when it is left out."
    )
    severity_min: Severity | None = Field(default=None, description="The least severity, 0 to 100.")
    severity_max: Severity | None = Field(default=None, description="The greatest severity, 0 to 100.")
    include: Annotated[list[Part], COMMAS] = Field(default=[], description="What is shown of each beyond the usual.")
    sort: Annotated[
        list[
            Literal[
                "severity",
                "-severity",
                "confidence",
                "-confidence",
                "kind",
                "-kind",
                "rule",
                "-rule",
                "fingerprint",
                "-fingerprint",
            ]
        ],
        COMMAS,
    ] = SORT


@router.get(
    "",
    operation_id="list_findings",
    responses=answers_list(ListedFinding, "Findings.") | problems(NOT_FOUND),
)
def list_findings(
    org: str,
    analysis_id: str,
    caller: Reader,
    asked: Annotated[FindingParameters, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """List the findings of an analysis.

    The worst first unless another order is asked for; each by itself, also those that reports fold under another one, and those that
    somebody had accepted (`status=waived`).
    """
    language = answer.context.language
    asking = wanted(answer, asked, caller, ListedFinding)
    found = findings.listed(store, caller, org, analysis_id, asking, language, asked.include)
    return in_language(page(answer, asked, caller, found), answer)


@router.get(
    "/{fingerprint}",
    operation_id="get_finding",
    responses=answers(StoredFinding, "The finding in full.") | problems(NOT_FOUND),
)
def get_finding(
    org: str,
    analysis_id: str,
    fingerprint: str,
    caller: Reader,
    _: Annotated[Told, Query()],
    answer: JsonAnswer,
    store: Store,
) -> Response:
    """Show a finding of an analysis.

    With explanation, witness chain, conditions, sources, and the findings that it stands for (`also`).
    """
    language = answer.context.language
    analysis, found = findings.get(store, caller, org, analysis_id, fingerprint, language)
    return told(answer, found, f"{analysis.tag(language)}-{found['fingerprint']}")

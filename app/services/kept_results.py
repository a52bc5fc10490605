"""What an analysis said in full, put together again out of what is kept of it: the same bytes as when it was computed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.terms import Language
from app.services import rules_in_force
from app.services.analyses import StoredAnalysis, document_of, existing_analysis
from app.services.organizations import existing
from app.services.rules_in_force import InForce
from app.storage import analyses, findings
from app.storage.database import Database
from app.storage.findings import BLOCK
from app.storage.packed_lines import unpacked
from app.storage.workspace import Transaction


class KeptResult(NamedTuple):
    """An analysis, the document that it looked at, its whole result in the language in which it was read, and the rules that it ran."""

    analysis: StoredAnalysis
    raw: Mapping[str, Any]
    result: dict[str, Any]
    rules: InForce


def read_result(
    store: Database, caller: Caller, organization: str, id_: str, language: Language | None = None
) -> KeptResult:
    """An analysis in full, in a language, or in the first that it was told in. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, caller, organization)
        analysis = existing_analysis(tx, row, id_)
        raw = document_of(tx, row, analysis)
        packed = analyses.result(tx, row, id_)
        blocks = findings.blocks(tx, row.id, id_)
        ran = rules_in_force.kept(tx, row, id_)
    result = json.loads(unpacked(packed)[place_of(analysis, language)])
    lines = [line for _, body in sorted(blocks.items()) for line in lines_in(body, analysis, language)]
    result["findings"] = [json.loads(line) for line in lines[: analysis.entries]]
    return KeptResult(analysis, raw, result, ran)


def read_lines(
    tx: Transaction, organization_id: str, analysis: StoredAnalysis, numbers: Collection[int], language: Language
) -> dict[int, dict[str, Any]]:
    """Findings in full by the numbers of their lines."""
    packed = findings.blocks(tx, organization_id, analysis.id, {number // BLOCK for number in numbers})
    lines = {block: lines_in(body, analysis, language) for block, body in packed.items()}
    return {number: json.loads(lines[number // BLOCK][number % BLOCK]) for number in sorted(set(numbers))}


def lines_in(body: bytes, analysis: StoredAnalysis, language: Language | None) -> list[bytes]:
    """The lines of a block that are in the language."""
    return unpacked(body)[place_of(analysis, language) :: len(analysis.languages)]


def place_of(analysis: StoredAnalysis, language: Language | None) -> int:
    """Where the language stands among those that the analysis was told in; an older one may lack it, and is shown in the first."""
    return analysis.languages.index(language) if language in analysis.languages else 0

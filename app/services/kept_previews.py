"""What previews of imports say, as it is kept: in no language, so that everybody reads it in theirs.

Members are kept by their order, so that those which are added to columns, rows, changes and problems come last and have a default.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_entries import problem_entry
from app.domain.terms import Language
from app.exchange.preview import ColumnPreview, Preview, RowPreview

MOST_ROWS = 20_000
"""Rows that are kept: more than a document has items, so that only what is refused has more."""


class KeptPreview(NamedTuple):
    """Columns and rows of a file, the first problems, and what would change. `more_rows`, `more_problems`: how many are not listed."""

    columns: tuple[ColumnPreview, ...]
    rows: tuple[RowPreview, ...]
    more_rows: int
    removed: tuple[str, ...]
    problems: tuple[Problem, ...]
    more_problems: int
    changes: tuple[dict[str, Any], ...] = ()
    patch: tuple[dict[str, Any], ...] = ()

    def shown(self, language: Language) -> Mapping[str, Any]:
        """It as the API shows it, changes and patch aside."""
        optional = {"rows_omitted": self.more_rows, "problems_omitted": self.more_problems}
        return {
            "columns": [column.as_json() for column in self.columns],
            "rows": [row.as_json(language) for row in self.rows],
            "removed": list(self.removed),
            "problems": [problem_entry(problem, language) for problem in self.problems],
            **{name: count for name, count in optional.items() if count},
        }

    @property
    def refusal(self) -> DocumentInvalid:
        """The error that lists the problems."""
        return DocumentInvalid(self.problems, omitted=self.more_problems)


def kept(preview: Preview) -> KeptPreview:
    """What is kept of a preview; the diff of the document is added by whoever knows it."""
    return KeptPreview(
        columns=tuple(preview.columns),
        rows=tuple(preview.rows[:MOST_ROWS]),
        more_rows=max(0, len(preview.rows) - MOST_ROWS),
        removed=tuple(preview.removed),
        problems=preview.problems,
        more_problems=preview.refusal.omitted if preview.refusal else 0,
    )


def written(preview: KeptPreview) -> bytes:
    """It as bytes."""
    return _adapter().dump_json(preview)


def read(body: bytes) -> KeptPreview:
    """It again."""
    return _adapter().validate_json(body)


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[KeptPreview]:
    return TypeAdapter(KeptPreview)

"""A document as it was read, and where each of its values stands."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_texts import told
from app.exchange.places import Place, Places

FileKind = Literal["yaml", "json", "xlsx", "csv"]


class Source(NamedTuple):
    """What a file holds, not yet checked. `name`: of the file or folder; `raw`: its values as JSON knows them."""

    name: str
    raw: Any
    kind: FileKind | Literal["toml"]
    places: Places

    def located(self, error: DocumentInvalid) -> DocumentInvalid:
        """The same error, each problem with file, line and column, or sheet and cell."""
        return DocumentInvalid(
            [self._located(problem) for problem in error.problems],
            malformed=error.malformed,
            too_large=error.too_large,
            omitted=error.omitted,
        )

    def _located(self, problem: Problem) -> Problem:
        return placed(self._with_first(problem), self.places.at(problem.pointer, problem.code), self.name)

    def _with_first(self, problem: Problem) -> Problem:
        """A problem that points to an earlier place says where that stands in the file."""
        first = dict(problem.details).get("first", "")
        if not first.startswith("/"):
            return problem
        place = self.places.at(first)
        if place.sheet:
            return told(problem._replace(details=(*problem.details, ("first_cell", f"{place.sheet}!{place.cell}"))))
        return told(problem._replace(details=(*problem.details, ("first_line", str(place.line)))))


def placed(problem: Problem, place: Place, name: str) -> Problem:
    """The problem at a place of the file that is called so."""
    return problem._replace(
        file=place.file or name,
        line=place.line,
        column=place.column,
        sheet=place.sheet,
        cell=place.cell,
    )

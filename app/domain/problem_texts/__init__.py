"""Every sentence about a faulty document, file or request, in English and German, by code: a module for each thing that can be wrong.

`{member}` names the place, `{found}` and `{expected}` what stands there and what should; the rest comes from the fault.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.errors import Problem
from app.domain.problem_texts import documents, files, requests, values
from app.domain.problem_texts.expectations import EXPECTED
from app.domain.problem_texts.files import REASONS
from app.domain.terms import Language

TEXTS: Mapping[str, tuple[str, str]] = {**values.TEXTS, **documents.TEXTS, **requests.TEXTS, **files.TEXTS}
"""Code → sentence in English and German. A code stands in one module only."""

_GUARDS: dict[str, tuple[str, str]] = {
    "gate": ("gate", "die Vorbedingung"),
    "modifier": ("modifier", "die Skalierung"),
}

_SAID = ("{english}", "{german}")
"""Problems of rules bring their sentence (app.domain.rules.problem_words)."""

_NEAREST = ("; did you mean {nearest}?", "; meinten Sie {nearest}?")
_WANTED = ("; expected {expected}", "; erwartet wird {expected}")
_WHOLE_DOCUMENT = ("the document", "das Dokument")
_IN_LINE = ("in line {first_line}", "in Zeile {first_line}")
_IN_CELL = ("in cell {first_cell}", "in Zelle {first_cell}")
_AT = ("at {first}", "bei {first}")


def told(problem: Problem, language: Language = "en") -> Problem:
    """The same problem, its message and expectation in the language."""
    at = 1 if language == "de" else 0
    details = dict(problem.details)
    expectation = details.get("expectation")
    expected = EXPECTED[expectation][at].format_map(details) if expectation else None
    said = {
        **details,
        "member": f"'{details['member']}'" if details.get("member") else _WHOLE_DOCUMENT[at],
        "found": problem.found if problem.found is not None else "",
        "expected": expected or "",
        "guard": _GUARDS[details["guard"]][at] if "guard" in details else "",
        "reason": REASONS[details["reason"]][at].format_map(details) if "reason" in details else "",
        "where": _where(details)[at].format_map(details),
    }
    message = (_SAID if "english" in details else TEXTS[problem.code])[at].format_map(said)
    if problem.code == "missing" and expected:
        message += _WANTED[at].format(expected=expected)
    if problem.nearest is not None:
        message += _NEAREST[at].format(nearest=f"'{problem.nearest}'")
    return problem._replace(message=message, expected=expected)


def _where(details: Mapping[str, str]) -> tuple[str, str]:
    """How a message says where the first of two stands: by cell or line where the file is known, else by pointer."""
    if "first_cell" in details:
        return _IN_CELL
    if "first_line" in details:
        return _IN_LINE
    return _AT if "first" in details else ("", "")

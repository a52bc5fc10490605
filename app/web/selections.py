"""Which findings a request asks for: the parameters `select` and `ignore`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Annotated, Any

from pydantic import Field

from app.catalogue.load import catalogue
from app.domain.errors import Unknown
from app.domain.faults import Fault, problem
from app.domain.findings import Setting
from app.domain.policy import Policy
from app.domain.selection import Picked, Selection, missing_department, picked
from app.web.parameters import COMMAS
from app.web.problem_types import INVALID_REQUEST
from app.web.problems import Refused

ORIGIN = "request"

Names = Annotated[list[str], COMMAS, Field(max_length=200)]
SELECT: Any = Field(
    default=[],
    description="Only these findings: rules (`FLU101`), beginnings of their ids (`INC`), packs (`fluss`), levels, keys of departments, "
    "with commas. Of one kind any will do; several kinds narrow each other.",
)
IGNORE: Any = Field(default=[], description="All findings but these; one name that fits is enough.")


def policy_for(select: Sequence[str], ignore: Sequence[str]) -> Policy:
    """The policy that asks for these findings; raises Refused for names that nothing can have."""
    settings = [Setting(n, list(names), ORIGIN) for n, names in (("select", select), ("ignore", ignore)) if names]
    return Policy(Selection(_picked("select", select), _picked("ignore", ignore)), settings=tuple(settings))


def check_departments(policy: Policy, known: Collection[str]) -> None:
    """Raises Refused where a department is named that the document does not have."""
    for parameter, names in zip(("select", "ignore"), policy.selection, strict=True):
        if unknown := missing_department(Selection(names), known, catalogue().rules):
            raise _refused(parameter, unknown)


def _picked(parameter: str, names: Sequence[str]) -> Picked:
    try:
        return picked(names, catalogue().rules)
    except Unknown as unknown:
        raise _refused(parameter, unknown) from None


def _refused(parameter: str, unknown: Unknown) -> Refused:
    fault = Fault((parameter,), "unknown_selection", unknown.name, nearest=next(iter(unknown.nearest), None))
    return Refused(INVALID_REQUEST, problems=[problem(fault)], in_parameters=True)

"""All fact kinds by name: the schema that rules are checked against and that the API publishes."""

from __future__ import annotations

from app.domain.facts.component_columns import COMPONENT
from app.domain.facts.department_columns import DEPARTMENT
from app.domain.facts.goal_columns import GOAL
from app.domain.facts.goal_outcome_columns import GOAL_OUTCOME
from app.domain.facts.goal_pair_columns import GOAL_PAIR
from app.domain.facts.organization_columns import ORGANIZATION
from app.domain.rules.schema import FactKind

FACT_KINDS: dict[str, FactKind] = {
    kind.name: kind for kind in (GOAL, GOAL_PAIR, GOAL_OUTCOME, COMPONENT, DEPARTMENT, ORGANIZATION)
}

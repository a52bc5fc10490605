"""Pay that a change moves, role by role: what hangs on something else afterwards, or on nothing."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.changes import role_share_moved
from app.domain.document import Document, IncentivePlan


class PayMoved(NamedTuple):
    """A role whose pay hangs on something else. `share`: of one person's total target pay, 0–1; `before` or `after` is None where the plan
    is new or gone, whose variable pay has then all moved."""

    before: IncentivePlan | None
    after: IncentivePlan | None
    share: float

    @property
    def plan(self) -> IncentivePlan:
        """The plan as it is afterwards, or as it was."""
        plan = self.after or self.before
        assert plan is not None
        return plan

    @property
    def amount(self) -> float | None:
        """Money a year for all people in the role, in the document's currency; None where pay or heads are not known."""
        plan = self.before or self.plan
        if plan.target_total_pay is None or plan.headcount is None:
            return None
        return round(self.share * plan.target_total_pay * plan.headcount, 2)


def pay_moved(before: Document, after: Document) -> tuple[PayMoved, ...]:
    """Every role whose pay moves, by the key of its plan."""
    old, new = ({plan.key: plan for plan in one.incentive_plans} for one in (before, after))
    found = (_moved(old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))
    return tuple(one for one in found if one.share > 0)


def _moved(old: IncentivePlan | None, new: IncentivePlan | None) -> PayMoved:
    if old is not None and new is not None:
        return PayMoved(old, new, round(role_share_moved(old, new), 6))
    plan = new or old
    assert plan is not None
    return PayMoved(old, new, plan.target_variable_pay_share)
